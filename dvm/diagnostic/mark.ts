/**
 * Marks: where in an artifact a diagnostic points, and what is shown there.
 *
 * @module
 */
import { renderClause } from "../dir/contract.ts";
import { procPath } from "../dir/lookup.ts";
import type { Bind, Clause, ExprText, Param, Proc, Program, Stmt, Use } from "../dir/model.ts";
import type { Place } from "../dir/place.ts";
import {
  renderBind,
  renderParam,
  renderProc,
  renderStmt,
  renderUse,
  statementNumber,
} from "../dir/notation.ts";
import type { Span } from "../expr/ast.ts";
import { positionAt, positionInString } from "../text/position.ts";
import type { Mark, MarkRole } from "./failure.ts";

/** What a mark is there for, and what it says. */
export interface MarkNote {
  /** Why the diagnostic points there. */
  readonly role: MarkRole;
  /** One short phrase. */
  readonly label: string;
}

/** A mark at a statement, or at the part of one of its expressions. */
export function stmtMark(
  program: Program,
  proc: Proc,
  stmt: Stmt,
  note: MarkNote,
  within?: { readonly expr: ExprText; readonly span: Span },
): Mark {
  const artifact = program.artifacts[proc.place.artifact];
  const source = artifact?.text ?? "";
  const shown = renderStmt(stmt);
  const base = {
    ...note,
    artifact: artifact?.name ?? "",
    proc: procPath(proc),
    path: `${proc.place.path}.${stmt.path}`,
    statement: statementNumber(proc, stmt),
    text: shown,
  };
  if (within === undefined) return { ...base, ...positionAt(source, stmt.offset) };
  const { expr, span } = within;
  // The rendered statement holds the expression's own text, so a span in the one is a span in the other.
  const at = shown.lastIndexOf(expr.text);
  const isSynthesized = stmt.kind === "Call" || stmt.kind === "Index" || stmt.kind === "Field";
  const position = isSynthesized
    ? positionAt(source, stmt.offset)
    : positionInString(source, expr.offset, span.start);
  if (at < 0) return { ...base, ...position };
  return { ...base, ...position, span: { start: at + span.start, end: at + span.end } };
}

/** A mark at a declaration. */
export function placeMark(program: Program, place: Place, text: string, note: MarkNote): Mark {
  const artifact = program.artifacts[place.artifact];
  const position = positionAt(artifact?.text ?? "", place.offset);
  return { ...note, artifact: artifact?.name ?? "", path: place.path, ...position, text };
}

/** A mark at a process's head, or at a parameter in it. */
export function procMark(program: Program, proc: Proc, note: MarkNote, param?: Param): Mark {
  const text = renderProc(proc);
  const base = {
    ...placeMark(program, param?.place ?? proc.place, text, note),
    proc: procPath(proc),
  };
  if (param === undefined) return base;
  const before = proc.params.slice(0, proc.params.indexOf(param)).map(renderParam);
  const start = `proc ${proc.regime}::${proc.name}(`.length +
    before.reduce((length, other) => length + other.length + 2, 0);
  return { ...base, span: { start, end: start + renderParam(param).length } };
}

/** A mark at a resource declaration. */
export function useMark(
  program: Program,
  { proc, use }: { readonly proc: Proc; readonly use: Use },
  note: MarkNote,
): Mark {
  return { ...placeMark(program, use.place, renderUse(use), note), proc: procPath(proc) };
}

/** A mark at a bind, or at a clause of its contract. */
export function bindMark(program: Program, bind: Bind, note: MarkNote, clause?: Clause): Mark {
  const rendered = bind.clauses.map(renderClause);
  const clauses = rendered.join("; ");
  const text = `${renderBind(bind)} contract { ${clauses}${clauses === "" ? "" : " "}}`;
  const base = placeMark(program, clause?.place ?? bind.place, text, note);
  if (clause === undefined) return base;
  const before = rendered.slice(0, bind.clauses.indexOf(clause));
  const start = before.reduce(
    (length, other) => length + other.length + "; ".length,
    `${renderBind(bind)} contract { `.length,
  );
  return { ...base, span: { start, end: start + renderClause(clause).length } };
}

/** A note on the program as a whole, of which no text is shown. */
export function programMark(program: Program, note: MarkNote): Mark | undefined {
  const [artifact] = program.artifacts;
  if (artifact === undefined) return undefined;
  return { ...note, artifact: artifact.name, path: "", line: 1, column: 1, text: "" };
}
