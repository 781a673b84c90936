/**
 * The nodes of a manifest: objects with known members, and values of one kind. Each fault has its line and column.
 *
 * @module
 */
import type { Node } from "npm:jsonc-parser@3.3.1";
import type { FaultReport } from "../host/fault.ts";
import { nearestWord } from "../../api/suggest.ts";

/** Reads the nodes of one text, and keeps the faults in the order in which they are found. */
export class ManifestNodes {
  readonly faults: FaultReport[] = [];
  readonly text: string;
  readonly #name: string;

  constructor(text: string, name: string) {
    this.text = text;
    this.#name = name;
  }

  /** Reads the members of an object, each at most once; returns the names of those present. */
  members<Name extends string>(
    node: Node | undefined,
    known: readonly Name[] | undefined,
    read: (name: Name, value: Node) => void,
  ): ReadonlySet<string> {
    const given = new Set<string>();
    if (node === undefined || !this.isOf(node, "object")) return given;
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      const name: unknown = key?.value;
      if (key === undefined || value === undefined || typeof name !== "string") continue;
      if (!this.isWellFormed(name, key)) continue;
      const isKnown = known === undefined || known.some((member) => member === name);
      if (!isKnown) this.#unknown(name, known ?? [], key.offset);
      else if (given.has(name)) {
        this.fault("DR1404", `the member ${JSON.stringify(name)} is given twice`, key.offset);
      } else read(name as Name, value);
      given.add(name);
    }
    return given;
  }

  #unknown(name: string, known: readonly string[], offset: number): void {
    const suggestion = nearestWord(name, known);
    const help = suggestion === undefined
      ? `the members here are ${known.join(", ")}`
      : `did you mean ${suggestion}?`;
    this.fault("DR1402", `there is no member ${JSON.stringify(name)} here`, offset, help);
  }

  /** A text of whole characters. */
  string(node: Node): string | undefined {
    const value: unknown = this.isOf(node, "string") ? node.value : undefined;
    return typeof value === "string" && this.isWellFormed(value, node) ? value : undefined;
  }

  /** A text that may be, or have in it, the path of a file. */
  pathText(node: Node): string | undefined {
    const text = this.string(node);
    if (text?.includes("\0") !== true) return text;
    this.fault("DR1405", "no path has the character U+0000", node.offset);
    return undefined;
  }

  /** Whether a text has no lone surrogate, which no byte of UTF-8 could stand for; otherwise a fault. */
  isWellFormed(text: string, { offset }: Node): boolean {
    if (text.isWellFormed()) return true;
    this.fault("DR1405", "a text has no lone surrogate", offset);
    return false;
  }

  /** A whole number from 1 that a JavaScript number holds exactly. */
  count(node: Node): number | undefined {
    const value: unknown = this.isOf(node, "number") ? node.value : undefined;
    if (typeof value !== "number") return undefined;
    if (Number.isSafeInteger(value) && value > 0) return value;
    this.fault("DR1405", `${value} is not a whole number from 1`, node.offset);
    return undefined;
  }

  /** Whether a node is of a type; otherwise a fault. */
  isOf(node: Node, type: Node["type"]): boolean {
    if (node.type === type) return true;
    this.fault("DR1403", `expected ${articled(type)}, found ${articled(node.type)}`, node.offset);
    return false;
  }

  /** Adds a fault at an offset of the text. */
  fault(code: FaultReport["code"], message: string, offset: number, help?: string): void {
    const before = this.text.slice(0, offset);
    const line = before.split("\n").length;
    const column = offset - (before.lastIndexOf("\n") + 1) + 1;
    this.faults.push({
      code,
      message,
      place: `${this.#name}:${line}:${column}`,
      help: help ?? "dustrun help environment shows the manifest",
    });
  }
}

function articled(type: string): string {
  return /^[aeo]/.test(type) ? `an ${type}` : type === "null" ? "null" : `a ${type}`;
}
