/**
 * The model's reader of DIR: JSON text to a plain tree (DIR-01 to DIR-10, DIR-22). Nothing of `dvm/dir` is used; the JSON is
 * parsed by a library, which also gives the offsets that document order needs.
 *
 * @module
 */
import { type Node, type ParseError, parseTree } from "jsonc-parser";
import { type Expression, readExpression } from "./expression.ts";
import { LoadRefusal, type Rules } from "./rules.ts";

/** A loaded program. */
export interface ModelProgram {
  readonly version: "0.1" | "0.2";
  readonly forges: readonly ModelForge[];
}
export interface ModelForge {
  readonly name: string;
  readonly at: number;
  readonly shapes: readonly ModelShape[];
  readonly procs: readonly ModelProc[];
  readonly binds: readonly ModelBind[];
}
export interface ModelShape {
  readonly name: string;
  readonly at: number;
  readonly fields: readonly TypedName[];
}
/** A field or parameter. */
export interface TypedName {
  readonly name: string;
  readonly ty: string;
  readonly at: number;
}
export interface ModelLocal extends TypedName {
  readonly mutable: boolean;
}
export interface ModelUse {
  readonly resource: string;
  readonly at: number;
  readonly args: readonly { readonly name: string; readonly value: bigint | boolean | string }[];
}
export interface ModelBind {
  readonly source: string;
  readonly target: string;
  readonly at: number;
  readonly clauses: readonly ModelClause[];
}
export interface ModelClause {
  readonly key: string;
  readonly op: string;
  readonly value: string;
  readonly at: number;
}
export interface ModelProc {
  readonly forge: string;
  readonly regime: "K" | "Q" | "Φ";
  readonly name: string;
  readonly at: number;
  readonly params: readonly TypedName[];
  readonly uses: readonly ModelUse[];
  readonly ret: string | undefined;
  readonly qualifiers: readonly string[];
  readonly locals: readonly ModelLocal[];
  readonly body: readonly Statement[];
}

/** A statement. `at` is its offset in the artifact: what sorts violations. */
export type Statement =
  & { readonly at: number }
  & (
    | { readonly kind: "Let"; readonly name: string; readonly expr: Expression }
    | { readonly kind: "Assign"; readonly name: string; readonly expr: Expression }
    | { readonly kind: "Constrain"; readonly expr: Expression; readonly text: string }
    | {
      readonly kind: "Prove";
      readonly name: string;
      readonly expr: Expression;
      readonly text: string;
    }
    | { readonly kind: "Effect"; readonly effect: string; readonly expr: Expression }
    | { readonly kind: "Return"; readonly expr: Expression | undefined }
    | {
      readonly kind: "Call";
      readonly expr: Extract<Expression, { kind: "call" }>;
      readonly result: string | undefined;
    }
    | {
      readonly kind: "If";
      readonly expr: Expression;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[] | undefined;
    }
    | { readonly kind: "While"; readonly expr: Expression; readonly body: readonly Statement[] }
    | {
      readonly kind: "For";
      readonly name: string;
      readonly start: Expression;
      readonly end: Expression;
      readonly body: readonly Statement[];
    }
    | { readonly kind: "Break" }
    | { readonly kind: "Continue" }
    | { readonly kind: "Memory" }
  );

/** Reads an artifact, or throws a {@link LoadRefusal}. */
export function readProgram(text: string, rules: Rules): ModelProgram {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  if (root === undefined || errors.length > 0) throw new LoadRefusal("not JSON");
  return new Reader(rules).program(root);
}

const OPERATORS = ["==", "<", "<=", ">", ">="];
const CLAUSE_VALUE = /^(-?[0-9]+(\.[0-9]+)?|[A-Za-z_][A-Za-z0-9_]*|"(?:[^"\\]|\\.)*")$/s;
const CALL_PATH =
  /^([A-Za-z_][A-Za-z0-9_]*::)?(([A-Za-z_][A-Za-z0-9_]*|Φ)::)?[A-Za-z_][A-Za-z0-9_]*$/;

class Reader {
  readonly #rules: Rules;
  #newer = false;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  program(root: Node): ModelProgram {
    const of = this.#members(root, ["forges"], ["types", "version"]);
    if (of["types"] !== undefined && elements(of["types"]).length > 0) {
      throw new LoadRefusal("the model has no type declarations");
    }
    const forges = elements(of["forges"]).map((node) => this.#forge(node));
    if (forges.length === 0 && !this.#rules.breaks("empty program accepted")) {
      throw new LoadRefusal("no forge");
    }
    const version = this.#newer ? "0.2" : "0.1";
    if (of["version"] !== undefined && !this.#rules.breaks("version ignored")) {
      const declared = string(of["version"]);
      if ((declared !== "0.1" && declared !== "0.2") || declared < version) {
        throw new LoadRefusal("version");
      }
    }
    return { version, forges };
  }

