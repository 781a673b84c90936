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
  regime: string;
  name: string;
  params: { name: string; ty: string }[];
  uses: { resource: string; args: Tree[] }[];
  ret: string | null;
  qualifiers: string[];
  body: StatementTree[];
  locals?: { name: string; ty: string; is_mutable: boolean }[];
}

/** A forge in its JSON form. */
export interface ForgeTree {
  name: string;
  shapes: { name: string; fields: { name: string; ty: string }[] }[];
  procs: ProcTree[];
  binds: {
    source: string;
    target: string;
    contract: { key: string; op: string; value: string }[];
  }[];
}

/** A generated program with the input of its run. */
export interface GeneratedCase {
  readonly seed: number;
  readonly text: string;
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
