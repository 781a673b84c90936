/**
 * The structure that `docs/architecture.md` describes, read from the imports of every file. There is no list of exceptions.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertNotMatch } from "../../std/assert.ts";
import project from "../../deno.json" with { type: "json" };
import { FLOORS } from "./floors.ts";
import { importGraph, readSourceTree } from "./import_graph.ts";
import { problemsOf } from "./structure.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDERS = [...new Set(FLOORS.flat().map((folder) => folder.split("/")[0] ?? ""))]
  .filter((name) => !name.endsWith(".ts"));
const TREE = readSourceTree(ROOT, FOLDERS);

/** The public modules, and the files that tasks and the linter start. */
const ENTRIES = [
  ...Object.values(project.exports),
  ...Object.values(project.tasks).flatMap((task) => task.match(/(?<=\s)[\w/]+\.ts\b/g) ?? []),
  ...project.lint.plugins,
].map((path) => path.replace(/^\.\//, ""));

Deno.test("imports point downwards, without circles between files or folders, and every file is used", () => {
  assertEquals(problemsOf(TREE, { floors: FLOORS, entries: ENTRIES }), []);
});

Deno.test("the machine imports only itself", () => {
  for (const [from, imports] of importGraph(TREE).edges) {
    if (!from.startsWith("dvm/") || from.endsWith("_test.ts")) continue;
    for (const { to } of imports) assertMatch(to, /^dvm\//, `${from} imports ${to}`);
  }
});

Deno.test("the command line and campaigns use the public API only", () => {
  let imported = 0;
  for (const [from, imports] of importGraph(TREE).edges) {
    if (!/^(?:cli|campaign)(?:\/|\.ts$)/.test(from) || from.endsWith("_test.ts")) continue;
    for (const { to } of imports) {
      assertNotMatch(to, /^(?:dvm|store)\//, `${from} imports ${to}`);
      if (/^api\/|^mod\.ts$/.test(to)) imported++;
    }
  }
  assert(imported > 50, `only ${imported} imports of the public API`);
});

Deno.test("the store decodes bytes in one place, where a byte order mark stays a character", () => {
  const found = [...TREE].filter(([file, text]) =>
    file.startsWith("store/") && !file.endsWith("_test.ts") && /new TextDecoder\(/.test(text)
  );
  for (const [file, text] of found) {
    for (const [made] of text.matchAll(/new TextDecoder\([^)]*\)/g)) {
      assertMatch(made, /ignoreBOM: true/, file);
    }
  }
  assert(found.length > 0);
});

Deno.test("only cli/host writes to the standard streams; effects and --log - get their bytes, and only cli/text/shown.ts makes text for them", () => {
  const found = [...TREE].filter(([file]) =>
    /^(?:cli|store|api|dvm)[/.]/.test(file) && !file.endsWith("_test.ts")
  ).flatMap(([file, text]) => [
    ...(/\bDeno\.std(?:out|err)\b|\bconsole\./.test(text) ? [`${file} writes`] : []),
    ...(/\bio\.streams\b/.test(text) ? [`${file} hands streams on`] : []),
    ...(/\bas (?:unknown as )?Shown\b/.test(text) ? [`${file} makes text`] : []),
  ]);
  assertEquals(found.sort(), [
    "cli/commands/resume.ts hands streams on",
    "cli/commands/run.ts hands streams on",
    "cli/host/io.ts writes",
    "cli/host/terminal.ts writes",
    "cli/input/new_log.ts hands streams on",
    "cli/text/shown.ts makes text",
  ]);
});

Deno.test("every floor has files, and their imports were read", () => {
  const edges = [...importGraph(TREE).edges.values()].flat();
  assert(edges.length > 2 * TREE.size);
  for (const entry of ENTRIES) assert(TREE.has(entry), entry);
  for (const folder of FLOORS.flat()) {
    assert(
      [...TREE.keys()].some((file) => file === folder || file.startsWith(`${folder}/`)),
      folder,
    );
  }
});

Deno.test("docs/architecture.md shows the floors as they are, from the top to the bottom", () => {
  const page = Deno.readTextFileSync(new URL("docs/architecture.md", ROOT));
  const [, table = ""] = /^\| floor \|.*\n\|[-| ]+\|\n((?:\|.*\n)+)/m.exec(page) ?? [];
  const shown = table.trimEnd().split("\n").map((row) => {
    const [, floor = "", folders = "", , below = ""] = row.split("|");
    const names = [...folders.matchAll(/`([^`]+)`/g)].map(([, folder]) => folder);
    return [Number(floor), names, below.trim()];
  });
  const expected = FLOORS.map((folders, index) => [index + 1, folders.map(asShown), below(index)]);
  assertEquals<unknown>(shown, expected.reverse());
});

/** The numbers of the floors below one, from 1. */
function below(index: number): string {
  return index === 0 ? "nothing" : index === 1 ? "1" : `1–${index}`;
}

/** A folder is written with `/` at its end. */
function asShown(folder: string): string {
  return folder.endsWith(".ts") ? folder : `${folder}/`;
}
