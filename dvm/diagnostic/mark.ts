/**
 * Marks: where in an artifact a diagnostic points, and what is shown there.
 *
 * @module
 */
import type { Span } from "../expr/ast.ts";
import type {
  Bind,
  Clause,
  ExprText,
  Param,
  Place,
  Proc,
  Program,
  Stmt,
  Use,
} from "../dir/model.ts";
import { procPath } from "../dir/lookup.ts";
import { positionAt, positionInString } from "../dir/position.ts";
import type { Mark } from "../failure.ts";
import { renderClause } from "../regime/contract.ts";
import { unreachable } from "../result.ts";
import type { Value } from "../value.ts";

/** A mark at a statement, or at the part of one of its expressions. */
export function stmtMark(
  program: Program,
  proc: Proc,
  stmt: Stmt,
  label: string,
  within?: { readonly expr: ExprText; readonly span: Span },
): Mark {
  const artifact = program.artifacts[proc.place.artifact];
  const source = artifact?.text ?? "";
  const shown = renderStmt(stmt);
  const base = {
    artifact: artifact?.name ?? "",
    proc: procPath(proc),
    path: `${proc.place.path}.${stmt.path}`,
    text: shown,
    label,
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
export function placeMark(program: Program, place: Place, text: string, label: string): Mark {
  const artifact = program.artifacts[place.artifact];
  const position = positionAt(artifact?.text ?? "", place.offset);
  return { artifact: artifact?.name ?? "", path: place.path, ...position, text, label };
}

/** A mark at a process's head, or at a parameter in it. */
export function procMark(program: Program, proc: Proc, label: string, param?: Param): Mark {
  const text = renderProc(proc);
  const base = {
    ...placeMark(program, param?.place ?? proc.place, text, label),
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
  label: string,
): Mark {
  return { ...placeMark(program, use.place, renderUse(use), label), proc: procPath(proc) };
}

/** A mark at a bind, or at a clause of its contract. */
export function bindMark(program: Program, bind: Bind, label: string, clause?: Clause): Mark {
  const clauses = bind.clauses.map(renderClause).join("; ");
  const text = `${renderBind(bind)} contract { ${clauses}${clauses === "" ? "" : " "}}`;
  const base = placeMark(program, clause?.place ?? bind.place, text, label);
  if (clause === undefined) return base;
  const start = text.indexOf(renderClause(clause), renderBind(bind).length);
  return { ...base, span: { start, end: start + renderClause(clause).length } };
}

/** The ends of a bind: `bind K::main -> Q::tag`. */
export function renderBind({ source, target }: Bind): string {
  return `bind ${source} -> ${target}`;
}

/** A mark at the program as a whole. */
export function programMark(program: Program, label: string): Mark | undefined {
  const [artifact] = program.artifacts;
  if (artifact === undefined) return undefined;
  const names = program.procs.slice(0, 6).map((proc) => `${proc.regime}::${proc.name}`).join(", ");
  const text = program.procs.length > 6 ? `${names}, …` : names;
  return { artifact: artifact.name, path: "", line: 1, column: 1, text, label };
}

/** A process's head as a reader would write it. */
export function renderProc(proc: Proc): string {
  const params = proc.params.map(renderParam).join(", ");
  const ret = proc.retText === undefined ? "" : ` -> ${proc.retText}`;
  const qualifiers = proc.qualifiers.map((qualifier) => ` ${qualifier}`).join("");
  return `proc ${proc.regime}::${proc.name}(${params})${ret}${qualifiers}`;
}

function renderParam({ name, typeText }: Param): string {
  return `${name}: ${typeText}`;
}

/** A resource declaration as a reader would write it. */
export function renderUse({ resource, args }: Use): string {
  const rendered = args.map(({ name, value }) => `${name}=${renderLiteral(value)}`);
  return `uses ${resource}${rendered.length === 0 ? "" : `(${rendered.join(", ")})`}`;
}

function renderLiteral(value: Value): string {
  if (value.kind === "String" || value.kind === "Char") return JSON.stringify(value.value);
  return "value" in value ? String(value.value) : value.kind;
}

/** A statement on one line, as a reader would write it. */
export function renderStmt(stmt: Stmt): string {
  switch (stmt.kind) {
    case "Let":
      return `let ${stmt.name} = ${stmt.expr.text}`;
    case "Assign":
      return `${stmt.name} = ${stmt.expr.text}`;
    case "Constrain":
      return `constrain ${stmt.predicate.text}`;
    case "Prove":
      return `prove ${stmt.name} from ${stmt.from.text}`;
    case "Effect":
      return stmt.effect === "expr" ? stmt.payload.text : `${stmt.effect} ${stmt.payload.text}`;
    case "Return":
      return stmt.expr === undefined ? "return" : `return ${stmt.expr.text}`;
    case "If":
      return `if ${stmt.condition.text}`;
    case "While":
      return `while ${stmt.condition.text}`;
    case "For":
      return `for ${stmt.name} in ${stmt.start.text}..${stmt.end.text}`;
    case "Break":
      return "break";
    case "Continue":
      return "continue";
    case "Call":
      return stmt.result === undefined ? stmt.call.text : `let ${stmt.result} = ${stmt.call.text}`;
    case "Index":
    case "Field":
      return `let ${stmt.result} = ${stmt.access.text}`;
    case "Alloc":
    case "Dealloc":
    case "Load":
    case "Store": {
      const operands = stmt.operands.map((operand) => operand.text).join(", ");
      const call = `${stmt.kind.toLowerCase()}(${operands})`;
      return stmt.result === undefined ? call : `let ${stmt.result} = ${call}`;
    }
    default:
      return unreachable(stmt);
  }
}
