/**
 * The `ledger:PATH` realizer: sealed records in a chain (`ledger.ts`). It can tell what it had done, whatever came behind it: each
 * entry carries the key of the intent that made it.
 *
 * @module
 */
import type { EffectIntended } from "../../dvm/event/event.ts";
import { assert } from "../../dvm/base/result.ts";
import type { Appendable } from "../file/byte_file.ts";
import type { Disk } from "../file/disk.ts";
import { appendOrCutBack, openOrCreate, orRefused, syncOrReason } from "./file_sink.ts";
import { entriesFrom, findEnd, type LedgerEnd, ledgerLines } from "./ledger.ts";
import { sha256 } from "../file/sha256.ts";
import type { Batch, Performed, Recollection, Sink } from "./sink.ts";

/** Records at the end of a ledger. */
export class LedgerSink implements Sink {
  readonly name: string;
  readonly canTell = true;
  readonly #file: Appendable;
  #end: LedgerEnd;

  private constructor(path: string, file: Appendable, end: LedgerEnd) {
    this.name = `ledger:${path}`;
    this.#file = file;
    this.#end = end;
  }

  /** Opens, or makes, the ledger at a resolved path. A text says why it takes no entry. */
  static open(path: string, disk: Disk): LedgerSink | string {
    const file = openOrCreate(path, disk);
    let isOpen = false;
    try {
      const end = findEnd(file);
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
    const performed = appendOrCutBack(this.#file, bytes, batch.effects.length);
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

  recall(intent: EffectIntended, batch: Batch, isSuspect: boolean): Recollection {
    return orRefused(() => this.#look(intent, batch, isSuspect));
  }

  #look(intent: EffectIntended, { effects }: Batch, isSuspect: boolean): Recollection {
    if (this.#file.size() < intent.position) {
      return { kind: "untold", reason: "the ledger is shorter than when the effect was intended" };
    }
    let held = 0;
    let others = 0;
    for (const { key, effect } of entriesFrom(this.#file, intent.position)) {
      if (key !== intent.key) others++;
      else if (effect === effects[held]?.index) held++;
    }
    if (isSuspect && others === 0 && held > 0) {
      this.#file.truncate(intent.position);
      held = 0;
    }
    this.#file.sync();
    this.#findEnd();
    return { kind: "told", held };
  }

  #findEnd(): void {
    const end = findEnd(this.#file);
    assert(end.ok, "a ledger that was just read ends in an entry");
    this.#end = end.value;
  }

  close(): void {
    this.#file.close();
  }
}
