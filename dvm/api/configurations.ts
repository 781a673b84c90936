/**
 * Questions about the configurations of a Φ process, in the public API.
 *
 * @module
 */
import { DEFAULT_LIMITS } from "../base/limits.ts";
import { failure, type Result, success } from "../base/result.ts";
import { check } from "../check/check.ts";
import { entryCandidates } from "../dir/lookup.ts";
import type { Program } from "../dir/model.ts";
import { isDecidable } from "../dir/type.ts";
import { findStmt } from "../dir/statement_paths.ts";
import { exprTextsOf } from "../dir/walk.ts";
import type { PlainArgument } from "../event/input.ts";
import { readArgument } from "../machine/arguments.ts";
import { argumentMessage } from "../machine/value_message.ts";
import { explainPhi } from "../phi/answer/explain_conflict.ts";
import { listPhi } from "../phi/answer/list_configurations.ts";
import { type PhiQuestion, problemOf } from "../phi/answer/question.ts";
import { type PhiBudgets, resolvePhi } from "../phi/answer/resolve.ts";
import { isRefutation } from "../phi/certificate/checker.ts";
import type { NamedValue, Value } from "../value/value.ts";
import { valueToWire, type WireFields } from "../value/wire_object.ts";

/** A Φ process, and what is known of its parameters. */
export interface ConfigurationQuery {
  /** `name`, `Φ::name` or `forge::Φ::name`. */
  readonly entry: string;
  /** Values of some parameters; the others are open. */
  readonly args?: { readonly [name: string]: PlainArgument };
  /** Solver steps for the verdict; default: that of a run. */
  readonly maxWork?: number;
  /** Solver steps for which configuration is the least or the next one; default: as many as for the verdict. */
  readonly maxConfigurationWork?: number;
  /** Solver steps for the minimal conflict; default: as many as for the verdict. */
  readonly maxConflictWork?: number;
}

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
  return success({ configurations: configurations.map(wireFields), end });
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

/** The budgets of a query; those that it leaves out are as in a run. */
function budgetsOf({
  maxWork = DEFAULT_LIMITS.max_work,
  maxConfigurationWork = maxWork,
  maxConflictWork = maxWork,
}: ConfigurationQuery): PhiBudgets {
  return { maxWork, maxConfigurationWork, maxConflictWork };
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
  const { conflict, bounds, certificate, isMinimal } = resolution;
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
          : `without ${text} the others hold with ${renderFields(wireFields(without))}`,
        without: without === undefined ? undefined : wireFields(without),
      };
    }),
  });
}

/**
 * Whether a certificate proves that statements of a Φ process cannot hold together: valid or invalid, by a checker that shares no
 * code with the solver. Fails with a sentence when the query does not fit the program.
 *
 * @example
 * ```ts
 * import { checkCertificate, explainConflict, load } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"Φ","name":"main","params":[
 *   {"name":"x","ty":"i64"},{"name":"y","ty":"i64"}],"uses":[],"ret":"i64","qualifiers":[],"body":[
 *   {"Constrain":{"predicate":"x Lt y"}},{"Constrain":{"predicate":"y Lt x"}},{"Return":{"expr":"x"}}]}]}]}`;
 * const program = load([{ name: "demo", text }]);
 * if (!program.ok) throw new Error();
 * const told = explainConflict(program.value, { entry: "main" });
 * if (!told.ok) throw new Error();
 * const { certificate } = told.value;
 * const checked = checkCertificate(program.value, { entry: "main" }, certificate);
 * if (!checked.ok || !checked.value) throw new Error();
 * const cut = checkCertificate(program.value, { entry: "main" }, certificate.replace(/\[\[.*\]\]$/, "[[]]"));
 * if (!cut.ok || cut.value) throw new Error();
 * ```
 */
export function checkCertificate(
  program: Program,
  query: ConfigurationQuery,
  certificate: string,
): Result<boolean, string> {
  const asked = questionOf(program, query);
  if (!asked.ok) return asked;
  const problem = problemOf(asked.value, query.maxWork ?? DEFAULT_LIMITS.max_work);
  return success(problem !== undefined && isRefutation(problem, certificate));
}

/** The question that a query means, or why it means none. */
function questionOf(program: Program, query: ConfigurationQuery): Result<PhiQuestion, string> {
  const [violation] = check(program);
  if (violation !== undefined) return failure(`${violation.code}: ${violation.message}`);
  const candidates = entryCandidates(program, query.entry).filter(({ regime }) => regime === "Φ");
  const [proc] = candidates;
  if (proc === undefined) return failure(`${query.entry} names no Φ process`);
  if (candidates.length > 1) return failure(`${query.entry} names several Φ processes`);
  const given = new Map<string, Value>();
  for (const [name, plain] of Object.entries(query.args ?? {})) {
    const param = proc.params.find((one) => one.name === name);
    if (param === undefined) return failure(`${proc.name} has no parameter ${name}`);
    const read = readArgument(plain, param);
    if (!read.ok) return failure(argumentMessage(name, read.failure));
    given.set(name, read.value);
  }
  const open = proc.params.find((param) => !given.has(param.name) && !isDecidable(param.type));
  return open === undefined
    ? success({ program, proc, given })
    : failure(`${open.name} must be given: existence is decided over integers and booleans`);
}

function wireFields(values: readonly NamedValue[]): WireFields {
  return Object.fromEntries(values.map(({ name, value }) => [name, valueToWire(value)]));
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

function renderFields(fields: WireFields): string {
  const text = JSON.stringify(
    fields,
    (_, value) => typeof value === "bigint" ? String(value) : value,
  );
  return text;
}
