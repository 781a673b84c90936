/**
 * Operands that are a log or a summary trace, distinguished by their beginning.
 *
 * @module
 */
import type { Readable } from "../../api/files.ts";
import { parseSummary, type SummaryText } from "../../api/trace.ts";
import type { StoreOption } from "../spec/options.ts";
import type { Io } from "../host/io.ts";
import { otherKind, WANTED, type Wanted } from "./file_gate.ts";
import { kindOf } from "./file_kind.ts";
import { headOf, openLog } from "./log_operand.ts";
import { decodeText } from "./text_file.ts";
import { readStream } from "../host/read_stream.ts";
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

/** Another file that was read, but not parsed yet. */
export interface UnreadText {
  readonly kind: "text";
  readonly path: string;
  readonly text: string;
}

/** Opens a log, or reads the text of a summary trace. */
export function openTrace(
  reference: string,
  args: StoreOption,
  io: Io,
): LogOperand | UnreadText {
  return openLogOr(WANTED.trace, reference, args, io);
}

/** Opens a log, or reads the text of the other kind of file that is wanted. */
export function openLogOr(
  wanted: Wanted,
  reference: string,
  args: StoreOption,
  io: Io,
): LogOperand | UnreadText {
  const { path, log } = openLog(reference, args, io, wanted);
  const kind = kindOf(headOf(log));
  if (kind === "log" || kind === "empty") {
    return { kind: "log", path, source: watchReading(log, io) };
  }
  try {
    return { kind: "text", path, text: decodeText(readWhole(log, path), path) };
  } finally {
    log.close();
  }
}

/** Parses the text of a summary trace. */
export function readSummary({ path, text }: UnreadText): SummaryOperand {
  const parsed = parseSummary(text);
  if (parsed.ok) return { kind: "summary", path, trace: parsed.value };
  throw otherKind(path, WANTED.trace, `neither a log nor a summary trace: ${parsed.failure}`);
}

/** All bytes of an open file. */
function readWhole(log: Readable, path: string): Uint8Array {
  let at = 0;
  const readSync = (into: Uint8Array) => {
    const count = log.read(into, at);
    at += count;
    return count;
  };
  return readStream({ readSync }, path);
}
