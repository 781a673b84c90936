/**
 * How each failure of a run is told: the diagnostic with its marks, and the outcome event made from it.
 *
 * @module
 */
import { bindMark, procMark, programMark, stmtMark, useMark } from "../diagnostic/mark.ts";
import { REGISTRY } from "../diagnostic/registry.ts";
import { procPath, reachableProcs } from "../dir/lookup.ts";
import type { Bind, Clause, ExprText, Param, Proc, ProveStmt, Stmt, Use } from "../dir/model.ts";
import { stmtsOf } from "../dir/walk.ts";
import type { EvaluationFailure } from "../expr/evaluate.ts";
import { renderType } from "../expr/fit.ts";
import { namesOf } from "../expr/slots.ts";
import { findStmt } from "../dir/paths.ts";
import type { Diagnostic, Mark } from "../failure.ts";
import { contractOf, renderClause } from "../regime/contract.ts";
import { assert, unreachable } from "../result.ts";
import { equalValues } from "../value.ts";
import type { Analysis } from "./analysis.ts";
import type { OutcomeEvent, ResourceDenied } from "./event.ts";
import type { Refusal, State } from "./state.ts";

/** A run that ends without success: its diagnostics, and the outcome that tells the first. */
export interface Failure {
  readonly kind: "refused";
  readonly diagnostics: readonly Diagnostic[];
  readonly outcome: OutcomeEvent;
}

/** A code of the registry that a run can end in. */
type Code = keyof typeof REGISTRY;

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
      return this.#diagnostic("DR0790", {
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
      this.#diagnostic("DR0807", {
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
      this.#diagnostic("DR0791", {
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
    switch (refusal.kind) {
      case "constraint":
        return this.#constraint(refusal);
      case "contract":
        return this.#contract(refusal);
      case "phi":
        return this.#phi(refusal);
      default:
        return unreachable(refusal);
    }
  }

  #constraint({ proc, stmt, event }: Extract<Refusal, { kind: "constraint" }>): Failure {
    const { program } = this.#analysis;
    const span = { start: 0, end: stmt.predicate.text.length };
    const main = stmtMark(program, proc, stmt, "this does not hold", {
      expr: stmt.predicate,
      span,
    });
    const origin = this.#bindingOf(proc, stmt.predicate);
    return this.#fail([
      this.#diagnostic("DR0901", {
        message: event.reason,
        main,
        ...(origin === undefined ? {} : { origin }),
        help: "change the values it mentions, or the constraint",
      }),
    ]);
  }

  /** Where the first name that an expression mentions gets its value. */
  #bindingOf(proc: Proc, expr: ExprText): Mark | undefined {
    const { program } = this.#analysis;
    const [name] = namesOf(expr.expr);
    if (name === undefined) return undefined;
    const param = proc.params[name.slot];
    if (param !== undefined) return procMark(program, proc, `${name.name} is a parameter`, param);
    const binder = stmtsOf(proc).find((stmt) =>
      "slot" in stmt && stmt.kind !== "Assign" && stmt.slot === name.slot
    );
    return binder === undefined
      ? undefined
      : stmtMark(program, proc, binder, `${name.name} gets its value here`);
  }

  #contract(refusal: Extract<Refusal, { kind: "contract" }>): Failure {
    const { bind, reason, caller, stmt } = refusal;
    const { program } = this.#analysis;
    const code = contractCode(reason);
    return this.#fail([
      this.#diagnostic(code, {
        message: contractMessage(bind, reason),
        main: stmtMark(program, caller, stmt, "this call exercises the bind"),
        origin: bindMark(program, bind, "the contract", clauseAt(bind, reason)),
        help: CONTRACT_HELP[code],
      }),
    ]);
  }

  /** A gate stands in a bind that cannot be used: nothing behind it can run. */
  unusableGate(bind: Bind): Failure {
    const reason = `cannot be interpreted: ${contractOf(bind).unusable}`;
    const label = "no attribute of the language";
    return this.#failWith(
      "DR0693",
      contractMessage(bind, reason),
      bindMark(this.#analysis.program, bind, label, clauseAt(bind, reason)),
      CONTRACT_HELP.DR0693,
    );
  }

  #phi(refusal: Extract<Refusal, { kind: "phi" }>): Failure {
    const { proc, event } = refusal;
    const { program } = this.#analysis;
    if (event.verdict === "undecided") {
      const message = `Φ::${proc.name} was not decided within max_work ${event.work}`;
      const main = procMark(program, proc, "existence was not decided");
      return this.#failWith("DR0903", message, main, "raise the budget with --max-work");
    }
    const members = event.conflict.flatMap((path) => findStmt(proc, path) ?? []);
    const [first] = members;
    if (first === undefined) {
      const main = procMark(program, proc, "no configuration exists");
      return this.#failWith("DR0902", `Φ::${proc.name} has no configuration`, main, undefined);
    }
    const texts = members.map(({ stmt }) => textOf(stmt));
    const message = members.length === 1
      ? `constraint failed: ${texts[0]}`
      : `constraints conflict: ${texts.join("; ")}`;
    const main = stmtMark(program, first.proc, first.stmt, "no configuration satisfies this");
    const second = members[1];
    const [bound] = event.bounds;
    const param = proc.params.find(({ name }) => name === bound?.split(".")[0]);
    const origin = second !== undefined
      ? stmtMark(program, second.proc, second.stmt, "together with this")
      : param === undefined
      ? undefined
      : procMark(program, proc, `together with the range of ${bound}`, param);
    const what = members.length === 1 ? "it" : `any one of the ${members.length} in conflict`;
    const types = event.bounds.length === 0 ? "" : `, or the type of ${event.bounds.join(", ")}`;
    return this.#fail([
      this.#diagnostic("DR0902", {
        message,
        main,
        ...(origin === undefined ? {} : { origin }),
        help: `change ${what}${types}`,
      }),
    ]);
  }

  #failWith(
    code: Code,
    message: string,
    main: Mark | undefined,
    help: string | undefined,
  ): Failure {
    return this.#fail([
      this.#diagnostic(code, {
        message,
        ...(main === undefined ? {} : { main }),
        ...(help === undefined ? {} : { help }),
      }),
    ]);
  }

  #diagnostic(code: Code, rest: Omit<Diagnostic, "code" | "kind">): Diagnostic {
    return { code, kind: REGISTRY[code].kind, ...rest };
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

