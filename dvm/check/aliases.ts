/**
 * Aliases of types: each leads to a type, whether it is used or not, and through a bounded number of others (TYP-01).
 *
 * @module
 */
import { ALIAS_CHAIN_MAX } from "../base/limits.ts";
import { unreachable } from "../base/result.ts";
import type { Alias, DeclaredTypes } from "../dir/model.ts";
import { nextAlias, resolveType, scopeOfAlias } from "../dir/type_names.ts";
import type { Violation } from "../typing/violation.ts";
import type { Report } from "./report.ts";
import { cyclesOf } from "./strong_components.ts";
import { unknownIn, unknownType } from "./unknown_type.ts";

/** Checks the aliases that are declared beside the forges. */
export function checkAliases(types: DeclaredTypes, report: Report): void {
  for (const [alias, failure] of aliasFailures(types)) {
    const { place, name, target } = alias;
    report.addAt(place, `type ${name} = ${target}`, violationOf(alias, failure, report.types));
  }
}

/** Why an alias has no type. */
export type AliasFailure =
  /** Its target is no type in scope. */
  | "missing"
  /** It leads back to itself. */
  | "circular"
  /** It leads through more aliases than a type name may. */
  | "too_long";

/**
 * The aliases that must be corrected; what leads to them is not listed. A name may lead through `chainMax` aliases, so that a chain of
 * one more is too long.
 */
export function aliasFailures(
  types: DeclaredTypes,
  chainMax: number = ALIAS_CHAIN_MAX,
): ReadonlyMap<Alias, AliasFailure> {
  const { aliases } = types;
  const ids = new Map(aliases.map((alias, id) => [alias, id]));
  const next = aliases.map((alias) => {
    const target = nextAlias(alias, types);
    return target === undefined ? -1 : ids.get(target) ?? -1;
  });
  const circles = cyclesOf(next.map((id) => id < 0 ? [] : [id]));
  const lengths = chainLengths(next, circles);
  const failures = new Map<Alias, AliasFailure>();
  const reported = new Set([-1]);
  for (const [id, alias] of aliases.entries()) {
    const circle = circles[id] ?? -1;
    if (!reported.has(circle)) {
      reported.add(circle); // one change breaks the circle
      failures.set(alias, "circular");
    } else if (lengths[id] === chainMax + 1) failures.set(alias, "too_long");
    else if (lengths[id] === 1) {
      const type = resolveType(alias.target, scopeOfAlias(alias, types));
      if (unknownIn(type) !== undefined) failures.set(alias, "missing");
    }
  }
  return failures;
}

/** The number of aliases from each to the end of its chain, itself included; infinite if that is a circle. */
function chainLengths(next: readonly number[], circles: readonly number[]): readonly number[] {
  const lengths = circles.map((circle) => circle < 0 ? 0 : Infinity);
  for (const start of next.keys()) {
    const path: number[] = [];
    let id = start;
    while (id >= 0 && lengths[id] === 0) {
      path.push(id);
      id = next[id] ?? -1;
    }
    let length = id < 0 ? 0 : lengths[id] ?? 0;
    for (const each of path.reverse()) lengths[each] = ++length;
  }
  return lengths;
}

function violationOf(
  { name, target }: Alias,
  failure: AliasFailure,
  types: DeclaredTypes,
): Violation {
  switch (failure) {
    case "missing":
      return unknownType(target, types);
    case "circular":
      return {
        code: "DR0219",
        message: `type ${name} leads back to itself`,
        label: "a circle of aliases",
        help: "let one of the aliases name a primitive or a shape",
      };
    case "too_long":
      return {
        code: "DR0219",
        message: `type ${name} leads through more than ${ALIAS_CHAIN_MAX} aliases`,
        label: "the chain of aliases is too long",
        help: "let the alias name the type at the end of the chain",
      };
    default:
      return unreachable(failure);
  }
}
