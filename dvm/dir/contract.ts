/**
 * Binds and their contracts: which bind governs a call, and what it grants.
 *
 * @module
 */
import type { Bind, Clause, Proc, Program } from "./model.ts";
import { memoize } from "../base/memoize.ts";

/** What a bind's contract comes to. A permission that is not stated is not granted (CTR-04). */
export interface Contract {
  readonly effectsAllowed: boolean;
  readonly witnessTransfer: boolean;
  readonly linearityEnforced: boolean;
  /** The latency clauses; every one must hold. */
  readonly latency: readonly Clause[];
  /** The first clause whose attribute the language does not define: it makes the bind unusable (CTR-10). */
  readonly unusable: string | undefined;
}

/** The attributes that the language defines. */
export const CONTRACT_ATTRIBUTES = [
  "witness_transfer",
  "effects_allowed",
  "latency_us",
  "linearity_enforced",
] as const;

/** The bind between two processes, whichever of them calls. */
export function bindBetween(program: Program, caller: Proc, callee: Proc): Bind | undefined {
  return endsOf(program).get(caller)?.get(callee);
}

type Ends = ReadonlyMap<Proc, ReadonlyMap<Proc, Bind>>;

/**
 * The bind that governs calls from one process to another: the one that leads that way, else the one that leads back. Of
 * each direction there is at most one. Calls are frequent, so it is worked out once.
 */
const endsOf: (program: Program) => Ends = memoize((program) => {
  const ends = new Map<Proc, Map<Proc, Bind>>();
  const add = (from: Proc, to: Proc, bind: Bind) => {
    const others = ends.get(from) ?? new Map<Proc, Bind>();
    if (!others.has(to)) others.set(to, bind);
    ends.set(from, others);
  };
  const binds = program.forges.flatMap((forge) => forge.binds);
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

/** Reads a bind's clauses. */
export function contractOf(bind: Bind): Contract {
  const { clauses } = bind;
  const grants = (key: string) => {
    const stated = clauses.filter((clause) => clause.key === key);
    return stated.length > 0 && stated.every(({ op, value }) => op === "==" && value === "true");
  };
  const unknown = clauses.find(({ key }) =>
    !(CONTRACT_ATTRIBUTES as readonly string[]).includes(key)
  );
  return {
    effectsAllowed: grants("effects_allowed"),
    witnessTransfer: grants("witness_transfer"),
    linearityEnforced: grants("linearity_enforced"),
    latency: clauses.filter(({ key }) => key === "latency_us"),
    unusable: unknown === undefined ? undefined : renderClause(unknown),
  };
}

/** A clause as the source has it: `latency_us < 5000`. */
export function renderClause(clause: Clause): string {
  return `${clause.key} ${clause.op} ${clause.value}`;
}

/** Which latency clause a cost breaks, as text; empty when all hold. */
export function latencyFailure(contract: Contract, microseconds: number): string {
  const broken = contract.latency.find((clause) => !holdsFor(clause, microseconds));
  return broken === undefined
    ? ""
    : `${renderClause(broken)} does not hold: the call takes ${microseconds} us`;
}

function holdsFor(clause: Clause, microseconds: number): boolean {
  const bound = Number(clause.value);
  switch (clause.op) {
    case "<":
      return microseconds < bound;
    case "<=":
      return microseconds <= bound;
    case ">":
      return microseconds > bound;
    case ">=":
      return microseconds >= bound;
    case "==":
      return microseconds === bound;
    default:
      return false;
  }
}
