/**
 * Plants bugs: a test that cannot fail proves nothing, so each of them must be found by the tests that are about its place.
 *
 * @module
 */
import { assertStrictEquals } from "../../../std/assert.ts";

/** The folder that has the real `store/` in it. */
export const REAL_ROOT = new URL("../../../", import.meta.url).href;

/** A change to one file of `store/`. The text to replace must be there exactly once. */
export interface PlantedBug {
  /** What is wrong then. */
  readonly name: string;
  /** Its path below `store/`. */
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
}

/**
 * A `store/` with the bug in it; returns the address of its folder. Only the file with the bug and those that import it, directly or
 * through others, are copied. Each other file passes on the exports of the real one, which need not be compiled again for every bug.
 */
export function plant(bug: PlantedBug): string {
  assertPlantable(bug);
  const { file, text, becomes } = bug;
  const folder = Deno.makeTempDirSync();
  const changed = `${REAL_ROOT}store/${file}`;
  const copied = withImporters(changed);
  for (const [url, source] of sources()) {
    const path = `${folder}/${url.slice(REAL_ROOT.length)}`;
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    Deno.writeTextFileSync(
      path,
      copied.has(url) ? importingReal(source, url, copied) : `export * from "${url}";\n`,
    );
  }
  const path = `${folder}/store/${file}`;
  Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace(text, () => becomes));
  return `file://${folder}/`;
}

/** Throws if the text that a bug replaces is not there exactly once. */
export function assertPlantable({ file, text }: PlantedBug): void {
  const source = sources().get(`${REAL_ROOT}store/${file}`) ?? "";
  assertStrictEquals(source.split(text).length, 2, `${file} has not exactly one ${text}`);
}

/** The files of the real `store/`, by address. */
const sources = once(() => {
  const found = new Map<string, string>();
  const read = (folder: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(new URL(folder))) {
      if (isDirectory) read(`${folder}${name}/`);
      else if (name.endsWith(".ts") && !name.endsWith("_test.ts")) {
        found.set(folder + name, Deno.readTextFileSync(new URL(folder + name)));
      }
    }
  };
  read(`${REAL_ROOT}store/`);
  return found;
});

/** What a file names beside itself: a relative path in quotes. */
const RELATIVE = /"(\.\.?\/[^"\n]+\.ts)"/g;

/** The addresses of the files that each file of `store/` imports. */
const imports = once(() =>
  [...sources()].map(([url, source]) => {
    const targets = [...source.matchAll(RELATIVE)].map(([, path = ""]) => new URL(path, url).href);
    return { url, targets };
  })
);

/** A file, and all that import it, directly or through others. */
function withImporters(changed: string): ReadonlySet<string> {
  const found = new Set([changed]);
  // Files that are added while the set is walked are visited too.
  for (const target of found) {
    for (const { url, targets } of imports()) if (targets.includes(target)) found.add(url);
  }
  return found;
}

/** A source that imports the real files, but for those that are copied. */
function importingReal(source: string, url: string, copied: ReadonlySet<string>): string {
  return source.replaceAll(RELATIVE, (quoted, path: string) => {
    const target = new URL(path, url).href;
    return copied.has(target) ? quoted : `"${target}"`;
  });
}

function once<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | undefined;
  return () => (known ??= { value: compute() }).value;
}
