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
import { type DeclaredInput, InputReader } from "./manifest_inputs.ts";
import { MANIFEST_MEMBERS } from "./manifest_members.ts";
import { ManifestNodes } from "./manifest_nodes.ts";

/** What a manifest declares. What it omits has its default. */
export interface Manifest {
  readonly environment: Environment;
  readonly limits: Partial<Limits>;
  /** The files, ports and devices, in this order. */
  readonly inputs: readonly DeclaredInput[];
}

type Value = ResourceOffer["args"][number]["value"];

/** A manifest is written by hand; a text that is longer or nested deeper than this is not one. */
const LENGTH_MAX = 1024 * 1024;
const DEPTH_MAX = 32;

/** Reads a manifest; `name` is the file as it was given, for the places of faults. All faults are reported, in order. */
export function parseManifest(
  text: string,
  name: string,
): Result<Manifest, readonly FaultReport[]> {
  const nodes = new ManifestNodes(text, name);
  const manifest = new ManifestReader(nodes).read();
  return nodes.faults.length === 0
    ? { ok: true, value: manifest }
    : { ok: false, failure: nodes.faults };
}

class ManifestReader {
  readonly #nodes: ManifestNodes;

  constructor(nodes: ManifestNodes) {
    this.#nodes = nodes;
  }

  read(): Manifest {
    const tree = this.#parse();
    let routes: readonly EffectRoute[] | undefined;
    let resources: readonly ResourceOffer[] | undefined;
    let tickUs: number | undefined;
    let limits: Partial<Limits> = {};
    const inputs = new InputReader(this.#nodes);
    this.#nodes.members(tree, MANIFEST_MEMBERS, (member, value) => {
      if (member === "realizers") routes = this.#realizers(value);
      else if (member === "resources") resources = this.#resources(value);
      else if (member === "tick_us") tickUs = this.#nodes.count(value);
      else if (member === "limits") limits = this.#limits(value);
      else inputs.read(member, value);
    });
    const environment = {
      ...(tickUs === undefined ? {} : { tick_us: tickUs }),
      ...(resources === undefined ? {} : { resources }),
      ...(routes === undefined ? {} : { realizers: routes }),
    };
    return { environment, limits, inputs: inputs.all };
  }

  #parse(): Node | undefined {
    if (this.#nodes.text.length > LENGTH_MAX || isNestedDeeper(this.#nodes.text, DEPTH_MAX)) {
      this.#nodes.fault(
        "DR1401",
        "the manifest is longer or nested deeper than any that is meant",
        0,
      );
      return undefined;
    }
    const mark = byteOrderMarkIn(this.#nodes.text);
    if (mark !== undefined) {
      this.#nodes.fault("DR1401", mark, 0);
      return undefined;
    }
    const errors: ParseError[] = [];
    const tree = parseTree(this.#nodes.text, errors, { allowTrailingComma: true });
    const [error] = errors;
    if (error !== undefined) {
      this.#nodes.fault("DR1401", inWords(printParseErrorCode(error.error)), error.offset);
      return undefined;
    }
    if (tree === undefined) this.#nodes.fault("DR1401", "the manifest is empty", 0);
    return tree;
  }

  #realizers(node: Node): EffectRoute[] {
    const routes: EffectRoute[] = [];
    this.#nodes.members(node, EFFECT_KINDS, (effect, value) => {
      const realizer = this.#nodes.pathText(value);
      if (realizer === undefined) return;
      const parsed = parseRealizer(realizer);
      if (parsed.ok) routes.push({ effect, realizer });
      else this.#nodes.fault("DR1405", parsed.failure, value.offset);
    });
    return routes.sort((a, b) => EFFECT_KINDS.indexOf(a.effect) - EFFECT_KINDS.indexOf(b.effect));
  }

  #resources(node: Node): ResourceOffer[] {
    if (!this.#nodes.isOf(node, "array")) return [];
    return (node.children ?? []).map((item) => {
      let resource = "";
      let args: ResourceOffer["args"] = [];
      const given = this.#nodes.members(item, ["name", "args"], (member, value) => {
        if (member === "name") resource = this.#nodes.string(value) ?? "";
        else args = this.#arguments(value);
      });
      if (item.type === "object" && !given.has("name")) {
        this.#nodes.fault("DR1403", "a resource has a name", item.offset);
      }
      return { resource, args };
    });
  }

  #arguments(node: Node): ResourceOffer["args"] {
    if (!this.#nodes.isOf(node, "object")) return [];
    const args: { readonly name: string; readonly value: Value }[] = [];
    this.#nodes.members(node, undefined, (name, value) => {
      const literal = this.#literal(value);
      if (literal !== undefined) args.push({ name, value: literal });
    });
    return args;
  }

  /** Numbers are read from the text: 64-bit integers are exact, all others become the nearest float. */
  #literal(node: Node): Value | undefined {
    const text = this.#nodes.text.slice(node.offset, node.offset + node.length);
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
        this.#nodes.fault("DR1403", "an argument is a number, a string or a truth", node.offset);
        return undefined;
    }
  }

  #limits(node: Node): Partial<Limits> {
    let limits: Partial<Limits> = {};
    this.#nodes.members(node, LIMIT_NAMES, (limit, value) => {
      const count = this.#nodes.count(value);
      if (count !== undefined) limits = { ...limits, [limit]: count };
    });
    return limits;
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
