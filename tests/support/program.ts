/**
 * Programs for tests, in a short notation:
 *
 *     program(
 *       shape("QState { id: i64 }"),
 *       proc("Q::tag(q: QState) -> QState linear", "let n = q.id", "return QState{id: n}"),
 *       proc("K::main() -> i64", "uses Console(device=\"stdout\")", "let r = tag(QState{id: 7})", "emit r.id", "return 0"),
 *       bind("K::main -> Q::tag", "latency_us < 5000"),
 *     )
 *
 * Statements: `let x = E`, `set x = E`, `constrain E`, `prove w from E`, `emit E`, `observe E`, `seal E`, `expr E`, `return E`,
 * `return`, `break`, `continue`, `call f(a, b)`, `let x = call f(a, b)`; {@link branch}, {@link loop} and {@link count} for
 * nested ones; a plain object is the statement's own JSON. `uses R(name=literal)` and `local [mut] x: T` may occur among them.
 *
 * @module
 */
import {
  check,
  type Diagnostic,
  executeText,
  type Execution,
  load,
  type RunInput,
} from "../../mod.ts";

/** JSON as it is written into an artifact. */
export type Json = null | boolean | number | string | readonly Json[] | {
  readonly [name: string]: Json;
};

/** A statement: a sentence of the little language above, or its JSON. */
export type Statement = string | { readonly [name: string]: Json };

/** Something that a forge holds. */
export interface Part {
  readonly into: "shapes" | "procs" | "binds";
  readonly json: Json;
}

/** The text of a program with one forge, `Test`. */
export function program(...parts: readonly Part[]): string {
  return artifact(forge("Test", ...parts));
}

/** The text of a program that is one K process. */
export function main(...body: readonly Statement[]): string {
  return program(proc("K::main()", ...body));
}

/** The text of a program that is one Φ process with these parameters (`a: u8, b: i64`) and constraints, which returns true. */
export function phi(params: string, constraints: readonly string[]): string {
  const body = constraints.map((predicate) => `constrain ${predicate}`);
  return program(proc(`Φ::main(${params}) -> bool`, ...body, "return true"));
}

/** The text of an artifact with these forges: one line a statement, so that line numbers distinguish statements. */
export function artifact(...forges: readonly Json[]): string {
  return `${writeJson({ forges }, "")}\n`;
}

/** A forge. */
export function forge(name: string, ...parts: readonly Part[]): Json {
  const of = (into: Part["into"]) =>
    parts.filter((part) => part.into === into).map(({ json }) => json);
  return { name, shapes: of("shapes"), procs: of("procs"), binds: of("binds") };
}

/** `shape("QState { id: i64, ok: bool }")` */
export function shape(text: string): Part {
  const match = /^(\w+) *\{(.*)\}$/.exec(text);
  if (match?.[1] === undefined) throw new Error(`not a shape: ${text}`);
  return { into: "shapes", json: { name: match[1], fields: typedNames(match[2] ?? "") } };
}

/** `bind("K::main -> Q::tag", "latency_us < 5000")` */
export function bind(ends: string, ...clauses: readonly string[]): Part {
  const [source = "", target = ""] = ends.split("->").map((end) => end.trim());
  const contract = clauses.map((clause) => {
    const [key = "", op = "", value = ""] = clause.split(" ");
    return { key, op, value };
  });
  return { into: "binds", json: { source, target, contract } };
}

/** `proc("K::main(n: i64) -> i64 linear", "return n")` */
export function proc(head: string, ...body: readonly Statement[]): Part {
  const match = /^([^:]*)::(\w*)\((.*?)\)(?: *-> *(\S+))?((?: +\w+)*)$/.exec(head);
  if (match === null) throw new Error(`not the head of a process: ${head}`);
  const [, regime = "", name = "", params = "", ret, qualifiers = ""] = match;
  const declares = (word: string) =>
    body.filter((stmt): stmt is string => typeof stmt === "string" && stmt.startsWith(`${word} `));
  const locals = declares("local").map(localJson);
  const json = {
    regime,
    name,
    params: typedNames(params),
    uses: declares("uses").map(useJson),
    ret: ret ?? null,
    qualifiers: qualifiers.split(" ").filter((word) => word !== ""),
    body: body.filter((stmt) => typeof stmt !== "string" || !/^(uses|local) /.test(stmt)).map(
      stmtJson,
    ),
    ...(locals.length === 0 ? {} : { locals }),
  };
  return { into: "procs", json };
}

/** `if condition { … } else { … }` (DIR v0.2). */
export function branch(
  condition: string,
  then: readonly Statement[],
  otherwise?: readonly Statement[],
): Statement {
  const else_body = otherwise === undefined ? null : otherwise.map(stmtJson);
  return { If: { condition, then_body: then.map(stmtJson), else_body } };
}

/** `while condition { … }` (DIR v0.2). */
export function loop(condition: string, body: readonly Statement[]): Statement {
  return { While: { condition, body: body.map(stmtJson) } };
}

/** `for i in start..end { … }`, written `count("i in 0..3", [ … ])` (DIR v0.2). */
export function count(head: string, body: readonly Statement[]): Statement {
  const match = /^(\w+) in (.*)\.\.(.*)$/.exec(head);
  if (match === null) throw new Error(`not the head of a loop: ${head}`);
  const [, name = "", start = "", end = ""] = match;
  return { For: { var: name, start, end, body: body.map(stmtJson) } };
}

