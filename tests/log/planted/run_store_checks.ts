/**
 * What a store of runs must do, on real files: give out numbers once, and notice what happened to its runs.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { AppendableFile, HOST_DISK } from "../../../mod.ts";
import { LOOP_PROGRAM } from "../../support/loop_program.ts";

/** The code of stores. */
export interface RunStoreCode {
  readonly runs: typeof import("../../../store/runs/run_store.ts");
  readonly check: typeof import("../../../store/runs/check_store.ts");
  readonly history: typeof import("../../../store/runs/store_history.ts");
  readonly remove: typeof import("../../../store/runs/remove_run.ts");
  readonly closed: typeof import("../../../store/runs/record_closed.ts");
  readonly attest: typeof import("../../../store/runs/store_attestation.ts");
  readonly logged: typeof import("../../../store/runs/logged_execution.ts");
  readonly writer: typeof import("../../../store/log/writer.ts");
  readonly closedLog: typeof import("../../../store/log/closed_log.ts");
  readonly unfinished: typeof import("../../../store/realize/open_unfinished.ts");
}

/** Loads the code from the folder that has `store/` in it. */
export async function runStoreFrom(root: string): Promise<RunStoreCode> {
  const load = (file: string) => import(`${root}store/${file}`);
  return {
    runs: await load("runs/run_store.ts"),
    check: await load("runs/check_store.ts"),
    history: await load("runs/store_history.ts"),
    remove: await load("runs/remove_run.ts"),
    closed: await load("runs/record_closed.ts"),
    attest: await load("runs/store_attestation.ts"),
    logged: await load("runs/logged_execution.ts"),
    writer: await load("log/writer.ts"),
    closedLog: await load("log/closed_log.ts"),
    unfinished: await load("realize/open_unfinished.ts"),
  };
}

