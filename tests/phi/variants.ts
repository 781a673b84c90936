/**
 * Variants of an instance: statements in another order and under other names, or only another layout.
 *
 * @module
 */
import { type Instance, NAMES, type Source, sourceOf } from "./instances.ts";
import type { Random } from "../../campaign/random.ts";
import type { SystemStmt } from "./systems.ts";
import type { Json } from "../support/program.ts";

/** An instance with statements in another order, under other names. */
export interface Variant {
  readonly source: Source;
  /** The index in the variant of each statement of the instance, the return included. */
  readonly places: readonly number[];
  /** Restores the names of the instance in a text. */
  readonly restored: (text: string) => string;
}

/** The instance itself, as a variant that changes nothing. */
export function unchanged({ system }: Instance): Variant {
  const places = [...system.body.keys(), system.body.length];
  return { source: sourceOf(system), places, restored: (text) => text };
}

/** New names that sort before, between and after the old ones, which are reused for other things as well. */
const FRESH = ["A", "Zz", "a1", "_v", "k", "m9", "omega", "zeta"];

/** A random variant. Constraints may occur anywhere (CON-03); lets and the proof keep their order: a name is bound before it is used. */
export function variantOf({ system }: Instance, random: Random): Variant {
  const body: SystemStmt[] = random.shuffled(system.body.filter(isConstraint));
  let from = 0;
  for (const stmt of system.body.filter((stmt) => !isConstraint(stmt))) {
    const at = random.between(from, body.length);
    body.splice(at, 0, stmt);
    from = at + 1;
  }
  const names = random.shuffled([...NAMES, ...FRESH]).slice(0, NAMES.length);
  const forth = new Map(NAMES.map((name, index) => [name, names[index] ?? name]));
  const back = new Map([...forth].map(([name, other]) => [other, name]));
  const { artifacts, entry } = sourceOf({ ...system, body });
  return {
    source: {
      artifacts: artifacts.map(({ name, text }) => ({ name, text: renamed(text, forth) })),
      entry: renamed(entry, forth),
    },
    places: [...system.body.map((stmt) => body.indexOf(stmt)), body.length],
    restored: (text) => renamed(text, back),
  };
}

function isConstraint({ kind }: SystemStmt): boolean {
  return kind === "constrain";
}

function renamed(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/[A-Za-z_]\w*/g, (word) => names.get(word) ?? word);
}

// ── layout ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A source in another layout. */
export interface Layout {
  readonly source: Source;
  /** The path of the executed process in its artifact: `forges[1].procs[0]`. */
  readonly place: string;
}

/** The same source with members, declarations and artifacts in another order, other white space, and characters as escapes. */
export function laidOut({ artifacts, entry }: Source, random: Random): Layout {
  let place = "";
  const shuffled = artifacts.map(({ name, text }) => {
    const json = redeclared(JSON.parse(text), random);
    place ||= placeOf(json, entry);
    return { name, text: written(json, random) };
  });
  return { source: { artifacts: random.shuffled(shuffled), entry }, place };
}

/** The path in an artifact of the process that an entry names in full; empty when it is not there. */
function placeOf(json: Json, entry: string): string {
  const [forgeName, regime, procName] = entry.split("::");
  const { forges } = json as unknown as {
    readonly forges: readonly {
      readonly name: string;
      readonly procs: readonly { readonly regime: string; readonly name: string }[];
    }[];
  };
  const at = forges.findIndex(({ name }) => name === forgeName);
  const inForge = forges[at]?.procs.findIndex((proc) =>
    proc.regime === regime && proc.name === procName
  );
  return inForge === undefined ? "" : `forges[${at}].procs[${inForge}]`;
}

/** Members whose items are declarations: their order carries no meaning (DIR-13). */
const DECLARATIONS: readonly string[] = ["forges", "shapes", "procs", "binds"];

function redeclared(json: Json, random: Random): Json {
  if (isList(json)) return json.map((item) => redeclared(item, random));
  if (typeof json !== "object" || json === null) return json;
  const members = Object.entries(json).map(([name, value]): [string, Json] => {
    const inner = redeclared(value, random);
    return [name, DECLARATIONS.includes(name) && isList(inner) ? random.shuffled(inner) : inner];
  });
  return Object.fromEntries(random.shuffled(members));
}

function written(json: Json, random: Random): string {
  const space = () => random.chance(70) ? "" : random.pick([" ", "\n", "\t", "\r\n", "  "]);
  const spaced = (text: string) => `${space()}${text}${space()}`;
  if (typeof json === "string") return writtenString(json, random);
  if (isList(json)) return `[${json.map((item) => spaced(written(item, random))).join(",")}]`;
  if (typeof json !== "object" || json === null) return JSON.stringify(json);
  const members = Object.entries(json).map(([name, value]) =>
    `${spaced(writtenString(name, random))}:${spaced(written(value, random))}`
  );
  return `{${members.join(",")}}`;
}

/** A text that needs no escapes, with some. */
function writtenString(text: string, random: Random): string {
  if (random.chance(80)) return JSON.stringify(text);
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `"${text.replace(/./gu, (char) => random.chance(20) ? escaped(char) : char)}"`;
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
