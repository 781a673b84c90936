/**
 * The places that the diagnostic of a run's failure points at.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Mark, MarkRole } from "../diagnostic/failure.ts";
import {
  bindMark,
  type MarkNote,
  procMark,
  programMark,
  stmtMark,
  useMark,
} from "../diagnostic/mark.ts";
import type { ConstrainStmt, Proc, Program } from "../dir/model.ts";
import { uniquePath } from "../dir/lookup.ts";
import { renderType } from "../dir/type.ts";
import type { RunFailure } from "./failure.ts";
import { isIoFailure } from "./io_failure.ts";
import { ioMarks } from "./io_marks.ts";
import { failureMessage } from "./message.ts";
import { isThreadFailure } from "./thread_failure.ts";
import { threadMarks } from "./thread_marks.ts";

/** The marks of a failure, the offence itself first. */
export function failureMarks(program: Program, failure: RunFailure): readonly Mark[] {
  if (isIoFailure(failure)) return ioMarks(program, failure);
  if (isThreadFailure(failure)) return threadMarks(program, failure);
  switch (failure.kind) {
    case "entry": {
      const mark = programMark(program, main(processList(program)));
      return mark === undefined ? [] : [mark];
    }
    case "missing_argument": {
      const { proc, param } = failure;
      return [procMark(program, proc, main(`${param.name} has no value`), param)];
    }
    case "unknown_argument":
      return [procMark(program, failure.proc, main("the parameters are declared here"))];
    case "argument": {
      const { proc, param } = failure;
      const label = `${param.name}: ${renderType(param.type)}`;
      return [procMark(program, proc, main(label), param)];
    }
    case "resource":
      return [useMark(program, failure, main("not on offer"))];
    case "gate": {
      const { bind, clause } = failure;
      return [bindMark(program, bind, main("no attribute of the language"), clause)];
    }
    case "contract":
      return contractMarks(program, failure);
    case "constraint":
      return [constraintMark(program, failure)];
    case "conflict":
      return conflictMarks(program, failure);
    case "undecided":
      return [procMark(program, failure.proc, main("existence was not decided"))];
    case "unordered":
      return [procMark(program, failure.proc, main("the least configuration was not found"))];
    case "false_proof":
      return [stmtMark(program, failure.proc, failure.stmt, main("this is false"))];
    case "evaluation": {
      // A Φ process is judged over configurations: one at which evaluation fails is not admissible (PHI-10).
      const { proc, stmt, expr, failure: { start, end } } = failure;
      const note = main(failureMessage(failure));
      return [stmtMark(program, proc, stmt, note, { expr, span: { start, end } })];
    }
    case "misfit":
      return misfitMarks(program, failure);
    case "deadline": {
      const { proc, use, at } = failure;
      return [
        stmtMark(program, at.proc, at.stmt, main("no time is left for this")),
        useMark(program, { proc, use }, note("declaration", "the deadline is declared here")),
      ];
    }
    case "entry_handle": {
      const { proc, param } = failure;
      const label = param === undefined ? "returns a handle" : "a handle";
      return [procMark(program, proc, main(label), param)];
    }
    case "negative_size":
      return [stmtMark(program, failure.proc, failure.stmt, main(`a size of ${failure.size}`))];
    case "memory_limit":
      return [stmtMark(program, failure.proc, failure.stmt, main("not so much memory is left"))];
    case "use_after_free":
    case "double_free":
      return freedMarks(program, failure);
    case "leak": {
      const { proc, stmt, name, origin } = failure;
      const label = main(name === undefined ? "no name holds it" : `${name} is lost here`);
      return [
        stmt === undefined ? procMark(program, proc, label) : stmtMark(program, proc, stmt, label),
        stmtMark(program, origin.proc, origin.stmt, note("origin", "it was made here")),
      ];
    }
    case "outside_region": {
      const { proc, stmt, size, origin } = failure;
      return [
        stmtMark(program, proc, stmt, main(`its region has ${size} bytes`)),
        stmtMark(program, origin.proc, origin.stmt, note("origin", "its holder was made here")),
      ];
    }
    case "tick_limit":
      return [stmtMark(program, failure.proc, failure.stmt, main("not executed any more"))];
    case "call_limit":
      return [stmtMark(program, failure.proc, failure.stmt, main("this call is one too many"))];
    case "depth_limit":
      return [stmtMark(program, failure.proc, failure.stmt, main("this call is one too deep"))];
    default:
      return unreachable(failure);
  }
}

