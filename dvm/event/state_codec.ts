/**
 * A state as text and back. Parts of the program (processes, statements, binds) become references into it, so the text is
 * short and is read only together with the same program. Everything else is written as it is, whatever members a state has.
 *
 * The text is a cache of what folding the events again would give. Only the same version of dustrun reads it: it is not an
 * exchange format.
 *
 * @module
 */
import type { Program } from "../dir/model.ts";
import { assert } from "../base/result.ts";
import { base64ToBytes, bytesToBase64 } from "../value/base64.ts";
import type { State } from "./state.ts";

/** Trees and types that no state refers to, and that need not be walked. */
const PASSED_OVER: ReadonlySet<string> = new Set(["expr", "type", "ret"]);

/** Writes and reads the states of one program. */
export class StateCodec {
  readonly #numbers = new Map<object, number>();
  readonly #objects: object[] = [];

  constructor(program: Program) {
    this.#walk(program);
  }

  /** The state as one line of JSON. */
  encode(state: State): string {
    return JSON.stringify(this.#toJson(state));
  }

  /** The state of a text that `encode` has written for an equal program. */
  decode(text: string): State {
    return this.#fromJson(JSON.parse(text)) as State;
  }

  /** Numbers everything that a program consists of, in an order that the program determines. */
  #walk(program: Program): void {
    const open: unknown[] = [program];
    for (let content = open.pop(); open.length > 0 || content !== undefined; content = open.pop()) {
      if (typeof content !== "object" || content === null || this.#numbers.has(content)) continue;
      this.#numbers.set(content, this.#objects.length);
      this.#objects.push(content);
      if (content instanceof Map) { for (const inner of content.values()) open.push(inner); }
      for (const [name, member] of Object.entries(content)) {
        if (!PASSED_OVER.has(name) && typeof member === "object") open.push(member);
      }
    }
  }

  #toJson(content: unknown): unknown {
    switch (typeof content) {
      case "undefined":
        return { "@undefined": 0 };
      case "bigint":
        return { "@bigint": String(content) };
      case "number":
        return Object.is(content, -0) ? { "@zero": 0 } : content;
      case "object":
        return content === null ? null : this.#objectToJson(content);
      default:
        return content;
    }
  }

  #objectToJson(content: object): unknown {
    const number = this.#numbers.get(content);
    if (number !== undefined) return { "@ref": number };
    const inner = (part: unknown) => this.#toJson(part);
    if (Array.isArray(content)) return content.map(inner);
    if (content instanceof Uint8Array) return { "@bytes": bytesToBase64(content) };
    if (content instanceof Map) return { "@map": [...content].map(inner) };
    if (content instanceof Set) return { "@set": [...content].map(inner) };
    return Object.fromEntries(
      Object.entries(content).map(([name, member]) => [name, inner(member)]),
    );
  }

  #fromJson(json: unknown): unknown {
    if (typeof json !== "object" || json === null) return json;
    const inner = (part: unknown) => this.#fromJson(part);
    if (Array.isArray(json)) return json.map(inner);
    const [entry] = Object.entries(json);
    if (entry !== undefined && entry[0].startsWith("@")) return this.#fromTag(entry[0], entry[1]);
    return Object.fromEntries(
      Object.entries(json).map(([name, member]) => [name, inner(member)]),
    );
  }

  #fromTag(tag: string, content: unknown): unknown {
    const items = Array.isArray(content) ? content.map((item) => this.#fromJson(item)) : [];
    switch (tag) {
      case "@undefined":
        return undefined;
      case "@zero":
        return -0;
      case "@bytes":
        return base64ToBytes(String(content));
      case "@bigint":
        return BigInt(String(content));
      case "@map":
        return new Map(items.map((item) => item as [unknown, unknown]));
      case "@set":
        return new Set(items);
      default: {
        const object = this.#objects[Number(content)];
        assert(tag === "@ref" && object !== undefined, `a state refers to ${tag} ${content}`);
        return object;
      }
    }
  }
}