const CONTRACT_HELP = {
  DR0690: "write effects_allowed == true, or call what has no effects",
  DR0691: "raise the bound, or execute fewer statements in the call",
  DR0692: "write witness_transfer == true in a bind that leads that way, or keep the witness",
  DR0693: "leave the clause out, or use an attribute of the language",
} as const;

function contractCode(reason: string): keyof typeof CONTRACT_HELP {
  if (reason.startsWith("effects_allowed")) return "DR0690";
  if (reason.startsWith("witness_transfer")) return "DR0692";
  return reason.startsWith("cannot be interpreted") ? "DR0693" : "DR0691";
}

function contractMessage({ source, target }: Bind, reason: string): string {
  return `contract violated: bind ${source} -> ${target}: ${reason}`;
}

/** The clause that a reason speaks of, if the contract states it. */
function clauseAt({ clauses }: Bind, reason: string): Clause | undefined {
  return clauses.find((clause) => reason.includes(renderClause(clause))) ??
    clauses.find(({ key }) => reason.startsWith(`${key} `));
}

function isDeclaredAs(use: Use, event: ResourceDenied): boolean {
  return use.resource === event.resource && use.args.length === event.args.length &&
    use.args.every(({ name, value }, position) => {
      const recorded = event.args[position];
      return recorded?.name === name && equalValues(recorded.value, value);
    });
}

/** What a member of a conflict says. */
function textOf(stmt: Stmt): string {
  switch (stmt.kind) {
    case "Constrain":
      return stmt.predicate.text;
    case "Prove":
      return stmt.from.text;
    case "Let":
      return `${stmt.name} = ${stmt.expr.text}`;
    case "Return":
      return stmt.expr?.text ?? "";
    case "Call":
      return stmt.call.text;
    default:
      return stmt.path;
  }
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
