/**
 * Many test files in one isolate. `deno test` gives each file an isolate of its own, which loads the same modules and compiles the same
 * functions again: a third of the processor time of size `quick`. Size `ci` runs every file by itself, so that no test comes
 * to depend on another file.
 *
 * @module
 */

const ROOT = new URL("../../", import.meta.url);

/** Imports every `_test.ts` in a folder of the project and in the folders below it, in the order of their names. */
export async function importTests(folder: string): Promise<void> {
  for (const file of testFiles(folder)) await import(new URL(file, ROOT).href);
}

/** The test files in a folder and below, as paths in the project. */
export function testFiles(folder: string): readonly string[] {
  return [...Deno.readDirSync(new URL(`${folder}/`, ROOT))]
    .sort((a, b) => a.name < b.name ? -1 : 1)
    .flatMap(({ name, isDirectory }) => {
      const path = `${folder}/${name}`;
      if (isDirectory) return testFiles(path);
      return name.endsWith("_test.ts") ? [path] : [];
    });
}
