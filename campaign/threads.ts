/**
 * The generator profile of threads: up to three threads that share memory, locks, a file and a port, and have effects; most lock what
 * they share, join once and end what they hold, some do not. Every program is valid and ends.
 *
 * @module
 */
import { type EnvironmentInput, fileInput, portInput } from "../mod.ts";
import {
  type ForgeTree,
  type GeneratedCase,
  type ProcTree,
  type StatementTree,
  writeArtifact,
} from "./artifact.ts";
import { Random } from "./random.ts";
import { type Shared, ThreadBody } from "./thread_body.ts";

/** The program of a seed, with the input of its run. */
export function generateThreadCase(seed: number): GeneratedCase {
  const random = new Random(seed);
  const shared = sharedBy(random);
  const isCareful = !random.oneIn(3);
  const procs: ProcTree[] = [same(), told(random), proven()];
  const spawned: Spawned[] = [];
  for (let count = random.between(1, 2); count > 0; count--) {
    const nested = count === 1 && spawned.length === 1 && random.oneIn(4)
      ? spawned.pop()
      : undefined;
    spawned.push(workerOf(random, { name: `w${count}`, shared, isCareful, nested }));
  }
  const isBound = random.oneIn(4);
  if (isBound) spawned[0] = { proc: plainOf(random), nested: undefined };
  for (const { proc, nested } of spawned) {
    if (nested !== undefined) procs.push(nested.proc);
    procs.push(proc);
  }
  procs.push(mainOf(random, { shared, isCareful, spawned }));
  const binds = isBound ? [bindOf(random)] : [];
  return {
    seed,
    text: writeArtifact([{ name: "Threads", shapes: [], procs, binds }]),
    input: {
      limits: { max_ticks: random.oneIn(20) ? random.between(5, 30) : 400, max_depth: 10 },
      environment: { inputs: INPUTS },
    },
  };
}

const INPUTS: readonly EnvironmentInput[] = [
  fileInput({ name: "x", modes: "rwa", content: new TextEncoder().encode("0123456789abcdef") }),
  portInput({ name: "serial", number: 64, reads: [5, 6, 7, 8] }),
];

/** A process that is spawned, and the one that it spawns itself, if it does. */
interface Spawned {
  readonly proc: ProcTree;
  readonly nested: Spawned | undefined;
}

interface Plan {
  readonly shared: Shared;
  /** Whether everything shared is used under its lock. */
  readonly isCareful: boolean;
}

function sharedBy(random: Random): Shared {
  return {
    memories: random.pick([["m0"], ["m0"], ["m0", "m1"], []]),
    locks: random.pick([["x0"], ["x0"], ["x0", "x1"]]),
    file: random.oneIn(3) ? "f" : undefined,
  };
}

function handlesOf({ memories, locks, file }: Shared): ProcTree["params"] {
  return [
    ...memories.map((name) => ({ name, ty: "Mem" })),
    ...locks.map((name) => ({ name, ty: "Mutex" })),
    ...file === undefined ? [] : [{ name: file, ty: "File" }],
  ];
}

function workerOf(
  random: Random,
  { name, shared, isCareful, nested }: Plan & {
    readonly name: string;
    readonly nested: Spawned | undefined;
  },
): Spawned {
  const body = new ThreadBody(random, shared, isCareful);
  const ret = random.pick(["i64", null, null, shared.memories.length > 0 ? "Mem" : null]);
  const statements = [
    ...nested === undefined ? [] : body.spawn("t", nested.proc),
    ...body.work(random.between(0, 4)),
    ...nested === undefined ? [] : body.join("t", nested.proc.ret),
    ...body.end(ret),
  ];
  const uses: ProcTree["uses"] = random.oneIn(8)
    ? [{ resource: "Timer", args: [["deadline_us", { Int: random.between(2, 30) }]] }]
    : [];
  const proc = {
    regime: "K",
    name,
    params: handlesOf(shared),
    uses,
    ret,
    qualifiers: [],
    body: statements,
  };
  return { proc, nested };
}

function mainOf(
  random: Random,
  { shared, isCareful, spawned }: Plan & { readonly spawned: readonly Spawned[] },
): ProcTree {
  const body = new ThreadBody(random, shared, isCareful);
  const statements = [
    ...shared.memories.map((name) => ({ Let: { name, expr: "alloc(8)" } })),
    ...shared.locks.map((name) => ({ Let: { name, expr: "mutex_new()" } })),
    ...shared.file === undefined
      ? []
      : [{ Let: { name: shared.file, expr: `open("x", "${random.pick(["r", "r", "a"])}")` } }],
    ...spawned.flatMap(({ proc }, at) => body.spawn(`t${at}`, proc)),
    ...body.work(random.between(0, 3)),
    ...random.shuffled([...spawned.entries()]).flatMap(([at, { proc: { ret } }]) => [
      ...random.oneIn(isCareful ? 30 : 6) ? [] : body.join(`t${at}`, ret),
      ...random.oneIn(30) ? body.join(`t${at}`, null) : [],
    ]),
    ...random.oneIn(2) ? body.work(1) : [],
    ...body.endMain(),
  ];
  const uses: ProcTree["uses"] = random.oneIn(8)
    ? [{ resource: "Timer", args: [["deadline_us", { Int: random.between(10, 60) }]] }]
    : [];
  return {
    regime: "K",
    name: "main",
    params: [],
    uses,
    ret: "i64",
    qualifiers: [],
    body: statements,
  };
}

/** A process without handles, whose witness has a configuration. */
function proven(): ProcTree {
  const params = [{ name: "n", ty: "i64" }];
  const body: StatementTree[] = [{ Prove: { name: "w", from: "n" } }, { Return: { expr: "n" } }];
  return { regime: "K", name: "proven", params, uses: [], ret: "i64", qualifiers: [], body };
}

/** A process that several threads call, and that waits. Its constraints are decided where it is left, too. */
function told(random: Random): ProcTree {
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
function plainOf(random: Random): ProcTree {
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
function bindOf(random: Random): ForgeTree["binds"][number] {
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