/** What is wrong with a program before it runs: why it does not load, or every violation of a static rule. */
export function violations(text: string): readonly Diagnostic[] {
  const loaded = load([{ name: "test.dir.json", text }]);
  return loaded.ok ? check(loaded.value) : loaded.failure;
}

/** The codes of {@link violations}, in their order. */
export function codes(text: string): readonly string[] {
  return violations(text).map(({ code }) => code);
}

/** The code a run ends in; `ok` when it succeeds. */
export function codeOfRun(text: string, input: RunInput = {}): string {
  return executeText(text, input).outcome.error?.code ?? "ok";
}

/** The effects of a run, `emit 7` each, and what it ends in: its value as JSON, or the code of its failure. */
export function summary(text: string, input: RunInput = {}): string {
  const execution: Execution = executeText(text, input);
  const { error, returned } = execution.outcome;
  const effects = execution.effects.map(({ kind, payload }) => `${kind} ${payload}`);
  return [...effects, error === undefined ? JSON.stringify(returned ?? null) : error.code].join(
    "; ",
  );
}

function stmtJson(stmt: Statement): Json {
  if (typeof stmt !== "string") return stmt;
  if (stmt === "break") return "Break";
  if (stmt === "continue") return "Continue";
  if (stmt === "return") return { Return: { expr: null } };
  const [word = "", ...others] = stmt.split(" ");
  const rest = others.join(" ");
  switch (word) {
    case "let":
    case "set": {
      const [, name = "", expr = ""] = /^(\S+) = (.*)$/s.exec(rest) ?? [];
      if (expr.startsWith("call ")) return callJson(expr.slice(5), name);
      return word === "let" ? { Let: { name, expr } } : { Assign: { target: name, expr } };
    }
    case "constrain":
      return { Constrain: { predicate: rest } };
    case "prove": {
      const [, name = "", from = ""] = /^(\S+) from (.*)$/s.exec(rest) ?? [];
      return { Prove: { name, from } };
    }
    case "emit":
    case "observe":
    case "seal":
    case "expr":
      return { Effect: { kind: word, payload: rest } };
    case "return":
      return { Return: { expr: rest } };
    case "call":
      return callJson(rest, null);
    default:
      throw new Error(`not a statement: ${stmt}`);
  }
}

function callJson(call: string, result: string | null): Json {
  const [, target = "", args = ""] = /^([\wΦ:]+)\((.*)\)$/s.exec(call) ?? [];
  return { Call: { target, args: splitTopLevel(args), result } };
}

function useJson(text: string): Json {
  const [, resource = "", args = ""] = /^uses (\w+)(?:\((.*)\))?$/.exec(text) ?? [];
  const pairs = splitTopLevel(args).map((arg) => {
    const [, name = "", literal = ""] = /^(\w+) *= *(.*)$/.exec(arg) ?? [];
    return [name, literalJson(literal)];
  });
  return { resource, args: pairs };
}

function literalJson(text: string): Json {
  if (text === "true" || text === "false") return { Bool: text === "true" };
  if (text.startsWith('"')) return { String: text.slice(1, -1) };
  return { Int: Number(text) };
}

function localJson(text: string): Json {
  const [, mutable, name = "", ty = ""] = /^local (mut )?(\w+): *(.*)$/.exec(text) ?? [];
  return { name, ty, is_mutable: mutable !== undefined };
}

function typedNames(text: string): Json[] {
  return splitTopLevel(text).map((part) => {
    const colon = part.indexOf(":");
    return { name: part.slice(0, colon).trim(), ty: part.slice(colon + 1).trim() };
  });
}

/** The parts between commas outside of brackets and strings. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0, start = 0, isInString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"' && text[at - 1] !== "\\") isInString = !isInString;
    else if (isInString) continue;
    else if (char === "(" || char === "{" || char === "[") depth++;
    else if (char === ")" || char === "}" || char === "]") depth--;
    else if (char === "," && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** Members whose items are written one a line. */
const LISTS: readonly string[] = [
  "forges",
  "shapes",
  "procs",
  "binds",
  "body",
  "then_body",
  "else_body",
];

function writeJson(json: Json, indent: string): string {
  if (typeof json !== "object" || json === null || !holdsList(json)) return oneLine(json);
  const deeper = `${indent}  `;
  if (isArray(json)) {
    return `[\n${
      json.map((item) => `${deeper}${writeJson(item, deeper)}`).join(",\n")
    }\n${indent}]`;
  }
  const members = Object.entries(json).map(([name, value]) => {
    const text = LISTS.includes(name) && isArray(value) && value.length > 0
      ? `[\n${
        value.map((item) => `${deeper}  ${writeJson(item, `${deeper}  `)}`).join(",\n")
      }\n${deeper}]`
      : writeJson(value, deeper);
    return `${deeper}${JSON.stringify(name)}: ${text}`;
  });
  return `{\n${members.join(",\n")}\n${indent}}`;
}

function holdsList(json: Json): boolean {
  if (typeof json !== "object" || json === null) return false;
  if (isArray(json)) return json.some(holdsList);
  return Object.entries(json).some(([name, value]) => LISTS.includes(name) || holdsList(value));
}

function oneLine(json: Json): string {
  if (typeof json !== "object" || json === null) return JSON.stringify(json);
  if (isArray(json)) return `[${json.map(oneLine).join(", ")}]`;
  const members = Object.entries(json).map(([name, value]) =>
    `${JSON.stringify(name)}: ${oneLine(value)}`
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function isArray(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
