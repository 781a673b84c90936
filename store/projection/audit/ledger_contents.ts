/**
 * A ledger as an audit reads it: once, entry by entry, with the entries of each run.
 *
 * @module
 */
import type { Readable } from "../../file/byte_file.ts";
import { effectKey } from "../../realize/effect_key.ts";
import { checkLedger, type LedgerEntry } from "../../realize/ledger.ts";
import { isOf } from "../../realize/sealed_batch.ts";
import type { RecordedEffect } from "../../realize/sink.ts";
import type { Presence } from "./presence.ts";

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

/** The entries of one run, and what is wrong with them. */
interface RunEntries {
  readonly byIndex: Map<number, LedgerEntry>;
  readonly faults: string[];
  lastIndex: number;
}

/** The entries of a ledger, by run. */
export class LedgerContents {
  readonly #path: string;
  readonly #unread: Exclude<Presence, { kind: "present" }> | undefined;
  readonly #damage: AuditedLedger["damage"];
  readonly #byRun = new Map<string, RunEntries>();
  #entries = 0;

  /** Reads a ledger; or keeps why it cannot be read. Errors of the host are thrown. */
  constructor(path: string, source: Readable | Exclude<Presence, { kind: "present" }>) {
    this.#path = path;
    if ("kind" in source) {
      this.#unread = source;
      return;
    }
    const checked = checkLedger(source, (entry) => this.#add(entry));
    this.#damage = checked.ok ? undefined : checked.failure;
  }

  #add(entry: LedgerEntry): void {
    this.#entries++;
    let entries = this.#byRun.get(entry.run);
    if (entries === undefined) {
      entries = { byIndex: new Map(), faults: [], lastIndex: -1 };
      this.#byRun.set(entry.run, entries);
    }
    const { byIndex, faults } = entries;
    const { effect: index } = entry;
    const earlier = byIndex.get(index);
    if (earlier !== undefined) {
      faults.push(`entry ${entry.entry} is effect ${index} again, which is entry ${earlier.entry}`);
      return;
    }
    if (index < entries.lastIndex) {
      faults.push(`entry ${entry.entry} is effect ${index}, after effect ${entries.lastIndex}`);
    }
    if (entry.key !== effectKey(entry.run, index)) {
      faults.push(`entry ${entry.entry} has not the key of effect ${index}`);
    }
    byIndex.set(index, entry);
    entries.lastIndex = Math.max(entries.lastIndex, index);
  }

  /** What is known of the whole ledger, and of its entries of one run. */
  summary(run: string | undefined): AuditedLedger {
    const ofRun = run === undefined ? 0 : this.#byRun.get(run)?.byIndex.size ?? 0;
    return { path: this.#path, entries: this.#entries, ofRun, damage: this.#damage };
  }

  /** Entries of a run that its log does not account for, doubled or out of order, as sentences. `isDue`: the log intended the effect for it. */
  faultsOf(run: string, isDue: (index: number) => boolean): string[] {
    const entries = this.#byRun.get(run);
    if (entries === undefined) return [];
    const undue = [...entries.byIndex.values()].filter(({ effect }) => !isDue(effect));
    return [
      ...entries.faults,
      ...undue.map(({ entry, effect }) =>
        `entry ${entry} is effect ${effect}, which the log did not intend for it`
      ),
    ].map((fault) => `the ledger ${this.#path}: ${fault}`);
  }

  /** Whether the ledger has the entry of an effect. */
  presenceOf(effect: RecordedEffect, run: string): Presence {
    if (this.#unread !== undefined) return this.#unread;
    const entry = this.#byRun.get(run)?.byIndex.get(effect.index);
    if (entry === undefined) {
      return this.#damage === undefined
        ? { kind: "absent", reason: "the ledger has no entry with its key" }
        : { kind: "unknown", reason: `the ledger is damaged from line ${this.#damage.line} on` };
    }
    return isOf(entry, effect, run)
      ? { kind: "present", entry: entry.entry }
      : { kind: "absent", reason: `entry ${entry.entry} has its place and another content` };
  }
}
