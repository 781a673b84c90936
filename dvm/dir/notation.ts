/**
 * The notation of the language: values, declarations, statements and places as people read them, each on one line. Whatever prints one
 * of these for a person uses this file; programs read the tagged form (`dvm/value/wire_text.ts`).
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import { unreachable } from "../base/result.ts";
import type { Value } from "../value/value.ts";
import { renderFloat } from "../value/wire_text.ts";
import type { Bind, Param, Proc, Stmt, Use } from "./model.ts";
import { stmtsOf } from "./walk.ts";

/**
 * A value: `42`, `1.5`, `true`, `"x"`, `'c'`, `()`, `[1, 2]`, `Shift{start: 8, hours: 7}`. A handle prints as its name, `m1.2`,
 * `f1`, `serial`. Characters that a terminal would obey are left in: whoever prints the text replaces them.
 *
 * @example
 * ```ts
 * import { renderValue, type Value } from "../../mod.ts";
 * const fields = new Map<string, Value>([["start", { kind: "Int", value: 8 }], ["done", { kind: "Unit" }]]);
 * if (renderValue({ kind: "Struct", ty: "Shift", fields }) !== "Shift{start: 8, done: ()}") throw new Error();
 * if (renderValue({ kind: "Char", value: "'" }) !== "'\\''") throw new Error();
 * ```
 */
export function renderValue(value: Value): string {
  switch (value.kind) {
    case "Int":
    case "Bool":
    case "Mem":
    case "Thread":
    case "Mutex":
    case "File":
    case "Port":
    case "Device":
    case "Mapped":
      return String(value.value);
    case "Float":
      return renderFloat(value.value);
    case "String":
      return JSON.stringify(value.value);
    case "Char":
      return renderChar(value.value);
    case "Unit":
      return "()";
    case "Array":
      return `[${value.items.map(renderValue).join(", ")}]`;
    case "Struct": {
      const fields = [...value.fields].map(([name, field]) => `${name}: ${renderValue(field)}`);
      return `${value.ty}{${fields.join(", ")}}`;
    }
    default:
      return unreachable(value);
  }
}

function renderChar(char: string): string {
  return char === "'" ? "'\\''" : `'${JSON.stringify(char).slice(1, -1).replace('\\"', '"')}'`;
}

/** Names with their values, as arguments are written: `from: Account{balance: 5}, amount: 30`. */
export function renderNamedValues(
  named: Iterable<{ readonly name: string; readonly value: Value }>,
): string {
  return [...named].map(({ name, value }) => `${name}: ${renderValue(value)}`).join(", ");
}

/** What is known of a place. */
export interface PlaceParts {
  /** The name of the artifact. */
  readonly artifact: string;
  /** The line in it, from 1; 0 when unknown. */
  readonly line: number;
  /** The column, from 1; 0 when unknown. It is shown where no process is. */
  readonly column?: number;
  /** The process, `Forge::K::name`; absent outside of processes. */
  readonly proc?: string;
  /** The number of the statement in the process, as of {@link statementNumber}; absent where the place is none. */
  readonly statement?: number;
}

/**
 * A place: `ledger.dir.json:29, Bank::K::transfer, statement 7`; outside of processes `ledger.dir.json:29:5`. What is not known is
 * left out.
 */
export function renderPlace({ artifact, line, column = 0, proc, statement }: PlaceParts): string {
  if (line === 0) return artifact;
  if (proc === undefined) {
    return column === 0 ? `${artifact}:${line}` : `${artifact}:${line}:${column}`;
  }
  const inside = statement === undefined ? proc : `${proc}, statement ${statement}`;
  return `${artifact}:${line}, ${inside}`;
}

/** The number of a statement in its process: from 1 in the order of the text, statements in blocks included. */
export function statementNumber(proc: Proc, stmt: Stmt): number {
  const isFlat = stmtsOf(proc) === proc.body;
  return isFlat ? stmt.index + 1 : numbersOf(proc).get(stmt) ?? 0;
}

const numbersOf = memoize((proc: Proc): ReadonlyMap<Stmt, number> =>
  new Map(stmtsOf(proc).map((stmt, index) => [stmt, index + 1]))
);

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
  const rendered = args.map(({ name, value }) => `${name}=${renderValue(value)}`);
  return `uses ${resource}${rendered.length === 0 ? "" : `(${rendered.join(", ")})`}`;
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
