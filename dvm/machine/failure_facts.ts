/**
 * What the run adds to the diagnostic of its failure: the values of the names that the offence mentions, each at the statement that
 * set it last, and the calls that were being executed, with their arguments. All of it is in the state, which is the fold of the events.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Mark } from "../diagnostic/failure.ts";
import { procMark, stmtMark } from "../diagnostic/mark.ts";
import type { ExprText, Proc, Program, Stmt } from "../dir/model.ts";
import { renderNamedValues, renderValue } from "../dir/notation.ts";
import { exprTextsOf, stmtsOf } from "../dir/walk.ts";
import { type ConstraintInForce, currentStmt, type Frame } from "../event/frame.ts";
import type { State } from "../event/state.ts";
import { slotsOf } from "../expr/walk.ts";
import type { Value } from "../value/value.ts";
import type { RunFailure } from "./failure.ts";

/** The marks that follow from the state in which a run fails; none for a failure before the entry is entered. */
export function factMarks(program: Program, failure: RunFailure, state: State): readonly Mark[] {
  const frame = state.frames[state.frames.length - 1];
  const mentioned = mentionedBy(failure, state);
  if (frame === undefined || mentioned === undefined) return [];
  const names = mentioned.exprs.flatMap(({ expr }) => slotsOf(expr));
  return [
    ...[...new Set(names)].slice(0, NAMES_MAX).flatMap((slot) =>
      valueMark(program, { frame, slot, constraint: mentioned.constraint }) ?? []
    ),
    ...callMarks(program, state.frames),
    ...spawnMarks(program, state),
  ];
}

/** An offence may mention more names than anybody reads. */
const NAMES_MAX = 8;

/** The expressions whose names matter, and the constraint that is decided, if it is one. */
interface Mentioned {
  readonly exprs: readonly ExprText[];
  readonly constraint?: ConstraintInForce | undefined;
}

function mentionedBy(failure: RunFailure, { frames }: State): Mentioned | undefined {
  const frame = frames[frames.length - 1];
  switch (failure.kind) {
    case "constraint":
      return { exprs: [failure.stmt.predicate], constraint: frame?.due[frame.decided] };
    case "evaluation":
    case "misfit":
      return { exprs: [failure.expr], constraint: frame?.due[frame.decided] };
    case "false_proof":
    case "negative_size":
    case "memory_limit":
    case "wrong_memory":
    case "missing_file":
    case "missing_port":
    case "unknown_mode":
    case "mode_not_allowed":
    case "wrong_mode":
    case "closed_file":
    case "written_again":
    case "write_limit":
    case "script_exhausted":
    case "outside_device":
      return { exprs: exprTextsOf(failure.stmt) };
    case "conflict":
      return { exprs: conflictExprs(failure, frame) };
    case "undecided":
    case "unordered":
    case "outside_region":
    case "use_after_free":
    case "double_free":
    case "leak":
    case "left_open":
    case "joined_twice":
    case "not_held":
    case "lock_left":
    case "data_race":
    case "thread_limit":
    case "call_limit":
    case "depth_limit":
      return { exprs: [] };
    case "tick_limit":
      return { exprs: exprTextsOf(failure.stmt) };
    case "deadline":
      return { exprs: exprsIn(failure.at, frame) };
    case "contract":
      return { exprs: exprsIn(failure.exceeding ?? { ...failure, proc: failure.caller }, frame) };
    case "entry":
    case "missing_argument":
    case "unknown_argument":
    case "entry_handle":
    case "argument":
    case "missing_entry":
    case "resource":
    case "gate":
    case "deadlock":
      return undefined;
    default:
      return unreachable(failure);
  }
}

/** The expressions of a statement of the process that is executed: the names of another one have other values. */
function exprsIn(
  { proc, stmt }: { readonly proc: Proc; readonly stmt: Stmt },
  frame: Frame | undefined,
): readonly ExprText[] {
  return proc === frame?.proc ? exprTextsOf(stmt) : [];
}

