/**
 * A value that a K process hands over a bind with `linearity_enforced == true` is no longer available in K (CTR-06, BND-08, X-18):
 * any later use of it, of what holds it or of what is held in it is refused, whichever name, field or callee it went through.
 * What may be the same value on some path counts as the same.
 *
 * @module
 */
import { bindsBetween, contractOf } from "../dir/contract.ts";
import type { Proc, Program } from "../dir/model.ts";
import { followPaths } from "./path_flow.ts";
import type { Report } from "./report.ts";
import { ValueFlow } from "./value_flow.ts";
import { pathKey } from "./value_paths.ts";
import type { LateUse } from "./value_state.ts";
import { type Callees, NO_SUMMARY, type SamePairs, type Summary } from "./value_summary.ts";

/** Checks every K process. */
export function checkMovedValues(program: Program, report: Report): void {
  const procs = handingOver(program);
  if (procs.length === 0) return;
  const analyses = new Analyses(program);
  for (const proc of procs) analyses.of(proc, []);
  analyses.run();
  for (const proc of procs) {
    for (const use of analyses.of(proc, []).lateUses) reportUse(proc, use, report);
  }
}

/** The K processes that may hand over a value themselves or by calling another. */
function handingOver(program: Program): readonly Proc[] {
  const callers = new Map<Proc, Proc[]>();
  const found = new Set<Proc>();
  for (const proc of program.procs) {
    if (proc.regime !== "K") continue;
    for (const callee of proc.callees.values()) {
      if (callee.kind !== "proc") continue;
      if (takesArguments(program, proc, callee.proc)) found.add(proc);
      const known = callers.get(callee.proc);
      if (known === undefined) callers.set(callee.proc, [proc]);
      else known.push(proc);
    }
  }
  for (const proc of found) for (const caller of callers.get(proc) ?? []) found.add(caller);
  return program.procs.filter((proc) => found.has(proc));
}

function takesArguments(program: Program, caller: Proc, callee: Proc): boolean {
  return bindsBetween(program, caller, callee).some((bind) => contractOf(bind).linearityEnforced);
}

function reportUse(proc: Proc, { stmt, expr, span, by }: LateUse, report: Report): void {
  const used = expr.text.slice(span.start, span.end);
  const given = by.expr.text.slice(by.span.start, by.span.end);
  const isSameCall = by.stmt === stmt && by.span === span;
  report.add({ proc, stmt, expr, span }, {
    code: "DR0405",
    message: isSameCall
      ? `${used} uses a value after moving it, as its arguments may be the same`
      : used === given || used.startsWith(`${given}.`) || used.startsWith(`${given}[`)
      ? `${given} was moved across a bind that enforces linearity`
      : `${used} may be, hold or be held in ${given}, which was moved across a bind that enforces linearity`,
    label: isSameCall ? "called with the same value twice" : "used after the move",
    help: isSameCall
      ? "pass different values"
      : "use the result of the call, or pass another value",
    ...(isSameCall ? {} : {
      origin: {
        at: { proc, stmt: by.stmt, expr: by.expr, span: by.span },
        label: "moved here",
      },
    }),
  });
}

/** One process, analyzed for calls with some pairs of arguments that may be the same. */
interface Analysis {
  readonly proc: Proc;
  readonly same: SamePairs;
  summary: Summary;
  lateUses: readonly LateUse[];
  /** The analyses that rest on this one. */
  readonly dependents: Set<Analysis>;
  isPending: boolean;
}

/** The analyses of a program; each is repeated while one that it rests on changes. */
class Analyses {
  readonly #program: Program;
  readonly #known = new Map<string, Analysis>();
  readonly #pending: Analysis[] = [];

  constructor(program: Program) {
    this.#program = program;
  }

  /** The analysis of a process, pending if it is new. */
  of(proc: Proc, same: SamePairs): Analysis {
    const pairs = same.map(([a, b]) => `${pathKey(a)}=${pathKey(b)}`).sort();
    const key = [proc.id, ...new Set(pairs)].join(" ");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const analysis: Analysis = {
      proc,
      same,
      summary: NO_SUMMARY,
      lateUses: [],
      dependents: new Set(),
      isPending: false,
    };
    this.#known.set(key, analysis);
    this.#push(analysis);
    return analysis;
  }

  /** Repeats what is pending until nothing is. */
  run(): void {
    for (;;) {
      const analysis = this.#pending.pop();
      if (analysis === undefined) return;
      analysis.isPending = false;
      this.#analyze(analysis);
    }
  }

  #push(analysis: Analysis): void {
    if (analysis.isPending) return;
    analysis.isPending = true;
    this.#pending.push(analysis);
  }

  #analyze(analysis: Analysis): void {
    const { proc, same } = analysis;
    const flow = new ValueFlow(proc, same, this.#calleesOf(analysis));
    followPaths(proc.body, flow);
    analysis.lateUses = flow.lateUses;
    const summary = flow.summary.build(this.#hasOwnLateUse(analysis));
    if (summary.key === analysis.summary.key) return;
    analysis.summary = summary;
    for (const dependent of analysis.dependents) this.#push(dependent);
  }

  /** Whether a late use depends on which arguments are the same. */
  #hasOwnLateUse(analysis: Analysis): boolean {
    const { proc, same, lateUses } = analysis;
    if (same.length === 0 || lateUses.length === 0) return false;
    const usual = this.#restOn(analysis, proc, []);
    const known = new Set(usual.lateUses.map(useKey));
    return lateUses.some((use) => !known.has(useKey(use)));
  }

  #restOn(analysis: Analysis, proc: Proc, same: SamePairs): Analysis {
    const other = this.of(proc, same);
    other.dependents.add(analysis);
    return other;
  }

  #calleesOf(analysis: Analysis): Callees {
    const caller = analysis.proc;
    return {
      takesArguments: (callee) => takesArguments(this.#program, caller, callee),
      hasBind: (callee) => bindsBetween(this.#program, caller, callee).length > 0,
      summaryOf: (callee, same) => this.#restOn(analysis, callee, same).summary,
    };
  }
}

function useKey({ stmt, span }: LateUse): string {
  return `${stmt.path} ${span.start}`;
}
