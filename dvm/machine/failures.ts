/**
 * How each failure of a run is told: the diagnostic with its marks, and the outcome event made from it.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import { diagnostic } from "../diagnostic/diagnostic.ts";
import type { Diagnostic, Mark } from "../diagnostic/failure.ts";
import { procMark, programMark, stmtMark, useMark } from "../diagnostic/mark.ts";
import type { DiagnosticCode } from "../diagnostic/registry.ts";
import { procPath, reachableProcs } from "../dir/lookup.ts";
import type { Bind, ExprText, Param, Proc, ProveStmt, Stmt, Use } from "../dir/model.ts";
import { renderType } from "../dir/type.ts";
import type { EvaluationFailure } from "../eval/evaluated.ts";
import type { OutcomeEvent, ResourceDenied } from "../event/event.ts";
import type { Refusal, State } from "../event/state.ts";
import { equalValues } from "../value/value.ts";
import type { Analysis } from "./analysis.ts";
import { refusalDiagnostic, unusableGateDiagnostic } from "./refusal_diagnostic.ts";

/** A run that ends without success: its diagnostics, and the outcome that tells the first. */
export interface Failure {
  readonly kind: "refused";
  readonly diagnostics: readonly Diagnostic[];
  readonly outcome: OutcomeEvent;
}

/** Makes the failures of one state. */
export class Failures {
  readonly #analysis: Analysis;
  readonly #state: State;

  constructor(analysis: Analysis, state: State) {
    this.#analysis = analysis;
    this.#state = state;
  }

  /** Violations of static rules; `undefined` when there are none that concern this run. */
  violations(entry: Proc | undefined): Failure | undefined {
    const concerned = concerning(this.#analysis, entry);
    return concerned.length === 0 ? undefined : this.#fail(concerned);
  }

  entry(path: string, candidates: readonly Proc[]): Failure {
    const { procs } = this.#analysis.program;
    const message = candidates.length === 0
      ? `no process named ${path}`
      : `${path} names ${candidates.length} processes: ${candidates.map(procPath).join(", ")}`;
    const choices = candidates.length > 0 ? candidates : procs.slice(0, 8);
    const help = choices.length === 0
      ? undefined
      : `choose one of ${choices.map(procPath).join(", ")}`;
    return this.#failWith(
      "DR1001",
      message,
      programMark(this.#analysis.program, "the processes there are"),
      help,
    );
  }

  missingArgument(proc: Proc, param: Param): Failure {
    const message = `missing argument ${param.name}: ${
      renderType(param.type)
    } of ${proc.regime}::${proc.name}`;
    const main = procMark(this.#analysis.program, proc, `${param.name} has no value`, param);
    return this.#failWith("DR1002", message, main, `pass --arg ${param.name}=VALUE`);
  }

  argument(proc: Proc, message: string, param?: Param): Failure {
    const label = param === undefined
      ? "the parameters are declared here"
      : `${param.name}: ${renderType(param.type)}`;
    const help = param === undefined
      ? `its parameters are ${proc.params.map(({ name }) => name).join(", ") || "none"}`
      : `give ${param.name} a value of type ${renderType(param.type)}`;
    const main = procMark(this.#analysis.program, proc, label, param);
    return this.#failWith("DR1003", message, main, help);
  }

  denied(denied: readonly ResourceDenied[], entry: Proc): Failure {
    const { program } = this.#analysis;
    const reached = reachableProcs(entry);
    const diagnostics = denied.map((event) => {
      const declared = reached.flatMap((proc) => proc.uses.map((use) => ({ proc, use })))
        .find(({ proc, use }) => proc.name === event.proc && isDeclaredAs(use, event));
      const { regime, name } = declared?.proc ?? entry;
      const main = declared === undefined
        ? procMark(program, entry, `reaches uses ${event.resource}`)
        : useMark(program, declared, "not on offer");
      return diagnostic("DR0790", {
        message: `resource unavailable: ${event.reason} (declared by ${regime}::${name})`,
        main,
        help: `offer ${event.resource} in the environment manifest, with the declared arguments`,
      });
    });
    return this.#fail(diagnostics);
  }

  evaluation(proc: Proc, stmt: Stmt, expr: ExprText, failure: EvaluationFailure): Failure {
    const { code, message, start, end } = failure;
    // A Φ process is judged over configurations: one at which evaluation fails is not admissible (PHI-10).
    const main = stmtMark(this.#analysis.program, proc, stmt, message, {
      expr,
      span: { start, end },
    });
    return this.#failWith(code, message, main, EVALUATION_HELP[code]);
  }

  /** A value meets a declared type that cannot hold it. */
  misfit(
    proc: Proc,
    stmt: Stmt,
    expr: ExprText,
    misfit: {
      readonly message: string;
      readonly declared?: { readonly proc: Proc; readonly param?: Param };
    },
  ): Failure {
    const { program } = this.#analysis;
    const { message, declared } = misfit;
    const span = { start: 0, end: expr.text.length };
    const main = stmtMark(program, proc, stmt, message, { expr, span });
    return this.#fail([
      diagnostic("DR0807", {
        message,
        main,
        ...(declared === undefined
          ? {}
          : { origin: procMark(program, declared.proc, "declared here", declared.param) }),
        help: EVALUATION_HELP.DR0807,
      }),
    ]);
  }

