/**
 * The cases of `fixtures/diagnostics`: `<family>/<name>/program.dir.json` with the diagnostics in each form beside it.
 * `case.json`, where there is one, is the input of the run that fails; without it the program is only checked.
 *
 * @module
 */
import { renderGraphic, renderJson, renderPlain } from "../../cli/render/diagnostic.ts";
import {
  type ArtifactSource,
  check,
  type Diagnostic,
  executeArtifacts,
  load,
  parsePlain,
  type RunInput,
} from "../../mod.ts";
import { ARTIFACT_LENGTH_MAX } from "../../dvm/base/limits.ts";
import { readOptional } from "./fixtures.ts";

const CASES = new URL("../../fixtures/diagnostics/", import.meta.url);

/** One case. */
export interface DiagnosticFixture {
  /** `linearity/used_twice` */
  readonly name: string;
  readonly folder: URL;
  readonly artifacts: readonly ArtifactSource[];
  /** Absent where the program is only checked. */
  readonly input: RunInput | undefined;
}

/** Every case, in the order of their names. */
export function diagnosticFixtures(): readonly DiagnosticFixture[] {
  return folders(CASES).flatMap((family) =>
    folders(new URL(`${family}/`, CASES)).map((name) => readFixture(`${family}/${name}`))
  );
}

/** The case whose artifact is too long to keep: it is generated here, and only its diagnostics are stored. */
export function tooLongFixture(): DiagnosticFixture {
  const text = " ".repeat(ARTIFACT_LENGTH_MAX + 1);
  return {
    name: "too_long",
    folder: new URL("../../fixtures/too_long/", import.meta.url),
    artifacts: [{ name: "program.dir.json", text }],
    input: undefined,
  };
}

function folders(url: URL): string[] {
  return [...Deno.readDirSync(url)].filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name).sort();
}

function readFixture(name: string): DiagnosticFixture {
  const folder = new URL(`${name}/`, CASES);
  const files = [...Deno.readDirSync(folder)].map((entry) => entry.name)
    .filter((file) => file.endsWith(".dir.json"));
  // `program.dir.json` first, what is linked to it after it.
  files.sort((a, b) =>
    a === "program.dir.json" ? -1 : b === "program.dir.json" ? 1 : a < b ? -1 : 1
  );
  const artifacts = files.map((file) => ({
    name: file,
    text: Deno.readTextFileSync(new URL(file, folder)),
  }));
  const text = readOptional(new URL("case.json", folder));
  return { name, folder, artifacts, input: text === undefined ? undefined : readInput(text, name) };
}

function readInput(text: string, name: string): RunInput {
  const parsed = parsePlain(text);
  if (!parsed.ok) throw new Error(`${name}/case.json: ${parsed.failure.message}`);
  return parsed.value as RunInput;
}

/** The diagnostics of a case. */
export function diagnosticsOf({ artifacts, input }: DiagnosticFixture): readonly Diagnostic[] {
  if (input !== undefined) return executeArtifacts(artifacts, input).diagnostics;
  const loaded = load(artifacts);
  return loaded.ok ? check(loaded.value) : loaded.failure;
}

/** The golden files of a case as they should be now, by name. */
export function diagnosticGoldens(fixture: DiagnosticFixture): ReadonlyMap<string, string> {
  const diagnostics = diagnosticsOf(fixture);
  const graphic = diagnostics.map((told) => renderGraphic(told, { width: 80, color: false }));
  return new Map([
    ["graphic.txt", graphic.join("\n")],
    ["plain.txt", diagnostics.map(renderPlain).join("")],
    ["diagnostics.jsonl", diagnostics.map(renderJson).join("")],
  ]);
}
