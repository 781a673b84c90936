/**
 * The `file:PATH` realizer: one line per effect, appended to a file. Other programs may append to the file at any time: what they
 * write is never touched, and where it cannot be distinguished from what was to be written, the effect is in doubt.
 *
 * @module
 */
import type { EffectIntended } from "../../dvm/event/event.ts";
import { readRange } from "../file/byte_file.ts";
import { hostReason } from "../file/host_error.ts";
import type { SinkFile } from "../file/sink_file.ts";
import { isRaw, payloadLines } from "./payload.ts";
import type { Batch, Inspection, Performed, Sink } from "./sink.ts";
import { type ClaimContext, releaseClaim, takeClaim } from "./sink_claim.ts";
import { appendWhole, recordableInode, refusalAsValue, syncOrReason } from "./sink_writes.ts";
import { judgeRawTail, judgeTail } from "./tail_content.ts";

/** Others may append without end between a crash and the resumption; more than this is not searched. */
const TAIL_BYTES_MAX = 64 * 1024 * 1024;

/** Appends lines, and what a run writes to files, to a file. */
export class FileSink implements Sink {
  readonly name: string;
  readonly canInspect = true;
  readonly inode: number | undefined;
  readonly #path: string;
  readonly #file: SinkFile;
  readonly #context: ClaimContext;

  private constructor(path: string, file: SinkFile, context: ClaimContext) {
    this.name = `file:${path}`;
    this.inode = recordableInode(file.identity);
    this.#path = path;
    this.#file = file;
    this.#context = context;
  }

  /** A sink for the file at a canonical path, which the caller has opened and locked. Returns the reason if it cannot be claimed. */
  static open(path: string, file: SinkFile, context: ClaimContext): FileSink | string {
    return takeClaim(path, context) ?? new FileSink(path, file, context);
  }

  position(): number {
    return this.#file.size();
  }

  perform({ effects }: Batch): Performed {
    const appended = appendWhole(this.#file, payloadLines(effects));
    return appended.reason === undefined ? { kind: "performed", end: appended.end } : {
      kind: "refused",
      reason: appended.reason,
      completed: 0,
      doubtful: appended.written === 0 ? 0 : effects.length,
    };
  }

  sync(): string | undefined {
    return syncOrReason(this.#file);
  }

  inspect(intent: EffectIntended, batch: Batch, isSuspect: boolean): Inspection {
    return refusalAsValue(() => this.#find(intent, batch, isSuspect));
  }

  #find({ position, inode }: EffectIntended, { effects }: Batch, isSuspect: boolean): Inspection {
    if (inode !== this.inode) return unknown("the file was replaced since the effect was intended");
    if (position < 0) return unknown("the length of the file was not recorded with the intent");
    const size = this.#file.size();
    if (size < position) return unknown("the file is shorter than when the effect was intended");
    const expected = payloadLines(effects);
    if (size - position > expected.length + TAIL_BYTES_MAX) {
      return unknown("too much was appended to the file since the effect was intended");
    }
    const tail = readRange(this.#file, { at: position, end: size });
    const judged = effects.some(isRaw) ? judgeRawTail(tail, expected) : judgeTail(tail, expected);
    if (judged.kind === "unclear") {
      return unknown("something else was appended to the file since the effect was intended");
    }
    const found = judged.kind === "whole"
      ? expected.length
      : judged.kind === "none"
      ? 0
      : judged.length;
    if (isSuspect) this.#file.rewrite(expected.subarray(0, found), size - found);
    let end = size;
    if (found > 0 && found < expected.length) {
      const appended = appendWhole(this.#file, expected.subarray(found), size);
      if (appended.reason !== undefined) return { kind: "refused", reason: appended.reason };
      end = appended.end;
    }
    this.#file.sync();
    return { kind: "known", present: found === 0 ? 0 : effects.length, end };
  }

  close(isSettled: boolean): void {
    try {
      if (isSettled) releaseClaim(this.#path, this.#context);
    } catch (cause) {
      hostReason(cause); // a claim that is left behind has no effect
    }
    this.#file.close();
  }
}

function unknown(reason: string): Inspection {
  return { kind: "unknown", reason };
}
