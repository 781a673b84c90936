/**
 * Operands that are a log or a summary trace, distinguished by their first line.
 *
 * @module
 */
import type { Readable } from "../../api/files.ts";
import { parseSummary, type SummaryText } from "../../api/trace.ts";
import type { StoreOption } from "../spec/options.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { openLog } from "./log_operand.ts";
import { watchReading } from "../host/progress.ts";

/** A log that is open. Whoever opens it closes it. */
export interface LogOperand {
  readonly kind: "log";
  readonly path: string;
  readonly source: Readable;
}

/** A summary trace that was read. */
export interface SummaryOperand {
  readonly kind: "summary";
  readonly path: string;
  readonly trace: SummaryText;
}

/** A summary trace that was read, but not parsed yet. */
export interface UnreadSummary {
  readonly kind: "text";
  readonly path: string;
  readonly text: string;
}

/** Opens a log, or reads the text of a summary trace: a log's first line has a number. */
export function openTrace(
  reference: string,
  args: StoreOption,
  io: Io,
): LogOperand | UnreadSummary {
  const { path, log } = openLog(reference, args);
  const head = new Uint8Array(64);
  const count = log.read(head, 0);
  const isLog = count === 0 ||
    new TextDecoder().decode(head.subarray(0, count)).startsWith('{"seq"');
  if (isLog) return { kind: "log", path, source: watchReading(log, io) };
  log.close();
  return { kind: "text", path, text: io.readText(path) };
}

/** Parses the text of a summary trace. */
export function readSummary({ path, text }: UnreadSummary): SummaryOperand {
  const parsed = parseSummary(text);
  if (parsed.ok) return { kind: "summary", path, trace: parsed.value };
  throw new Fault({
    code: "DR1308",
    message: `neither a log nor a summary trace: ${parsed.failure}`,
    place: path,
    help: "a log begins with run_started; a summary trace is what --emit-trace prints",
  });
}
