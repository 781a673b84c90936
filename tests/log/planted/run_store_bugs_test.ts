/**
 * Each of these bugs is planted in a copy of `store/`, and the checks of the store of runs must find it.
 *
 * @module
 */
import { assertThrows } from "../../../std/assert.ts";
import { sized } from "../../support/size.ts";
import { assertPlantable, plant, type PlantedBug, REAL_ROOT } from "./plant.ts";
import { checkRunStore, runStoreFrom } from "./run_store_checks.ts";

const BUGS: readonly PlantedBug[] = [
  {
    name: "the next number is that after the last file",
    file: "runs/run_store.ts",
    text: "number: last + 1, label",
    becomes: "number: highestNumber(folder) + 1, label",
  },
  {
    name: "a line does not carry the number that it gives out",
    file: "runs/store_log.ts",
    text: 'last: fact.kind === "begun" ? fact.run : last',
    becomes: "last",
  },
  {
    name: "a line is appended to an unfinished one",
    file: "runs/store_log.ts",
    text: "if (end < size) this.#file.truncate(end);",
    becomes: "",
  },
  {
    name: "a copy of a store keeps its name",
    file: "runs/store_log.ts",
    text: "if (isNamedFile(named, this.#file.identity)) return success(before);",
    becomes: "return success(before);",
  },
  {
    name: "a run begins in a damaged store",
    file: "runs/store_log.ts",
    text: "return line === undefined ? damaged(at + start) : success(line);",
    becomes: "return success(line);",
  },
  {
    name: "a log with another root is taken for the one that was closed",
    file: "runs/check_recorded_run.ts",
    text: "if (head.root() !== root)",
    becomes: 'if (head.root() === "")',
  },
  {
    name: "a log that was cut off is not compared",
    file: "runs/check_recorded_run.ts",
    text: "if (size > blocks.length) {",
    becomes: "if (size > blocks.length) return undefined;\n    if (size < 0) {",
  },
  {
    name: "a run that was not recorded as closed is in order",
    file: "runs/check_recorded_run.ts",
    text: "if (last?.blocks === tree.blocks.length) return [];",
    becomes: "return [];",
  },
  {
    name: "a missing log is not noticed",
    file: "runs/check_store.ts",
    text:
      'return finding("disagreement", "its log is missing, and nobody recorded that it was removed");',
    becomes: "return [];",
  },
  {
    name: "a file beside a run under its number is not noticed",
    file: "runs/store_history.ts",
    text: "return run.file === name || run.file === undefined;",
    becomes: "return true;",
  },
  {
    name: "a file under a number that was not given out is not noticed",
    file: "runs/store_history.ts",
    text: "return number <= older;",
    becomes: "return true;",
  },
  {
    name: "a file that is no run is listed",
    file: "runs/run_store.ts",
    text: " && isKnownLog(name, history)",
    becomes: "",
  },
  {
    name: "a removed run is listed while its log is there",
    file: "runs/run_store.ts",
    text: "history.runs.get(number)?.removed !== true && ",
    becomes: "",
  },
  {
    name: "a removal is not recorded",
    file: "runs/remove_run.ts",
    text: '({ kind: "removed", run: number })',
    becomes: "undefined",
  },
  {
    name: "snapshots stay behind",
    file: "runs/run_store.ts",
    text: "  const log = logBeside(name) ?? name;",
    becomes: "  const log = name;",
  },
  {
    name: "gc leaves the log of a removed run",
    file: "runs/remove_run.ts",
    text: "    ...names.filter((name) => removedRunOf(name, history)?.file !== undefined),",
    becomes: "",
  },
  {
    name: "a close is recorded again and again",
    file: "runs/record_closed.ts",
    text: "if (isRecorded(run, closed)) return success(undefined);",
    becomes: "",
  },
  {
    name: "lines may be missing",
    file: "runs/store_rules.ts",
    text: "if (line.last !== last) return",
    becomes: "if (line.last < 0) return",
  },
  {
    name: "the line in force may be any",
    file: "runs/store_rules.ts",
    text: "if (line.store !== store) return",
    becomes: "if (line.store < 0) return",
  },
  {
    name: "a later close may have fewer blocks",
    file: "runs/store_rules.ts",
    text: "if (line.blocks < before.blocks) return",
    becomes: "if (line.blocks < 0) return",
  },
  {
    name: "a file may have the number of another run",
    file: "runs/store_rules.ts",
    text: "if (digits !== paddedNumber(run)) return",
    becomes: "if (digits === undefined) return",
  },
  {
    name: "a note about another store is accepted",
    file: "runs/store_attestation.ts",
    text: "if (own !== store) return",
    becomes: 'if (own === "") return',
  },
  {
    name: "a note with another root is accepted",
    file: "runs/store_attestation.ts",
    text: "if (treeRoot(leaves.slice(0, size)) !== root) return",
    becomes: 'if (root === "") return',
  },
  {
    name: "a note about more lines than there are is one about other lines",
    file: "runs/store_attestation.ts",
    text: "if (size > leaves.length) return",
    becomes: "if (size < 0) return",
  },
];

Deno.test("the checks find no bug in the store of runs as it is", async () => {
  checkRunStore(await runStoreFrom(REAL_ROOT));
});

Deno.test("every bug of this file can be planted", () => {
  for (const bug of BUGS) assertPlantable(bug);
});

const everyNth = sized({ quick: 24, ci: 1 });
for (const bug of BUGS.filter((_, index) => index % everyNth === 0)) {
  Deno.test({
    name: `the checks find a bug planted in the store of runs: ${bug.name}`,
    sanitizeResources: false, // a check that fails leaves the files open that it was about
    fn: async () => {
      const code = await runStoreFrom(plant(bug));
      assertThrows(() => checkRunStore(code));
    },
  });
}
