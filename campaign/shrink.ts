/**
 * Shrinking: the smallest artifact found that still has a property. It works on the JSON, wherever the artifact came from:
 * first it removes list elements (processes, statements, fields, clauses), then it replaces statements by the blocks inside
 * them, then expressions by their parts.
 *
 * @module
 */

/** Limit of trials for one artifact, which bounds the time where each trial is slow. */
const TRIALS_MAX = 4_000;

/** The smallest text found for which `isInteresting` still holds. `text` itself must be JSON and interesting. */
export function shrinkArtifact(text: string, isInteresting: (text: string) => boolean): string {
  let best: unknown = parse(text);
  if (best === undefined) return text;
  let trials = 0;
  const accepts = (candidate: unknown): boolean =>
    trials++ < TRIALS_MAX && isInteresting(write(candidate));
  for (let isSmaller = true; isSmaller && trials < TRIALS_MAX;) {
    isSmaller = false;
    for (const candidate of smallerTrees(best)) {
      if (weight(candidate) >= weight(best) || !accepts(candidate)) continue;
      best = candidate;
      isSmaller = true;
      break;
    }
  }
  return write(best);
}

/** How many statements an artifact has, nested ones included. */
export function countStatements(text: string): number {
  const visit = (node: unknown): number => {
    if (Array.isArray(node)) return node.reduce((sum: number, item) => sum + visit(item), 0);
    if (typeof node !== "object" || node === null) return 0;
    return Object.entries(node).reduce((sum, [member, value]) => {
      const isBlock = ["body", "then_body", "else_body"].includes(member) && Array.isArray(value);
      return sum + visit(value) + (isBlock ? value.length : 0);
    }, 0);
  };
  return visit(parse(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function write(tree: unknown): string {
  return `${JSON.stringify(tree, undefined, 1)}\n`;
}

/** The length of the compact JSON. Only lighter candidates are accepted, so shrinking ends. */
function weight(tree: unknown): number {
  return JSON.stringify(tree).length;
}

const EXPRESSIONS = ["expr", "predicate", "payload", "from", "condition", "start", "end"];

/** Smaller variants of the tree, larger cuts first. */
function* smallerTrees(tree: unknown): Generator<unknown> {
  yield* cuts(tree, (node) => Array.isArray(node) ? withoutParts(node) : []);
  yield* cuts(tree, (node) => Array.isArray(node) ? unwrapped(node) : []);
  yield* cuts(tree, (node) => typeof node === "object" && node !== null ? simplerTexts(node) : []);
}

/** The whole tree with one node replaced, for every node and every replacement. */
function* cuts(
  tree: unknown,
  replacements: (node: unknown) => Iterable<unknown>,
): Generator<unknown> {
  yield* replacements(tree);
  if (Array.isArray(tree)) {
    for (const [index, item] of tree.entries()) {
      for (const cut of cuts(item, replacements)) yield tree.with(index, cut);
    }
  } else if (typeof tree === "object" && tree !== null) {
    for (const [member, value] of Object.entries(tree)) {
      for (const cut of cuts(value, replacements)) yield { ...tree, [member]: cut };
    }
  }
}

function* withoutParts(list: readonly unknown[]): Generator<unknown> {
  if (list.length > 3) {
    const half = list.length >> 1;
    yield list.slice(half);
    yield list.slice(0, half);
  }
  for (let at = list.length - 1; at >= 0; at--) yield list.toSpliced(at, 1);
}

/** A block with one statement replaced by the statements inside it. */
function* unwrapped(list: readonly unknown[]): Generator<unknown> {
  for (const [at, item] of list.entries()) {
    for (const inner of innerLists(item)) {
      yield [...list.slice(0, at), ...inner, ...list.slice(at + 1)];
    }
  }
}

function innerLists(statement: unknown): readonly (readonly unknown[])[] {
  if (typeof statement !== "object" || statement === null) return [];
  return Object.values(statement).flatMap((form: unknown) =>
    typeof form !== "object" || form === null || Array.isArray(form)
      ? []
      : Object.values(form).filter((value): value is unknown[] => Array.isArray(value))
  );
}

/** Expressions replaced by `0`, `true`, or one of their bracketed parts or operands; `ret` by null. */
function* simplerTexts(node: object): Generator<unknown> {
  for (const [member, value] of Object.entries(node)) {
    if (typeof value !== "string") continue;
    if (EXPRESSIONS.includes(member)) {
      for (const simpler of partsOf(value)) yield { ...node, [member]: simpler };
    } else if (member === "ret") yield { ...node, ret: null };
  }
}

function* partsOf(text: string): Generator<string> {
  yield "0";
  yield "true";
  const words = text.split(" ");
  for (let at = 1; at < words.length; at += 2) {
    yield words.slice(at + 1).join(" ");
    yield words.slice(0, at).join(" ");
  }
  for (const bracket of text.matchAll(/\(([^()]*)\)/g)) {
    yield bracket[1] ?? "";
    yield text.replace(bracket[0], bracket[1] ?? "");
    yield text.replace(bracket[0], "0");
  }
}
