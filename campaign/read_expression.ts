/**
 * A second reader of expression text, for oracles: it shares no code with `dvm/`. It reads what generated programs contain and
 * gives up on anything else.
 *
 * @module
 */

/** An expression as a tree. */
export type Tree =
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "field"; readonly base: Tree; readonly field: string }
  | { readonly kind: "index"; readonly base: Tree; readonly index: Tree }
  | { readonly kind: "call"; readonly callee: string; readonly args: readonly Tree[] }
  | { readonly kind: "binary"; readonly op: string; readonly a: Tree; readonly b: Tree }
  | { readonly kind: "array"; readonly items: readonly Tree[] }
  | {
    readonly kind: "shape";
    readonly name: string;
    readonly fields: readonly (readonly [name: string, value: Tree])[];
  }
  | { readonly kind: "match"; readonly subject: Tree; readonly arms: readonly Arm[] };

/** An arm of a match: the values it fits (`_` and a name fit any), and its result. */
export interface Arm {
  readonly patterns: readonly string[];
  readonly body: Tree;
}

/** The binary operators, loosest first; the symbols mean the words (X-34). */
const LEVELS: readonly (readonly string[])[] = [
  ["Or"],
  ["And"],
  ["Eq", "Ne"],
  ["Lt", "Le", "Gt", "Ge"],
  ["BitOr"],
  ["BitXor"],
  ["BitAnd"],
  ["Shl", "Shr"],
  ["Add", "Sub"],
  ["Mul", "Div"],
];
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ["||", "Or"],
  ["&&", "And"],
  ["==", "Eq"],
  ["!=", "Ne"],
  ["<", "Lt"],
  ["<=", "Le"],
  [">", "Gt"],
  [">=", "Ge"],
  ["|", "BitOr"],
  ["^", "BitXor"],
  ["&", "BitAnd"],
  ["<<", "Shl"],
  [">>", "Shr"],
  ["+", "Add"],
  ["-", "Sub"],
  ["*", "Mul"],
  ["/", "Div"],
]);
const TOKEN =
  /\s*("(?:[^"\\]|\\.)*"|[0-9]+(?:\.[0-9]+)?|[\p{L}_][\p{L}\p{N}_]*(?:::[\p{L}_][\p{L}\p{N}_]*)*|=>|\|\||&&|==|!=|<=|>=|<<|>>|[-+*\/<>|^&()[\]{},.:])/uy;

/** The tree of an expression; `undefined` where the text has a form that this reader does not know. */
export function readExpression(text: string): Tree | undefined {
  const reader = new Reader(text);
  try {
    const tree = reader.operators(0);
    return reader.isAtEnd() ? tree : undefined;
  } catch (thrown) {
    if (thrown instanceof UnknownForm) return undefined;
    throw thrown;
  }
}

class UnknownForm extends Error {}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;
  /** Whether a name before a brace is the subject of a match, not a shape. */
  #isSubject = false;

  constructor(text: string) {
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    for (let end = 0; end < text.trimEnd().length; end = TOKEN.lastIndex) {
      const token = TOKEN.exec(text)?.[1];
      if (token === undefined) {
        tokens.push("?"); // no form begins with it
        break;
      }
      tokens.push(token);
    }
    this.#tokens = tokens;
  }

  isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  operators(level: number): Tree {
    const words = LEVELS[level];
    if (words === undefined) return this.#postfix();
    let a = this.operators(level + 1);
    for (;;) {
      const token = this.#tokens[this.#at] ?? "";
      const op = SYMBOLS.get(token) ?? token;
      if (!words.includes(op)) return a;
      this.#at++;
      a = { kind: "binary", op, a, b: this.operators(level + 1) };
    }
  }

  #postfix(): Tree {
    let tree = this.#primary();
    for (;;) {
      if (this.#takes(".")) tree = { kind: "field", base: tree, field: this.#next() };
      else if (this.#takes("[")) {
        tree = { kind: "index", base: tree, index: this.operators(0) };
        this.#expect("]");
      } else return tree;
    }
  }

  #primary(): Tree {
    const token = this.#next();
    if (token === "(") {
      const tree = this.operators(0);
      this.#expect(")");
      return tree;
    }
    if (token === "[") return { kind: "array", items: this.#list("]", () => this.operators(0)) };
    if (token === "-") {
      const digits = this.#next();
      return digits.includes(".")
        ? { kind: "float", value: -Number(digits) }
        : { kind: "int", value: -integerOf(digits) };
    }
    if (/^[0-9]/.test(token)) {
      return token.includes(".")
        ? { kind: "float", value: Number(token) }
        : { kind: "int", value: integerOf(token) };
    }
    if (token.startsWith('"')) return { kind: "string", value: token };
    if (token === "true" || token === "false") return { kind: "bool", value: token === "true" };
    if (token === "match") return this.#match();
    if (!/^[\p{L}_]/u.test(token)) throw new UnknownForm();
    if (this.#takes("(")) {
      return { kind: "call", callee: token, args: this.#list(")", () => this.operators(0)) };
    }
    if (!this.#isSubject && this.#takes("{")) {
      const fields = this.#list("}", () => {
        const name = this.#next();
        this.#expect(":");
        return [name, this.operators(0)] as const;
      });
      return { kind: "shape", name: token, fields };
    }
    return { kind: "name", name: token };
  }

  #match(): Tree {
    const around = this.#isSubject;
    this.#isSubject = true;
    const subject = this.operators(0);
    this.#isSubject = around;
    this.#expect("{");
    const arms = this.#list("}", () => {
      const patterns = [this.#pattern()];
      while (this.#takes("|")) patterns.push(this.#pattern());
      this.#expect("=>");
      return { patterns, body: this.operators(0) };
    });
    return { kind: "match", subject, arms };
  }

  #pattern(): string {
    return this.#takes("-") ? `-${this.#next()}` : this.#next();
  }

  #list<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    if (this.#takes(end)) return items;
    do items.push(item()); while (this.#takes(","));
    this.#expect(end);
    return items;
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new UnknownForm();
    return token;
  }

  #takes(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    if (!this.#takes(token)) throw new UnknownForm();
  }
}

function integerOf(digits: string): bigint {
  if (!/^[0-9]+$/.test(digits)) throw new UnknownForm();
  return BigInt(digits);
}
