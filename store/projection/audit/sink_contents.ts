/**
 * What sinks hold of the effects that a log says were performed there. Looks, and changes nothing: no lock, no cut, no claim.
 *
 * @module
 */
import { type Readable, readRange } from "../../file/byte_file.ts";
import type { Disk } from "../../file/disk.ts";
import { checkLedger, type LedgerEntry } from "../../realize/ledger.ts";
import { payloadLines } from "../../realize/payload.ts";
import type { RecordedEffect } from "../../realize/sink.ts";

/** What a sink holds of some effects. */
export type Presence =
  /** All of it, as it was performed. */
  | { readonly kind: "present"; readonly entry?: number }
  /** Not, or not any more, or not as it was performed. */
  | { readonly kind: "absent"; readonly reason: string }
  /** A stream, a device, the log itself: there is nothing to look at. */
  | { readonly kind: "unknown" };

/** A ledger as it was found. */
export interface AuditedLedger {
  readonly path: string;
  readonly entries: number;
  /** How many of them the audited run intended. */
  readonly ofRun: number;
  /** The first bad line, from 1, and why; `undefined` in an unbroken chain. */
  readonly damage: { readonly line: number; readonly reason: string } | undefined;
}

/** Effects that were intended or performed together. */
export interface IntendedBatch {
  readonly sink: string;
  readonly key: string;
  /** Position of the sink before the act. */
  readonly position: number;
  readonly effects: readonly RecordedEffect[];
  readonly run: string;
}

/** Looks into sinks. Each is read once. */
export class SinkContents {
  readonly #disk: Disk;
  readonly #ledgers = new Map<string, LedgerView>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** The ledgers that were looked into; `keys` are those of the run's intents. */
  ledgers(keys: ReadonlySet<string>): AuditedLedger[] {
    return [...this.#ledgers].map(([path, { byKey, damage }]) => ({
      path,
      entries: byKey.size,
      ofRun: [...byKey.values()].filter(({ key }) => keys.has(key)).length,
      damage,
    }));
  }

  /** What the sink of a deed holds of one of its effects. */
  presenceOf(deed: IntendedBatch, effect: RecordedEffect): Presence {
    const [, kind, path] = /^(file|ledger):(.*)$/s.exec(deed.sink) ?? [];
    if (path === undefined) return { kind: "unknown" };
    return kind === "ledger"
      ? this.#inLedger(path, deed, effect)
      : this.#inFile(path, deed, effect);
  }

  #inFile(path: string, { position, effects }: IntendedBatch, effect: RecordedEffect): Presence {
    if (position < 0) return { kind: "unknown" };
    const file = this.#disk.kindOf(path) === "file" ? this.#disk.openToRead(path) : undefined;
    if (file === undefined) return { kind: "absent", reason: "the file is not there" };
    try {
      const before = effects.filter(({ index }) => index < effect.index);
      const at = position + payloadLines(before).length;
      const due = payloadLines([effect]);
      return holds(file, at, due)
        ? { kind: "present" }
        : { kind: "absent", reason: `byte ${at} of the file is not where it stands` };
    } finally {
      file.close();
    }
  }

  #inLedger(path: string, deed: IntendedBatch, effect: RecordedEffect): Presence {
    const { byKey, damage } = this.#ledger(path);
    const entry = byKey.get(`${deed.key} ${effect.index}`);
    if (entry === undefined) {
      const reason = damage === undefined
        ? "the ledger has no entry with its key"
        : `the ledger is damaged from line ${damage.line} on`;
      return { kind: "absent", reason };
    }
    const isSame = entry.payload === effect.payload && entry.kind === effect.kind &&
      entry.run === deed.run;
    return isSame
      ? { kind: "present", entry: entry.entry }
      : { kind: "absent", reason: `entry ${entry.entry} has its key and says something else` };
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
        (entry) => byKey.set(`${entry.key} ${entry.effect}`, entry),
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

function holds(file: Readable, at: number, due: Uint8Array): boolean {
  const found = readRange(file, { at, end: at + due.length });
  return found.length === due.length && found.every((byte, index) => byte === due[index]);
}