/** How many processes a note lists. */
const LISTED_MAX = 6;

function processList(program: Program): string {
  const { procs } = program;
  if (procs.length === 0) return "there are no processes";
  const names = procs.slice(0, LISTED_MAX).map((proc) => uniquePath(program, proc)).join(", ");
  return `the processes there are: ${names}${procs.length > LISTED_MAX ? ", …" : ""}`;
}

function note(role: MarkRole, label: string): MarkNote {
  return { role, label };
}

function main(label: string): MarkNote {
  return note("main", label);
}

type OfKind<K extends RunFailure["kind"]> = Extract<RunFailure, { kind: K }>;

function contractMarks(
  program: Program,
  { bind, caller, stmt, refusal, exceeding }: OfKind<"contract">,
): readonly Mark[] {
  const clause = refusal.clause === undefined ? undefined : bind.clauses[refusal.clause.index];
  return [
    stmtMark(program, caller, stmt, main("this call exercises the bind")),
    bindMark(program, bind, note("clause", "the contract"), clause),
    ...exceeding === undefined ? [] : [
      stmtMark(
        program,
        exceeding.proc,
        exceeding.stmt,
        note("origin", "no time is left for this"),
      ),
    ],
  ];
}

/** A freed holder: where it is used, where it was freed, and where it was made. */
function freedMarks(
  program: Program,
  { kind, proc, stmt, earlier }: OfKind<"use_after_free" | "double_free">,
): readonly Mark[] {
  const { freed, origin } = earlier;
  const label = kind === "double_free" ? "freed again here" : "used here";
  return [
    stmtMark(program, proc, stmt, main(label)),
    ...freed === undefined
      ? []
      : [stmtMark(program, freed.proc, freed.stmt, note("origin", "it was freed here"))],
    stmtMark(program, origin.proc, origin.stmt, note("origin", "it was made here")),
  ];
}

function constraintMark(
  program: Program,
  { proc, stmt }: { readonly proc: Proc; readonly stmt: ConstrainStmt },
): Mark {
  const span = { start: 0, end: stmt.predicate.text.length };
  return stmtMark(program, proc, stmt, main("this does not hold"), { expr: stmt.predicate, span });
}

function conflictMarks(
  program: Program,
  { proc, members, excluding, bounds }: OfKind<"conflict">,
): readonly Mark[] {
  const [first, ...others] = members;
  if (first === undefined) {
    return [
      procMark(program, proc, main("no configuration exists")),
      ...excluding.map(({ proc, stmt }) =>
        stmtMark(program, proc, stmt, note("conflict", "one of those that exclude one another"))
      ),
    ];
  }
  const ranges = bounds.flatMap((bound) => {
    const param = proc.params.find(({ name }) => name === bound.split(".")[0]);
    const label = `together with the range of ${bound}`;
    return param === undefined ? [] : [procMark(program, proc, note("conflict", label), param)];
  });
  return [
    stmtMark(program, first.proc, first.stmt, main("no configuration satisfies this")),
    ...others.map((other) =>
      stmtMark(program, other.proc, other.stmt, note("conflict", "together with this"))
    ),
    ...ranges,
  ];
}

function misfitMarks(program: Program, failure: OfKind<"misfit">): readonly Mark[] {
  const { proc, stmt, expr, destination } = failure;
  const span = { start: 0, end: expr.text.length };
  const mark = stmtMark(program, proc, stmt, main(failureMessage(failure)), { expr, span });
  if (destination.kind === "local") return [mark];
  const param = destination.kind === "parameter" ? destination.param : undefined;
  const declared = note("declaration", "declared here");
  return [mark, procMark(program, destination.proc, declared, param)];
}
