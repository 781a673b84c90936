/**
 * Runs one case and compares its result with the expectation of its author, then with its golden trace.
 *
 * @module
 */
import type { PlainArgument } from "../../dvm/event/input.ts";
import { parsePlain } from "../../dvm/event/plain_json.ts";
import { executeArtifacts } from "../log/execution.ts";
import { type Execution, summaryTrace } from "../log/execution_form.ts";
import { parseJsonc } from "../json/jsonc.ts";
import { type JudgedTrace, judgeTrace } from "./equivalence.ts";
import type { ConformanceCase, GoldenPlace } from "./fixture.ts";
import { firstDifference, renderDifference } from "../json/first_difference.ts";

/** File access of conformance. */
export interface ConformanceFiles {
  /** The content of a file; `undefined` if it does not exist. */
  readonly read: (path: string) => string | undefined;
}

/** The result of a case. A skip is never a pass. */
export interface CaseResult {
  /** The name of the case. */
  readonly name: string;
  /** The fixture file that contains it. */
  readonly file: string;
  /** The verdict. */
  readonly status: "pass" | "fail" | "skip";
  /** The first difference, or why it was skipped; empty for a pass. */
  readonly reason: string;
  /** The specification clauses that it tests. */
  readonly covers: readonly string[];
  /** For a failure in simulation: whether the expectation or only the golden trace is not met. */
  readonly unmet?: "expectation" | "golden";
  /** Set if it failed only because the log of the other executor has no outcome. */
  readonly isIncomplete?: true;
  /** The trace of the run, for blessing; absent if nothing ran. */
  readonly trace?: string;
}

/** Runs one case in simulation. */
export function runCase(one: ConformanceCase, files: ConformanceFiles): CaseResult {
  if (one.skip !== "") return result(one, "skip", one.skip);
  const execution = executeCase(one, files);
  if (typeof execution === "string") return result(one, "fail", execution);
  const trace = JSON.stringify(summaryTrace(execution));
  const passed = { ...result(one, "pass", ""), trace };
  const golden = one.golden === undefined ? undefined : readGolden(one.golden, files);
  if (one.golden === undefined && Object.keys(one.expect).length === 0) {
    return {
      ...passed,
      status: "skip",
      reason: "nothing to compare with: neither expect nor golden",
    };
  }
  const unexpected = expectationFailure(one, execution);
  if (unexpected !== undefined) {
    return { ...passed, status: "fail", reason: unexpected, unmet: "expectation" };
  }
  const reason = goldenFailure(one, golden, { trace, files });
  return reason === undefined ? passed : { ...passed, status: "fail", reason, unmet: "golden" };
}

/** Judges the trace or log of another executor for a case. Without one, the case is skipped. */
export function judgeCase(
  one: ConformanceCase,
  given: string | undefined,
  files: ConformanceFiles,
): CaseResult {
  if (one.skip !== "") return result(one, "skip", one.skip);
  if (given === undefined) return result(one, "skip", "the backend gave no trace");
  const execution = executeCase(one, files);
  if (typeof execution === "string") return result(one, "fail", execution);
  const judged: JudgedTrace = judgeTrace(execution, given);
  if (judged.verdict === "skipped") return result(one, "skip", judged.reasons.join("; "));
  if (judged.verdict === "equivalent") return result(one, "pass", "");
  if (judged.verdict === "incomplete") {
    return { ...result(one, "fail", judged.reasons.join("; ")), isIncomplete: true };
  }
  const clauses = judged.clauses.length === 0 ? "" : ` (${judged.clauses.join(", ")})`;
  return result(one, "fail", `${judged.reasons.join("; ")}${clauses}`);
}

/** Reads the golden trace at a place; `undefined` if there is none. */
export function readGolden(
  { path, member }: GoldenPlace,
  files: ConformanceFiles,
): PlainArgument | undefined {
  const value = parsedGolden(path, files);
  if (member === undefined) return value;
  const isObject = typeof value === "object" && value !== null;
  return isObject ? new Map<string, PlainArgument>(Object.entries(value)).get(member) : undefined;
}

