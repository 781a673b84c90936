/**
 * The sources of a tree with what each of them imports. Nothing is read from comments: imports come from the syntax tree.
 *
 * @module
 */
import { memoize } from "../../dvm/base/memoize.ts";
import { type ImportKind, readModuleSyntax } from "../support/module_syntax.ts";

/** A tree of sources: path from its root, with `/`, to text. */
export type SourceTree = ReadonlyMap<string, string>;

/** One import: `to` is a path from the root of the tree, or the specifier of a package. */
export interface ImportEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: ImportKind;
}

/** Imports by importing file. */
export interface ImportGraph {
  readonly edges: ReadonlyMap<string, readonly ImportEdge[]>;
  /** Files with an `import()` whose target is computed, so that it cannot be followed. */
  readonly computed: readonly string[];
}

/** Reads the TypeScript files below the folders, and the files of the root. */
export function readSourceTree(root: URL, folders: readonly string[]): SourceTree {
  const tree = new Map<string, string>();
  const read = (path: string) => tree.set(path, Deno.readTextFileSync(new URL(path, root)));
  const visit = (folder: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(new URL(`${folder}/`, root))) {
      if (isDirectory) visit(`${folder}/${name}`);
      else if (name.endsWith(".ts")) read(`${folder}/${name}`);
    }
  };
  for (const { name, isDirectory } of Deno.readDirSync(root)) {
    if (isDirectory && folders.includes(name)) visit(name);
    else if (name.endsWith(".ts")) read(name);
  }
  return tree;
}

/** Parses every file of the tree. */
export const importGraph: (tree: SourceTree) => ImportGraph = memoize((tree) => {
  const computed: string[] = [];
  const edges = new Map<string, readonly ImportEdge[]>();
  for (const [from, text] of tree) {
    const found: ImportEdge[] = [];
    for (const { kind, specifier } of readModuleSyntax(from, text).imports) {
      if (specifier === undefined) computed.push(from);
      else found.push({ from, to: resolve(from, specifier), kind });
    }
    edges.set(from, found);
  }
  return { edges, computed };
});

function resolve(from: string, specifier: string): string {
  if (!/^\.\.?\//.test(specifier)) return specifier;
  return new URL(specifier, new URL(from, "file:///")).pathname.slice(1);
}
