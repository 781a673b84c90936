/**
 * Declarations and statements as source text on one line, in the notation of the language.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Value } from "../value/value.ts";
import type { Bind, Param, Proc, Stmt, Use } from "./model.ts";

/** The ends of a bind: `bind K::main -> Q::tag`. */
export function renderBind({ source, target }: Bind): string {
  return `bind ${source} -> ${target}`;
}

/** The head of a process: `proc K::main(n: i64) -> i64`. */
export function renderProc(proc: Proc): string {
  const params = proc.params.map(renderParam).join(", ");
  const ret = proc.retText === undefined ? "" : ` -> ${proc.retText}`;
  const qualifiers = proc.qualifiers.map((qualifier) => ` ${qualifier}`).join("");
  return `proc ${proc.regime}::${proc.name}(${params})${ret}${qualifiers}`;
}

/** A parameter: `n: i64`. */
export function renderParam({ name, typeText }: Param): string {
  return `${name}: ${typeText}`;
}

/** A resource declaration: `uses Console(device="stdout")`. */
export function renderUse({ resource, args }: Use): string {
  const rendered = args.map(({ name, value }) => `${name}=${renderLiteral(value)}`);
  return `uses ${resource}${rendered.length === 0 ? "" : `(${rendered.join(", ")})`}`;
}

/** A literal in the arguments of a resource declaration. */
export function renderLiteral(value: Value): string {
  if (value.kind === "String" || value.kind === "Char") return JSON.stringify(value.value);
  return "value" in value ? String(value.value) : value.kind;
}

/** A statement on one line, without the blocks inside it. */
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
    default:
      return unreachable(stmt);
  }
}
