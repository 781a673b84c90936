/**
 * Artifacts as mutable JSON trees: what the generator builds, and how it is written as text.
 *
 * @module
 */
import type { RunInput } from "../mod.ts";

/** Mutable JSON. */
export type Tree = null | boolean | number | string | Tree[] | { [name: string]: Tree };

/** A statement in its JSON form. */
export type StatementTree = string | { [form: string]: Tree };

/** A process in its JSON form. */
export interface ProcTree {
  /** `K`, `Q` or `Φ`. */
  regime: string;
  /** Unqualified name. */
  name: string;
  /** Parameters in order, with their types. */
  params: { name: string; ty: string }[];
  /** Declared resources with their arguments. */
  uses: { resource: string; args: Tree[] }[];
  /** The type of the result; null for none. */
  ret: string | null;
  /** `linear`, or nothing. */
  qualifiers: string[];
  /** Statements in order. */
  body: StatementTree[];
  /** Declared locals (DIR v0.2). */
  locals?: { name: string; ty: string; is_mutable: boolean }[];
}

/** A forge in its JSON form. */
export interface ForgeTree {
  /** Name of the namespace. */
  name: string;
  /** Record types. */
  shapes: { name: string; fields: { name: string; ty: string }[] }[];
  /** Processes. */
  procs: ProcTree[];
  /** Connections between processes, with their contracts. */
  binds: {
    source: string;
    target: string;
    contract: { key: string; op: string; value: string }[];
  }[];
}

/** A generated program with the input of its run. */
export interface GeneratedCase {
  /** The seed that generates this program. */
  readonly seed: number;
  /** The artifact. */
  readonly text: string;
  /** Entry, arguments, environment and limits. */
  readonly input: RunInput;
}

/** The artifact's text, indented. */
export function writeArtifact(forges: readonly ForgeTree[]): string {
  return `${JSON.stringify({ forges }, undefined, 1)}\n`;
}

/** A deep copy. */
export function copyTree<T>(tree: T): T {
  return structuredClone(tree);
}
