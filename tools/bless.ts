/**
 * `deno task bless`: rewrites every golden file with the current output and prints which changed. Read the diff before committing.
 *
 * @module
 */
import {
  diagnosticFixtures,
  diagnosticGoldens,
  tooLongFixture,
} from "../tests/support/diagnostic_fixtures.ts";
import { fixtures, goldenFiles, readOptional } from "../tests/support/fixtures.ts";

/** A folder with golden files. `files` returns their current contents by name. */
interface GoldenFolder {
  readonly name: string;
  readonly folder: URL;
  readonly files: () => ReadonlyMap<string, string>;
}

/** Every set of golden files. */
const GOLDEN_SETS: readonly (() => readonly GoldenFolder[])[] = [
  () =>
    fixtures().map((fixture) => ({
      name: `programs/${fixture.name}`,
      folder: fixture.folder,
      files: () => goldenFiles(fixture),
    })),
  () =>
    [...diagnosticFixtures(), tooLongFixture()].map((fixture) => ({
      name: `diagnostics/${fixture.name}`,
      folder: fixture.folder,
      files: () => diagnosticGoldens(fixture),
    })),
];

if (import.meta.main) {
  for (const { name, folder, files } of GOLDEN_SETS.flatMap((set) => set())) {
    bless(name, folder, files());
  }
}

function bless(name: string, folder: URL, files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) {
    const url = new URL(file, folder);
    if (readOptional(url) === text) continue;
    Deno.writeTextFileSync(url, text);
    console.log(`blessed fixtures/${name}/${file}`);
  }
}
