/**
 * The structure that `docs/architecture.md` describes, read from the imports: the machine is pure, imports point one way, and
 * nothing imports itself in a circle. Imports of types alone do not count: they are gone when the program runs.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertNotMatch } from "../../std/assert.ts";

const ROOT = new URL("../../", import.meta.url);

/** One import or re-export of a source file. */
interface Import {
  readonly from: string;
  readonly to: string;
}

function sourcesBelow(folder: string): string[] {
  const found: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(new URL(`${folder}/`, ROOT))) {
    if (isDirectory) found.push(...sourcesBelow(`${folder}/${name}`));
    else if (name.endsWith(".ts") && !name.endsWith("_test.ts")) found.push(`${folder}/${name}`);
  }
  return found;
}

const FILES = ["mod.ts", "cli.ts", ...["dvm", "store", "cli"].flatMap(sourcesBelow)].sort();

/** What a file imports for its values. */
function importsOf(file: string): Import[] {
  const text = Deno.readTextFileSync(new URL(file, ROOT)).replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s)?([^;"']*?)\s*from\s+["']([^"']+)["']/gm,
  );
  const imports: Import[] = [];
  for (const [, typeOnly, names = "", specifier = ""] of statements) {
    const braces = /\{([\s\S]*)\}/.exec(names)?.[1];
    const onlyTypes = typeOnly !== undefined ||
      (braces !== undefined && !/^\s*\w+\s*,/.test(names) &&
        braces.split(",").every((name) => name.trim() === "" || name.trim().startsWith("type ")));
    if (!onlyTypes) imports.push({ from: file, to: resolve(file, specifier) });
  }
  for (const [, specifier = ""] of text.matchAll(/^import\s+["']([^"']+)["']/gm)) {
    imports.push({ from: file, to: resolve(file, specifier) });
  }
  return imports;
}

function resolve(file: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return new URL(specifier, new URL(file, "file:///")).pathname.slice(1);
}

const IMPORTS = new Map(FILES.map((file) => [file, importsOf(file)]));

Deno.test("the machine imports only itself, and names nothing of the host", () => {
  for (const file of FILES.filter((name) => name.startsWith("dvm/"))) {
    for (const { to } of IMPORTS.get(file) ?? []) {
      assertMatch(to, /^dvm\//, `${file} imports ${to}`);
    }
    const text = Deno.readTextFileSync(new URL(file, ROOT)).replaceAll(
      /\/\*[\s\S]*?\*\/|\/\/.*/g,
      "",
    );
    assertNotMatch(text, /\bDeno\.|["'](?:node|npm|jsr):/, file);
  }
});

Deno.test("imports point one way: cli -> mod -> store -> dvm", () => {
  const rank = (file: string) =>
    file.startsWith("dvm/") ? 0 : file.startsWith("store/") ? 1 : file === "mod.ts" ? 2 : 3;
  for (const { from, to } of [...IMPORTS.values()].flat()) {
    if (!FILES.includes(to)) continue;
    assert(rank(from) >= rank(to), `${from} imports ${to}`);
    const reachesPast = rank(from) === 3 && rank(to) < 2 && to !== "dvm/base/version.ts";
    assert(!reachesPast, `${from} imports ${to} past mod.ts`);
  }
});

Deno.test("the imports were found at all", () => {
  assert([...IMPORTS.values()].flat().length > 2 * FILES.length);
});

Deno.test("no file imports itself in a circle", () => {
  const done = new Set<string>();
  const visit = (file: string, open: readonly string[]): void => {
    assert(
      !open.includes(file),
      `a circle: ${[...open.slice(open.indexOf(file)), file].join(" -> ")}`,
    );
    if (done.has(file)) return;
    for (const { to } of IMPORTS.get(file) ?? []) if (IMPORTS.has(to)) visit(to, [...open, file]);
    done.add(file);
  };
  for (const file of FILES) visit(file, []);
});

Deno.test("every source file is reached from the public API or the command line", () => {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    const text = Deno.readTextFileSync(new URL(file, ROOT));
    for (
      const [, specifier = ""] of text.matchAll(/(?:from|import\(|new URL\()\s*["'](\.[^"']+)["']/g)
    ) {
      const to = resolve(file, specifier);
      if (FILES.includes(to)) visit(to);
    }
  };
  for (const file of ["mod.ts", "cli.ts", ...sourcesBelow("tools"), ...sourcesBelow("tests")]) {
    visit(file);
  }
  assertEquals(FILES.filter((file) => !reached.has(file)), []);
});
