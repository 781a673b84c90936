/**
 * Where the effects of the killed runs go, and the program that has them.
 *
 * @module
 */
import { proc, program } from "../../support/program.ts";

/** The kinds of effects. */
export const KINDS = ["emit", "observe", "seal"] as const;
/** A kind of effect. */
export type Kind = (typeof KINDS)[number];

/** Where effects of a kind go: the name of a file in the folder, or one of these. */
export type SinkName = "ledger" | "stdout" | "log" | `${string}.txt`;

/** Which sinks a run has. */
export interface Layout {
  readonly name: string;
  readonly sinks: Readonly<Record<Kind, SinkName>>;
  /** Another program appends to this file meanwhile. */
  readonly shared?: SinkName;
}

/** A layout with a sink of each sort that `resume` can finish alone. */
export const FILE_AND_LEDGER: Layout = {
  name: "a file and a ledger",
  sinks: { emit: "a.txt", observe: "log", seal: "ledger" },
};

/** The layouts; with the last two an effect can be in doubt, as nobody can know whether it was performed. */
export const LAYOUTS: readonly Layout[] = [
  { name: "one file", sinks: { emit: "a.txt", observe: "a.txt", seal: "a.txt" } },
  FILE_AND_LEDGER,
  { name: "two files", sinks: { emit: "a.txt", observe: "b.txt", seal: "b.txt" } },
  { name: "a ledger", sinks: { emit: "ledger", observe: "ledger", seal: "ledger" } },
  {
    name: "a shared file",
    sinks: { emit: "a.txt", observe: "log", seal: "ledger" },
    shared: "a.txt",
  },
  { name: "standard output", sinks: { emit: "stdout", observe: "log", seal: "ledger" } },
];

/** Whether effects can be in doubt after a kill. */
export function hasDoubt({ sinks, shared }: Layout): boolean {
  return shared !== undefined || Object.values(sinks).includes("stdout");
}

/** How many effects are realized together. */
export const GROUPS = [1, 7, 64] as const;

/** An effect of the program. */
export interface Effect {
  readonly kind: Kind;
  readonly payload: string;
}

/** The effects for a size of groups, in longer and shorter turns, so that groups are full, and are cut short by another sink. */
export function effectsFor(group: number): readonly Effect[] {
  const turns: readonly (readonly [Kind, number])[] = group > 7
    ? [["emit", 70], ["seal", 66], ["observe", 1], ["emit", 2], ["seal", 1]]
    : [["emit", 12], ["seal", 8], ["observe", 1], ["emit", 2], ["seal", 1]];
  return turns.flatMap(([kind, count], turn) =>
    Array.from({ length: count }, (_, index) => ({ kind, payload: `effect ${turn}.${index}` }))
  );
}

/** A program that has these effects. */
export function programOf(effects: readonly Effect[]): string {
  const body = effects.map(({ kind, payload }) => `${kind} ${JSON.stringify(payload)}`);
  return program(proc("K::main() -> i64", ...body, "return 0"));
}
