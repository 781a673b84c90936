/**
 * Files, ports and devices as a manifest declares them. A file that is named by its path has not been read yet.
 *
 * @module
 */
import type { Node } from "npm:jsonc-parser@3.3.1";
import { parsePlain } from "../../api/input.ts";
import {
  DEVICE_BYTES_MAX,
  deviceInput,
  type EnvironmentInput,
  fileInput,
  portInput,
} from "../../api/inputs.ts";
import { parseRealizer } from "../../api/routes.ts";
import type { ManifestNodes } from "./manifest_nodes.ts";

/** An input of a run, or a file whose content is still to be read. */
export type DeclaredInput =
  | { readonly kind: "known"; readonly input: EnvironmentInput }
  | DeclaredFile;

/** A file whose content is at a path. */
export interface DeclaredFile {
  readonly kind: "file";
  readonly path: string;
  /** The place of the path in the manifest. */
  readonly offset: number;
  readonly file: Parameters<typeof fileInput>[0];
}

const LISTS = ["files", "ports", "devices"] as const;

/** The names and letters of the modes, in the order of the letters. */
const MODES = [["r", "read"], ["w", "write"], ["a", "append"]] as const;

type Integer = number | bigint;

/** Reads the members `files`, `ports` and `devices`. */
export class InputReader {
  readonly #nodes: ManifestNodes;
  readonly #lists = new Map<(typeof LISTS)[number], DeclaredInput[]>();
  readonly #numbers = new Set<number>();
  readonly #devices: { readonly base: number; readonly end: number }[] = [];

  constructor(nodes: ManifestNodes) {
    this.#nodes = nodes;
  }

