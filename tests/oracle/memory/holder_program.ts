/**
 * Small programs over names of holders: every program up to a number of statements, and random ones. A name that is not bound is
 * never mentioned; the first value of a name binds it in its block, and a later one is assigned.
 *
 * @module
 */
import type { Random } from "../../../campaign/random.ts";

/** One statement. `to` and `from` are names, by number. */
export type HolderStep =
  | { readonly kind: "alloc"; readonly to: number }
  | { readonly kind: "copy"; readonly to: number; readonly from: number }
  | { readonly kind: "free"; readonly from: number }
  | { readonly kind: "load"; readonly from: number }
  /** Calls of processes: one frees its parameter, one adds 1 to what it refers to. */
  | { readonly kind: "drop"; readonly from: number }
  | { readonly kind: "bump"; readonly from: number }
  /** Calls that return a handle: a parameter, or a new region. */
  | { readonly kind: "pass"; readonly to: number; readonly from: number }
  | { readonly kind: "make"; readonly to: number }
  | { readonly kind: "branch"; readonly body: HolderBody }
  | { readonly kind: "loop"; readonly body: HolderBody };

/** A block. */
export type HolderBody = readonly HolderStep[];

/** Every body of at most `most` statements over `names` names. */
export function* everyBody(names: number, most: number): Generator<HolderBody> {
  for (let size = 1; size <= most; size++) yield* bodies(names, size, new Set());
}

/** Every block of exactly `size` statements, inner ones counted, where the names of `bound` are bound. */
function* bodies(names: number, size: number, bound: ReadonlySet<number>): Generator<HolderBody> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = 1; first <= size; first++) {
    for (const step of steps(names, first, bound)) {
      const after = "to" in step ? new Set([...bound, step.to]) : bound;
      for (const rest of bodies(names, size - first, after)) yield [step, ...rest];
    }
  }
}

function* steps(names: number, size: number, bound: ReadonlySet<number>): Generator<HolderStep> {
  if (size > 1) {
    for (const body of bodies(names, size - 1, bound)) {
      yield { kind: "branch", body };
      yield { kind: "loop", body };
    }
    return;
  }
  for (let to = 0; to < names; to++) {
    yield { kind: "alloc", to };
    yield { kind: "make", to };
    for (const from of bound) {
      yield { kind: "copy", to, from };
      yield { kind: "pass", to, from };
    }
  }
  for (const from of bound) {
    for (const kind of ["free", "load", "drop", "bump"] as const) yield { kind, from };
  }
}

/** A random body of exactly `size` statements over `names` names. */
export function randomBody(
  random: Random,
  names: number,
  size: number,
  bound: ReadonlySet<number> = new Set(),
): HolderBody {
  const body: HolderStep[] = [];
  let now = bound;
  for (let left = size; left > 0;) {
    const inner = left > 1 && random.chance(30) ? random.between(1, left - 1) : 0;
    if (inner > 0) {
      const kind = random.pick(["branch", "loop"] as const);
      body.push({ kind, body: randomBody(random, names, inner, now) });
    } else {
      const step = random.pick([...steps(names, 1, now)]);
      body.push(step);
      if ("to" in step) now = new Set([...now, step.to]);
    }
    left -= inner + 1;
  }
  return body;
}

/** A body that frees each of its names at the end, so that more runs return. */
export function closed(body: HolderBody): HolderBody {
  const names = new Set(body.flatMap((step) => ("to" in step ? step.to : [])));
  return [...body, ...[...names].map((from): HolderStep => ({ kind: "free", from }))];
}

/** The artifact of a body: `main(taken, rounds)` takes its branches if `taken`, and each loop `rounds` times. */
export function artifactOf(body: HolderBody): string {
  const proc = (name: string, params: readonly unknown[], ret: string | null, body: unknown) => ({
    regime: "K",
    name,
    params,
    uses: [],
    ret,
    qualifiers: [],
    body,
  });
  const call = (target: string, args: readonly string[], result: string | null = null) => ({
    Call: { target, args, result },
  });
  const handle = [{ name: "p", ty: "Mem" }];
  const give = { Return: { expr: "p" } };
  return JSON.stringify({
    forges: [{
      name: "F",
      shapes: [],
      binds: [],
      procs: [
        proc("main", [{ name: "taken", ty: "Bool" }, { name: "rounds", ty: "i64" }], "i64", [
          ...blockOf(body, new Set(), { next: 0 }),
          { Return: { expr: "0" } },
        ]),
        proc("drop", handle, null, [{ Dealloc: { ptr: "p" } }]),
        proc("bump", handle, null, [
          { Load: { ptr: "p", result: "v" } },
          call("store", ["p", "v Add 1"]),
        ]),
        proc("pass", handle, "Mem", [give]),
        proc("make", [], "Mem", [call("alloc", ["8"], "p"), give]),
      ],
    }],
  });
}

/** `labels` numbers the names of loaded values and loop variables. */
function blockOf(
  body: HolderBody,
  bound: ReadonlySet<number>,
  labels: { next: number },
): unknown[] {
  let now = bound;
  return body.flatMap((step): unknown[] => {
    const name = "from" in step ? nameOf(step.from) : "";
    const give = (expr: string) => {
      if (!("to" in step)) return [];
      const isBound = now.has(step.to);
      now = new Set([...now, step.to]);
      const target = nameOf(step.to);
      return [isBound ? { Assign: { target, expr } } : { Let: { name: target, expr } }];
    };
    switch (step.kind) {
      case "alloc":
        return give("alloc(8)");
      case "make":
        return give("make()");
      case "copy":
        return give(name);
      case "pass":
        return give(`pass(${name})`);
      case "free":
        return [{ Call: { target: "free", args: [name], result: null } }];
      case "drop":
      case "bump":
        return [{ Call: { target: step.kind, args: [name], result: null } }];
      case "load": {
        const result = `v${labels.next++}`;
        return [
          { Call: { target: "load", args: [name], result } },
          { Effect: { kind: "emit", payload: result } },
        ];
      }
      case "branch": {
        const then_body = blockOf(step.body, now, labels);
        return [{ If: { condition: "taken", then_body, else_body: null } }];
      }
      case "loop": {
        const loop = { var: `i${labels.next++}`, start: "0", end: "rounds" };
        return [{ For: { ...loop, body: blockOf(step.body, now, labels) } }];
      }
    }
  });
}

function nameOf(number: number): string {
  return "abc".charAt(number);
}
