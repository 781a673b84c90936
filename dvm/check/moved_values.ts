/**
 * Moves out of K processes: an argument of a call over a bind with `linearity_enforced == true` cannot be used again (CTR-06,
 * BND-08, X-18). Other K values may be read any number of times. Moving a field leaves the other fields.
 *
 * @module
 */
import type { CallExpr, Expr, Span } from "../expr/ast.ts";
import { partsOf } from "../expr/walk.ts";
import { bindBetween, contractOf } from "../dir/contract.ts";
import { analyzeFlow } from "./dataflow.ts";
import type { ExprText, Proc, Program, Stmt } from "../dir/model.ts";
import type { Report } from "./report.ts";
import { exprTextsOf } from "../dir/walk.ts";

/** A mention of a name or of a field of one. */
interface Access extends Span {
  readonly name: string;
  readonly slot: number;
  /** Fields, outermost first: `p.q.id` has `q`, `id`. */
  readonly fields: readonly string[];
}

/** One step of a statement, in evaluation order. */
type Step =
  | { readonly kind: "read"; readonly access: Access; readonly expr: ExprText }
  | { readonly kind: "moved"; readonly access: Access; readonly expr: ExprText };

/** An access that a call has moved. */
interface Moved {
  readonly access: Access;
  readonly stmt: Stmt;
  readonly expr: ExprText;
}

/** Checks one process. */
export function checkMovedValues(program: Program, proc: Proc, report: Report): void {
  if (proc.regime !== "K") return;
  const enforced = new Set<string>();
  for (const [path, callee] of proc.callees) {
    const bind = callee.kind === "proc" ? bindBetween(program, proc, callee.proc) : undefined;
    if (bind !== undefined && contractOf(bind).linearityEnforced) enforced.add(path);
  }
  if (enforced.size === 0) return;
  analyzeFlow<readonly Moved[]>(proc.body, {
    join: (earlier, later) => [
      ...earlier,
      ...later.filter((moved) => !earlier.some(({ access }) => isSame(access, moved.access))),
    ],
    gains: (stmt) =>
      stepsOf(stmt, enforced).filter(({ kind }) => kind === "moved")
        .map(({ access, expr }) => [access.slot, [{ access, stmt, expr }]]),
    visit: (stmt, facts) => {
      const movedHere: Moved[] = [];
      for (const { kind, access, expr } of stepsOf(stmt, enforced)) {
        const earlier = [...facts.get(access.slot) ?? [], ...movedHere]
          .find((moved) => overlap(moved.access, access));
        // Finds one call that moves a name twice, too: both arguments are read before either is moved.
        if (earlier !== undefined) reportUse({ proc, stmt, expr, access }, earlier, report);
        if (kind === "moved") movedHere.push({ access, stmt, expr });
      }
    },
  });
}

function reportUse(
  use: {
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly expr: ExprText;
    readonly access: Access;
  },
  { access, stmt, expr }: Moved,
  report: Report,
): void {
  const { proc } = use;
  const path = [access.name, ...access.fields].join(".");
  report.add({ proc, stmt: use.stmt, expr: use.expr, span: use.access }, {
    code: "DR0405",
    message: `${path} was moved across a bind that enforces linearity`,
    label: "used after the move",
    help: "use the result of the call, or pass another value",
    origin: { at: { proc, stmt, expr, span: access }, label: "moved here" },
  });
}

/** Whether two accesses share a part of the value. */
function overlap(a: Access, b: Access): boolean {
  const shared = Math.min(a.fields.length, b.fields.length);
  return a.slot === b.slot &&
    a.fields.slice(0, shared).every((field, at) => b.fields[at] === field);
}

function isSame(a: Access, b: Access): boolean {
  return a.fields.length === b.fields.length && overlap(a, b);
}

function stepsOf(stmt: Stmt, enforced: ReadonlySet<string>): Step[] {
  if (stmt.kind === "Constrain") return []; // a mention in a constraint is no use
  return exprTextsOf(stmt).flatMap((expr) => {
    const steps: Step[] = [];
    collectSteps(expr.expr, { expr, enforced }, steps);
    return steps;
  });
}

function collectSteps(
  part: Expr,
  context: { readonly expr: ExprText; readonly enforced: ReadonlySet<string> },
  into: Step[],
): void {
  const { expr, enforced } = context;
  const access = accessOf(part);
  if (access !== undefined) {
    into.push({ kind: "read", access, expr });
    return;
  }
  for (const inner of partsOf(part)) collectSteps(inner, context, into);
  if (part.kind === "call" && enforced.has(part.callee)) {
    for (const moved of movedBy(part)) into.push({ kind: "moved", access: moved, expr });
  }
}

function movedBy(call: CallExpr): Access[] {
  return call.args.flatMap((arg) => accessOf(arg) ?? []);
}

function accessOf(expr: Expr): Access | undefined {
  const { start, end } = expr;
  if (expr.kind === "name" && expr.slot >= 0) {
    return { name: expr.name, slot: expr.slot, fields: [], start, end };
  }
  if (expr.kind !== "field") return undefined;
  const base = accessOf(expr.base);
  return base === undefined
    ? undefined
    : { ...base, fields: [...base.fields, expr.field], start, end };
}
