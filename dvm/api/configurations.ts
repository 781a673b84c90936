/**
 * Questions about the configurations of a Φ process, in the public API.
 *
 * @module
 */
import { failure, type Result, success } from "../base/result.ts";
import type { Program } from "../dir/model.ts";
import { findStmt } from "../dir/statement_paths.ts";
import { exprTextsOf } from "../dir/walk.ts";
import { explainPhi } from "../phi/answer/explain_conflict.ts";
import { listPhi } from "../phi/answer/list_configurations.ts";
import type { PhiQuestion } from "../phi/answer/question.ts";
import { type PhiBudgets, resolvePhi } from "../phi/answer/resolve.ts";
import { namedToWire, type WireFields } from "../value/wire_object.ts";
import { renderNamedValues } from "../dir/notation.ts";
import { budgetsOf, type ConfigurationQuery, questionOf } from "./configuration_query.ts";

/** The first configurations of a Φ process, in canonical order and without duplicates. */
export interface ConfigurationList {
  /** The value of every parameter, given ones included. */
  readonly configurations: readonly WireFields[];
  /**
   * `all`: there are no more. `more`: at least one more exists. `unordered`: at least one more exists, but the budget ended before it was
   * known which one is next. `undecided`: the budget ended before it was known whether there are more.
   */
  readonly end: "all" | "more" | "unordered" | "undecided";
}

/** A range of whole numbers; for a boolean, 0 is false and 1 is true. */
export interface ExplainedRange {
  /** The least number. */
  readonly lo: number | bigint;
  /** The greatest number. */
  readonly hi: number | bigint;
}

/** One statement of a conflict: what it requires, and what would have to change. */
export interface ExplainedConjunct {
  /** As in `phi_resolved`: `body[0]`, or `Φ::callee.body[0]`. */
  readonly path: string;
  /** The path in the artifact: `forges[0].procs[2].body[0]`. */
  readonly place: string;
  /** The statement's expressions. */
  readonly text: string;
  /** The unknowns it mentions: the range that this statement alone leaves, and the range that the others leave. */
  readonly variables: readonly {
    readonly name: string;
    readonly here: ExplainedRange;
    readonly others: ExplainedRange;
  }[];
  /** One sentence. */
  readonly reason: string;
  /** One sentence: what would have to change, if this one is to change. */
  readonly change: string;
  /** The first configuration that satisfies all the other statements. */
  readonly without: WireFields | undefined;
}

/** Why a Φ process does not exist. */
export interface ConflictExplanation {
  /** The statements of the conflict. */
  readonly conjuncts: readonly ExplainedConjunct[];
  /** Whether the conflict is known to be minimal. If not, its budget ended first, and its statements are not explained one by one. */
  readonly minimal: boolean;
  /** Parameters whose declared ranges take part. */
  readonly bounds: readonly string[];
  /** A proof that these statements have no configuration, for {@link checkCertificate}; `phi_resolved` holds its digest. */
  readonly certificate: string;
}

/**
 * The first `count` configurations of a Φ process. Fails with a sentence when the query does not fit the program.
 *
 * @example
 * ```ts
 * import { listConfigurations, load } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"Φ","name":"main","params":[
 *   {"name":"x","ty":"i32"}],"uses":[],"ret":"i32","qualifiers":[],"body":[
 *   {"Constrain":{"predicate":"x Mul x Le 4"}},{"Return":{"expr":"x"}}]}]}]}`;
 * const program = load([{ name: "demo", text }]);
 * if (!program.ok) throw new Error();
 * const listed = listConfigurations(program.value, { entry: "main" }, 3);
 * if (!listed.ok || listed.value.end !== "more") throw new Error();
 * if (JSON.stringify(listed.value.configurations) !== '[{"x":{"Int":0}},{"x":{"Int":1}},{"x":{"Int":-1}}]') throw new Error();
 * ```
 */
