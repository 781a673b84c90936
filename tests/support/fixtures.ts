/**
 * The programs of `fixtures/programs`: one folder each, `program.dir.json` with its golden files beside it. `case.json`, where
 * there is one, states what differs from running `main` of that program without arguments.
 *
 * @module
 */
import {
  type ArtifactSource,
  executeToLog,
  load,
  LogWriter,
  MemoryFile,
  parsePlain,
  type Program,
  type RunInput,
  summaryTrace,
} from "../../mod.ts";

const PROGRAMS = new URL("../../fixtures/programs/", import.meta.url);

/** The members of a `case.json`, besides those of a run's input. */
interface CaseFile extends RunInput {
  /** The program, relative to the folder; default `program.dir.json`. */
  readonly program?: string;
  /** Further artifacts to link, relative to the folder. */
  readonly link?: readonly string[];
}

/** One fixture: what to run, and where its golden files are. */
export interface Fixture {
  readonly name: string;
  readonly folder: URL;
  readonly artifacts: readonly ArtifactSource[];
  readonly input: RunInput;
}

/** Every fixture, in the order of their names. */
export function fixtures(): readonly Fixture[] {
  const names = [...Deno.readDirSync(PROGRAMS)].filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name).sort();
  return names.map(readFixture);
}

function readFixture(name: string): Fixture {
  const folder = new URL(`${name}/`, PROGRAMS);
  const { program = "program.dir.json", link = [], ...input } = readCase(folder);
  const artifacts = [program, ...link].map((path) => ({
    name: path.split("/").at(-1) ?? path,
    text: Deno.readTextFileSync(new URL(path, folder)),
  }));
  return { name, folder, artifacts, input };
}

function readCase(folder: URL): CaseFile {
  const text = readOptional(new URL("case.json", folder));
  if (text === undefined) return {};
  const parsed = parsePlain(text);
  if (!parsed.ok) throw new Error(`${folder}case.json: ${parsed.failure.message}`);
  return parsed.value as CaseFile;
}

/** A file's text, or `undefined` where there is no such file. */
export function readOptional(url: URL): string | undefined {
  try {
    return Deno.readTextFileSync(url);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
}

/** The fixture's program; every fixture loads. */
export function loadFixture(fixture: Fixture): Program {
  const loaded = load(fixture.artifacts);
  if (!loaded.ok) throw new Error(`${fixture.name} does not load: ${loaded.failure[0]?.message}`);
  return loaded.value;
}

/** The golden files of a fixture as they should be now, by name: its summary trace, and its log. */
export function goldenFiles(fixture: Fixture): ReadonlyMap<string, string> {
  const file = new MemoryFile();
  const execution = executeToLog(fixture, new LogWriter(file));
  const trace = JSON.stringify(summaryTrace(execution), null, 2);
  const log = new TextDecoder().decode(file.content());
  return new Map([["trace.json", `${trace}\n`], ["log.jsonl", log]]);
}