  #forge(node: Node): ModelForge {
    const of = this.#members(node, ["name", "shapes", "procs", "binds"]);
    const name = this.#name(of["name"]);
    return {
      name,
      at: node.offset,
      shapes: elements(of["shapes"]).map((shape) => {
        const members = this.#members(shape, ["name", "fields"]);
        const fields = elements(members["fields"]).map((field) => this.#typedName(field));
        return { name: this.#name(members["name"]), at: shape.offset, fields };
      }),
      procs: elements(of["procs"]).map((proc) => this.#proc(proc, name)),
      binds: elements(of["binds"]).map((bind) => this.#bind(bind)),
    };
  }

  #typedName(node: Node): TypedName {
    const of = this.#members(node, ["name", "ty"]);
    return { name: this.#name(of["name"]), ty: string(of["ty"]), at: node.offset };
  }

  #proc(node: Node, forge: string): ModelProc {
    const required = ["regime", "name", "params", "uses", "ret", "qualifiers", "body"];
    const of = this.#rules.breaks("missing members defaulted")
      ? this.#members(node, ["name", "body"], [...required, "locals"])
      : this.#members(node, required, ["locals"]);
    const regime = of["regime"] === undefined ? "K" : this.#regime(string(of["regime"]));
    const qualifiers = elements(of["qualifiers"]).map(string);
    if (qualifiers.some((word) => word !== "linear") && !this.#rules.breaks("qualifier ignored")) {
      throw new LoadRefusal("unknown qualifier");
    }
    return {
      forge,
      regime,
      name: this.#name(of["name"]),
      at: node.offset,
      params: elements(of["params"]).map((param) => this.#typedName(param)),
      uses: elements(of["uses"]).map((use) => this.#use(use)),
      ret: of["ret"] === undefined || of["ret"].type === "null" ? undefined : string(of["ret"]),
      qualifiers,
      locals: elements(of["locals"]).map((local) => this.#local(local)),
      body: this.#block(of["body"]),
    };
  }

  #regime(text: string): ModelProc["regime"] {
    if (text === "K" || text === "Q" || text === "Φ") return text;
    if (this.#rules.breaks("regime guessed")) return text.startsWith("P") ? "Φ" : "K";
    throw new LoadRefusal("unknown regime");
  }

  #local(node: Node): ModelLocal {
    this.#newer = true;
    const of = this.#members(node, ["name", "ty", "is_mutable"]);
    const mutable = of["is_mutable"]?.value === true;
    return { name: this.#name(of["name"]), ty: string(of["ty"]), at: node.offset, mutable };
  }

  #use(node: Node): ModelUse {
    const of = this.#members(node, ["resource", "args"]);
    const args = elements(of["args"]).map((pair) => {
      const [name, literal] = elements(pair);
      const [member] = properties(literal);
      if (name === undefined || member === undefined) throw new LoadRefusal("a resource argument");
      const { type, value }: { type: string; value?: unknown } = member.value;
      if (type === "number") return { name: string(name), value: BigInt(Number(value)) };
      if (typeof value === "boolean" || typeof value === "string") {
        return { name: string(name), value };
      }
      throw new LoadRefusal("a resource argument");
    });
    return { resource: this.#name(of["resource"]), at: node.offset, args };
  }

  #bind(node: Node): ModelBind {
    const of = this.#members(node, ["source", "target", "contract"]);
    const clauses = elements(of["contract"]).map((clause) => {
      const members = this.#members(clause, ["key", "op", "value"]);
      const op = string(members["op"]);
      const value = string(members["value"]);
      const isForm = OPERATORS.includes(op) && CLAUSE_VALUE.test(value);
      if (!isForm && !this.#rules.breaks("any clause form")) throw new LoadRefusal("clause");
      return { key: this.#name(members["key"]), op, value, at: clause.offset };
    });
    return {
      source: this.#name(of["source"]),
      target: this.#name(of["target"]),
      at: node.offset,
      clauses,
    };
  }

  #block(node: Node | undefined): Statement[] {
    return elements(node).flatMap((item) => this.#statement(item) ?? []);
  }

  #statement(node: Node): Statement | undefined {
    const at = node.offset;
    if (node.type === "string") {
      const word = string(node);
      if (word !== "Break" && word !== "Continue") throw new LoadRefusal("unknown statement");
      this.#newer = true;
      return { kind: word, at };
    }
    const [form, ...others] = properties(node);
    if (form === undefined || others.length > 0) throw new LoadRefusal("a statement has one form");
    return this.#form(form.name, form.value, at);
  }

  #form(kind: string, node: Node, at: number): Statement | undefined {
    switch (kind) {
      case "Let": {
        const of = this.#members(node, ["name", "expr"]);
        return { kind, at, name: this.#name(of["name"]), expr: this.#expr(of["expr"]) };
      }
      case "Constrain": {
        const of = this.#members(node, ["predicate"]);
        const text = string(of["predicate"]);
        return { kind, at, expr: this.#expr(of["predicate"]), text };
      }
      case "Prove": {
        const of = this.#members(node, ["name", "from"]);
        const name = this.#name(of["name"]);
        return { kind, at, name, expr: this.#expr(of["from"]), text: string(of["from"]) };
      }
      case "Effect": {
        const of = this.#members(node, ["kind", "payload"]);
        const effect = string(of["kind"]);
        if (effect === "expr") this.#newer = true;
        const isKnown = ["emit", "observe", "seal", "expr"].includes(effect);
        if (!isKnown && !this.#rules.breaks("any effect kind")) throw new LoadRefusal("effect");
        return { kind, at, effect, expr: this.#expr(of["payload"]) };
      }
      case "Return": {
        const of = this.#members(node, ["expr"]);
        const isEmpty = of["expr"]?.type === "null";
        if (isEmpty) this.#newer = true;
        return { kind, at, expr: isEmpty ? undefined : this.#expr(of["expr"]) };
      }
      case "Call": {
        const of = this.#members(node, ["target", "args", "result"]);
        const callee = string(of["target"]);
        if (!CALL_PATH.test(callee)) throw new LoadRefusal("a call's target");
        const args = elements(of["args"]).map((arg) => this.#expr(arg));
        const result = of["result"]?.type === "null" ? undefined : string(of["result"]);
        return { kind, at, expr: { kind: "call", callee, args }, result };
      }
      default:
        return this.#newerForm(kind, node, at);
    }
  }

  #newerForm(kind: string, node: Node, at: number): Statement | undefined {
    this.#newer = true;
    switch (kind) {
      case "Assign": {
        const of = this.#members(node, ["target", "expr"]);
        return { kind, at, name: this.#name(of["target"]), expr: this.#expr(of["expr"]) };
      }
      case "If": {
        const of = this.#members(node, ["condition", "then_body", "else_body"]);
        const otherwise = of["else_body"]?.type === "null"
          ? undefined
          : this.#block(of["else_body"]);
        const then = this.#block(of["then_body"]);
        return { kind, at, expr: this.#expr(of["condition"]), then, otherwise };
      }
      case "While": {
        const of = this.#members(node, ["condition", "body"]);
        return { kind, at, expr: this.#expr(of["condition"]), body: this.#block(of["body"]) };
      }
      case "For": {
        const of = this.#members(node, ["var", "start", "end", "body"]);
        return {
          kind,
          at,
          name: this.#name(of["var"]),
          start: this.#expr(of["start"]),
          end: this.#expr(of["end"]),
          body: this.#block(of["body"]),
        };
      }
      case "Alloc":
      case "Dealloc":
      case "Load":
      case "Store":
        return { kind: "Memory", at };
      default:
        if (this.#rules.breaks("unknown statement skipped")) return undefined;
        throw new LoadRefusal(`unknown statement ${kind}`);
    }
  }

  #expr(node: Node | undefined): Expression {
    return readExpression(string(node), this.#rules);
  }

  #name(node: Node | undefined): string {
    const name = string(node);
    if (name === "" && !this.#rules.breaks("empty name accepted")) throw new LoadRefusal("no name");
    return name;
  }

  /** The members of a record of a known form: none missing, none unknown, none twice. */
  #members(
    node: Node,
    required: readonly string[],
    optional: readonly string[] = [],
  ): { readonly [name: string]: Node } {
    const found: { [name: string]: Node } = {};
    for (const { name, value } of properties(node)) {
      const isKnown = required.includes(name) || optional.includes(name);
      if (!isKnown && name !== "span" && name !== "spans") {
        if (this.#rules.breaks("unknown members skipped")) continue;
        throw new LoadRefusal(`unknown member ${name}`);
      }
      if (found[name] !== undefined && !this.#rules.breaks("last member wins")) {
        throw new LoadRefusal(`${name} twice`);
      }
      found[name] = value;
    }
    for (const name of required) {
      if (found[name] === undefined) throw new LoadRefusal(`${name} is missing`);
    }
    return found;
  }
}

function elements(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  if (node.type !== "array") throw new LoadRefusal("a list is expected");
  return node.children ?? [];
}

function properties(
  node: Node | undefined,
): { readonly name: string; readonly value: Node }[] {
  if (node?.type !== "object") throw new LoadRefusal("an object is expected");
  return (node.children ?? []).map(({ children }) => {
    const [key, value] = children ?? [];
    if (key === undefined || value === undefined) throw new LoadRefusal("a member without a value");
    return { name: string(key), value };
  });
}

function string(node: Node | undefined): string {
  if (node?.type !== "string") throw new LoadRefusal("a string is expected");
  return String(node.value);
}