  /** What has been read: files, then ports, then devices. */
  get all(): readonly DeclaredInput[] {
    return LISTS.flatMap((list) => this.#lists.get(list) ?? []);
  }

  /** Reads one of the members. */
  read(list: (typeof LISTS)[number], node: Node): void {
    const inputs: DeclaredInput[] = [];
    this.#lists.set(list, inputs);
    this.#nodes.members(node, undefined, (name, entry) => {
      if (name === "") this.#nodes.fault("DR1405", "a name is not empty", entry.offset);
      const read = list === "files"
        ? this.#file(name, entry)
        : list === "ports"
        ? this.#port(name, entry)
        : this.#device(name, entry);
      if (read !== undefined) inputs.push(read);
    });
  }

  #file(name: string, node: Node): DeclaredInput | undefined {
    let modes = "r";
    let path: { readonly text: string; readonly offset: number } | undefined;
    let content: Uint8Array | undefined;
    let sink: string | undefined;
    const given = this.#nodes.members(node, ["path", "text", "modes", "sink"], (member, value) => {
      if (member === "modes") modes = this.#modes(value);
      else if (member === "sink") sink = this.#sink(value);
      else {
        const text = member === "path" ? this.#nodes.pathText(value) : this.#nodes.string(value);
        if (text === undefined) return;
        if (member === "path") path = { text, offset: value.offset };
        else content = new TextEncoder().encode(text);
      }
    });
    if (given.has("path") && given.has("text")) {
      this.#nodes.fault("DR1405", "a file has a path or a text, not both", node.offset);
    }
    const file = { name, modes, ...(sink === undefined ? {} : { sink }) };
    return path === undefined
      ? { kind: "known", input: fileInput({ ...file, content }) }
      : { kind: "file", path: path.text, offset: path.offset, file };
  }

  /** Letters or names of modes. */
  #modes(node: Node): string {
    if (!this.#nodes.isOf(node, "array")) return "";
    const given = new Set<string>();
    for (const item of node.children ?? []) {
      const word = this.#nodes.string(item);
      const mode = MODES.find((names) => names.some((name) => name === word));
      if (mode !== undefined) given.add(mode[0]);
      else if (word !== undefined) {
        this.#nodes.fault("DR1405", `${JSON.stringify(word)} is not one of r, w, a`, item.offset);
      }
    }
    if (node.children?.length === 0) {
      this.#nodes.fault("DR1405", "a file has at least one mode", node.offset);
    }
    return MODES.map(([letter]) => given.has(letter) ? letter : "").join("");
  }

  #port(name: string, node: Node): DeclaredInput | undefined {
    let number = /^(?:0|[1-9][0-9]{0,14})$/.test(name) ? Number(name) : undefined;
    let reads: readonly Integer[] = [];
    let sink: string | undefined;
    this.#nodes.members(node, ["number", "reads", "sink"], (member, value) => {
      if (member === "reads") reads = this.#integers(value, () => true, "a 64-bit integer");
      else if (member === "sink") sink = this.#sink(value);
      else number = this.#address(value);
    });
    if (number !== undefined && this.#numbers.has(number)) {
      this.#nodes.fault("DR1405", `two ports have the number ${number}`, node.offset);
    }
    if (number !== undefined) this.#numbers.add(number);
    const port = { name, number, reads, ...(sink === undefined ? {} : { sink }) };
    return { kind: "known", input: portInput(port) };
  }

  #device(name: string, node: Node): DeclaredInput | undefined {
    let base = 0, size = 0;
    let initial: readonly Integer[] = [];
    let sink: string | undefined;
    const given = this.#nodes.members(
      node,
      ["base", "size", "bytes", "sink"],
      (member, value) => {
        if (member === "base") base = this.#address(value) ?? 0;
        else if (member === "size") size = this.#nodes.count(value) ?? 0;
        else if (member === "sink") sink = this.#sink(value);
        else initial = this.#integers(value, isByte, "a byte");
      },
    );
    for (const member of ["base", "size"]) {
      if (node.type === "object" && !given.has(member)) {
        this.#nodes.fault("DR1403", `a device has a ${member}`, node.offset);
      }
    }
    const end = base + size;
    const wrong = size > DEVICE_BYTES_MAX
      ? `a device has at most ${DEVICE_BYTES_MAX} bytes`
      : end > Number.MAX_SAFE_INTEGER
      ? "base and size of a device are together at most 2^53 - 1"
      : given.has("size") && initial.length > size
      ? `${initial.length} bytes for a device of size ${size}`
      : undefined;
    if (wrong !== undefined) {
      this.#nodes.fault("DR1405", wrong, node.offset);
      return undefined;
    }
    if (this.#devices.some((other) => base < other.end && other.base < end)) {
      this.#nodes.fault("DR1405", "two devices share an address", node.offset);
    }
    this.#devices.push({ base, end });
    const bytes = new Uint8Array(size);
    bytes.set(initial.slice(0, size).map(Number));
    const device = { name, base, bytes, ...(sink === undefined ? {} : { sink }) };
    return { kind: "known", input: deviceInput(device) };
  }

  #sink(node: Node): string | undefined {
    const realizer = this.#nodes.pathText(node);
    if (realizer === undefined) return undefined;
    const parsed = parseRealizer(realizer);
    if (parsed.ok) return realizer;
    this.#nodes.fault("DR1405", parsed.failure, node.offset);
    return undefined;
  }

  /** A whole number from 0. */
  #address(node: Node): number | undefined {
    const [value] = this.#integersOf([node], isAddress, "a whole number from 0 to 2^53 - 1");
    return value === undefined ? undefined : Number(value);
  }

  #integers(node: Node, isIn: (value: Integer) => boolean, what: string): readonly Integer[] {
    if (!this.#nodes.isOf(node, "array")) return [];
    return this.#integersOf(node.children ?? [], isIn, what);
  }

  /** Exact integers, read from the text. */
  #integersOf(
    nodes: readonly Node[],
    isIn: (value: Integer) => boolean,
    what: string,
  ): readonly Integer[] {
    return nodes.flatMap((node) => {
      const parsed = parsePlain(this.#nodes.text.slice(node.offset, node.offset + node.length));
      const value = parsed.ok ? parsed.value : undefined;
      const isInteger = typeof value === "bigint"
        ? BigInt.asIntN(64, value) === value
        : Number.isSafeInteger(value) && !Object.is(value, -0);
      if (isInteger && (typeof value === "bigint" || typeof value === "number") && isIn(value)) {
        return [value];
      }
      this.#nodes.fault("DR1405", `expected ${what}`, node.offset);
      return [];
    });
  }
}

function isByte(value: Integer): boolean {
  return value >= 0 && value <= 255;
}

function isAddress(value: Integer): boolean {
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}
