/**
 * Contracts of binds as calls exercise them: grants on the way in, witnesses and latency on the way out (CTR-01 to CTR-10,
 * WIT-05, X-12, X-15 to X-17).
 *
 * @module
 */
import { isLower, keeps } from "./clock.ts";
import { hasUnknownClause, type Lookup, type ResolvedBind } from "./lookup.ts";
import type { ModelBind, ModelClause, ModelProc } from "./program.ts";
import { type Rules, RunFailure } from "./rules.ts";
import { holdsWitness, type ModelValue } from "./values.ts";

/** A call is about to cross binds: nothing may cross that they do not grant. */
export function enterContract(
  lookup: Lookup,
  binds: readonly ResolvedBind[],
  callee: ModelProc,
  args: readonly ModelValue[],
): void {
  const { rules } = lookup;
  if (rules.breaks("contracts ignored")) return;
  for (const { bind, target } of binds) {
    if (hasUnknownClause(bind) && !rules.breaks("unknown clause ignored")) {
      violated(rules, "a clause that cannot be interpreted");
    }
    const hasEffects = lookup.isEffectful(callee) ||
      (target !== undefined && lookup.isEffectful(target));
    if (hasEffects && !grants(bind, "effects_allowed", rules)) violated(rules, "effects");
    if (args.some(holdsWitness) && !grants(bind, "witness_transfer", rules)) {
      violated(rules, "witness");
    }
  }
  // What flows from caller to callee needs a bind of that direction (BND-04).
  const isAgainst = binds.length > 0 && !binds.some(({ target }) => target === callee);
  const mayBe = rules.breaks("a witness goes against the direction of every bind");
  if (isAgainst && args.some(holdsWitness) && !mayBe) violated(rules, "witness");
}

/** A call has returned a value: it must be allowed to cross, and all latency clauses must hold. */
export function leaveContract(
  rules: Rules,
  binds: readonly ResolvedBind[],
  value: ModelValue | undefined,
  time: { readonly cost: bigint; readonly clauses: readonly ModelClause[] },
): void {
  if (rules.breaks("contracts ignored")) return;
  const isWitness = value !== undefined && holdsWitness(value);
  for (const { bind } of binds) {
    if (isWitness && !grants(bind, "witness_transfer", rules)) violated(rules, "witness");
  }
  if (rules.breaks("latency ignored")) return;
  const { cost, clauses } = time;
  const broken = clauses.filter((clause) =>
    !keeps(cost, clause, rules) &&
    !(rules.breaks("lower time bounds are ignored") && isLowerSide(clause, cost))
  );
  const isLoose = rules.breaks("one clause is enough") &&
    binds.some(({ bind }) => bind.clauses.length > broken.length);
  if (broken.length > 0 && !isLoose) violated(rules, "latency");
}

/** A callee has failed: within its bounds it keeps its failure. */
export function failedContract(
  rules: Rules,
  time: { readonly cost: bigint; readonly clauses: readonly ModelClause[] },
): void {
  const { cost, clauses } = time;
  const isLow = clauses.some((clause) => isLower(clause) && !keeps(cost, clause, rules));
  if (isLow && rules.breaks("a lower time bound replaces a callee's failure")) {
    violated(rules, "latency");
  }
  if (clauses.length > 0 && rules.breaks("a time bound replaces a callee's failure")) {
    violated(rules, "latency");
  }
}

function isLowerSide(clause: ModelClause, cost: bigint): boolean {
  return isLower(clause) || (clause.op === "==" && cost < BigInt(clause.value));
}

function grants(bind: ModelBind, key: string, rules: Rules): boolean {
  const stated = bind.clauses.filter((clause) => clause.key === key);
  if (rules.breaks("effects_allowed ignored") && key === "effects_allowed") return true;
  if (rules.breaks("witness_transfer ignored") && key === "witness_transfer") return true;
  if (stated.length === 0) return rules.breaks("what is not stated is granted");
  return stated.every(({ value }) => value === "true");
}

function violated(rules: Rules, clause: string): never {
  const kind = rules.breaks("a broken contract is Inadmissible")
    ? "Inadmissible"
    : "ContractViolation";
  throw new RunFailure(kind, clause);
}
