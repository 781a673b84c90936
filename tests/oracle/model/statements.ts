/**
 * Statements of the model that planted bugs change most: constraints, effects, and the order of a block (EFF-01 to EFF-06,
 * CON-10).
 *
 * @module
 */
import type { Constrain, Constraints } from "./constraints.ts";
import type { Expression } from "./expression.ts";
import type { ModelProc, Statement, StatementOf } from "./program.ts";
import type { Rules } from "./rules.ts";
import type { ModelEffect } from "./run_context.ts";
import type { Steps } from "./steps.ts";
import { type ModelValue, payloadOf } from "./values.ts";

/** What these statements are executed in. */
export interface StatementContext {
  readonly proc: ModelProc;
  readonly rules: Rules;
  readonly constraints: Constraints;
  readonly run: { readonly effects: ModelEffect[] };
  value(expr: Expression): Steps<ModelValue>;
}

/** A constraint is reached, or executed at the exit. */
export function* constrain(
  { proc: { regime, body }, rules, constraints }: StatementContext,
  statement: Constrain,
  isAtExit = false,
): Steps<void> {
  const all = body.filter(({ kind }) => kind === "Constrain");
  const isIgnored = rules.breaks("constraints ignored") ||
    (rules.breaks("constraints outside Φ ignored") && regime !== "Φ") ||
    (rules.breaks("only the first constraint counts") && all[0] !== statement) ||
    (rules.breaks("only the last constraint counts") && all.at(-1) !== statement) ||
    (rules.breaks("a caller's constraints spare its calls") && callsBefore(body, statement));
  if (isIgnored) return;
  yield* isAtExit ? constraints.atExit(statement) : constraints.reach(statement);
}

/** An effect is recorded; one of kind `expr` is evaluated for its failure only. */
export function* perform(
  context: StatementContext,
  { effect, expr }: StatementOf<"Effect">,
): Steps<void> {
  const { rules, run: { effects } } = context;
  const value = yield* context.value(expr);
  if (effect === "expr" && !rules.breaks("an expr effect is recorded")) return;
  const kind = rules.breaks("every effect is an emit") ? "emit" : effect;
  const performed = { kind, payload: payloadOf(value), value };
  const previous = effects.at(-1);
  const isAgain = previous?.kind === kind && previous.payload === performed.payload;
  const isLost = (isAgain && rules.breaks("equal effects merge")) ||
    (kind === "observe" && rules.breaks("observe leaves no record"));
  if (!isLost) effects.push(performed);
  if (rules.breaks("effects happen twice")) effects.push(performed);
}

/** The statements of a block in the order in which they are executed: as written, unless a bug is planted. */
export function inOrder(block: readonly Statement[], rules: Rules): readonly Statement[] {
  if (!rules.breaks("effects run last")) return block;
  const isEffect = ({ kind }: Statement) => kind === "Effect";
  const isReturn = ({ kind }: Statement) => kind === "Return";
  return [
    ...block.filter((statement) => !isEffect(statement) && !isReturn(statement)),
    ...block.filter(isEffect),
    ...block.filter(isReturn),
  ];
}

function callsBefore(body: readonly Statement[], statement: Statement): boolean {
  return body.slice(0, body.indexOf(statement)).some(({ kind }) => kind === "Call");
}
