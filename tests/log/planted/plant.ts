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

/** A copy of `store/` with the bug in it, beside the real `dvm/`. Returns the folder's address. */
export function plant({ file, text, becomes }: PlantedBug): string {
  const folder = Deno.makeTempDirSync();
  const copy = (below: string) => {
    Deno.mkdirSync(`${folder}/${below}`);
    for (const { name, isDirectory } of Deno.readDirSync(new URL(below, REAL_ROOT))) {
      if (isDirectory) copy(`${below}/${name}`);
      else if (name.endsWith(".ts") && !name.endsWith("_test.ts")) {
        const source = Deno.readTextFileSync(new URL(`${below}/${name}`, REAL_ROOT));
        Deno.writeTextFileSync(
          `${folder}/${below}/${name}`,
          source.replaceAll(/"(\.\.\/)+dvm\//g, `"${REAL_ROOT}dvm/`),
        );
      }
    }
  };
  copy("store");
  const path = `${folder}/store/${file}`;
  const source = Deno.readTextFileSync(path);
  assertStrictEquals(source.split(text).length, 2, `${file} has not exactly one ${text}`);
  Deno.writeTextFileSync(path, source.replace(text, () => becomes));
  return `file://${folder}/`;
}
