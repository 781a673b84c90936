/**
 * The project's conformance suite as tests use it.
 *
 * @module
 */
import { type ConformanceCase, type ConformanceFiles, readFixtures } from "../../../mod.ts";

const ROOT = new URL("../../../", import.meta.url);
const SUITE = "fixtures/conformance";

/** Files by their path from the root of the project. */
export const SUITE_FILES: ConformanceFiles = {
  read: (path) => {
    if (!texts.has(path)) texts.set(path, readFile(path));
    return texts.get(path);
  },
};

/** Read once: every wrong backend reads every case. */
const texts = new Map<string, string | undefined>();

function readFile(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(new URL(path.replaceAll("\\", "/"), ROOT));
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
}

/** Every case of the suite, by area. Paths are relative to the root of the project, with forward slashes. */
export function suiteCases(): readonly ConformanceCase[] {
  const areas = [...Deno.readDirSync(new URL(SUITE, ROOT))]
    .filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
  return areas.flatMap((area) => {
    const file = `${SUITE}/${area}/${area}.fixtures.jsonc`;
    const text = SUITE_FILES.read(file);
    if (text === undefined) return [];
    const read = readFixtures(file, text);
    if (!read.ok) throw new Error(read.failure);
    return read.value;
  });
}

/** Whether a case shows what is accepted, or what is refused. */
export function sideOf({ expect }: ConformanceCase): "accepts" | "rejects" {
  return expect.kind === undefined ? "accepts" : "rejects";
}
