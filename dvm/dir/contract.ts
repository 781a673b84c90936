/**
 * Binds and their contracts: which binds govern a call, and what they grant.
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

/**
 * The binds between two processes, whichever of them calls: one, or one in each direction. The contract of each applies to every call
 * between them. The one from the caller to the callee is first, so that the order of declarations decides nothing.
 */
export function bindsBetween(program: Program, caller: Proc, callee: Proc): readonly Bind[] {
  return endsOf(program).get(caller)?.get(callee) ?? NO_BINDS;
}

const NO_BINDS: readonly Bind[] = [];

type Ends = ReadonlyMap<Proc, ReadonlyMap<Proc, readonly Bind[]>>;

/** Memoized, because calls are frequent. */
const endsOf: (program: Program) => Ends = memoize((program) => {
  const ends = new Map<Proc, Map<Proc, Bind[]>>();
  const add = (caller: Proc, callee: Proc, bind: Bind) => {
    const callees = ends.get(caller) ?? new Map<Proc, Bind[]>();
    ends.set(caller, callees.set(callee, [...callees.get(callee) ?? [], bind]));
  };
  const binds = program.forges.flatMap((forge) => forge.binds);
  for (const bind of binds) {
    const { sourceProc, targetProc } = bind;
    if (sourceProc !== undefined && targetProc !== undefined) add(sourceProc, targetProc, bind);
  }
  for (const bind of binds) {
    const { sourceProc, targetProc } = bind;
    if (sourceProc === undefined || targetProc === undefined || sourceProc === targetProc) continue;
    add(targetProc, sourceProc, bind);
  }
  return ends;
});

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
