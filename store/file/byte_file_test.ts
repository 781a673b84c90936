import { assertEquals, assertStrictEquals, assertThrows } from "../../std/assert.ts";
import { type Appendable, MemoryFile, readRange, writeAll } from "./byte_file.ts";
import { AppendableFile, ReadableFile } from "./host_file.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (file: Appendable) =>
  new TextDecoder().decode(readRange(file, { at: 0, end: file.size() }));

/** The same tests for both kinds of file. */
function suite(name: string, withFile: (test: (file: Appendable) => void) => void): void {
  Deno.test(`${name} appends at its end after a read at any position`, () => {
    withFile((file) => {
      assertStrictEquals(file.size(), 0);
      writeAll(file, bytes("one\n"));
      assertStrictEquals(file.read(new Uint8Array(2), 1), 2);
      writeAll(file, bytes("two\n"));
      file.sync();
      assertStrictEquals(textOf(file), "one\ntwo\n");
      assertStrictEquals(file.size(), 8);
    });
  });

  Deno.test(`${name} reads up to its end and not beyond`, () => {
    withFile((file) => {
      writeAll(file, bytes("abcdef"));
      const into = new Uint8Array(4);
      assertStrictEquals(file.read(into, 4), 2);
      assertStrictEquals(file.read(into, 6), 0);
      assertStrictEquals(file.read(into, 99), 0);
      assertEquals(readRange(file, { at: 2, end: 99 }), bytes("cdef"));
    });
  });

  Deno.test(`${name} appends at its new end after truncation`, () => {
    withFile((file) => {
      writeAll(file, bytes("abcdef"));
      file.truncate(2);
      assertStrictEquals(file.size(), 2);
      writeAll(file, bytes("XY"));
      assertStrictEquals(textOf(file), "abXY");
    });
  });
}

suite("MemoryFile", (test) => test(new MemoryFile()));
suite("AppendableFile", (test) => {
  const path = Deno.makeTempFileSync();
  const file = AppendableFile.open(path);
  try {
    test(file);
  } finally {
    file.close();
    Deno.removeSync(path);
  }
});

Deno.test("AppendableFile.create() refuses an existing file", () => {
  const path = Deno.makeTempFileSync();
  assertThrows(() => AppendableFile.create(path), Deno.errors.AlreadyExists);
  Deno.removeSync(path);
  assertThrows(() => AppendableFile.open(path), Deno.errors.NotFound);
  assertThrows(() => new ReadableFile(path), Deno.errors.NotFound);
});

Deno.test({
  name: "AppendableFile has one writer at a time and any number of readers",
  // On Windows a lock would exclude readers too, so none is taken; older runtimes wait instead of refusing.
  ignore: Deno.build.os === "windows" || !("tryLockSync" in Deno.FsFile.prototype),
  fn() {
    const path = Deno.makeTempFileSync();
    const first = AppendableFile.open(path);
    assertThrows(() => AppendableFile.open(path), Deno.errors.Busy);
    writeAll(first, bytes("x"));
    const reader = new ReadableFile(path);
    assertStrictEquals(reader.size(), 1);
    reader.close();
    first.close();
    AppendableFile.open(path).close();
    Deno.removeSync(path);
  },
});
