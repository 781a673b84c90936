/**
 * The rules of the structure, checked on any tree: imports point downwards, nothing imports itself in a circle, and every file is used.
 *
 * @module
 */
import { importGraph, type SourceTree } from "./import_graph.ts";

/** What is wrong with a tree. */
export type StructureProblem =
  | { readonly kind: "upward"; readonly from: string; readonly to: string }
  | { readonly kind: "file-circle"; readonly files: readonly string[] }
  | { readonly kind: "folder-circle"; readonly folders: readonly string[] }
  | { readonly kind: "unused"; readonly file: string }
  | { readonly kind: "unplaced"; readonly file: string }
  | { readonly kind: "computed"; readonly file: string };

/** The order of the rooms, and the files that are started rather than imported. */
export interface Structure {
  /** From the bottom to the top; the rooms of one floor are siblings. */
  readonly floors: readonly (readonly string[])[];
  /** Public modules, command lines and tasks; tests are always entry points. */
  readonly entries: readonly string[];
}

/** All problems of a tree, by kind in the order of the union. Tests are on top of everything: they may
 * import any file, and they and their helpers may load copies of the code from a place that is computed. */
export function problemsOf(tree: SourceTree, { floors, entries }: Structure): StructureProblem[] {
  const { edges, computed } = importGraph(tree);
  const sources = [...tree.keys()].filter((file) => !isTest(file));
  const importsOf = (file: string) =>
    (edges.get(file) ?? []).map(({ to }) => to).filter((to) => tree.has(to));
  const pairs = sources.flatMap((from) => importsOf(from).map((to) => [from, to] as const));
  const rank = (file: string) => rankOf(file, floors);
  return [
    ...pairs.flatMap(([from, to]): StructureProblem[] =>
      isDownward(rank(from), rank(to)) && !isTest(to) ? [] : [{ kind: "upward", from, to }]
    ),
    ...circles(pairs).map((files): StructureProblem => ({ kind: "file-circle", files })),
    ...folderCircles(pairs).map((folders): StructureProblem => ({
      kind: "folder-circle",
      folders,
    })),
    ...unused(sources, [...entries, ...[...tree.keys()].filter(isTest)], importsOf)
      .map((file): StructureProblem => ({ kind: "unused", file })),
    ...sources.filter((file) => rank(file) === undefined)
      .map((file): StructureProblem => ({ kind: "unplaced", file })),
    ...computed.filter((file) => !isTest(file) && !file.startsWith("tests/"))
      .map((file): StructureProblem => ({ kind: "computed", file })),
  ];
}

function isTest(file: string): boolean {
  return file.endsWith("_test.ts");
}

/** The floor of a file, from 0 at the bottom, and its folder in the list of floors. */
interface Rank {
  readonly floor: number;
  readonly folder: string;
}

/** The rank of the folder with the longest path that contains the file. */
function rankOf(file: string, floors: Structure["floors"]): Rank | undefined {
  let best: Rank | undefined;
  for (const [floor, folders] of floors.entries()) {
    for (const folder of folders) {
      const isInside = file === folder || file.startsWith(`${folder}/`);
      if (isInside && folder.length >= (best?.folder.length ?? 0)) best = { floor, folder };
    }
  }
  return best;
}

/** An unplaced file is reported as such, not once more with each import. */
function isDownward(from: Rank | undefined, to: Rank | undefined): boolean {
  if (from === undefined || to === undefined) return true;
  return from.folder === to.folder || from.floor > to.floor;
}

type Pair = readonly [from: string, to: string];

/** Circles between the entries of each folder, and between folders that contain files; a folder is written with `/` at its end. */
function folderCircles(pairs: readonly Pair[]): string[][] {
  const found = new Map<string, string[]>();
  const add = (circle: string[]) => {
    if (circle.some((node) => node.endsWith("/"))) found.set(circle.join(" "), circle);
  };
  circles(pairs.map(([from, to]): Pair => [folderOf(from), folderOf(to)])).forEach(add);
  const levels = new Map<string, Pair[]>();
  for (const [from, to] of pairs) {
    const [fromParts, toParts] = [from.split("/"), to.split("/")];
    let depth = 0;
    while (fromParts[depth] === toParts[depth] && depth < toParts.length - 1) depth++;
    const pair: Pair = [entryAt(fromParts, depth), entryAt(toParts, depth)];
    const level = fromParts.slice(0, depth).join("/");
    levels.set(level, [...levels.get(level) ?? [], pair]);
  }
  for (const level of levels.values()) circles(level).forEach(add);
  return [...found.values()];
}

/** The folder of a file; a file of the root is a folder by itself. */
function folderOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.lastIndexOf("/") + 1) : file;
}

function entryAt(parts: readonly string[], depth: number): string {
  const path = parts.slice(0, depth + 1).join("/");
  return depth < parts.length - 1 ? `${path}/` : path;
}

/** The strongly connected components with more than one node, and nodes that import themselves; sorted within. */
function circles(pairs: readonly Pair[]): string[][] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of pairs) {
    // Two files of one folder are no circle of the folder with itself.
    if (from === to && from.endsWith("/")) continue;
    next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const reach = new Map([...next.keys()].map((node) => [node, reachableFrom(next, node)]));
  const found = new Map<string, string[]>();
  for (const [node, reached] of reach) {
    if (!reached.has(node)) continue;
    const circle = [...reached].filter((other) => reach.get(other)?.has(node) === true).sort();
    found.set(circle.join(" "), circle);
  }
  return [...found.values()];
}

/** The nodes that one or more steps lead to. */
function reachableFrom(next: ReadonlyMap<string, ReadonlySet<string>>, start: string): Set<string> {
  const reached = new Set<string>();
  const pending = [start];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const to of next.get(node) ?? []) {
      if (!reached.has(to)) pending.push(to);
      reached.add(to);
    }
  }
  return reached;
}

function unused(
  sources: readonly string[],
  entries: readonly string[],
  importsOf: (file: string) => readonly string[],
): string[] {
  const reached = new Set<string>();
  const pending = [...entries];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const imported of importsOf(file)) pending.push(imported);
  }
  return sources.filter((file) => !reached.has(file));
}
