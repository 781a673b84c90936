/**
 * Processes that the programs of `threads.ts` call and spawn.
 *
 * @module
 */
import type { ForgeTree, ProcTree, StatementTree } from "./artifact.ts";
import type { Random } from "./random.ts";

/** A process without handles, whose witness has a configuration. */
function proven(): ProcTree {
  const params = [{ name: "n", ty: "i64" }];
  const body: StatementTree[] = [{ Prove: { name: "w", from: "n" } }, { Return: { expr: "n" } }];
  return { regime: "K", name: "proven", params, uses: [], ret: "i64", qualifiers: [], body };
}

/** A process that several threads call, and that waits. Its constraints are decided where it is left, too. */
export function told(random: Random): ProcTree {
  const params = [{ name: "x", ty: "Mutex" }, { name: "n", ty: "i64" }];
  const early = {
    If: { condition: "n Gt 4", then_body: [{ Return: { expr: "n" } }], else_body: null },
  };
  const constraint = {
    Constrain: { predicate: random.pick(["n Lt 100", "n Lt 100", "same(n) Lt 100"]) },
  };
  const body: StatementTree[] = [
    { Call: { target: "mutex_lock", args: ["x"], result: null } },
    { Effect: { kind: "emit", payload: "n" } },
    { Call: { target: "mutex_unlock", args: ["x"], result: null } },
    ...random.oneIn(3) ? [early, constraint] : [],
    { Return: { expr: random.pick(["n Add 1", "same(n)"]) } },
  ];
  return { regime: "K", name: "told", params, uses: [], ret: "i64", qualifiers: [], body };
}

/** A process that is called in expressions. */
function same(): ProcTree {
  const params = [{ name: "n", ty: "i64" }];
  const body: StatementTree[] = [{ Let: { name: "m", expr: "n" } }, { Return: { expr: "m" } }];
  return { regime: "K", name: "same", params, uses: [], ret: "i64", qualifiers: [], body };
}

/** A process that takes no handle, so that it may be spawned over a bind. */
export function plainOf(random: Random): ProcTree {
  const body: StatementTree[] = Array.from(
    { length: random.between(1, 4) },
    (_, at) =>
      random.oneIn(3)
        ? { Let: { name: `v${at}`, expr: "io_read(64)" } }
        : { Effect: { kind: "emit", payload: "n" } },
  );
  return {
    regime: "K",
    name: "plain",
    params: [{ name: "n", ty: "i64" }],
    uses: [],
    ret: "i64",
    qualifiers: [],
    body: [...body, { Return: { expr: "n" } }],
  };
}

/** A bind that bounds the time of a thread, or forbids its effects. */
export function bindOf(random: Random): ForgeTree["binds"][number] {
  const latency = {
    key: "latency_us",
    op: random.pick(["<", "<=", ">"]),
    value: String(random.between(1, 6)),
  };
  const effects = { key: "effects_allowed", op: "==", value: random.oneIn(6) ? "false" : "true" };
  return {
    source: "K::main",
    target: "K::plain",
    contract: random.pick([[effects], [latency, effects]]),
  };
}

/** A process that joins a thread which it did not spawn. */
function waits(): ProcTree {
  const params = [{ name: "t", ty: "Thread<i64>" }];
  const body: StatementTree[] = [{ Return: { expr: "join(t)" } }];
  return { regime: "K", name: "waits", params, uses: [], ret: "i64", qualifiers: [], body };
}

/** A process that ends a holder in its own thread. */
function ends(): ProcTree {
  const params = [{ name: "m", ty: "Mem" }];
  const body: StatementTree[] = [{ Dealloc: { ptr: "m" } }];
  return { regime: "K", name: "ends", params, uses: [], ret: null, qualifiers: [], body };
}

/** A process that gives a holder away. */
function made(): ProcTree {
  const body: StatementTree[] = [{ Return: { expr: "alloc(8)" } }];
  return { regime: "K", name: "made", params: [], uses: [], ret: "Mem", qualifiers: [], body };
}

/** Those that are the same in every program. */
export const HELPERS: readonly ProcTree[] = [same(), proven(), waits(), ends(), made()];
