/**
 * Reads from the sinks whether they contain the effects that a log records for them. Nothing is changed, locked or claimed; only regular
 * files are opened, each once, however many logs name it.
 *
 * @module
 */
import { type Readable, readRange } from "../../file/byte_file.ts";
import type { Disk } from "../../file/disk.ts";
import { hostReason } from "../../file/host_error.ts";
import { payloadLines } from "../../realize/payload.ts";
import { parseRealizer } from "../../realize/realizer.ts";
import type { RecordedEffect } from "../../realize/sink.ts";
import { LedgerContents } from "./ledger_contents.ts";
import type { Presence } from "./presence.ts";

/** Effects that were performed or intended together. */
export interface AuditedBatch {
  /** Its name in the log. */
  readonly sink: string;
  /** Consecutive effects, in order. */
  readonly effects: readonly RecordedEffect[];
  /** The occurrence of the run. */
  readonly run: string;
  /** Where they begin or end in the sink, in bytes: of an intent the one, of a receipt the other. */
  readonly position: number;
  /** Whether there is a receipt. Without one, other content in the same place says nothing. */
  readonly isRealized: boolean;
}

/** The sinks of any number of logs. */
export class SinkContents {
  readonly #disk: Disk;
  readonly #ledgers = new Map<string, LedgerContents>();
  readonly #files = new Map<string, Readable | Presence>();

  /** The sinks on a disk; none is open yet. */
  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** Whether the sink of a batch contains its effects, one answer for each. */
  presenceOf(batch: AuditedBatch): Presence[] {
    const ledger = this.ledgerOf(batch.sink);
    if (ledger !== undefined) {
      return batch.effects.map((effect) => ledger.presenceOf(effect, batch.run));
    }
    const file = this.#fileOf(batch);
    if ("kind" in file) return batch.effects.map(() => file);
    try {
      return presenceIn(file, batch);
    } catch (cause) {
      const unknown: Presence = { kind: "unknown", reason: hostReason(cause) };
      return batch.effects.map(() => unknown);
    }
  }

  /** The file of a batch, open; or why its content is not compared. */
  #fileOf({ sink, position }: AuditedBatch): Readable | Presence {
    const realizer = parseRealizer(sink);
    if (!realizer.ok) return { kind: "unknown", reason: "this is no sink" };
    if (realizer.value.kind !== "file") return UNKNOWN;
    const file = this.#file(realizer.value.path);
    if (position >= 0) return file;
    // A pipe or a device, which may be gone by now.
    return "kind" in file ? UNKNOWN : { kind: "unknown", reason: "it was no regular file then" };
  }

  /** The ledger that a sink is; `undefined` if it is none. */
  ledgerOf(sink: string): LedgerContents | undefined {
    const realizer = parseRealizer(sink);
    if (!realizer.ok || realizer.value.kind !== "ledger") return undefined;
    const { path } = realizer.value;
    let ledger = this.#ledgers.get(path);
    if (ledger === undefined) {
      ledger = this.#readLedger(path);
      this.#ledgers.set(path, ledger);
    }
    return ledger;
  }

  /** Closes what is open. */
  close(): void {
    for (const file of this.#files.values()) if (!("kind" in file)) file.close();
    this.#files.clear();
  }

  #readLedger(path: string): LedgerContents {
    const file = this.#open(path, "ledger");
    if ("kind" in file) return new LedgerContents(path, file);
    try {
      return new LedgerContents(path, file);
    } catch (cause) {
      return new LedgerContents(path, { kind: "unknown", reason: hostReason(cause) });
    } finally {
      file.close();
    }
  }

  #file(path: string): Readable | Presence {
    let file = this.#files.get(path);
    if (file === undefined) {
      file = this.#open(path, "file");
      this.#files.set(path, file);
    }
    return file;
  }

  #open(path: string, what: string): Readable | Exclude<Presence, { kind: "present" }> {
    try {
      const file = this.#disk.openToRead(path);
      if (file !== undefined) return file;
      return this.#disk.kindOf(path) === "absent"
        ? { kind: "absent", reason: `the ${what} does not exist` }
        : { kind: "unknown", reason: `${path} is not a regular file` };
    } catch (cause) {
      return { kind: "unknown", reason: hostReason(cause) };
    }
  }
}

const UNKNOWN: Presence = { kind: "unknown" };

const PRESENT: Presence = { kind: "present" };

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** Compares a file with the lines of a batch. No more is read than the batch is long. */
function presenceIn(file: Readable, { effects, position, isRealized }: AuditedBatch): Presence[] {
  const expected = payloadLines(effects);
  const { length } = expected;
  const start = isRealized ? position - length : position;
  const found = start < 0 ? new Uint8Array() : readRange(file, { at: start, end: start + length });
  if (isEqual(found, expected)) return effects.map(() => PRESENT);
  const lines = effects.map((effect) => payloadLines([effect]));
  let offset = 0;
  return lines.map((line): Presence => {
    const at = offset;
    offset += line.length;
    const part = found.subarray(at, offset);
    if (isEqual(part, line)) return PRESENT;
    if (!isRealized && part.length > 0) return UNKNOWN;
    return {
      kind: "absent",
      reason: `the file has other content at byte ${Math.max(start + at, 0)}`,
    };
  });
}
