/**
 * A store that was changed is noticed by `dustrun verify` and by the auditors' verifier, and both report the same kinds of problems of
 * the same runs.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { checkStore } from "../../../store/runs/check_store.ts";
import { needing } from "../../support/needs.ts";
import { sized, testSeed, testSize } from "../../support/size.ts";
import { PYTHON, SCRIPT } from "./judges.ts";
import { FOLDER_MUTANTS, logMutants, sampleStore } from "./store_mutants.ts";

interface Mutant {
  readonly name: string;
  readonly store: string;
}

/** Asserts that both verifiers report the same about each store; returns how many they call damaged, and how many in order. */
function compareAll(mutants: readonly Mutant[]): { damaged: number; inOrder: number } {
  const { stdout, stderr } = new Deno.Command("python3", {
    args: [SCRIPT, "--store", ...mutants.map(({ store }) => store)],
  }).outputSync();
  const text = new TextDecoder();
  const reports = text.decode(stdout).split(/^(?=\/)/m);
  assertStrictEquals(reports.length, mutants.length, text.decode(stderr));
  let damaged = 0, inOrder = 0;
  for (const [index, { name, store }] of mutants.entries()) {
    const report = reports[index] ?? "";
    const own = checkStore(store).findings.map(({ kind, run }) => `${kind} ${run ?? ""}`);
    const other = [...report.matchAll(/^ {2}([a-z]+): (?:run ([0-9]+): )?/gm)]
      .map(([, kind = "", run = ""]) => `${kind} ${run}`);
    assertEquals(other.sort(), own.sort(), `${name}: ${report}`);
    if (own.some((finding) => finding.startsWith("damaged"))) damaged++;
    if (own.length === 0) inOrder++;
  }
  return { damaged, inOrder };
}

/** A store with this log and the runs of another. */
function withLog(store: string, log: string | Uint8Array): string {
  const folder = Deno.makeTempDirSync();
  Deno.symlinkSync(`${store}/runs`, `${folder}/runs`);
  Deno.writeFileSync(
    `${folder}/log`,
    typeof log === "string" ? new TextEncoder().encode(log) : log,
  );
  return folder;
}

function copyOf(store: string): string {
  const folder = Deno.makeTempDirSync();
  Deno.mkdirSync(`${folder}/runs`);
  Deno.copyFileSync(`${store}/log`, `${folder}/log`);
  for (const { name } of Deno.readDirSync(`${store}/runs`)) {
    Deno.copyFileSync(`${store}/runs/${name}`, `${folder}/runs/${name}`);
  }
  return folder;
}

Deno.test(needing({
  name: "both verifiers say the same about stores whose log was changed",
  needs: [PYTHON],
  fn: async () => {
    const store = await sampleStore();
    const random = new Random(testSeed("stores", 16));
    const text = Deno.readTextFileSync(`${store}/log`);
    const all = [...logMutants(text)];
    const chosen = testSize() !== "quick" ? all : all.filter(() => random.below(30) === 0);
    const mutants = chosen.map(([name, log]) => ({ name, store: withLog(store, log) }));
    const whole = new TextEncoder().encode(text);
    for (let at = 0; at < whole.length; at += sized({ quick: 97, ci: 3 })) {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      mutants.push({ name: `byte ${at}`, store: withLog(store, bytes) });
    }
    mutants.push({ name: "nothing", store: withLog(store, text) });
    const { damaged, inOrder } = compareAll(mutants);
    assert(
      damaged > mutants.length / 2 && inOrder > 0,
      `${damaged}, ${inOrder} of ${mutants.length}`,
    );
    for (const mutant of mutants) Deno.removeSync(mutant.store, { recursive: true });
  },
}));

Deno.test(needing({
  name: "both verifiers say the same about stores whose runs were changed",
  needs: [PYTHON],
  fn: async () => {
    const store = await sampleStore();
    const mutants = FOLDER_MUTANTS.map(([name, act]) => {
      const copy = copyOf(store);
      act(`${copy}/runs`);
      return { name, store: copy };
    });
    const bare = copyOf(store);
    Deno.removeSync(`${bare}/log`);
    mutants.push({ name: "no log", store: bare });
    const { damaged, inOrder } = compareAll(mutants);
    assert(damaged >= 10 && inOrder > 0, `${damaged}, ${inOrder}`);
    for (const mutant of mutants) Deno.removeSync(mutant.store, { recursive: true });
  },
}));
