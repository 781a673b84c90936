/**
 * Rewrites every golden file from what the program does now, and says which changed. A person reads the difference.
 *
 * @module
 */
import { fixtures, goldenFiles, readOptional } from "../tests/fixtures.ts";

if (import.meta.main) blessPrograms();

/** The golden files of `fixtures/programs`. */
function blessPrograms(): void {
  for (const fixture of fixtures()) {
    for (const [file, text] of goldenFiles(fixture)) {
      const url = new URL(file, fixture.folder);
      if (readOptional(url) === text) continue;
      Deno.writeTextFileSync(url, text);
      console.log(`blessed fixtures/programs/${fixture.name}/${file}`);
    }
  }
}
