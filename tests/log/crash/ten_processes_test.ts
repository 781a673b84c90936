/**
 * Ten processes at once, with one store, one file and one ledger between them. Half of them name the sinks in the opposite order.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { checkLedger } from "../../../store/realize/ledger.ts";
import { ReadableFile } from "../../../store/file/host_file.ts";
import { dustrun } from "../../support/memory_io.ts";
import { needing } from "../../support/needs.ts";
import { proc, program } from "../../support/program.ts";
import { sized } from "../../support/size.ts";

const CLI = new URL("../../../cli.ts", import.meta.url).pathname;
const PROCESSES = 10;

/** A loop of a shell: `runs` runs of one program, one after the other. Its exit code is the number of failures. */
function runner(folder: string, number: number, runs: number): Deno.ChildProcess {
  const isReversed = number % 2 === 1;
  const [first, second] = isReversed ? ["b.txt", "a.txt"] : ["a.txt", "b.txt"];
  const words = [
    "--realize",
    `emit=file:${first}`,
    "--realize",
    `observe=file:${second}`,
    "--quiet",
  ];
  const script =
    'failed=0; for run in $(seq "$1"); do "${@:2}" || failed=$((failed + 1)); done; exit $failed';
  return new Deno.Command("bash", {
    args: ["-c", script, "bash", String(runs), Deno.execPath(), "run", "--no-check", "--no-prompt"]
      .concat(["-R", "-W", CLI, `p${number}.dir.json`, ...words]),
    cwd: folder,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

const lines = (path: string) => Deno.readTextFileSync(path).trimEnd().split("\n");

// covers: EFF-03, EFF-17
Deno.test(needing({
  name: "ten processes at once realize every run into one store, two files and one ledger",
  needs: [],
  size: "ci",
  async fn() {
    const runs = sized({ quick: 1, ci: 3 });
    const folder = Deno.realPathSync(Deno.makeTempDirSync());
    for (let number = 0; number < PROCESSES; number++) {
      const body = ["emit", "observe", "seal", "emit"].map((kind) => `${kind} "p${number}"`);
      Deno.writeTextFileSync(
        `${folder}/p${number}.dir.json`,
        program(proc("K::main() -> i64", ...body, "return 0")),
      );
    }
    const started = Array.from({ length: PROCESSES }, (_, at) => runner(folder, at, runs));
    const ended = await Promise.all(started.map((child) => child.output()));
    for (const { code, stderr } of ended) {
      assertStrictEquals(code, 0, new TextDecoder().decode(stderr));
    }
    const total = PROCESSES * runs;
    const written = [...lines(`${folder}/a.txt`), ...lines(`${folder}/b.txt`)];
    assertStrictEquals(written.length, 3 * total);
    for (let number = 0; number < PROCESSES; number++) {
      assertStrictEquals(written.filter((line) => line === `p${number}`).length, 3 * runs);
    }
    const ledger = new ReadableFile(`${folder}/.dustrun/seals.jsonl`);
    const sealers = new Set<string>();
    const checked = checkLedger(ledger, ({ run }) => sealers.add(run));
    ledger.close();
    assert(checked.ok);
    assertEquals([checked.value.entries, sealers.size], [total, total]);
    const { exit, stdout } = await dustrun("audit", "--store", `${folder}/.dustrun`, "--json");
    assertStrictEquals(exit, 0, stdout);
    assertStrictEquals(stdout.trimEnd().split("\n").length, total);
    Deno.removeSync(folder, { recursive: true });
  },
}));
