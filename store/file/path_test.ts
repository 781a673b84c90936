import { assertStrictEquals } from "../../std/assert.ts";
import { posix, win32 } from "node:path";
import { fileNameOf, folderOf, pathInside } from "./path.ts";

const POSIX = [
  "a",
  "a/b",
  "a/b/",
  "a/b//",
  "/",
  "//",
  "/a",
  "/a/b.c",
  ".",
  "..",
  "./a",
  "../a",
  "",
];
const WINDOWS = ["a", "a\\b", "a/b\\", "C:\\", "C:\\a", "C:/a/b", "C:a", "\\a\\b", "..\\a", ""];

Deno.test("folderOf() and fileNameOf() agree with the host's path module", () => {
  for (const path of POSIX) {
    if (path !== "//") assertStrictEquals(folderOf(path, "posix"), posix.dirname(path), path);
    assertStrictEquals(fileNameOf(path, "posix"), posix.basename(path), path);
  }
  for (const path of WINDOWS) {
    assertStrictEquals(folderOf(path, "windows"), win32.dirname(path), path);
    assertStrictEquals(fileNameOf(path, "windows"), win32.basename(path), path);
  }
});

Deno.test("pathInside() agrees with the host's path module", () => {
  for (const folder of ["a", "a/b/", "/", "/a", ".", ""]) {
    assertStrictEquals(pathInside(folder, "x", "posix"), posix.join(folder, "x"), folder);
  }
  for (const folder of ["a", "a\\b\\", "C:\\", "\\a", "."]) {
    assertStrictEquals(pathInside(folder, "x", "windows"), win32.join(folder, "x"), folder);
  }
});