  falseProof(proc: Proc, stmt: ProveStmt): Failure {
    const message = `proof source is false: ${stmt.from.text}`;
    const main = stmtMark(this.#analysis.program, proc, stmt, "this is false");
    return this.#failWith(
      "DR0904",
      message,
      main,
      "prove from the candidate, or from what is true",
    );
  }

  deadline(proc: Proc, deadline: number | bigint, microseconds: number): Failure {
    const { program } = this.#analysis;
    const use = proc.uses.find(({ resource }) => resource === "Timer");
    return this.#fail([
      diagnostic("DR0791", {
        message: `deadline exceeded: ${proc.regime}::${proc.name} takes ${microseconds} us, ` +
          `deadline_us is ${deadline}`,
        main: procMark(program, proc, `costs ${microseconds} us`),
        ...(use === undefined
          ? {}
          : { origin: useMark(program, { proc, use }, "the deadline is declared here") }),
        help: "raise deadline_us, or execute fewer statements",
      }),
    ]);
  }

  tickLimit(proc: Proc, stmt: Stmt, limit: number): Failure {
    const main = stmtMark(this.#analysis.program, proc, stmt, "not executed any more");
    return this.#failWith(
      "DR1101",
      `tick limit reached: max_ticks is ${limit}`,
      main,
      "raise it with --max-ticks",
    );
  }

  callLimit(proc: Proc, stmt: Stmt, limit: number): Failure {
    const main = stmtMark(this.#analysis.program, proc, stmt, "this call is one too many");
    return this.#failWith(
      "DR1103",
      `call limit reached: max_ticks is ${limit}`,
      main,
      "raise it with --max-ticks",
    );
  }

  depthLimit(proc: Proc, stmt: Stmt, limit: number): Failure {
    const main = stmtMark(this.#analysis.program, proc, stmt, "this call is one too deep");
    return this.#failWith(
      "DR1102",
      `call depth limit reached: max_depth is ${limit}`,
      main,
      "raise it with --max-depth",
    );
  }

  refusal(refusal: Refusal): Failure {
    return this.#fail([refusalDiagnostic(this.#analysis.program, refusal)]);
  }

  unusableGate(bind: Bind): Failure {
    return this.#fail([unusableGateDiagnostic(this.#analysis.program, bind)]);
  }

  #failWith(
    code: DiagnosticCode,
    message: string,
    main: Mark | undefined,
    help: string | undefined,
  ): Failure {
    return this.#fail([
      diagnostic(code, {
        message,
        ...(main === undefined ? {} : { main }),
        ...(help === undefined ? {} : { help }),
      }),
    ]);
  }

  #fail(diagnostics: readonly Diagnostic[]): Failure {
    const [first] = diagnostics;
    assert(first !== undefined, "a failure without a diagnostic");
    const isInadmissible = first.kind === "Inadmissible" || first.kind === "ConstraintFailure";
    return {
      kind: "refused",
      diagnostics,
      outcome: {
        seq: this.#state.seq,
        kind: "outcome",
        status: isInadmissible ? "inadmissible" : "failed",
        returned: undefined,
        error: {
          code: first.code,
          kind: first.kind,
          message: first.message,
          where: first.main?.path ?? "",
        },
        ticks: this.#state.tick,
        effects: this.#state.effectCount,
      },
    };
  }
}

/**
 * The violations that stop a run from `entry`. A program linked from several artifacts may name what none of them defines, as
 * long as the run cannot reach it: a library is used in parts (docs/decisions/0003-linked-sets.md).
 */
function concerning(analysis: Analysis, entry: Proc | undefined): readonly Diagnostic[] {
  const { program, violations } = analysis;
  if (program.artifacts.length < 2) return violations;
  const reached = new Set(
    (entry === undefined ? [] : reachableProcs(entry)).map(({ place }) =>
      `${program.artifacts[place.artifact]?.name} ${place.path}`
    ),
  );
  return violations.filter(({ code, main }) =>
    code !== "DR0201" || main === undefined ||
    reached.has(`${main.artifact} ${main.path.replace(/\.body.*$/, "")}`)
  );
}

function isDeclaredAs(use: Use, event: ResourceDenied): boolean {
  return use.resource === event.resource && use.args.length === event.args.length &&
    use.args.every(({ name, value }, position) => {
      const recorded = event.args[position];
      return recorded?.name === name && equalValues(recorded.value, value);
    });
}

const EVALUATION_HELP: { readonly [code in EvaluationFailure["code"]]: string } = {
  DR0801: "keep the operands small enough that the result fits 64 bits",
  DR0802: "make sure that the divisor is not zero",
  DR0803: "shift by 0 to 63",
  DR0804: "keep the index within the array",
  DR0805: "keep the operands small enough that the result is finite",
  DR0806: "add an arm for every value, or end with _",
  DR0807: "declare a wider type, or keep the value in range",
  DR0808: "keep long texts out of arrays and shapes, or emit them one by one",
};
