/**
 * Every way that control can take through a body, written out (semantics.md, second round, "Linearity": uses are counted along
 * paths). Each branch is taken and not taken; a loop is left at its condition, or goes round once or twice.
 *
 * @module
 */
import { goesOnForever } from "./check_body.ts";
import type { Statement, StatementOf } from "./program.ts";

/** One way through a block. */
export interface Path<Step> {
  readonly steps: readonly Step[];
  /** How it ends before the block does. A path that never ends goes round a loop for ever. */
  readonly leaves: "process" | "break" | "continue" | "never" | undefined;
}

/** How the steps of paths are made. */
export interface Stepper<Step> {
  /** The ways to evaluate a statement's own expressions, and to bind or change its name. */
  itself(statement: Statement): readonly (readonly Step[])[];
  /** The begin of one round of a counted loop: its variable is bound anew. */
  round(statement: StatementOf<"For">): readonly Step[];
  /** The end of a block: its names end with it. */
  exit(block: readonly Statement[]): readonly Step[];
}

/** More are not looked at: generated programs are small. */
const PATHS_MAX = 2_000;

/** Every way through a block. */
export function pathsThrough<Step>(
  block: readonly Statement[],
  stepper: Stepper<Step>,
): readonly Path<Step>[] {
  let paths: readonly Path<Step>[] = [{ steps: [], leaves: undefined }];
  for (const statement of block) {
    paths = followed(paths, waysThrough(statement, stepper));
  }
  return paths;
}

/** Every path that has not left, followed by every way. */
function followed<Step>(
  paths: readonly Path<Step>[],
  ways: readonly Path<Step>[],
): readonly Path<Step>[] {
  return paths.flatMap((path) =>
    path.leaves !== undefined
      ? [path]
      : ways.map(({ steps, leaves }) => ({ steps: [...path.steps, ...steps], leaves }))
  ).slice(0, PATHS_MAX);
}

function waysThrough<Step>(
  statement: Statement,
  stepper: Stepper<Step>,
): readonly Path<Step>[] {
  const itself: Path<Step>[] = stepper.itself(statement).map((steps) => ({
    steps,
    leaves: undefined,
  }));
  switch (statement.kind) {
    case "Return":
      return itself.map(({ steps }) => ({ steps, leaves: "process" }));
    case "Break":
      return [{ steps: [], leaves: "break" }];
    case "Continue":
      return [{ steps: [], leaves: "continue" }];
    case "If": {
      const blocks = [statement.then, statement.otherwise ?? []];
      return followed(itself, blocks.flatMap((block) => innerPaths(block, stepper)));
    }
    case "While":
    case "For":
      return loopPaths(statement, itself, roundPaths(statement, stepper));
    default:
      return itself;
  }
}

function innerPaths<Step>(
  block: readonly Statement[],
  stepper: Stepper<Step>,
): readonly Path<Step>[] {
  return pathsThrough(block, stepper).map(({ steps, leaves }) => ({
    steps: leaves === "process" || leaves === "never" ? steps : [...steps, ...stepper.exit(block)],
    leaves,
  }));
}

function roundPaths<Step>(
  statement: StatementOf<"While" | "For">,
  stepper: Stepper<Step>,
): readonly Path<Step>[] {
  const rounds = innerPaths(statement.body, stepper);
  if (statement.kind === "While") return rounds;
  const begin = stepper.round(statement);
  return rounds.map(({ steps, leaves }) => ({ steps: [...begin, ...steps], leaves }));
}

/** None, one and two rounds. The bounds of a counted loop are evaluated once, a condition before each round. */
function loopPaths<Step>(
  statement: StatementOf<"While" | "For">,
  condition: readonly Path<Step>[],
  rounds: readonly Path<Step>[],
): readonly Path<Step>[] {
  const isWhile = statement.kind === "While";
  const goesOn = rounds.map((round): Path<Step> =>
    round.leaves === "continue" ? { steps: round.steps, leaves: undefined } : round
  );
  const once = followed(condition, goesOn);
  const again = isWhile ? followed(once, condition) : once;
  const twice = followed(again, goesOn);
  const done = isWhile ? followed(twice, condition) : twice;
  const atCondition = [...condition, ...again, ...done];
  const all = goesOnForever(statement)
    ? atCondition.map(({ steps, leaves }): Path<Step> => ({ steps, leaves: leaves ?? "never" }))
    : atCondition;
  return all.map(({ steps, leaves }) => ({
    steps,
    leaves: leaves === "break" ? undefined : leaves,
  }));
}
