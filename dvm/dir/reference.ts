/**
 * How events name a process: the shortest of `p`, `K::p` and `B::K::p` that names one process of the program, where `B` is the forge
 * and `K` the regime. Where even the longest names several, it is used all the same. A name that is no identifier is written as a
 * JSON string, `K::"my proc"`, so a reference can be read back and be followed by the path of a statement, `main.body[2]`.
 *
 * @module
 */
import type { Regime } from "./model.ts";

/** A process by its names. */
export interface ProcNames {
  /** The name of the forge that holds it. */
  readonly forge: string;
  /** Its regime. */
  readonly regime: Regime;
  /** Its bare name. */
  readonly name: string;
}

/** The references of the processes of one program, in the same order. */
export function referencesOf(procs: readonly ProcNames[]): string[] {
  const byName = countBy(procs, short);
  const byRegime = countBy(procs, middle);
  return procs.map((proc) => {
    if (byName.get(short(proc)) === 1) return short(proc);
    return byRegime.get(middle(proc)) === 1 ? middle(proc) : long(proc);
  });
}

function short({ name }: ProcNames): string {
  return spelled(name);
}

function middle({ regime, name }: ProcNames): string {
  return `${regime}::${spelled(name)}`;
}

function long({ forge, regime, name }: ProcNames): string {
  return `${spelled(forge)}::${regime}::${spelled(name)}`;
}

function countBy(
  procs: readonly ProcNames[],
  textOf: (proc: ProcNames) => string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const proc of procs) counts.set(textOf(proc), (counts.get(textOf(proc)) ?? 0) + 1);
  return counts;
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

function spelled(name: string): string {
  return IDENTIFIER.test(name) ? name : JSON.stringify(name);
}

/** What a reference says of its process; what it leaves out is `undefined`. */
export interface Reference {
  /** The name of the forge. */
  readonly forge: string | undefined;
  /** The regime. */
  readonly regime: string | undefined;
  /** The bare name. */
  readonly name: string;
}

/** The place of a statement, taken apart. */
export interface StatementPlace {
  /** The reference of the process, as spelled. */
  readonly proc: string;
  /** The path of the statement within the process, `body[2].then_body[0]`. */
  readonly path: string;
}

const QUOTED = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"`;
const NAME = `(?:[A-Za-z_][A-Za-z0-9_]*|${QUOTED})`;
const REFERENCE = new RegExp(`^(?:(?:(${NAME})::)?([KQΦ])::)?(${NAME})`);

/**
 * Reads a reference; `undefined` if the text is none.
 *
 * @example
 * ```ts
 * import { parseReference } from "../../mod.ts";
 * const reference = parseReference("K::main");
 * if (reference?.regime !== "K" || reference.name !== "main" || reference.forge !== undefined) throw new Error();
 * ```
 */
export function parseReference(text: string): Reference | undefined {
  const match = REFERENCE.exec(text);
  return match?.[0] === text && isCanonical(match) ? referenceIn(match) : undefined;
}

/** Whether each name has its only spelling: a JSON string exactly if it is no identifier, with the escapes of `JSON.stringify`. */
function isCanonical([, forge, , name = ""]: RegExpExecArray): boolean {
  return [forge, name].every((text) => text === undefined || spelled(nameIn(text)) === text);
}

function referenceIn([, forge, regime, name = ""]: RegExpExecArray): Reference {
  return { forge: forge === undefined ? undefined : nameIn(forge), regime, name: nameIn(name) };
}

function nameIn(text: string): string {
  return text.startsWith('"') ? String(JSON.parse(text)) : text;
}

/**
 * Takes the place of a statement apart; `undefined` if the text is none.
 *
 * @example
 * ```ts
 * import { splitPlace } from "../../mod.ts";
 * const place = splitPlace("K::main.body[2].then_body[0]");
 * if (place?.proc !== "K::main" || place.path !== "body[2].then_body[0]") throw new Error();
 * ```
 */
export function splitPlace(at: string): StatementPlace | undefined {
  const match = REFERENCE.exec(at);
  if (match === null || !isCanonical(match)) return undefined;
  const [proc] = match;
  return at.charAt(proc.length) === "." ? { proc, path: at.slice(proc.length + 1) } : undefined;
}
