/**
 * The text of the process that control is in, for display beside its state.
 *
 * @module
 */
import { memoize } from "../../../dvm/base/memoize.ts";
import { entryCandidates, procPath } from "../../../dvm/dir/lookup.ts";
import type { Block, Proc, Program } from "../../../dvm/dir/model.ts";
import { renderProc, renderStmt, statementNumber } from "../../../dvm/dir/notation.ts";
import { blocksOf } from "../../../dvm/dir/statement_paths.ts";
import { currentStmt } from "../../../dvm/event/frame.ts";
import { topFrame } from "../../../dvm/event/state.ts";
import type { StateAtEvent } from "./states.ts";

/** The innermost open process as text. */
export interface BodyView {
  /** `Forge::K::name`. */
  readonly proc: string;
  /** Its head: `proc K::main(n: i64) -> i64`. */
  readonly head: string;
  /** Its statements in the order of the text. */
  readonly lines: readonly BodyLine[];
  /** The number of the statement that is next; `undefined` at the end of the body. */
  readonly current: number | undefined;
}

/** One line of a body. */
export interface BodyLine {
  /** The number of the statement, from 1; `undefined` for the `else` of a branch. */
  readonly number: number | undefined;
  /** The place that events have, `main.body[2]`; empty for an `else`. */
  readonly at: string;
  /** In how many blocks it is, besides the body itself. */
  readonly depth: number;
  /** The statement on one line. */
  readonly text: string;
}

/** The process that control is in; `undefined` before the entry is entered and after it is left. */
export function viewBody({ state }: StateAtEvent): BodyView | undefined {
  const frame = topFrame(state);
  if (frame === undefined) return undefined;
  const { proc } = frame;
  const stmt = currentStmt(frame);
  return {
    proc: procPath(proc),
    head: renderProc(proc),
    lines: linesOf(proc),
    current: stmt === undefined ? undefined : statementNumber(proc, stmt),
  };
}

/** A process by its path, `main` or `K::main`, as text; `undefined` where none or several have it. */
export function bodyNamed(program: Program, path: string): BodyView | undefined {
  const [proc, ...others] = entryCandidates(program, path);
  if (proc === undefined || others.length > 0) return undefined;
  return { proc: procPath(proc), head: renderProc(proc), lines: linesOf(proc), current: undefined };
}

/** Memoized, because a body is shown again at every step. */
const linesOf = memoize((proc: Proc): readonly BodyLine[] => blockLines(proc, proc.body, 0));

function blockLines(proc: Proc, block: Block, depth: number): BodyLine[] {
  return block.flatMap((stmt) => {
    const line = {
      number: statementNumber(proc, stmt),
      at: stmt.at,
      depth,
      text: renderStmt(stmt),
    };
    const [first = [], second] = blocksOf(stmt).map((inner) => blockLines(proc, inner, depth + 1));
    const other = { number: undefined, at: "", depth, text: "else" };
    return [line, ...first, ...second === undefined ? [] : [other, ...second]];
  });
}
