/**
 * The environment manifest, `dustrun.jsonc`: what the environment of a run declares. JSON with comments; every
 * member is checked, unknown ones are refused, and each fault has its line and column (`docs/environment.md`).
 *
 * @module
 */
import { type Node, type ParseError, parseTree, printParseErrorCode } from "npm:jsonc-parser@3.3.1";
import {
  byteOrderMarkIn,
  type EffectRoute,
  type Environment,
  LIMIT_NAMES,
  type Limits,
  parsePlain,
  type ResourceOffer,
} from "../../api/input.ts";
import type { Result } from "../../api/program.ts";
import { EFFECT_KINDS, parseRealizer } from "../../api/routes.ts";
import type { FaultReport } from "../host/fault.ts";
import { nearestWord } from "../../api/suggest.ts";

/** What a manifest declares. What it omits has its default. */
export interface Manifest {
  readonly environment: Environment;
  readonly limits: Partial<Limits>;
}

type Value = ResourceOffer["args"][number]["value"];

/** A manifest is written by hand; a text that is longer or nested deeper than this is not one. */
const LENGTH_MAX = 1024 * 1024;
const DEPTH_MAX = 32;

const MEMBERS = ["realizers", "resources", "tick_us", "limits"] as const;

/** Reads a manifest; `name` is the file as it was given, for the places of faults. All faults are reported, in order. */
export function parseManifest(
  text: string,
  name: string,
): Result<Manifest, readonly FaultReport[]> {
  const reader = new ManifestReader(text, name);
  const manifest = reader.read();
  return reader.faults.length === 0
    ? { ok: true, value: manifest }
    : { ok: false, failure: reader.faults };
}

class ManifestReader {
  readonly faults: FaultReport[] = [];
  readonly #text: string;
  readonly #name: string;

  constructor(text: string, name: string) {
    this.#text = text;
    this.#name = name;
  }

