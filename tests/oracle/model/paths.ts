/**
 * Every way that control can take through a body, written out: how the model checks what depends on order.
 *
 * @module
 */
import type { Statement } from "./program.ts";

/** The name that a statement binds, of those that are followed. */
export type BoundName = (statement: Statement) => string | undefined;

/** One step of a path: a statement, or the end of a block with the names that end with it. */
export type Step =
  | { readonly kind: "do"; readonly statement: Statement }
  | { readonly kind: "exit"; readonly names: readonly string[] };

/** One way through a block. */
export interface Path {
  readonly steps: readonly Step[];
  /** What ends it early. */
  readonly leaves: "process" | "loop" | undefined;
}

/** More are not looked at: generated programs are small. */
const PATHS_MAX = 500;

/** Every way through a block: each branch, each loop not at all and twice. */
export function pathsThrough(
  block: readonly Statement[],
  boundName: BoundName,
): readonly Path[] {
  let paths: Path[] = [{ steps: [], leaves: undefined }];
  for (const statement of block) {
    const ways = waysThrough(statement, boundName);
    paths = paths.flatMap((path) =>
      path.leaves !== undefined
        ? [path]
        : ways.map(({ steps, leaves }) => ({ steps: [...path.steps, ...steps], leaves }))
    ).slice(0, PATHS_MAX);
  }
  return paths;
}

function waysThrough(statement: Statement, boundName: BoundName): readonly Path[] {
  const itself: Step = { kind: "do", statement };
  switch (statement.kind) {
    case "Return":
      return [{ steps: [itself], leaves: "process" }];
    case "Break":
    case "Continue":
      return [{ steps: [], leaves: "loop" }];
    case "If":
      return [statement.then, statement.otherwise ?? []].flatMap((block) =>
        innerPaths(block, boundName).map(({ steps, leaves }) => ({
          steps: [itself, ...steps],
          leaves,
        }))
      );
    case "While":
    case "For": {
      // The bounds of a counted loop are evaluated once, the condition of a while before each round.
      const again: Step[] = statement.kind === "While" ? [itself] : [];
      const rounds = innerPaths(statement.body, boundName).map(({ steps, leaves }): Path => ({
        steps: [itself, ...steps, ...(leaves === "process" ? [] : [...again, ...steps, ...again])],
        leaves: leaves === "process" ? leaves : undefined,
      }));
      return [{ steps: [itself], leaves: undefined }, ...rounds];
    }
    default:
      return [{ steps: [itself], leaves: undefined }];
  }
}

function innerPaths(block: readonly Statement[], boundName: BoundName): readonly Path[] {
  const names = block.flatMap((statement) => boundName(statement) ?? []);
  return pathsThrough(block, boundName).map(({ steps, leaves }) => ({
    steps: leaves === "process" ? steps : [...steps, { kind: "exit", names }],
    leaves,
  }));
}
