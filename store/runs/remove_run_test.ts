import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { fromFileUrl } from "../../std/path.ts";
import { dustrun } from "../../tests/support/memory_io.ts";
import { checkStore } from "./check_store.ts";
import { removeRun } from "./remove_run.ts";

const HELLO = fromFileUrl(new URL("../../fixtures/tour/hello.dir.json", import.meta.url));

/** A store with simulated runs. */
async function withRuns(count: number, test: (store: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  const store = `${folder}/store`;
  for (let n = 0; n < count; n++) await dustrun("--simulate", HELLO, "--store", store);
  await test(store);
  Deno.removeSync(folder, { recursive: true });
}

function filesOf(store: string): string[] {
  return [...Deno.readDirSync(`${store}/runs`)].map(({ name }) => name).sort();
}

function findings(store: string): string[] {
  return checkStore(store).findings.map(({ run = 0, kind }) => `${run} ${kind}`);
}

Deno.test("runs rm removes a run with what is beside it, and its number stays taken", async () => {
  await withRuns(3, async (store) => {
    for (const beside of ["snapshots", "torn", "2.torn", "note"]) {
      Deno.writeTextFileSync(`${store}/runs/000002-hello.jsonl.${beside}`, "");
    }
    const { exit, stdout } = await dustrun("runs", "rm", "2", "@", "--store", store);
    assertEquals([exit, stdout], [0, "run 2: removed\nrun 3: removed\n"]);
    const gone = await dustrun("state", "2", "--store", store);
    assertEquals([gone.exit, /: run 2 was removed\n/.test(gone.stderr)], [2, true]);
    assertEquals(filesOf(store), ["000001-hello.jsonl", "000002-hello.jsonl.note"]);
    assertEquals(findings(store), ["0 disagreement"], "the note is not dustrun's own file");
    await dustrun("--simulate", HELLO, "--store", store);
    assertEquals((await dustrun("runs", "--json", "--store", store)).stdout.match(/"run":\d+/g), [
      `"run":1`,
      `"run":4`,
    ]);
    assertStrictEquals((await dustrun("runs", "rm", "17", "--store", store)).exit, 2);
    assertStrictEquals((await dustrun("runs", "rm", "--store", store)).exit, 5);
    assertStrictEquals((await dustrun("runs", "mr", "1", "--store", store)).exit, 5);
  });
});

Deno.test("runs rm takes the path of a log in the store, and no log of another store", async () => {
  await withRuns(2, async (store) => {
    await withRuns(2, async (other) => {
      const [own, foreign] = [store, other].map((folder) => `${folder}/runs/000001-hello.jsonl`);
      const refused = await dustrun("runs", "rm", foreign ?? "", "--store", store);
      assertEquals([refused.exit, filesOf(store).length, filesOf(other).length], [2, 2, 2]);
      const removed = await dustrun("runs", "rm", own ?? "", "--store", store);
      assertEquals([removed.exit, filesOf(store)], [0, ["000002-hello.jsonl"]]);
    });
  });
});

Deno.test("a removal that was interrupted after any file is found, and completed by removing again or by gc", async () => {
  const beside = ["", ".snapshots", ".1.torn"].map((end) => `000001-hello.jsonl${end}`);
  for (let left = 1; left < 2 ** beside.length; left++) {
    for (const again of [["rm", "1"], ["gc"]]) {
      await withRuns(1, async (store) => {
        assert(removeRun(store, 1).ok);
        for (const [index, name] of beside.entries()) {
          if ((left >> index) % 2 === 1) Deno.writeTextFileSync(`${store}/runs/${name}`, "left");
        }
        assertEquals(findings(store), ["1 incomplete"]);
        assertStrictEquals((await dustrun("runs", ...again, "--store", store)).exit, 0);
        assertEquals([filesOf(store), findings(store)], [[], []]);
      });
    }
  }
});

Deno.test("an interrupted removal of a run older than the store's log is found, and completed by removing again", async () => {
  await withRuns(1, async (store) => {
    Deno.removeSync(`${store}/log`);
    await dustrun("--simulate", HELLO, "--store", store);
    const log = `${store}/runs/000001-hello.jsonl`;
    const text = Deno.readTextFileSync(log);
    assert(removeRun(store, 1).ok);
    Deno.writeTextFileSync(log, text); // as if the process had ended before it removed the file
    assertEquals(findings(store), ["1 incomplete"]);
    const collected = await dustrun("runs", "gc", "--store", store);
    assertEquals([collected.exit, findings(store)], [0, ["1 incomplete"]], "it may be somebody's");
    assertStrictEquals((await dustrun("runs", "rm", "1", "--store", store)).exit, 0);
    assertEquals([filesOf(store), findings(store)], [["000002-hello.jsonl"], []]);
  });
});

Deno.test("a run that is missing already is settled by removing it", async () => {
  await withRuns(1, async (store) => {
    Deno.removeSync(`${store}/runs/000001-hello.jsonl`);
    assertEquals(findings(store), ["1 disagreement"]);
    assertStrictEquals((await dustrun("runs", "rm", "1", "--store", store)).exit, 0);
    assertEquals(findings(store), []);
  });
});

Deno.test("a run is not removed while it is unfinished", async () => {
  await withRuns(0, async (store) => {
    await dustrun(HELLO, "--store", store, "--realize", "emit=file:/nowhere/at/all");
    const log = `${store}/runs/000001-hello.jsonl`;
    const unfinished = await dustrun("runs", "rm", "1", "--store", store);
    assertStrictEquals(unfinished.exit, 7, unfinished.stderr);
    const kept = await dustrun("runs", "gc", "--keep", "1", "--store", store);
    assertStrictEquals(kept.exit, 0);
    assert(Deno.statSync(log).isFile);
    await dustrun("abandon", "1", "--why", "a test", "--store", store);
    assertStrictEquals((await dustrun("runs", "rm", "1", "--store", store)).exit, 0);
    assertEquals(findings(store), []);
  });
});

Deno.test({
  name: "a run is not removed while it is written",
  ignore: !("tryLockSync" in Deno.FsFile.prototype), // older runtimes wait for the log's lock instead
  fn: async () => {
    await withRuns(1, async (store) => {
      const [name = ""] = filesOf(store);
      const writer = Deno.openSync(`${store}/runs/${name}`, { read: true, write: true });
      writer.lockSync(true);
      assertStrictEquals((await dustrun("runs", "rm", "1", "--store", store)).exit, 2);
      await dustrun("--simulate", HELLO, "--store", store);
      const collected = await dustrun("runs", "gc", "--keep", "1", "--store", store);
      assertStrictEquals(collected.stdout, "crashes have left nothing behind\n");
      writer.close();
      assertStrictEquals(filesOf(store).length, 2);
      assertEquals(findings(store), []);
    });
  },
});

Deno.test("runs gc removes empty logs that no line is about, and with --keep all finished runs but the last", async () => {
  await withRuns(4, async (store) => {
    Deno.writeTextFileSync(`${store}/runs/000005-x.jsonl`, "");
    Deno.writeTextFileSync(`${store}/runs/000006-y.jsonl`, "somebody's");
    const { stdout } = await dustrun("runs", "gc", "--keep", "2", "--store", store, "--json");
    assertEquals(stdout.trimEnd().split("\n").map((line) => JSON.parse(line)), [
      { leftovers: ["000005-x.jsonl"] },
      { run: 1, removed: ["000001-hello.jsonl"] },
      { run: 2, removed: ["000002-hello.jsonl"] },
    ]);
    assertEquals(
      findings(store),
      ["0 disagreement"],
      "the file of somebody is reported, not removed",
    );
  });
});
