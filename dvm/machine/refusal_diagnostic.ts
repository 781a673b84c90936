/**
 * How a refusal is told: the diagnostic of a constraint, a contract or a Φ process that keeps a run from going on.
 *
 * @module
 */
import { diagnostic } from "../diagnostic/diagnostic.ts";
import { bindMark, procMark, stmtMark } from "../diagnostic/mark.ts";
import type { Bind, Clause, ExprText, Proc, Program, Stmt } from "../dir/model.ts";
import { findStmt } from "../dir/statement_paths.ts";
import { stmtsOf } from "../dir/walk.ts";
import { namesOf } from "../expr/walk.ts";
import type { Diagnostic, Mark } from "../diagnostic/failure.ts";
import { contractOf, renderClause } from "../dir/contract.ts";
import { unreachable } from "../base/result.ts";
import type { Refusal } from "../event/state.ts";

/** The diagnostic of a refusal. */
export function refusalDiagnostic(program: Program, refusal: Refusal): Diagnostic {
  switch (refusal.kind) {
    case "constraint":
      return constraintDiagnostic(program, refusal);
    case "contract":
      return contractDiagnostic(program, refusal);
    case "phi":
      return phiDiagnostic(program, refusal);
    default:
      return unreachable(refusal);
  }
}

function constraintDiagnostic(
  program: Program,
  { proc, stmt, event }: Extract<Refusal, { kind: "constraint" }>,
): Diagnostic {
  const span = { start: 0, end: stmt.predicate.text.length };
  const main = stmtMark(program, proc, stmt, "this does not hold", {
    expr: stmt.predicate,
    span,
  });
  const origin = bindingOf(program, proc, stmt.predicate);
  return diagnostic("DR0901", {
    message: event.reason,
    main,
    ...(origin === undefined ? {} : { origin }),
    help: "change the values it mentions, or the constraint",
  });
}

/** Where the first name that an expression mentions gets its value. */
function bindingOf(program: Program, proc: Proc, expr: ExprText): Mark | undefined {
  const [name] = namesOf(expr.expr);
  if (name === undefined) return undefined;
  const param = proc.params[name.slot];
  if (param !== undefined) return procMark(program, proc, `${name.name} is a parameter`, param);
  const binder = stmtsOf(proc).find((stmt) =>
    "slot" in stmt && stmt.kind !== "Assign" && stmt.slot === name.slot
  );
  return binder === undefined
    ? undefined
    : stmtMark(program, proc, binder, `${name.name} gets its value here`);
}

function contractDiagnostic(
  program: Program,
  refusal: Extract<Refusal, { kind: "contract" }>,
): Diagnostic {
  const { bind, reason, caller, stmt } = refusal;
  const code = contractCode(reason);
  return diagnostic(code, {
    message: contractMessage(bind, reason),
    main: stmtMark(program, caller, stmt, "this call exercises the bind"),
    origin: bindMark(program, bind, "the contract", clauseAt(bind, reason)),
    help: CONTRACT_HELP[code],
  });
}

/** A gate stands in a bind that cannot be used: nothing behind it can run. */
export function unusableGateDiagnostic(program: Program, bind: Bind): Diagnostic {
  const reason = `cannot be interpreted: ${contractOf(bind).unusable}`;
  const label = "no attribute of the language";
  return diagnostic("DR0693", {
    message: contractMessage(bind, reason),
    main: bindMark(program, bind, label, clauseAt(bind, reason)),
    help: CONTRACT_HELP.DR0693,
  });
}

function phiDiagnostic(
  program: Program,
  refusal: Extract<Refusal, { kind: "phi" }>,
): Diagnostic {
  const { proc, event } = refusal;
  if (event.verdict === "undecided") {
    const message = `Φ::${proc.name} was not decided within max_work ${event.work}`;
    const main = procMark(program, proc, "existence was not decided");
    return diagnostic("DR0903", { message, main, help: "raise the budget with --max-work" });
  }
  const members = event.conflict.flatMap((path) => findStmt(proc, path) ?? []);
  const [first] = members;
  if (first === undefined) {
    const main = procMark(program, proc, "no configuration exists");
    return diagnostic("DR0902", { message: `Φ::${proc.name} has no configuration`, main });
  }
  const texts = members.map(({ stmt }) => textOf(stmt));
  const message = members.length === 1
    ? `constraint failed: ${texts[0]}`
    : `constraints conflict: ${texts.join("; ")}`;
  const main = stmtMark(program, first.proc, first.stmt, "no configuration satisfies this");
  const second = members[1];
  const [bound] = event.bounds;
  const param = proc.params.find(({ name }) => name === bound?.split(".")[0]);
  const origin = second !== undefined
    ? stmtMark(program, second.proc, second.stmt, "together with this")
    : param === undefined
    ? undefined
    : procMark(program, proc, `together with the range of ${bound}`, param);
  const what = members.length === 1 ? "it" : `any one of the ${members.length} in conflict`;
  const types = event.bounds.length === 0 ? "" : `, or the type of ${event.bounds.join(", ")}`;
  return diagnostic("DR0902", {
    message,
    main,
    ...(origin === undefined ? {} : { origin }),
    help: `change ${what}${types}`,
  });
}

const CONTRACT_HELP = {
  DR0690: "write effects_allowed == true, or call what has no effects",
  DR0691: "raise the bound, or execute fewer statements in the call",
  DR0692: "write witness_transfer == true in a bind that leads that way, or keep the witness",
  DR0693: "leave the clause out, or use an attribute of the language",
} as const;

function contractCode(reason: string): keyof typeof CONTRACT_HELP {
  if (reason.startsWith("effects_allowed")) return "DR0690";
  if (reason.startsWith("witness_transfer")) return "DR0692";
  return reason.startsWith("cannot be interpreted") ? "DR0693" : "DR0691";
}

function contractMessage({ source, target }: Bind, reason: string): string {
  return `contract violated: bind ${source} -> ${target}: ${reason}`;
}

/** The clause that a reason speaks of, if the contract states it. */
function clauseAt({ clauses }: Bind, reason: string): Clause | undefined {
  return clauses.find((clause) => reason.includes(renderClause(clause))) ??
    clauses.find(({ key }) => reason.startsWith(`${key} `));
}

/** What a member of a conflict says. */
function textOf(stmt: Stmt): string {
  switch (stmt.kind) {
    case "Constrain":
      return stmt.predicate.text;
    case "Prove":
      return stmt.from.text;
    case "Let":
      return `${stmt.name} = ${stmt.expr.text}`;
    case "Return":
      return stmt.expr?.text ?? "";
    case "Call":
      return stmt.call.text;
    default:
      return stmt.path;
  }
}