export function listConfigurations(
  program: Program,
  query: ConfigurationQuery,
  count: number,
): Result<ConfigurationList, string> {
  const question = questionOf(program, query);
  if (!question.ok) return question;
  const { configurations, end } = listPhi(question.value, { ...budgetsOf(query), count });
  return success({ configurations: configurations.map(namedToWire), end });
}

/**
 * Why a Φ process does not exist: its minimal conflict, statement by statement. Fails with a sentence when the query does not fit
 * the program, when the process exists, or when the budget ends first.
 *
 * @example
 * ```ts
 * import { explainConflict, load } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"Φ","name":"main","params":[
 *   {"name":"x","ty":"i32"}],"uses":[],"ret":"i32","qualifiers":[],"body":[
 *   {"Constrain":{"predicate":"x Gt 10"}},{"Constrain":{"predicate":"x Lt 0"}},{"Return":{"expr":"x"}}]}]}]}`;
 * const program = load([{ name: "demo", text }]);
 * if (!program.ok) throw new Error();
 * const told = explainConflict(program.value, { entry: "main" });
 * if (!told.ok || told.value.conjuncts.map(({ text }) => text).join() !== "x Gt 10,x Lt 0") throw new Error();
 * if (told.value.conjuncts[0]?.reason !== "x Gt 10 needs x from 11, and the others leave x at most -1") throw new Error();
 * ```
 */
export function explainConflict(
  program: Program,
  query: ConfigurationQuery,
): Result<ConflictExplanation, string> {
  const question = questionOf(program, query);
  if (!question.ok) return question;
  return explainQuestion(question.value, budgetsOf(query));
}

/** The same for a question that fits its program. */
export function explainQuestion(
  question: PhiQuestion,
  budgets: PhiBudgets,
): Result<ConflictExplanation, string> {
  const { program, proc, given } = question;
  const resolution = resolvePhi(program, proc, given, { ...budgets, demand: "verdict" });
  const { maxWork, maxConflictWork = maxWork } = budgets;
  if (resolution.verdict === "admissible") return failure(`${question.proc.name} exists`);
  if (resolution.verdict === "undecided") return failure(`not decided within max_work ${maxWork}`);
  const { conflict, bounds, certificate, isMinimal } = resolution.explain();
  const members = explainPhi(question, { conflict, isMinimal, maxWork: maxConflictWork });
  return success({
    bounds,
    certificate,
    minimal: isMinimal,
    conjuncts: members.map(({ path, place, variables, without }) => {
      const located = findStmt(question.proc, path);
      const text = located === undefined
        ? path
        : exprTextsOf(located.stmt).map((expr) => expr.text).join("; ");
      const declared = bounds.length === 0
        ? ""
        : ` within the declared range of ${bounds.join(", ")}`;
      return {
        path,
        place,
        text,
        variables,
        reason: isMinimal
          ? reasonOf(text, variables) + declared
          : `${text} takes part in a conflict that is not known to be minimal`,
        change: without === undefined
          ? `change ${text}`
          : `without ${text} the others hold with ${renderNamedValues(without)}`,
        without: without === undefined ? undefined : namedToWire(without),
      };
    }),
  });
}

/** The first unknown whose ranges collide, or else which unknowns the statement ties together. */
function reasonOf(text: string, variables: ExplainedConjunct["variables"]): string {
  for (const { name, here, others } of variables) {
    if (here.lo > others.hi) {
      return `${text} needs ${name} from ${here.lo}, and the others leave ${name} at most ${others.hi}`;
    }
    if (here.hi < others.lo) {
      return `${text} needs ${name} at most ${here.hi}, and the others leave ${name} from ${others.lo}`;
    }
  }
  const names = variables.map(({ name }) => name).join(", ");
  return names === ""
    ? `${text} holds for no value of the unknowns`
    : `${text} ties ${names}, and no values that the others allow satisfy it`;
}
