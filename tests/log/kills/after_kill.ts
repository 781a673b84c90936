/**
 * What must hold after a process was killed, and of the next commands.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../../std/assert.ts";
import { undefinedIfMissing } from "../../../store/file/host_error.ts";
import { checkStore } from "../../../store/runs/check_store.ts";
import type { KillFolder } from "./kill_folder.ts";
import { hasDoubt, type Kind, sinkOf } from "./layout.ts";

interface AuditedEffect {
  readonly kind: Kind;
  readonly payload: string;
  readonly state: string;
}

/** What an audit of the folder's run reports. */
export async function audited(
  folder: KillFolder,
): Promise<{ readonly exit: number; readonly effects: readonly AuditedEffect[] }> {
  const { exit, stdout } = await folder.here(["audit", "--json", folder.log]);
  const effects: readonly AuditedEffect[] = stdout === "" ? [] : JSON.parse(stdout).effects;
  return { exit, effects };
}

/** Asserts that nothing false is reported, that nothing is there twice or unreported, and that the store is in a documented state. */
export async function assertTruthful(folder: KillFolder): Promise<void> {
  assertStoreIsSound(folder);
  const { exit, effects } = hasLog(folder) ? await audited(folder) : { exit: 7, effects: [] };
  assert(exit === 0 || exit === 7, `audit: ${exit}`);
  const held = new Map(folder.sinks().map((sink) => [sink, folder.held(sink)]));
  for (const { kind, payload, state } of effects) {
    const times = held.get(sinkOf(folder.layout, kind))?.filter((line) => line === payload).length;
    if (times === undefined) continue;
    assert(times <= 1, `${payload} is there twice`);
    if (state === "realized") assertStrictEquals(times, 1, `${payload} is not there`);
    if (state === "proposed") assertStrictEquals(times, 0, `${payload} is there`);
  }
  if (effects.length === 0) assertNothing(folder);
}

function hasLog(folder: KillFolder): boolean {
  return (undefinedIfMissing(() => Deno.statSync(folder.log))?.size ?? 0) > 0;
}

/** The store may have something unfinished, and nothing worse. */
export function assertStoreIsSound(folder: KillFolder): void {
  const { findings } = checkStore(folder.store);
  assertEquals(findings.filter(({ kind }) => kind !== "incomplete"), []);
}

/** Finishes the run, or, if it had no outcome, runs the program again. Returns how many effects were in doubt. */
export async function finish(folder: KillFolder): Promise<number> {
  const resumed = hasLog(folder) ? await folder.here(["resume", folder.log]) : undefined;
  if (resumed === undefined || /DR1305|DR1309/.test(resumed.stderr)) {
    assertNothing(folder);
    assertStrictEquals((await folder.here(folder.runWords())).exit, 0);
    assertHeld(folder);
    await putStoreInOrder(folder);
    return 0;
  }
  const doubts = resumed.exit === 0 ? 0 : await decide(folder, resumed.stderr);
  assertHeld(folder);
  assertStrictEquals((await audited(folder)).exit, 0);
  assertEquals(checkStore(folder.store).findings, []);
  return doubts;
}

/** Decides as somebody who looks at the sink would. */
async function decide(folder: KillFolder, reason: string): Promise<number> {
  assertMatch(reason, /DR1311/);
  assert(hasDoubt(folder.layout), reason);
  const { effects } = await audited(folder);
  const inDoubt = effects.filter(({ state }) => state === "in_doubt");
  assert(inDoubt.length > 0);
  const shown = inDoubt.filter(({ kind, payload }) =>
    folder.held(sinkOf(folder.layout, kind)).includes(payload)
  );
  assert(shown.length === 0 || shown.length === inDoubt.length, "a write cannot be torn by a kill");
  const decision = shown.length === 0 ? "perform" : "skip";
  const decided = await folder.here(["resume", "--in-doubt", decision, folder.log]);
  assertStrictEquals(decided.exit, 0, decided.stderr);
  return inDoubt.length;
}

function assertNothing(folder: KillFolder): void {
  for (const sink of folder.sinks()) assertEquals(folder.held(sink), [], sink);
}

/** Every sink contains what it should, each once, in order, and what others wrote to it. */
export function assertHeld(folder: KillFolder): void {
  for (const sink of folder.sinks()) {
    assertEquals(folder.held(sink), folder.due(sink), sink);
    if (!sink.endsWith(".txt")) continue;
    const { there, due } = folder.bytesIn(sink);
    assertStrictEquals(there, due, sink);
  }
  assert(folder.hasForeignLines(), "lines of another program");
}

/** Removes the runs that were never finished; then nothing is wrong with the store. */
async function putStoreInOrder(folder: KillFolder): Promise<void> {
  const store = ["--store", folder.store];
  assertStrictEquals((await folder.here(["runs", "gc", ...store])).exit, 0);
  for (const { run, kind, message } of checkStore(folder.store).findings) {
    assertStrictEquals(kind, "incomplete", message);
    const removed = await folder.here(["runs", "rm", String(run), ...store]);
    assertStrictEquals(removed.exit, 0, removed.stderr);
  }
  assertEquals(checkStore(folder.store).findings, []);
}
