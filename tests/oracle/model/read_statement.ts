/**
 * The model's reader of statements (docs/dir.md, "Statements"; DIR-08, DIR-09, EFF-01).
 *
 * @module
 */
import { type Expression, holdsMatch } from "./expression.ts";
import { elements, isNull, type Node, properties, string } from "./json.ts";
import type { Members } from "./members.ts";
import type { Statement } from "./program.ts";
import { readExpression } from "./read_expression.ts";
import { LoadRefusal, type Rules } from "./rules.ts";

const CALL_PATH =
  /^([A-Za-z_][A-Za-z0-9_]*::)?(([A-Za-z_][A-Za-z0-9_]*|Φ)::)?[A-Za-z_][A-Za-z0-9_]*$/;

/** Reads the bodies of one artifact. */
export class StatementReader {
  readonly #members: Members;
  readonly #rules: Rules;
  /** Whether a feature of 0.2 was read. */
  isNewer = false;

  constructor(members: Members, rules: Rules) {
    this.#members = members;
    this.#rules = rules;
  }

  block(node: Node | undefined): Statement[] {
    return elements(node).flatMap((item) => this.#statement(item) ?? []);
  }

  #statement(node: Node): Statement | undefined {
    const at = this.#members.at(node);
    if (node.type === "string") {
      const word = string(node);
      if (word !== "Break" && word !== "Continue") throw new LoadRefusal("unknown statement");
      this.isNewer = true;
      return { kind: word, at };
    }
    const [form, ...others] = properties(node);
    if (form === undefined || others.length > 0) throw new LoadRefusal("a statement has one form");
    return this.#form(form.name, form.value, at);
  }

  #form(kind: string, node: Node, at: number): Statement | undefined {
    const members = this.#members;
    switch (kind) {
      case "Let": {
        const of = members.of(node, ["name", "expr"]);
        return { kind, at, name: members.name(of["name"]), expr: this.#expr(of["expr"]) };
      }
      case "Constrain": {
        const of = members.of(node, ["predicate"]);
        return { kind, at, expr: this.#expr(of["predicate"]), text: string(of["predicate"]) };
      }
      case "Prove": {
        const of = members.of(node, ["name", "from"]);
        const name = members.name(of["name"]);
        return { kind, at, name, expr: this.#expr(of["from"]), text: string(of["from"]) };
      }
      case "Effect": {
        const of = members.of(node, ["kind", "payload"]);
        const effect = string(of["kind"]);
        if (effect === "expr") this.isNewer = true;
        const isKnown = ["emit", "observe", "seal", "expr"].includes(effect);
        if (!isKnown && !this.#rules.breaks("any effect kind")) throw new LoadRefusal("effect");
        return { kind, at, effect, expr: this.#expr(of["payload"]) };
      }
      case "Return": {
        const of = members.of(node, ["expr"]);
        const isEmpty = isNull(of["expr"]);
        if (isEmpty) this.isNewer = true;
        return { kind, at, expr: isEmpty ? undefined : this.#expr(of["expr"]) };
      }
      case "Call": {
        const of = members.of(node, ["target", "args", "result"]);
        const callee = string(of["target"]);
        if (!CALL_PATH.test(callee)) throw new LoadRefusal("a call's target");
        const args = elements(of["args"]).map((arg) => this.#expr(arg));
        const result = isNull(of["result"]) ? undefined : string(of["result"]);
        return { kind, at, expr: { kind: "call", callee, args }, result };
      }
      default:
        return this.#newerForm(kind, node, at);
    }
  }

  #newerForm(kind: string, node: Node, at: number): Statement | undefined {
    this.isNewer = true;
    const members = this.#members;
    switch (kind) {
      case "Assign": {
        const of = members.of(node, ["target", "expr"]);
        return { kind, at, name: members.name(of["target"]), expr: this.#expr(of["expr"]) };
      }
      case "If": {
        const of = members.of(node, ["condition", "then_body", "else_body"]);
        const otherwise = isNull(of["else_body"]) ? undefined : this.block(of["else_body"]);
        const then = this.block(of["then_body"]);
        return { kind, at, expr: this.#expr(of["condition"]), then, otherwise };
      }
      case "While": {
        const of = members.of(node, ["condition", "body"]);
        return { kind, at, expr: this.#expr(of["condition"]), body: this.block(of["body"]) };
      }
      case "For": {
        const of = members.of(node, ["var", "start", "end", "body"]);
        const [start, end] = [this.#expr(of["start"]), this.#expr(of["end"])];
        const body = this.block(of["body"]);
        return { kind, at, name: members.name(of["var"]), start, end, body };
      }
      case "Index": {
        const of = members.of(node, ["target", "index", "result"]);
        const [base, index] = [this.#expr(of["target"]), this.#expr(of["index"])];
        const expr: Expression = { kind: "index", base, index };
        return { kind: "Let", at, name: members.name(of["result"]), expr };
      }
      case "Field": {
        const of = members.of(node, ["target", "field", "result"]);
        const field = members.name(of["field"]);
        const expr: Expression = { kind: "field", base: this.#expr(of["target"]), field };
        return { kind: "Let", at, name: members.name(of["result"]), expr };
      }
      case "Alloc":
        return this.#memory("alloc", members.of(node, ["size", "result"]), ["size"], at);
      case "Dealloc":
        return this.#memory("free", members.of(node, ["ptr"]), ["ptr"], at);
      case "Load":
        return this.#memory("load", members.of(node, ["ptr", "result"]), ["ptr"], at);
      case "Store":
        return this.#memory("store", members.of(node, ["ptr", "value"]), ["ptr", "value"], at);
      default:
        if (this.#rules.breaks("unknown statement skipped")) return undefined;
        throw new LoadRefusal(`unknown statement ${kind}`);
    }
  }

  /** A memory statement is the operation of the same meaning (MEM-08). */
  #memory(
    callee: string,
    of: ReturnType<Members["of"]>,
    operands: readonly string[],
    at: number,
  ): Statement {
    const args = operands.map((name) => this.#expr(of[name]));
    const result = of["result"] === undefined ? undefined : this.#members.name(of["result"]);
    return { kind: "Call", at, expr: { kind: "call", callee, args, isStatement: true }, result };
  }

  #expr(node: Node | undefined): Expression {
    const expr = readExpression(string(node), this.#rules);
    if (holdsMatch(expr)) this.isNewer = true;
    return expr;
  }
}