  read(): Manifest {
    const tree = this.#parse();
    let routes: readonly EffectRoute[] | undefined;
    let resources: readonly ResourceOffer[] | undefined;
    let tickUs: number | undefined;
    let limits: Partial<Limits> = {};
    this.#members(tree, MEMBERS, (member, value) => {
      if (member === "realizers") routes = this.#realizers(value);
      else if (member === "resources") resources = this.#resources(value);
      else if (member === "tick_us") tickUs = this.#count(value);
      else limits = this.#limits(value);
    });
    const environment = {
      ...(tickUs === undefined ? {} : { tick_us: tickUs }),
      ...(resources === undefined ? {} : { resources }),
      ...(routes === undefined ? {} : { realizers: routes }),
    };
    return { environment, limits };
  }

  #parse(): Node | undefined {
    if (this.#text.length > LENGTH_MAX || isNestedDeeper(this.#text, DEPTH_MAX)) {
      this.#fault("DR1401", "the manifest is longer or nested deeper than any that is meant", 0);
      return undefined;
    }
    const mark = byteOrderMarkIn(this.#text);
    if (mark !== undefined) {
      this.#fault("DR1401", mark, 0);
      return undefined;
    }
    const errors: ParseError[] = [];
    const tree = parseTree(this.#text, errors, { allowTrailingComma: true });
    const [error] = errors;
    if (error !== undefined) {
      this.#fault("DR1401", inWords(printParseErrorCode(error.error)), error.offset);
      return undefined;
    }
    if (tree === undefined) this.#fault("DR1401", "the manifest is empty", 0);
    return tree;
  }

  #realizers(node: Node): EffectRoute[] {
    const routes: EffectRoute[] = [];
    this.#members(node, EFFECT_KINDS, (effect, value) => {
      const realizer = this.#string(value);
      if (realizer === undefined) return;
      const parsed = parseRealizer(realizer);
      if (parsed.ok) routes.push({ effect, realizer });
      else this.#fault("DR1405", parsed.failure, value.offset);
    });
    return routes.sort((a, b) => EFFECT_KINDS.indexOf(a.effect) - EFFECT_KINDS.indexOf(b.effect));
  }

  #resources(node: Node): ResourceOffer[] {
    if (!this.#isOf(node, "array")) return [];
    return (node.children ?? []).map((item) => {
      let resource = "";
      let args: ResourceOffer["args"] = [];
      const given = this.#members(item, ["name", "args"], (member, value) => {
        if (member === "name") resource = this.#string(value) ?? "";
        else args = this.#arguments(value);
      });
      if (item.type === "object" && !given.has("name")) {
        this.#fault("DR1403", "a resource has a name", item.offset);
      }
      return { resource, args };
    });
  }

  #arguments(node: Node): ResourceOffer["args"] {
    if (!this.#isOf(node, "object")) return [];
    const args: { readonly name: string; readonly value: Value }[] = [];
    this.#members(node, undefined, (name, value) => {
      const literal = this.#literal(value);
      if (literal !== undefined) args.push({ name, value: literal });
    });
    return args;
  }

  /** Numbers are read from the text: 64-bit integers are exact, all others become the nearest float. */
  #literal(node: Node): Value | undefined {
    const text = this.#text.slice(node.offset, node.offset + node.length);
    const parsed = parsePlain(text);
    const plain = parsed.ok ? parsed.value : undefined;
    switch (typeof plain) {
      case "boolean":
        return { kind: "Bool", value: plain };
      case "string":
        return { kind: "String", value: plain };
      case "bigint":
        return { kind: "Int", value: plain };
      case "number":
        return Number.isSafeInteger(plain) && !Object.is(plain, -0)
          ? { kind: "Int", value: plain }
          : { kind: "Float", value: plain };
      default:
        if (node.type === "number" && Number.isFinite(Number(text))) {
          return { kind: "Float", value: Number(text) };
        }
        this.#fault("DR1403", "an argument is a number, a string or a truth", node.offset);
        return undefined;
    }
  }

  #limits(node: Node): Partial<Limits> {
    let limits: Partial<Limits> = {};
    this.#members(node, LIMIT_NAMES, (limit, value) => {
      const count = this.#count(value);
      if (count !== undefined) limits = { ...limits, [limit]: count };
    });
    return limits;
  }

  // ── values of one kind ───────────────────────────────────────────────────────────────────────────────────────────

  /** Reads the members of an object, each at most once; returns the names of those present. */
  #members<Name extends string>(
    node: Node | undefined,
    known: readonly Name[] | undefined,
    read: (name: Name, value: Node) => void,
  ): ReadonlySet<string> {
    const given = new Set<string>();
    if (node === undefined || !this.#isOf(node, "object")) return given;
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      const name: unknown = key?.value;
      if (key === undefined || value === undefined || typeof name !== "string") continue;
      const isKnown = known === undefined || known.some((member) => member === name);
      if (!isKnown) this.#unknown(name, known ?? [], key.offset);
      else if (given.has(name)) {
        this.#fault("DR1404", `the member ${JSON.stringify(name)} is given twice`, key.offset);
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
    this.#fault("DR1402", `there is no member ${JSON.stringify(name)} here`, offset, help);
  }

  #string(node: Node): string | undefined {
    const value: unknown = this.#isOf(node, "string") ? node.value : undefined;
    return typeof value === "string" ? value : undefined;
  }

  /** A whole number from 1 that a JavaScript number holds exactly. */
  #count(node: Node): number | undefined {
    const value: unknown = this.#isOf(node, "number") ? node.value : undefined;
    if (typeof value !== "number") return undefined;
    if (Number.isSafeInteger(value) && value > 0) return value;
    this.#fault("DR1405", `${value} is not a whole number from 1`, node.offset);
    return undefined;
  }

  #isOf(node: Node, type: Node["type"]): boolean {
    if (node.type === type) return true;
    this.#fault("DR1403", `expected ${articled(type)}, found ${articled(node.type)}`, node.offset);
    return false;
  }

  #fault(code: FaultReport["code"], message: string, offset: number, help?: string): void {
    const before = this.#text.slice(0, offset);
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

/** Whether brackets outside of strings nest deeper. Brackets in comments count too, which no real manifest notices. */
function isNestedDeeper(text: string, most: number): boolean {
  let depth = 0;
  for (const bracket of text.replace(/"(?:[^"\\\n]|\\.)*"/g, "").matchAll(/[[\]{}]/g)) {
    depth += bracket[0] === "[" || bracket[0] === "{" ? 1 : -1;
    if (depth > most) return true;
  }
  return false;
}

/** `CommaExpected` in words: "comma expected". */
function inWords(code: string): string {
  return code.replace(/(?<=.)([A-Z])/g, " $1").toLowerCase();
}

function articled(type: string): string {
  return /^[aeo]/.test(type) ? `an ${type}` : type === "null" ? "null" : `a ${type}`;
}
