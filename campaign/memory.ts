/**
 * The generator profile of memory: processes that allocate, copy, pass, return and free holders, in branches and loops, with early
 * exits, binds, linear processes, few bytes and a small limit. Many programs are wrong at run time; one in three is mutated too, and then mostly invalid.
 *
 * @module
 */
import {
  copyTree,
  type ForgeTree,
  type GeneratedCase,
  type ProcTree,
  type StatementTree,
  writeArtifact,
} from "./artifact.ts";
import { MemoryBody } from "./memory_body.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";

/** The program of a seed, with the input of its run. */
export function generateMemoryCase(seed: number): GeneratedCase {
  const random = new Random(seed);
  const procs: ProcTree[] = [];
  for (let count = random.between(1, 3); count > 0; count--) procs.push(procOf(random, procs));
  procs.push(mainOf(random, procs));
  const forges: ForgeTree[] = [{
    name: "Memory",
    shapes: [],
    procs,
    binds: bindsOf(random, procs),
  }];
  const text = random.oneIn(3) ? mutate(copyTree(forges), random) : writeArtifact(forges);
  return {
    seed,
    text,
    input: {
      args: { b: random.oneIn(2), n: random.below(3) },
      limits: { max_ticks: 200, max_depth: 20, max_memory: random.pick([20, 100, 1_000]) },
    },
  };
}

/** At most one bind, in either direction; a handle that crosses it makes the program invalid. */
function bindsOf(random: Random, procs: readonly ProcTree[]): ForgeTree["binds"] {
  if (!random.oneIn(3)) return [];
  const [source, target] = [random.pick(procs), random.pick(procs)].map(({ name }) => `K::${name}`);
  if (source === undefined || target === undefined) return [];
  const latency = { key: "latency_us", op: "<", value: random.pick(["3", "9", "100"]) };
  const effects = { key: "effects_allowed", op: "==", value: "true" };
  return [{
    source,
    target,
    contract: random.pick([[], [latency], [effects], [latency, effects]]),
  }];
}

function procOf(random: Random, callable: readonly ProcTree[]): ProcTree {
  if (random.oneIn(8)) return linearProc(random, `f${callable.length}`);
  const params = random.pick([["Mem"], ["Mem"], ["Mem", "i64"], ["Mem", "Mem"], []] as const)
    .map((ty, index) => ({ name: `p${index}`, ty }));
  const ret = random.pick(["Mem", "Mem", "i64", null]);
  return proc(`f${callable.length}`, params, ret, new MemoryBody(random, callable, params, ret));
}

/** A process in which each name, also that of a handle, is used once. */
function linearProc(random: Random, name: string): ProcTree {
  const isTaking = random.oneIn(2), isReturning = random.oneIn(2);
  const params = isTaking ? [{ name: "p0", ty: "Mem" }] : [];
  const body: StatementTree[] = [{ Let: { name: "m0", expr: "alloc(8)" } }];
  if (isTaking) {
    body.push({ Call: { target: random.pick(["free", "load"]), args: ["p0"], result: null } });
  }
  if (isReturning) body.push({ Return: { expr: "m0" } });
  else body.push({ Dealloc: { ptr: "m0" } });
  const ret = isReturning ? "Mem" : null;
  return { regime: "K", name, params, uses: [], ret, qualifiers: ["linear"], body };
}

function mainOf(random: Random, callable: readonly ProcTree[]): ProcTree {
  const params = [{ name: "b", ty: "bool" }, { name: "n", ty: "i64" }];
  const ret = random.oneIn(8) ? null : "i64";
  return proc("main", params, ret, new MemoryBody(random, callable, params, ret));
}

function proc(
  name: string,
  params: ProcTree["params"],
  ret: string | null,
  body: MemoryBody,
): ProcTree {
  return { regime: "K", name, params, uses: [], ret, qualifiers: [], body: body.whole() };
}
