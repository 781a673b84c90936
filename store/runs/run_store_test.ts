import { basename } from "../../std/path.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertStrictEquals,
  assertThrows,
} from "../../std/assert.ts";
import { LOOP_PROGRAM } from "../../tests/support/loop_program.ts";
import { AppendableFile, ReadableFile } from "../file/host_file.ts";
import { checkStore } from "./check_store.ts";
import { tornTailsOf } from "./torn_tail.ts";
import { createRun, labelOf, listRuns, type NewRun, resolveLog } from "./run_store.ts";
import { summarizeRun } from "./run_summary.ts";
import { LogWriter } from "../log/writer.ts";
import { openForAppend } from "../log/recover.ts";
import { executeToLog } from "./logged_execution.ts";
import { verifyLog } from "../log/verify.ts";

function withStore(test: (store: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    test(`${folder}/.dustrun`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function runInto(store: string, label: string): string {
  const run = begin(store, label);
  const writer = new LogWriter(run.file);
  executeToLog({ artifacts: [LOOP_PROGRAM], input: { args: { rounds: 3 } } }, writer);
  writer.sync();
  writer.close();
  run.storeLog.release();
  return basename(run.path);
}

function begin(store: string, label: string): NewRun {
  const run = createRun(store, label);
  assert(run.ok);
  return run.value;
}

Deno.test("createRun() numbers runs in order and cleans their labels", () => {
  withStore((store) => {
    assertStrictEquals(runInto(store, "hello_k"), "000001-hello_k.jsonl");
    assertStrictEquals(runInto(store, "a b/../ü"), "000002-a_b_.jsonl");
    assertStrictEquals(runInto(store, ""), "000003-run.jsonl");
    Deno.removeSync(`${store}/runs/000003-run.jsonl`);
    assertStrictEquals(runInto(store, "y"), "000004-y.jsonl", "no number is given out twice");
    assertEquals(listRuns(store).map(({ number }) => number), [1, 2, 4]);
  });
});

Deno.test("createRun() changes no file that has its name already", () => {
  withStore((store) => {
    runInto(store, "a");
    Deno.writeTextFileSync(`${store}/runs/000002-b.jsonl`, "theirs");
    Deno.writeTextFileSync(`${store}/runs/000900-c.jsonl`, "");
    assertStrictEquals(runInto(store, "b"), "000002-b_2.jsonl");
    assertStrictEquals(Deno.readTextFileSync(`${store}/runs/000002-b.jsonl`), "theirs");
    assertEquals(listRuns(store).map(({ path }) => basename(path)), [
      "000001-a.jsonl",
      "000002-b_2.jsonl",
    ], "files that the store's log does not name are no runs");
  });
});

Deno.test("createRun() continues the numbers of a store that has no log yet", () => {
  withStore((store) => {
    Deno.mkdirSync(`${store}/runs`, { recursive: true });
    Deno.writeTextFileSync(`${store}/runs/001000-x.jsonl`, "");
    Deno.writeTextFileSync(`${store}/runs/notes.txt`, "");
    assertStrictEquals(runInto(store, "y"), "001001-y.jsonl");
    assertEquals(listRuns(store).map(({ number }) => number), [1000, 1001]);
  });
});

Deno.test("createRun() leaves no file if the store's log cannot be continued", () => {
  withStore((store) => {
    runInto(store, "a");
    Deno.writeTextFileSync(`${store}/log`, "no line of a store\n", { append: true });
    const refused = createRun(store, "b");
    assert(!refused.ok && refused.failure.code === "damaged-store");
    assertEquals([...Deno.readDirSync(`${store}/runs`)].length, 1);
  });
});

Deno.test("createRun() leaves no log without its line and no line without its log, whatever the host refuses", () => {
  const file = Deno.FsFile.prototype;
  const refuse = (): never => {
    throw new Error("Input/output error (os error 5)");
  };
  for (const call of ["unlockSync", "writeSync", "seekSync", "lockSync"]) {
    withStore((store) => {
      runInto(store, "a");
      const original: unknown = Reflect.get(file, call);
      Reflect.set(file, call, refuse);
      try {
        assertThrows(() => createRun(store, "b"), Error, "Input/output error");
      } finally {
        Reflect.set(file, call, original);
      }
      const kinds = checkStore(store).findings.map(({ kind }) => kind);
      assert(kinds.every((kind) => kind === "incomplete"), `${call}: ${kinds}`);
    });
  }
});

Deno.test("resolveLog() resolves @, @1, a number and a path", () => {
  withStore((store) => {
    for (const label of ["a", "b", "c"]) runInto(store, label);
    const named = (reference: string) => {
      const resolved = resolveLog(store, reference);
      return resolved.ok ? basename(resolved.value) : resolved.failure.reason;
    };
    assertStrictEquals(named("@"), "000003-c.jsonl");
    assertStrictEquals(named("@0"), "000003-c.jsonl");
    assertStrictEquals(named("@2"), "000001-a.jsonl");
    assertStrictEquals(named("2"), "000002-b.jsonl");
    assertStrictEquals(named("000002"), "000002-b.jsonl");
    assertStrictEquals(named("./2"), "2");
    assertStrictEquals(named("some/log.jsonl"), "log.jsonl");
    assertMatch(named("@3"), /has 3 runs, and none is @3/);
    assertMatch(named("17"), /has 3 runs, and none is 17/);
    const empty = resolveLog(`${store}/none`, "@");
    assert(!empty.ok);
    assertMatch(empty.failure.reason, /has no runs/);
  });
});

Deno.test("summarizeRun() shows the outcome of a run", () => {
  withStore((store) => {
    runInto(store, "a");
    const { file, storeLog } = begin(store, "b");
    file.close();
    storeLog.release();
    const [finished, empty] = listRuns(store).map(summarizeRun);
    assert(finished?.summary.ok);
    assertStrictEquals(finished.summary.value?.outcome?.status, "returned");
    assertEquals(empty?.summary, { ok: true, value: undefined });
  });
});

Deno.test("a torn log of the store is recovered and its tail is saved beside it", () => {
  withStore((store) => {
    runInto(store, "a");
    const [run] = listRuns(store);
    assert(run !== undefined);
    for (const [round, name] of [".torn", ".2.torn"].entries()) {
      Deno.writeTextFileSync(run.path, `{"seq":${round}`, { append: true });
      const opened = openForAppend(AppendableFile.open(run.path), tornTailsOf(run.path));
      assert(opened.ok);
      opened.value.writer.finish();
      opened.value.writer.close();
      assertStrictEquals(Deno.readTextFileSync(`${run.path}${name}`), `{"seq":${round}`);
    }
    const log = new ReadableFile(run.path);
    assertStrictEquals(verifyLog(log).status, "complete");
    log.close();
    assertStrictEquals(listRuns(store).length, 1);
  });
});

Deno.test("labelOf() removes the extensions of a program's name", () => {
  assertStrictEquals(labelOf("a/b/hello_k.dir.json"), "hello_k");
  assertStrictEquals(labelOf("trace.json"), "trace");
  assertStrictEquals(labelOf("-"), "-");
});