/** Of the statements of a conflict those of the process itself: their names may be arguments. */
function conflictExprs(
  { members, excluding }: Extract<RunFailure, { kind: "conflict" }>,
  frame: Frame | undefined,
): readonly ExprText[] {
  return [...members, ...excluding].flatMap(({ proc, stmt }) =>
    proc === frame?.proc ? exprTextsOf(stmt) : []
  );
}

interface NamedCell {
  readonly frame: Frame;
  readonly slot: number;
  readonly constraint: ConstraintInForce | undefined;
}

/** The value of a name, at what set it; nothing for a name without a value. */
function valueMark(program: Program, { frame, slot, constraint }: NamedCell): Mark | undefined {
  const { proc, cells, writes, args } = frame;
  const name = proc.slotNames[slot] ?? "";
  const kept = constraint?.kept.get(slot);
  if (kept !== undefined) {
    const binder = stmtsOf(proc).find((stmt) => "slot" in stmt && stmt.slot === slot);
    const label = `${name} was ${shown(kept)} when its scope ended`;
    return binder && stmtMark(program, proc, binder, { role: "binding", label });
  }
  const value = cells[slot];
  if (value === undefined) return undefined;
  const write = writes[slot];
  if (write !== undefined) {
    const round = write.round === 0 ? "" : ` in round ${write.round}`;
    const label = `${name} is ${shown(value)}, last set here${round}`;
    return stmtMark(program, proc, write.stmt, { role: "binding", label });
  }
  const param = proc.params[slot];
  if (param === undefined) return undefined;
  const source = args.some((given) => given.name === name) ? "argument" : "configuration";
  const label = source === "argument"
    ? `${name} is ${shown(value)}, an argument`
    : `${name} is ${shown(value)} in the configuration`;
  return procMark(program, proc, { role: "binding", label }, param);
}

/** How many of the innermost calls are shown; beyond them, only the outermost. */
const CALLS_MAX = 5;

/** The calls that are being executed, the innermost first, and the arguments of the entry. */
function callMarks(program: Program, frames: readonly Frame[]): Mark[] {
  const calls = frames.slice(0, -1).flatMap((frame, index) => {
    const callee = frames[index + 1];
    const stmt = currentStmt(frame);
    return callee === undefined || stmt === undefined ? [] : { frame, stmt, callee };
  }).reverse();
  const isCut = calls.length > CALLS_MAX + 1;
  const inner = calls.slice(0, isCut ? CALLS_MAX : undefined);
  const outer = isCut ? calls.slice(-1) : [];
  const left = calls.length - inner.length - outer.length;
  const between = left === 0 ? "" : `; ${left} calls between are left out`;
  const [entry] = frames;
  return [
    ...inner.map((call) => callMark(program, call, "")),
    ...outer.map((call) => callMark(program, call, between)),
    ...calls.length === 0 || entry === undefined || entry.args.length === 0
      ? []
      : [procMark(program, entry.proc, { role: "call", label: `the entry, ${called(entry)}` })],
  ];
}

/** Where the thread that fails was started, if it is another than the first. */
function spawnMarks(program: Program, { threads }: State): Mark[] {
  const start = threads?.list[threads.current]?.start;
  if (threads === undefined || start === undefined) return [];
  const { proc, args, by } = start;
  const label = `starts thread ${threads.current}, ${called({ proc, args })}`;
  return [stmtMark(program, by.proc, by.stmt, { role: "call", label })];
}

function callMark(
  program: Program,
  { frame, stmt, callee }: { readonly frame: Frame; readonly stmt: Stmt; readonly callee: Frame },
  between: string,
): Mark {
  const label = `calls ${called(callee)}${between}`;
  return stmtMark(program, frame.proc, stmt, { role: "call", label });
}

function called({ proc, args }: { readonly proc: Proc } & Pick<Frame, "args">): string {
  return cut(`${proc.name}(${renderNamedValues(args)})`);
}

function shown(value: Value): string {
  return cut(renderValue(value));
}

/** A label is one short phrase. */
const LENGTH_MAX = 80;

function cut(text: string): string {
  return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX - 1)}…` : text;
}
