/**
 * The `ledger:PATH` realizer: sealed records in a hash chain (`ledger.ts`). After a crash it is compared entry by entry with what was to
 * be sealed; other runs may have appended entries of their own.
 *
 * @module
 */
import type { EffectIntended } from "../../dvm/event/event.ts";
import type { SinkFile } from "../file/sink_file.ts";
import { digestOf, type LedgerEnd, ledgerLines } from "./ledger.ts";
import { recoverLedgerEnd } from "./ledger_end.ts";
import { findSealed } from "./sealed_batch.ts";
import type { Batch, Inspection, Performed, Sink } from "./sink.ts";
import { appendWhole, recordableInode, refusalAsValue, syncOrReason } from "./sink_writes.ts";

/** Appends entries to a ledger. */
export class LedgerSink implements Sink {
  readonly name: string;
  readonly canInspect = true;
  readonly inode: number | undefined;
  readonly #file: SinkFile;
  #end: LedgerEnd;

  private constructor(path: string, file: SinkFile, end: LedgerEnd) {
    this.name = `ledger:${path}`;
    this.inode = recordableInode(file.identity);
    this.#file = file;
    this.#end = end;
  }

  /** A sink for the ledger at a canonical path, which the caller has opened and locked. Returns the reason if it cannot be appended to. */
  static open(path: string, file: SinkFile): LedgerSink | string {
    const end = recoverLedgerEnd(file);
    return end.ok ? new LedgerSink(path, file, end.value) : `the ledger is damaged: ${end.failure}`;
  }

  position(): number {
    return this.#file.size();
  }

  perform(batch: Batch): Performed {
    const lines = ledgerLines(this.#end, batch);
    const bytes = new TextEncoder().encode(lines.join(""));
    const { reason, written, end } = appendWhole(this.#file, bytes);
    if (reason !== undefined) {
      const doubtful = written === 0 ? 0 : batch.effects.length;
      return { kind: "refused", reason, completed: 0, doubtful };
    }
    const last = lines.at(-1);
    if (last !== undefined) {
      this.#end = {
        entries: this.#end.entries + lines.length,
        digest: digestOf(last.slice(0, -1)),
      };
    }
    return { kind: "performed", end };
  }

  sync(): string | undefined {
    return syncOrReason(this.#file);
  }

  inspect(intent: EffectIntended, batch: Batch, isSuspect: boolean): Inspection {
    return refusalAsValue(() => this.#find(intent, batch, isSuspect));
  }

  #find({ position, inode }: EffectIntended, batch: Batch, isSuspect: boolean): Inspection {
    if (inode !== this.inode) {
      return unknown("the ledger was replaced since the effect was intended");
    }
    const found = findSealed(this.#file, { position, batch });
    if (!found.ok) return unknown(found.failure);
    const { pieces } = found.value;
    if (isSuspect) { for (const { at, bytes } of pieces) this.#file.rewrite(bytes, at); }
    this.#file.sync();
    const last = pieces.at(-1);
    const end = last === undefined ? position : last.at + last.bytes.length;
    return { kind: "known", present: pieces.length, end };
  }

  close(): void {
    this.#file.close();
  }
}

function unknown(reason: string): Inspection {
  return { kind: "unknown", reason };
}
