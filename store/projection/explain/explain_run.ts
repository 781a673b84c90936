/**
 * Explains the outcome of a run: the diagnostics of replaying it, and the recorded events that decided it, with the values that they
 * depend on.
 *
 * @module
 */
import { type ExplainedConjunct, explainQuestion } from "../../../dvm/api/configurations.ts";
import { type Result, success } from "../../../dvm/base/result.ts";
import { stmtMark } from "../../../dvm/diagnostic/mark.ts";
import type { Proc, Program } from "../../../dvm/dir/model.ts";
import { renderPlace } from "../../../dvm/dir/notation.ts";
import { findStmt } from "../../../dvm/dir/statement_paths.ts";
import type {
  BindChecked,
  ConstraintFailed,
  Event,
  PhiResolved,
  ResourceDenied,
} from "../../../dvm/event/event.ts";
import { valueInForce } from "../../../dvm/event/frame.ts";
import type { State } from "../../../dvm/event/state.ts";
import { eventToWire, type WireEvent } from "../../../dvm/event/wire_event.ts";
import { slotsOf } from "../../../dvm/expr/walk.ts";
import { valueToWire, type WireValue } from "../../../dvm/value/wire_object.ts";
import type { Readable } from "../../file/byte_file.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import { decodeRecord, RawRecordReader } from "../../log/raw_record.ts";
import { replayLog } from "../replay/replay.ts";
import type { ReplayReport } from "../replay/report.ts";
import { LogStates } from "../state/states.ts";
import { questionAt } from "./refused_question.ts";

/** A decisive event, and what it depends on. */
export type Evidence =
  /** A constraint that does not hold, with the values of the names in it. */
  | {
    readonly kind: "constraint";
    readonly event: WireEvent<ConstraintFailed>;
    readonly names: readonly { readonly name: string; readonly value: WireValue }[];
  }
  /**
   * A Φ process without a configuration, and a conflict among its constraints. The explanation is recomputed from the program
   * in the log, with the recorded arguments and limits.
   */
  | {
    readonly kind: "conflict";
    readonly event: WireEvent<PhiResolved>;
    readonly statements: readonly ConflictStatement[];
    /** Empty when existence is undecided. */
    readonly conjuncts: readonly ExplainedConjunct[];
  }
  /** A Φ process with a configuration: the canonical one, unless the event says that the budget ended before that was known. */
  | { readonly kind: "configuration"; readonly event: WireEvent<PhiResolved> }
  /** A contract that a call violates. */
  | { readonly kind: "contract"; readonly event: WireEvent<BindChecked> }
  /** A resource that the environment does not offer. */
  | { readonly kind: "resource"; readonly event: WireEvent<ResourceDenied> };

/** A statement that takes part in a conflict. */
export interface ConflictStatement {
  /** Its path in the Φ process, `body[2]`; in a process that this one calls, `Φ::callee.body[0]`. */
  readonly path: string;
  /** Where it is, in the notation. */
  readonly place: string;
  /** The statement; empty where the program of the log is not known. */
  readonly text: string;
}

/** The explanation of a run. */
export interface LogExplanation {
  /** The replay of the run. Its diagnostics apply to the log only if the log is reproduced. */
  readonly replay: ReplayReport;
  /** The last decisive events, in order. */
  readonly evidence: readonly Evidence[];
}

/** Maximum number of decisive events in an explanation; a run may resolve many Φ processes. */
const EVIDENCE_MAX = 20;

/** Explains the run of a log. Fails if the log's header cannot be read. */
export function explainLog(source: Readable): Result<LogExplanation, LogDamage> {
  const replay = replayLog(source);
  if (!replay.ok) return replay;
  const evidence: Evidence[] = [];
  const reader = new RawRecordReader(source, { machineEventsOnly: true });
  for (let record = reader.next(); record !== undefined; record = reader.next()) {
    if (!DECISIVE.has(record.kind)) continue;
    const decoded = decodeRecord(record);
    const found = decoded.ok ? evidenceOf(decoded.value, source) : undefined;
    if (found === undefined) continue;
    evidence.push(found);
    if (evidence.length > EVIDENCE_MAX) evidence.shift();
  }
  return success({ replay: replay.value, evidence });
}

const DECISIVE: ReadonlySet<string> = new Set<Event["kind"]>([
  "constraint_failed",
  "phi_resolved",
  "bind_checked",
  "resource_denied",
]);

function evidenceOf(event: Event, source: Readable): Evidence | undefined {
  switch (event.kind) {
    case "constraint_failed":
      return { kind: "constraint", event: eventToWire(event), names: namesOf(event, source) };
    case "phi_resolved":
      if (event.verdict === "admissible") {
        return { kind: "configuration", event: eventToWire(event) };
      }
      return { kind: "conflict", event: eventToWire(event), ...conflictOf(event, source) };
    case "bind_checked":
      return event.holds ? undefined : { kind: "contract", event: eventToWire(event) };
    case "resource_denied":
      return { kind: "resource", event: eventToWire(event) };
    default:
      return undefined;
  }
}

/** The names in a failed constraint, with their values when it failed. */
function namesOf(
  event: ConstraintFailed,
  source: Readable,
): { readonly name: string; readonly value: WireValue }[] {
  const states = LogStates.open(source);
  const state = states.ok ? states.value.at({ kind: "event", seq: event.seq }) : states;
  return state.ok ? namesIn(state.value.state) : [];
}

function namesIn({ frames, refusal }: State): { name: string; value: WireValue }[] {
  const frame = frames[frames.length - 1];
  const failed = frame?.due[frame.decided];
  if (refusal?.kind !== "constraint" || frame === undefined || failed === undefined) return [];
  return slotsOf(failed.stmt.predicate.expr).flatMap((slot) => {
    const [name, value] = [frame.proc.slotNames[slot], valueInForce(frame, failed, slot)];
    return name === undefined || value === undefined ? [] : [{ name, value: valueToWire(value) }];
  });
}

/** The statements of a conflict, and what each constraint in it requires and what would have to change. */
function conflictOf(
  event: PhiResolved,
  source: Readable,
): Pick<Extract<Evidence, { kind: "conflict" }>, "statements" | "conjuncts"> {
  const { conflict = [] } = event;
  const asked = questionAt(source, event);
  if (asked === undefined) {
    return {
      statements: conflict.map((path) => ({ path, place: event.proc, text: "" })),
      conjuncts: [],
    };
  }
  const { question, budgets } = asked;
  const statements = conflict.map((path) => statementAt(question.program, question.proc, path));
  if (event.verdict !== "inadmissible") return { statements, conjuncts: [] };
  const explained = explainQuestion(question, budgets);
  return { statements, conjuncts: explained.ok ? explained.value.conjuncts : [] };
}

function statementAt(program: Program, proc: Proc, path: string): ConflictStatement {
  const located = findStmt(proc, path);
  if (located === undefined) return { path, place: proc.reference, text: "" };
  const mark = stmtMark(program, located.proc, located.stmt, { role: "conflict", label: "" });
  return { path, place: renderPlace(mark), text: mark.text };
}
