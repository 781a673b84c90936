/**
 * Existence: Φ problems with the time and the solver steps of each. `deno run -A bench/phi_bench.ts`.
 *
 * @module
 */
import { executeText } from "../mod.ts";

/** One measured problem. */
export interface PhiMeasurement {
  readonly name: string;
  readonly verdict: string;
  /** Solver steps, as `--max-work` counts them. */
  readonly work: number;
  readonly milliseconds: number;
}

/** Runs every problem once, from its text to its outcome, with the default budget. */
export function measurePhi(): PhiMeasurement[] {
  return [...problems()].map(([name, text]) => {
    const began = performance.now();
    const { events } = executeText(text);
    const milliseconds = performance.now() - began;
    const resolved = events.find((event) => event.kind === "phi_resolved");
    if (resolved?.kind !== "phi_resolved") throw new Error(`${name}: no resolution`);
    return { name, verdict: resolved.verdict, work: resolved.work, milliseconds };
  });
}

/** The problems by name, as artifacts. */
export function problems(): Map<string, string> {
  return new Map([
    ["pigeonhole 8 into 7", pigeonhole()],
    ["8 queens", queens()],
    ["subset sum of 24, one exists", subsetSum(true)],
    ["subset sum of 24, none exists", subsetSum(false)],
    ["equality system 12 by 6, i32", equalities("i32", 6)],
    ["equality system 12 by 8, i64", equalities("i64", 8)],
    ["equality system 12 by 12, i64", equalities("i64", 12)],
    ["cycle of three differences, i64", cycle()],
    ["magic square of order 3", magicSquare()],
  ]);
}

function phi(names: readonly string[], type: string, constraints: readonly string[]): string {
  const body = constraints.map((predicate) => ({ Constrain: { predicate } }));
  return JSON.stringify({
    forges: [{
      name: "Bench",
      shapes: [],
      procs: [{
        regime: "Φ",
        name: "main",
        params: names.map((name) => ({ name, ty: type })),
        uses: [],
        ret: "bool",
        qualifiers: [],
        body: [...body, { Return: { expr: "true" } }],
      }],
      binds: [],
    }],
  });
}

function named(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `x${index}`);
}

function between(names: readonly string[], lo: number, hi: number): string[] {
  return names.flatMap((name) => [`${name} Ge ${lo}`, `${name} Le ${hi}`]);
}

function pairs<T>(names: readonly string[], make: (a: string, b: string, gap: number) => T[]): T[] {
  return names.flatMap((a, i) => names.slice(i + 1).flatMap((b, j) => make(a, b, j + 1)));
}

function different(names: readonly string[]): string[] {
  return pairs(names, (a, b) => [`${a} Ne ${b}`]);
}

function sum(names: readonly string[], factors: readonly number[]): string {
  return names.map((name, index) => `${factors[index]} Mul ${name}`).join(" Add ");
}

/** A linear congruential generator: the same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor(state / 0x80000000 * below);
  };
}

function pigeonhole(): string {
  const names = named(8);
  return phi(names, "i32", [...between(names, 1, 7), ...different(names)]);
}

function queens(): string {
  const names = named(8);
  const diagonals = pairs(
    names,
    (a, b, gap) => [`${a} Sub ${b} Ne ${gap}`, `${b} Sub ${a} Ne ${gap}`],
  );
  return phi(names, "i32", [...between(names, 1, 8), ...different(names), ...diagonals]);
}

function subsetSum(exists: boolean): string {
  const names = named(24), next = numbers(12345);
  const weights = names.map(() => exists ? 100_000 + next(900_000) : 1_000 + next(9_000));
  const reached = new Set([0]);
  let target = Math.floor(weights.reduce((a, b) => a + b) / 2);
  if (exists) target = weights.reduce((total, weight) => total + weight * next(2), 0);
  else {
    for (const weight of weights) for (const known of [...reached]) reached.add(known + weight);
    while (reached.has(target)) target++;
  }
  return phi(names, "i32", [...between(names, 0, 1), `${sum(names, weights)} Eq ${target}`]);
}

function equalities(type: string, count: number): string {
  const names = named(12), next = numbers(count);
  const solution = names.map(() => next(2001) - 1000);
  const rows = Array.from({ length: count }, () => {
    const factors = names.map(() => next(2001) - 1000);
    const total = factors.reduce((all, factor, index) => all + factor * (solution[index] ?? 0), 0);
    return `${sum(names, factors)} Eq ${total}`;
  });
  return phi(names, type, rows);
}

function cycle(): string {
  return phi(["x", "y", "z"], "i64", ["x Lt y", "y Lt z", "z Lt x"]);
}

function magicSquare(): string {
  const names = named(9);
  const lines = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [
    2,
    4,
    6,
  ]];
  const sums = lines.map((line) => `${line.map((index) => names[index]).join(" Add ")} Eq 15`);
  return phi(names, "i32", [...between(names, 1, 9), ...different(names), ...sums]);
}

if (import.meta.main) {
  for (const { name, verdict, work, milliseconds } of measurePhi()) {
    console.log(
      `${name.padEnd(34)}${verdict.padEnd(14)}${String(work).padStart(9)} steps ${
        milliseconds.toFixed(0).padStart(6)
      } ms`,
    );
  }
}
