/**
 * The syntax of JSON alone, at any depth: the first error of a text, without its values.
 *
 * @module
 */

/** Many editors write it at the start of a text; JSON does not have it. */
const BYTE_ORDER_MARK = "\ufeff";

/** That the text begins with a byte order mark, which no reader of JSON would show; `undefined` where it does not. */
export function byteOrderMarkIn(text: string): string | undefined {
  return text.startsWith(BYTE_ORDER_MARK)
    ? "the text begins with a byte order mark (U+FEFF)"
    : undefined;
}

/** Where a text stops being JSON. */
export interface JsonSyntaxError {
  readonly message: string;
  readonly offset: number;
}

/** The first syntax error of a text; `undefined` where it is one JSON value. A member that occurs twice is no error of syntax. */
export function jsonSyntaxError(text: string): JsonSyntaxError | undefined {
  const scanner = new SyntaxScanner(text);
  while (scanner.error === undefined && !scanner.isAtEnd) scanner.step();
  return scanner.error;
}

const WORD_OR_NUMBER = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class SyntaxScanner {
  error: JsonSyntaxError | undefined;
  isAtEnd = false;
  readonly #text: string;
  #at = 0;
  #expects: "value" | "first item" | "end" = "value";
  /** The closing brackets that are still to come, innermost last. */
  readonly #open: ("}" | "]")[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads one bracket, one scalar, or one separator. */
  step(): void {
    const next = this.#next();
    const close = this.#open.at(-1);
    if (this.#expects !== "value" && close !== undefined && next === close) {
      this.#at++;
      this.#open.pop();
      this.#expects = "end";
    } else if (this.#expects === "end") this.#readSeparator(next, close);
    else {
      if (this.#expects === "first item" && close === "}") this.#readName();
      if (this.error === undefined) this.#readValue(this.#next());
    }
  }

  #readSeparator(next: string | undefined, close: string | undefined): void {
    if (close === undefined) {
      if (next === undefined) this.isAtEnd = true;
      else this.#fail("text after the JSON value");
    } else if (next !== ",") this.#fail("expected , or the closing bracket");
    else {
      this.#at++;
      if (close === "}") this.#readName();
      this.#expects = "value";
    }
  }

  #readValue(first: string | undefined): void {
    this.#expects = "end";
    if (first === "{" || first === "[") {
      this.#at++;
      this.#open.push(first === "{" ? "}" : "]");
      this.#expects = "first item";
    } else if (first === '"') this.#readString();
    else if (!this.#skip(WORD_OR_NUMBER)) this.#fail("expected a value");
  }

  #readName(): void {
    if (this.#next() !== '"') return this.#fail("expected a name in quotes");
    this.#readString();
    if (this.error !== undefined) return;
    if (this.#next() !== ":") return this.#fail("expected :");
    this.#at++;
  }

  #readString(): void {
    const start = this.#at++;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) return this.#failAt("a string is not closed", start);
      if (char < " ") return this.#failAt("a control character in a string", this.#at);
      if (char !== "\\") this.#at++;
      else if (!this.#skip(ESCAPE)) {
        return this.#failAt("a string has an escape that JSON does not define", this.#at);
      }
      if (char === '"') return;
    }
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  /** Moves past white space, and returns the next character. */
  #next(): string | undefined {
    let char = this.#text[this.#at];
    while (char === " " || char === "\n" || char === "\r" || char === "\t") {
      char = this.#text[++this.#at];
    }
    return char;
  }

  #fail(message: string): void {
    const mark = this.#at === 0 ? byteOrderMarkIn(this.#text) : undefined;
    if (mark !== undefined) return this.#failAt(mark, 0);
    const found = this.#text[this.#at];
    const shown = found === undefined ? "the end of the text" : JSON.stringify(found);
    this.#failAt(`${message}, found ${shown}`, this.#at);
  }

  #failAt(message: string, offset: number): void {
    this.error = { message, offset };
  }
}
