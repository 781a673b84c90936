/**
 * Binds and their contracts: which bind governs a call, and what it grants.
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import { unreachable } from "../base/result.ts";
import type { Bind, Clause, Proc, Program } from "./model.ts";

/** The form of a latency, in microseconds. */
export const LATENCY = /^[0-9]+$/;

/** What a bind's contract grants and demands. A permission that is not stated is not granted (CTR-04). */
export interface Contract {
  readonly effectsAllowed: boolean;
  readonly witnessTransfer: boolean;
  readonly linearityEnforced: boolean;
  /** The latency clauses; every one must hold. */
  readonly latency: readonly Clause[];
  /** The first clause whose attribute the language does not define: it makes the bind unusable (CTR-10). */
  readonly unusable: Clause | undefined;
}

/** The attributes that the language defines. */
export const CONTRACT_ATTRIBUTES = [
  "witness_transfer",
  "effects_allowed",
  "latency_us",
  "linearity_enforced",
] as const;

/** An attribute that a contract grants or withholds. */
export type Permission = Exclude<(typeof CONTRACT_ATTRIBUTES)[number], "latency_us">;

/** The bind between two processes, whichever of them calls. */
export function bindBetween(program: Program, caller: Proc, callee: Proc): Bind | undefined {
  return endsOf(program).get(caller)?.get(callee);
}

type Ends = ReadonlyMap<Proc, ReadonlyMap<Proc, Bind>>;

/**
 * The bind that governs calls from one process to another: the one that leads that way, else the one that leads back. Of
 * each direction there is at most one. Calls are frequent, so it is memoized.
 */
const endsOf: (program: Program) => Ends = memoize((program) => {
  const ends = new Map<Proc, Map<Proc, Bind>>();
  const add = (from: Proc, to: Proc, bind: Bind) => {
    const others = ends.get(from) ?? new Map<Proc, Bind>();
    if (!others.has(to)) others.set(to, bind);
    ends.set(from, others);
  };
  const binds = program.forges.flatMap((forge) => forge.binds).sort(compareContracts);
  for (const bind of binds) {
    const { sourceProc, targetProc } = bind;
    if (sourceProc !== undefined && targetProc !== undefined) add(sourceProc, targetProc, bind);
  }
  for (const bind of binds) {
    const { sourceProc, targetProc } = bind;
    if (sourceProc !== undefined && targetProc !== undefined) add(targetProc, sourceProc, bind);
  }
  return ends;
});

/** Which of two binds with the same ends the checks read, which report both as declared twice: never the first in the text (DIR-13). */
function compareContracts(a: Bind, b: Bind): number {
  const [left, right] = [a.clauses.map(renderClause).join(), b.clauses.map(renderClause).join()];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Reads a bind's clauses. */
export function contractOf(bind: Bind): Contract {
  const { clauses } = bind;
  const grants = (permission: Permission) => {
    const deciding = decidingClause(bind, permission);
    return deciding !== undefined && grantsPermission(deciding);
  };
  const unknown = clauses.find(({ key }) => !CONTRACT_ATTRIBUTES.some((known) => known === key));
  return {
    effectsAllowed: grants("effects_allowed"),
    witnessTransfer: grants("witness_transfer"),
    linearityEnforced: grants("linearity_enforced"),
    latency: clauses.filter(({ key }) => key === "latency_us"),
    unusable: unknown,
  };
}

/**
 * The clause that decides a permission: the first that withholds it, or else the first that grants it; `undefined` when the
 * contract does not state the permission.
 */
export function decidingClause({ clauses }: Bind, permission: Permission): Clause | undefined {
  const stated = clauses.filter(({ key }) => key === permission);
  return stated.find((clause) => !grantsPermission(clause)) ?? stated[0];
}

function grantsPermission({ op, value }: Clause): boolean {
  return op === "==" && value === "true";
}

/** A clause as the source has it: `latency_us < 5000`. */
export function renderClause(clause: Clause): string {
  return `${clause.key} ${clause.op} ${clause.value}`;
}

/** The first latency clause that a call of this cost in microseconds breaks; `undefined` when all hold. */
export function brokenLatency(contract: Contract, cost: bigint): Clause | undefined {
  return contract.latency.find((clause) => !holdsFor(clause, cost));
}

function holdsFor({ op, value }: Clause, cost: bigint): boolean {
  const bound = BigInt(value);
  switch (op) {
    case "<":
      return cost < bound;
    case "<=":
      return cost <= bound;
    case ">":
      return cost > bound;
    case ">=":
      return cost >= bound;
    case "==":
      return cost === bound;
    default:
      return unreachable(op);
  }
}
