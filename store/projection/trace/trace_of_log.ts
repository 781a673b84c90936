/**
 * The summary trace of a log, as a stream of text.
 *
 * @module
 */
import { failure, type Result, success } from "../../../dvm/base/result.ts";
import type { SummaryTrace } from "../../../dvm/event/summary_trace.ts";
import type { Readable } from "../../file/byte_file.ts";
import { summaryTrace } from "../../log/execution_form.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import { LogReader } from "../../log/reader.ts";
import { scanLog } from "../../log/scan.ts";
import { hasEffects, type LogSummary, summarizeLog } from "../../log/summary.ts";

/** Why a log has no summary trace: it is damaged or has no outcome. */
export type NoTrace = LogDamage | { readonly code: "no-outcome" };

/**
 * The output of `dustrun --emit-trace` for the run of a log, piece by piece. Ends after a failure.
 *
 * @example
 * ```ts
 * import { executeText, executeToLog, LogWriter, MemoryFile, summaryTrace, summaryTraceText } from "../../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[{"Effect":{"kind":"emit","payload":"1"}},{"Return":{"expr":"0"}}]}]}]}`;
 * const log = new MemoryFile();
 * executeToLog({ artifacts: [{ name: "one", text }], input: {} }, new LogWriter(log));
 * const pieces = [...summaryTraceText(log)].map((piece) => piece.ok ? piece.value : "");
 * if (pieces.join("") !== `${JSON.stringify(summaryTrace(executeText(text)), undefined, 2)}\n`) throw new Error();
 * ```
 */
export function* summaryTraceText(source: Readable): Generator<Result<string, NoTrace>, void> {
  const scanned = scanLog(source);
  if (!scanned.ok) return yield scanned;
  const summary = summarizeLog(source);
  if (!summary.ok) return yield summary;
  if (summary.value?.outcome === undefined) return yield failure({ code: "no-outcome" });
  const isEffectful = hasEffects(source) && summary.value.outcome.effects > 0;
  const [head, tail] = frameOf(summary.value, summary.value.outcome, isEffectful);
  yield success(head);
  let isFirst = true;
  for (const read of isEffectful ? new LogReader(source).events() : []) {
    if (!read.ok) return yield read;
    const { event } = read.value;
    if (event.kind !== "effect") continue;
    const { effect: kind, payload } = event;
    yield success((isFirst ? "" : ",\n      ") + indented({ kind, payload }));
    isFirst = false;
  }
  yield success(`${tail}\n`);
}

/** The text before the effects and after them. */
function frameOf(
  { header }: LogSummary,
  outcome: NonNullable<LogSummary["outcome"]>,
  isEffectful: boolean,
): readonly [string, string] {
  const mark = { kind: "", payload: "" };
  // A failed run has no time; under `host-0.1` the trace has the time of the failure.
  const isTimed = outcome.error === undefined || header.semantics === "host-0.1";
  const trace: SummaryTrace = summaryTrace({
    outcome,
    effects: isEffectful ? [{ ...mark, value: "Unit" }] : [],
    ticks: isTimed ? outcome.ticks : 0,
  });
  const text = JSON.stringify(trace, undefined, 2);
  // No string in JSON contains a line break, so the placeholder is unique.
  const at = text.indexOf(indented(mark));
  return isEffectful ? [text.slice(0, at), text.slice(at + indented(mark).length)] : [text, ""];
}

function indented(effect: object): string {
  return JSON.stringify(effect, undefined, 2).replaceAll("\n", "\n      ");
}