/** Throws if the store does something else than it must. */
export function checkRunStore(code: RunStoreCode): void {
  for (
    const check of [checkNumbers, checkFindings, checkRemoval, checkCopy, checkLines, checkNotes]
  ) {
    const folder = Deno.makeTempDirSync();
    try {
      check(code, `${folder}/store`);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  }
}

/** Runs a program into the store; returns the path of its log. */
function run(code: RunStoreCode, store: string, { rounds = 2, isClosed = true } = {}): string {
  const created = code.runs.createRun(store, "x");
  assert(created.ok);
  const { path, file, storeLog } = created.value;
  const writer = new code.writer.LogWriter(file);
  code.logged.executeToLog({ artifacts: [LOOP_PROGRAM], input: { args: { rounds } } }, writer);
  writer.close();
  if (isClosed) close(code, path);
  storeLog.release();
  return path;
}

/** Records how a log ends, as `resume` does. */
function close({ closed, closedLog, unfinished }: RunStoreCode, path: string): void {
  const file = AppendableFile.open(path);
  const tornTails = { kept: () => [], keep: () => {} };
  const opened = unfinished.openUnfinished({ path, file, tornTails, disk: HOST_DISK });
  assert(opened.ok && closed.recordClosed(path, closedLog.closedLogOf(opened.value)).ok);
  file.close();
}

function numbers({ runs }: RunStoreCode, store: string): number[] {
  return runs.listRuns(store).map(({ number }) => number);
}

function findings({ check }: RunStoreCode, store: string): string[] {
  return check.checkStore(store).findings.map(({ kind, run = 0 }) => `${run} ${kind}`);
}

function linesOf(store: string): string[] {
  return Deno.readTextFileSync(`${store}/log`).trimEnd().split("\n");
}

function checkNumbers(code: RunStoreCode, store: string): void {
  for (let n = 0; n < 2; n++) run(code, store);
  Deno.removeSync(run(code, store));
  run(code, store);
  assertEquals(numbers(code, store), [1, 2, 4]);
  Deno.writeTextFileSync(`${store}/log`, "torn", { append: true });
  assertEquals(findings(code, store), ["3 disagreement", "0 incomplete"]);
  run(code, store);
  assertEquals(numbers(code, store), [1, 2, 4, 5]);
  assertEquals(findings(code, store), ["3 disagreement"]);
}

function checkFindings(code: RunStoreCode, store: string): void {
  const [first = "", second = ""] = [run(code, store), run(code, store, { rounds: 3 })];
  assertEquals(findings(code, store), []);
  const text = Deno.readTextFileSync(first);
  Deno.copyFileSync(second, first);
  assertEquals(findings(code, store), ["1 damaged"], "replaced");
  const lines = text.split("\n");
  const header = lines.findIndex((line) => line.includes(`"kind":"checkpoint"`)) + 1;
  Deno.writeTextFileSync(first, `${lines.slice(0, header).join("\n")}\n`);
  assertEquals(findings(code, store), ["1 damaged"], "cut off");
  Deno.writeTextFileSync(first, text);
  const log = Deno.readTextFileSync(`${store}/log`);
  Deno.writeTextFileSync(`${store}/log`, log.replace(/"root":"[0-9a-f]{8}/, `"root":"00000000`));
  assertEquals(findings(code, store), ["1 damaged"], "recorded with another root");
  Deno.writeTextFileSync(`${store}/log`, log);
  for (const name of ["000001-other.jsonl", "000003-x.jsonl"]) {
    Deno.copyFileSync(second, `${store}/runs/${name}`);
    assertEquals(findings(code, store), ["0 disagreement"], name);
    assertEquals(numbers(code, store), [1, 2]);
    Deno.removeSync(`${store}/runs/${name}`);
  }
  const open = run(code, store, { isClosed: false });
  assertEquals(findings(code, store), ["3 incomplete"]);
  for (let time = 0; time < 2; time++) close(code, open);
  assertEquals([findings(code, store), linesOf(store).length], [[], 7]);
}

function checkRemoval(code: RunStoreCode, store: string): void {
  const path = run(code, store);
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(`${path}.snapshots`, "");
  assert(code.remove.removeRun(store, 1).ok);
  assertEquals([...Deno.readDirSync(`${store}/runs`)], []);
  assertEquals(findings(code, store), []);
  Deno.writeTextFileSync(path, text);
  assertEquals([numbers(code, store), findings(code, store)], [[], ["1 incomplete"]]);
  assert(code.remove.removeLeftovers(store).ok);
  assertEquals(findings(code, store), []);
  const missing = code.remove.removeRun(store, 2);
  assert(!missing.ok && missing.failure.code === "no-run");
}

function checkCopy(code: RunStoreCode, store: string): void {
  run(code, store);
  const copy = `${store}-copy`;
  Deno.mkdirSync(`${copy}/runs`, { recursive: true });
  Deno.copyFileSync(`${store}/log`, `${copy}/log`);
  Deno.copyFileSync(`${store}/runs/000001-x.jsonl`, `${copy}/runs/000001-x.jsonl`);
  for (let n = 0; n < 2; n++) run(code, copy);
  const history = code.history.historyOf(copy);
  assert(history.ok && history.value !== undefined);
  assertStrictEquals(history.value.names.length, 2);
  assertEquals(findings(code, copy), []);
}

function checkLines(code: RunStoreCode, store: string): void {
  for (let n = 0; n < 3; n++) run(code, store);
  const lines = linesOf(store);
  const rewrite = (changed: readonly string[]) => {
    Deno.writeTextFileSync(`${store}/log`, changed.map((line) => `${line}\n`).join(""));
    const history = code.history.historyOf(store);
    return history.ok ? 0 : history.failure.line;
  };
  const [name = "", begun = "", closed = ""] = lines;
  const refused: readonly (readonly string[])[] = [
    lines.toSpliced(3, 2), // a run in the middle
    lines.slice(1),
    [name, begun, closed, begun],
    [name, begun, closed.replace(`"run":1`, `"run":2`)],
    [name, begun, closed, closed.replace(/"root":"./, `"root":"g`)],
    [name, begun, closed, closed.replace(/"blocks":2/, `"blocks":1`)],
    [name, begun, closed.replace(`"store":0`, `"store":7`)],
    [name, begun.replace("000001-x", "000002-x")],
    [
      name,
      begun,
      closed,
      name.replace(`"store":0`, `"store":${[name, begun, closed].join().length + 1}`),
    ],
  ];
  for (const changed of refused) assert(rewrite(changed) > 0, changed.join("\n"));
  assertStrictEquals(rewrite([...lines, "{}"]), lines.length + 1);
  assert(!code.runs.createRun(store, "x").ok, "a run in a damaged store");
  assertStrictEquals(rewrite(lines), 0);
}

function checkNotes(code: RunStoreCode, store: string): void {
  for (let n = 0; n < 2; n++) run(code, store);
  const before = code.history.readStore(store);
  run(code, store);
  const after = code.history.readStore(store);
  assert(before.ok && after.ok && before.value !== undefined && after.value !== undefined);
  const noted = code.attest.noteOfStore(before.value, "me");
  const note = { ...noted, store: before.value.history.names[0]?.id ?? "" };
  const tree = after.value;
  assertEquals(code.attest.compareWithStoreNote(tree, note), { ok: true, value: { beyond: 2 } });
  const wrong = [
    { ...note, store: "0".repeat(32) },
    { ...note, size: note.size + 9 },
    { ...note, root: tree.root },
  ];
  assertEquals(
    wrong.map((each) => {
      const compared = code.attest.compareWithStoreNote(tree, each);
      return compared.ok ? "" : compared.failure.code;
    }),
    ["other-store", "shorter-store", "rewritten-store"],
  );
}
