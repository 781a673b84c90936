/**
 * Reads from the sinks whether they contain the effects that a log records for them. Nothing is changed, locked or claimed.
 *
 * @module
 */
import { type Readable, readRange } from "../../file/byte_file.ts";
import type { Disk } from "../../file/disk.ts";
import { effectKey } from "../../realize/effect_key.ts";
import { checkLedger, type LedgerEntry } from "../../realize/ledger.ts";
import { payloadLines } from "../../realize/payload.ts";
import type { RecordedEffect } from "../../realize/sink.ts";

/** Whether a sink contains an effect. */
export type Presence =
  /** It contains the effect as recorded. */
  | { readonly kind: "present"; readonly entry?: number }
  /** It does not contain the effect, or contains something else instead. */
  | { readonly kind: "absent"; readonly reason: string }
  /** The sink cannot be read: a stream, a device, the log itself. */
  | { readonly kind: "unknown" };

/** A ledger as it was found. */
export interface AuditedLedger {
  /** Its absolute path. */
  readonly path: string;
  /** Number of valid entries. */
  readonly entries: number;
  /** Number of entries of the audited run. */
  readonly ofRun: number;
  /** The first invalid line, from 1, and why; `undefined` if the chain is unbroken. */
  readonly damage: { readonly line: number; readonly reason: string } | undefined;
}

/** Effects that were intended together. */
export interface IntendedBatch {
  readonly sink: string;
  /** Length of the sink before the effects were performed. */
  readonly position: number;
  readonly effects: readonly RecordedEffect[];
  readonly run: string;
}

/** Reads sinks. Each ledger is read once. */
export class SinkContents {
  readonly #disk: Disk;
  readonly #ledgers = new Map<string, LedgerView>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** The ledgers that were read, with their entries of a run. */
  ledgers(run: string | undefined): AuditedLedger[] {
    return [...this.#ledgers].map(([path, { byKey, damage }]) => ({
      path,
      entries: byKey.size,
      ofRun: [...byKey.values()].filter((entry) => entry.run === run).length,
      damage,
    }));
  }

  /** Whether the sink of a batch contains one of its effects. */
  presenceOf(batch: IntendedBatch, effect: RecordedEffect): Presence {
    const [, kind, path] = /^(file|ledger):(.*)$/s.exec(batch.sink) ?? [];
    if (path === undefined) return { kind: "unknown" };
    return kind === "ledger"
      ? this.#inLedger(path, batch, effect)
      : this.#inFile(path, batch, effect);
  }

  #inFile(path: string, { position, effects }: IntendedBatch, effect: RecordedEffect): Presence {
    if (position < 0) return { kind: "unknown" };
    const file = this.#disk.kindOf(path) === "file" ? this.#disk.openToRead(path) : undefined;
    if (file === undefined) return { kind: "absent", reason: "the file does not exist" };
    try {
      const before = effects.filter(({ index }) => index < effect.index);
      const at = position + payloadLines(before).length;
      const expected = payloadLines([effect]);
      return contains(file, at, expected)
        ? { kind: "present" }
        : { kind: "absent", reason: `the file has other content at byte ${at}` };
    } finally {
      file.close();
    }
  }

  #inLedger(path: string, batch: IntendedBatch, effect: RecordedEffect): Presence {
    const { byKey, damage } = this.#ledger(path);
    const entry = byKey.get(effectKey(batch.run, effect.index));
    if (entry === undefined) {
      const reason = damage === undefined
        ? "the ledger has no entry with its key"
        : `the ledger is damaged from line ${damage.line} on`;
      return { kind: "absent", reason };
    }
    const isSame = entry.payload === effect.payload && entry.kind === effect.kind &&
      entry.run === batch.run;
    return isSame
      ? { kind: "present", entry: entry.entry }
      : { kind: "absent", reason: `entry ${entry.entry} has its key and another content` };
  }

  #ledger(path: string): LedgerView {
    const known = this.#ledgers.get(path);
    if (known !== undefined) return known;
    const byKey = new Map<string, LedgerEntry>();
    let damage: AuditedLedger["damage"];
    const file = this.#disk.openToRead(path);
    if (file !== undefined) {
      const checked = checkLedger(
        file,
        (entry) => byKey.set(entry.key, entry),
      );
      file.close();
      if (!checked.ok) damage = checked.failure;
    }
    const view = { byKey, damage };
    this.#ledgers.set(path, view);
    return view;
  }
}

interface LedgerView {
  readonly byKey: ReadonlyMap<string, LedgerEntry>;
  readonly damage: AuditedLedger["damage"];
}

function contains(file: Readable, at: number, expected: Uint8Array): boolean {
  const found = readRange(file, { at, end: at + expected.length });
  return found.length === expected.length && found.every((byte, index) => byte === expected[index]);
}
