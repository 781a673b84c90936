/**
 * The generator profile of threads: up to three threads that share memory, locks, a file and a port, and have effects; most lock what
 * they share, join once and end what they hold, some do not. Every program is valid and ends.
 *
 * @module
 */
import { deviceInput, type EnvironmentInput, fileInput, portInput } from "../mod.ts";
import { type GeneratedCase, type ProcTree, writeArtifact } from "./artifact.ts";
import { Random } from "./random.ts";
import { type Shared, ThreadBody } from "./thread_body.ts";
import { bindOf, HELPERS, plainOf, told } from "./thread_helpers.ts";

/** The program of a seed, with the input of its run. */
export function generateThreadCase(seed: number): GeneratedCase {
  const random = new Random(seed);
  const shared = sharedBy(random);
  const isCareful = !random.oneIn(3);
  const procs: ProcTree[] = [...HELPERS, told(random)];
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
      ...(random.oneIn(2) ? { seed: random.below(1_000) } : {}),
      limits: { max_ticks: random.oneIn(20) ? random.between(5, 30) : 400, max_depth: 10 },
      environment: { inputs: INPUTS },
    },
  };
}

const INPUTS: readonly EnvironmentInput[] = [
  fileInput({ name: "x", modes: "rwa", content: new TextEncoder().encode("0123456789abcdef") }),
  fileInput({ name: "y", modes: "rwa" }),
  portInput({ name: "serial", number: 64, reads: [5, 6, 7, 8] }),
  deviceInput({ name: "uart", base: 16, bytes: new Uint8Array(16) }),
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
    ...spawned[0]?.proc.ret === "i64" && random.oneIn(5) ? body.joinElsewhere("t0") : [],
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
