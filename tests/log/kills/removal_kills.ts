/**
 * Kills at file operations of the commands that write the store's log and perform no effects: `runs rm`, `runs gc` and `abandon`.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { checkStore } from "../../../store/runs/check_store.ts";
import { historyOf } from "../../../store/runs/store_history.ts";
import { assertStoreIsSound, assertTruthful, audited } from "./after_kill.ts";
import { type Contents, KillFolder } from "./kill_folder.ts";
import { FILE_AND_LEDGER } from "./layout.ts";
import { type Choice, killedAt, named, operationsOf } from "./traced_process.ts";

/** Processes that SIGKILL ended, by command. */
export interface RemovalKills {
  rm: number;
  gc: number;
  abandon: number;
}

/** Kills removals and abandonments; throws at the first after which something is lost or reported falsely. */
export async function killRemovals(script: string, choose: Choice): Promise<RemovalKills> {
  const folder = new KillFolder({ script, layout: FILE_AND_LEDGER, group: 7 });
  const fresh = folder.contents();
  await folder.interruptRun((operations) =>
    operations.findLast(({ path }) => path.endsWith("seals.jsonl"))
  );
  const abandon = await killAbandonments(folder, choose);
  folder.restore(fresh);
  const [rm, gc] = await killRemoving(folder, choose);
  folder.remove();
  return { rm, gc, abandon };
}

/** A run was killed before its last receipt, and is given up. */
async function killAbandonments(folder: KillFolder, choose: Choice): Promise<number> {
  const words = ["abandon", folder.log, "--why", "the printer was sold"];
  return await killEach({ folder, words, choose }, async () => {
    await assertTruthful(folder);
    const again = await folder.here(words);
    assertStrictEquals(again.exit, 0, again.stderr);
    await assertTruthful(folder);
    assertStrictEquals((await audited(folder)).exit, 0);
    assertEquals(checkStore(folder.store).findings, []);
  });
}

/** Three finished runs, and what crashes left behind: a torn tail, snapshots, and a log without a line about it. */
async function killRemoving(
  folder: KillFolder,
  choose: Choice,
): Promise<readonly [number, number]> {
  for (let run = 1; run <= 3; run++) {
    assertStrictEquals((await folder.here(folder.runWords())).exit, 0);
  }
  const runs = `${folder.store}/runs`;
  for (const name of ["000001-p.jsonl.1.torn", "000002-p.jsonl.snapshots", "000004-p.jsonl"]) {
    Deno.writeTextFileSync(`${runs}/${name}`, name.endsWith("p.jsonl") ? "" : "rest");
  }
  const kept = ["a.txt", ".dustrun/seals.jsonl", ".dustrun/runs/000003-p.jsonl"];
  const keptBytes = () => kept.map((name) => Deno.readFileSync(`${folder.path}/${name}`));
  const before = keptBytes();
  const store = ["--store", folder.store];
  const killOne = (words: readonly string[]) =>
    killEach({ folder, words, choose }, async () => {
      assertStoreIsSound(folder);
      assertEquals(keptBytes(), before);
      for (const command of [words, ["runs", "gc", ...store]]) {
        const completed = await folder.here(command);
        assertStrictEquals(completed.exit, 0, completed.stderr);
      }
      assertEquals(checkStore(folder.store).findings, []);
      assertEquals(keptBytes(), before);
      assertEquals([...Deno.readDirSync(runs)].map(({ name }) => name), ["000003-p.jsonl"]);
      assertStrictEquals((await folder.here(folder.runWords())).exit, 0);
      const history = historyOf(folder.store);
      assert(history.ok);
      assertStrictEquals(history.value?.last, 4, "the number of a run is given out again");
    });
  return [
    await killOne(["runs", "rm", "1", "2", ...store]),
    await killOne(["runs", "gc", "--keep", "1", ...store]),
  ];
}

interface Kills {
  readonly folder: KillFolder;
  readonly words: readonly string[];
  readonly choose: Choice;
}

/** Kills a command from the folder's present state; returns how often the signal ended it. */
async function killEach(
  { folder, words, choose }: Kills,
  check: () => Promise<void>,
): Promise<number> {
  const before: Contents = folder.contents();
  const command = folder.process(words);
  const { ended, operations } = await operationsOf(command);
  assertStrictEquals(ended.code, 0, ended.stderr);
  let kills = 0;
  for (const operation of choose(operations, words[0] === "runs" ? "runs" : "abandon")) {
    folder.restore(before);
    if ((await killedAt(command, operation)).isKilled) kills++;
    await named(words, operation, check);
  }
  folder.restore(before);
  return kills;
}
