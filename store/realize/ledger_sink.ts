/**
 * The `ledger:PATH` realizer: sealed records in a hash chain (`ledger.ts`). It can be inspected after a crash even if others appended
 * entries, because each entry has the key of its effect.
 *
 * @module
 */
import type { EffectIntended } from "../../dvm/event/event.ts";
import { assert } from "../../dvm/base/result.ts";
import type { Appendable } from "../file/byte_file.ts";
import type { Disk } from "../file/disk.ts";
import { appendOrTruncate, openOrCreate, refusalAsValue, syncOrReason } from "./file_sink.ts";
import { effectKey } from "./effect_key.ts";
import { entriesFrom, type LedgerEnd, ledgerLines, recoverLedgerEnd } from "./ledger.ts";
import { sha256 } from "../file/sha256.ts";
import type { Batch, Inspection, Performed, Sink } from "./sink.ts";

/** Appends entries to a ledger. */
export class LedgerSink implements Sink {
  readonly name: string;
  readonly canInspect = true;
  readonly #file: Appendable;
  #end: LedgerEnd;

  private constructor(path: string, file: Appendable, end: LedgerEnd) {
    this.name = `ledger:${path}`;
    this.#file = file;
    this.#end = end;
  }

  /** Opens or creates the ledger at a canonical path. Returns the reason if it cannot be appended to. */
  static open(path: string, disk: Disk): LedgerSink | string {
    const file = openOrCreate(path, disk);
    let isOpen = false;
    try {
      const end = recoverLedgerEnd(file);
      if (!end.ok) return `the ledger is damaged: ${end.failure}`;
      isOpen = true;
      return new LedgerSink(path, file, end.value);
    } finally {
      if (!isOpen) file.close();
    }
  }

  position(): number {
    return this.#file.size();
  }

  perform(batch: Batch): Performed {
    const lines = ledgerLines(this.#end, batch);
    const bytes = new TextEncoder().encode(lines.join(""));
    const performed = appendOrTruncate(this.#file, bytes, batch.effects.length);
    const last = lines.at(-1);
    if (performed.kind === "performed" && last !== undefined) {
      this.#end = {
        entries: this.#end.entries + lines.length,
        digest: `sha256:${sha256(last.slice(0, -1))}`,
      };
    }
    return performed;
  }

  sync(): string | undefined {
    return syncOrReason(this.#file);
  }

  inspect(intent: EffectIntended, batch: Batch, isSuspect: boolean): Inspection {
    return refusalAsValue(() => this.#find(intent, batch, isSuspect));
  }

  #find(intent: EffectIntended, { run, effects }: Batch, isSuspect: boolean): Inspection {
    if (this.#file.size() < intent.position) {
      return { kind: "unknown", reason: "the ledger is shorter than when the effect was intended" };
    }
    let present = 0;
    let others = 0;
    for (const { key } of entriesFrom(this.#file, intent.position)) {
      const expected = effects[present];
      if (expected !== undefined && key === effectKey(run, expected.index)) present++;
      else others++;
    }
    if (isSuspect && others === 0 && present > 0) {
      this.#file.truncate(intent.position);
      present = 0;
    }
    this.#file.sync();
    this.#recoverEnd();
    return { kind: "known", present };
  }

  #recoverEnd(): void {
    const end = recoverLedgerEnd(this.#file);
    assert(end.ok, "a ledger that was just read ends with an entry");
    this.#end = end.value;
  }

  close(): void {
    this.#file.close();
  }
}
