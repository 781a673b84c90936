/**
 * Certificates that a Φ process has no configuration, in the public API.
 *
 * @module
 */
import { failure, type Result, success } from "../base/result.ts";
import type { Program } from "../dir/model.ts";
import { type PhiQuestion, problemOf } from "../phi/answer/question.ts";
import { type PhiBudgets, resolvePhi } from "../phi/answer/resolve.ts";
import { checkCertificateText, type CheckedFile } from "../phi/certificate/certificate_file.ts";
import { certificateFileText, statesProblem } from "../phi/certificate/certificate_writer.ts";
import { isRefutation } from "../phi/certificate/checker.ts";
import { budgetsOf, type ConfigurationQuery, questionOf } from "./configuration_query.ts";

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
  const problem = problemOf(asked.value, budgetsOf(query).maxWork);
  return success(problem !== undefined && isRefutation(problem, certificate));
}

/** What the check of a certificate file shows. */
export type CheckedCertificate = CheckedFile;

/**
 * Checks a certificate file (`docs/certificates.md`) by itself: whether it proves that the statements it names exclude one another.
 * {@link isCertificateOf} says whether its statement is that of a program.
 *
 * @example
 * ```ts
 * import { checkCertificateFile } from "../../mod.ts";
 * const file = `["dustrun-phi-certificate/1","main",[["x","int",0,9]],[["var",0],["int",10],["le",1,0]],[["body[0]",2]],` +
 *   `["dustrun-phi-refutation/3",[2],[],[[2]]]]`;
 * const checked = checkCertificateFile(file);
 * if (checked.kind !== "proof" || checked.conflict.join() !== "body[0]") throw new Error();
 * if (checkCertificateFile(file.replace("10", "9")).kind !== "no-proof") throw new Error();
 * if (checkCertificateFile(file.replace("10", "09")).kind !== "refused") throw new Error();
 * ```
 */
export function checkCertificateFile(file: string): CheckedCertificate {
  return checkCertificateText(file);
}

/**
 * Whether the statement of a certificate file is what a Φ process says. Fails with a sentence when the query does not fit the program,
 * or when the process cannot be translated within `maxWork`.
 */
export function isCertificateOf(
  program: Program,
  query: ConfigurationQuery,
  file: string,
): Result<boolean, string> {
  const asked = questionOf(program, query);
  if (!asked.ok) return asked;
  const { maxWork } = budgetsOf(query);
  const problem = problemOf(asked.value, maxWork);
  return problem === undefined
    ? failure(`not translated within max_work ${maxWork}`)
    : success(statesProblem(problem, file));
}

/** A refutation, and the certificate file that it is in. */
export interface Certificate {
  /** The text whose SHA-256 `phi_resolved` has. */
  readonly refutation: string;
  /** The certificate file, without a line feed at its end. */
  readonly file: string;
}

/** The certificate of a question that fits its program; `undefined` if it is not refuted within the budgets. */
export function certificateOfQuestion(
  question: PhiQuestion,
  budgets: PhiBudgets,
): Certificate | undefined {
  const { program, proc, given } = question;
  const resolution = resolvePhi(program, proc, given, { ...budgets, demand: "verdict" });
  const problem = problemOf(question, budgets.maxWork);
  if (resolution.verdict !== "inadmissible" || problem === undefined) return undefined;
  const { certificate: refutation } = resolution.explain();
  return { refutation, file: certificateFileText(problem, refutation) };
}
