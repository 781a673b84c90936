/**
 * Prints a digest of everything that the fixtures produce, for comparison between versions of the runtime.
 *
 * @module
 */
import { sha256 } from "../../store/file/sha256.ts";
import { fixtures, goldenFiles } from "../support/fixtures.ts";

for (const fixture of fixtures()) {
  for (const [file, text] of goldenFiles(fixture)) {
    console.log(`${fixture.name}/${file} ${sha256(text)}`);
  }
}
