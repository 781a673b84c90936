/**
 * Ten processes at once, with one store, two files and one ledger between them. Half of them name the files in the opposite order.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { ReadableFile } from "../../../store/file/host_file.ts";
import { checkLedger } from "../../../store/realize/ledger.ts";
import { checkStore } from "../../../store/runs/check_store.ts";
import { dustrun } from "../../support/memory_io.ts";
import { proc, program } from "../../support/program.ts";

const CLI = new URL("../../../cli.ts", import.meta.url).pathname;
const PROCESSES = 10;

/** Lets each process run its program `runs` times; throws unless every run is realized, once. Returns how many runs that are. */
export async function runTenProcesses(runs: number): Promise<number> {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  for (let number = 0; number < PROCESSES; number++) {
    const body = ["emit", "observe", "seal", "emit"].map((kind) => `${kind} "p${number}"`);
    const text = program(proc("K::main() -> i64", ...body, "return 0"));
    Deno.writeTextFileSync(`${folder}/p${number}.dir.json`, text);
  }
  const started = Array.from({ length: PROCESSES }, (_, at) => runner(folder, at, runs));
  const ended = await Promise.all(started.map((child) => child.output()));
  for (const { code, stderr } of ended) {
    assertStrictEquals(code, 0, new TextDecoder().decode(stderr));
  }
  assertFiles(folder, runs);
  assertChain(folder, PROCESSES * runs);
  const store = `${folder}/.dustrun`;
  assertEquals(checkStore(store).findings, []);
  const { exit, stdout } = await dustrun("audit", "--store", store, "--json");
  assertStrictEquals(exit, 0, stdout);
  assertStrictEquals(stdout.trimEnd().split("\n").length, PROCESSES * runs);
  Deno.removeSync(folder, { recursive: true });
  return PROCESSES * runs;
}

/** A loop of a shell: one program, one run after the other. Its exit code is the number of failures. */
function runner(folder: string, number: number, runs: number): Deno.ChildProcess {
  const [first, second] = number % 2 === 1 ? ["b.txt", "a.txt"] : ["a.txt", "b.txt"];
  const sinks = ["--realize", `emit=file:${first}`, "--realize", `observe=file:${second}`];
  const script =
    'failed=0; for run in $(seq "$1"); do "${@:2}" || failed=$((failed + 1)); done; exit $failed';
  return new Deno.Command("bash", {
    args: ["-c", script, "bash", String(runs), Deno.execPath(), "run", "--no-check", "--no-prompt"]
      .concat(["-R", "-W", CLI, `p${number}.dir.json`, ...sinks, "--quiet"]),
    cwd: folder,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Every line of every run is in the files, once. */
function assertFiles(folder: string, runs: number): void {
  const lines = (name: string) => Deno.readTextFileSync(`${folder}/${name}`).trimEnd().split("\n");
  const written = [...lines("a.txt"), ...lines("b.txt")];
  assertStrictEquals(written.length, 3 * PROCESSES * runs);
  for (let number = 0; number < PROCESSES; number++) {
    assertStrictEquals(written.filter((line) => line === `p${number}`).length, 3 * runs);
  }
}

/** The ledger is one chain, with an entry of every run. */
function assertChain(folder: string, total: number): void {
  const ledger = new ReadableFile(`${folder}/.dustrun/seals.jsonl`);
  const sealers = new Set<string>();
  const checked = checkLedger(ledger, ({ run }) => sealers.add(run));
  ledger.close();
  assert(checked.ok);
  assertEquals([checked.value.entries, sealers.size], [total, total]);
}
