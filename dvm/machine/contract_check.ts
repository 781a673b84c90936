/**
 * The event of a check of a contract, and the clause that it names.
 *
 * @module
 */
import { decidingClause } from "../dir/contract.ts";
import type { Bind, Clause } from "../dir/model.ts";
import type { BindChecked } from "../event/event.ts";
import type { RefusedClause } from "../event/refusal.ts";
import type { State } from "../event/state.ts";
import { contractReason } from "./refusal_message.ts";

/** The event of a check of a contract. */
export function checked(
  { seq }: State,
  { named: { source, target } }: Bind,
  stage: BindChecked["stage"],
  { ticks, refusal }: Pick<BindChecked, "ticks" | "refusal">,
): BindChecked {
  const holds = refusal === undefined;
  const reason = holds ? "" : contractReason(refusal);
  return { seq, kind: "bind_checked", source, target, stage, holds, ticks, reason, refusal };
}

/** The clause that decides a permission, if the contract states one. */
export function statedClause(
  bind: Bind,
  permission: Parameters<typeof decidingClause>[1],
): { readonly clause?: RefusedClause } {
  const clause = decidingClause(bind, permission);
  return clause === undefined ? {} : { clause: refusedClause(bind, clause) };
}

/** A clause as a refusal names it. */
export function refusedClause({ clauses }: Bind, clause: Clause): RefusedClause {
  const { key, op, value } = clause;
  return { index: clauses.indexOf(clause), attribute: key, operator: op, bound: value };
}