/** Parsed golden files by path: a file with many traces is parsed once per suite. */
const goldens = new WeakMap<ConformanceFiles, Map<string, PlainArgument | undefined>>();

function parsedGolden(path: string, files: ConformanceFiles): PlainArgument | undefined {
  const known = goldens.get(files) ?? new Map<string, PlainArgument | undefined>();
  goldens.set(files, known);
  if (!known.has(path)) {
    const text = files.read(path);
    const parsed = text === undefined ? undefined : parseJsonc(text);
    known.set(path, parsed?.ok === true ? parsed.value : undefined);
  }
  return known.get(path);
}

/** Executes a case; returns the reason if its artifacts cannot be read. */
function executeCase(one: ConformanceCase, files: ConformanceFiles): Execution | string {
  const artifacts: { name: string; text: string }[] = [];
  for (const path of one.artifacts) {
    const text = files.read(path);
    if (text === undefined) return `${path} cannot be read`;
    artifacts.push({ name: path.split(/[/\\]/).at(-1) ?? path, text });
  }
  return executeArtifacts(artifacts, one.input);
}

function expectationFailure(one: ConformanceCase, execution: Execution): string | undefined {
  const { outcome } = execution;
  const { status, kind, returned, effects } = one.expect;
  const actual = outcome.error === undefined
    ? outcome.status
    : `${outcome.status} ${outcome.error.kind}`;
  const isOther = (status !== undefined && status !== outcome.status) ||
    (kind !== undefined && kind !== outcome.error?.kind);
  if (isOther) {
    const expected = [status, kind].filter((word) => word !== undefined).join(" ");
    const message = outcome.error === undefined ? "" : `: ${outcome.error.message}`;
    return `expected ${expected}, got ${actual}${message}`;
  }
  const trace = parsePlain(JSON.stringify(summaryTrace(execution)));
  if (!trace.ok) return trace.failure.message;
  const given = new Map<string, PlainArgument>(Object.entries(Object(trace.value)));
  const events = Object(given.get("effects") ?? { events: [] }).events;
  const found =
    (returned === undefined
      ? undefined
      : firstDifference(returned, given.get("returned"), "returned")) ??
      (effects === undefined ? undefined : firstDifference(effects, events, "effects.events"));
  return found === undefined ? undefined : renderDifference(found);
}

/** Compares with the golden trace. Of a load failure only the kind is compared, since messages depend on the JSON parser. */
function goldenFailure(
  one: ConformanceCase,
  golden: PlainArgument | undefined,
  { trace, files }: { readonly trace: string; readonly files: ConformanceFiles },
): string | undefined {
  if (one.golden === undefined) return undefined;
  if (golden === undefined) return missingGolden(one.golden, files);
  const actual = parsePlain(trace);
  if (!actual.ok) return actual.failure.message;
  if (kindOf(golden) === "DirLoad" && kindOf(actual.value) === "DirLoad") return undefined;
  const found = firstDifference(golden, likeGolden(golden, actual.value));
  return found === undefined ? undefined : renderDifference(found);
}

/** Why there is no golden trace: its file is not JSON, or does not have it. */
function missingGolden({ path }: GoldenPlace, files: ConformanceFiles): string {
  const text = files.read(path);
  const parsed = text === undefined ? undefined : parseJsonc(text);
  return parsed === undefined || parsed.ok
    ? `no golden trace in ${path}: bless it`
    : `${path}: ${parsed.failure.message}`;
}

/** If the golden trace of a failure has no message, the message of the actual trace is not compared either. */
function likeGolden(golden: PlainArgument, actual: PlainArgument): PlainArgument {
  const isFree = kindOf(golden) !== undefined && Object(Object(golden).error).message === undefined;
  return isFree && kindOf(actual) !== undefined
    ? { ...Object(actual), error: { kind: Object(Object(actual).error).kind } }
    : actual;
}

function kindOf(trace: PlainArgument): unknown {
  return Object(Object(trace).error).kind;
}

function result(
  { name, file, covers }: ConformanceCase,
  status: CaseResult["status"],
  reason: string,
): CaseResult {
  return { name, file, status, reason, covers };
}
