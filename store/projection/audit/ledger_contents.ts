/**
 * A ledger as an audit reads it: once, entry by entry, with the entries of each run.
 *
 * @module
 */
import type { Readable } from "../../file/byte_file.ts";
import { checkLedger, type LedgerEntry } from "../../realize/ledger.ts";
import type { RecordedEffect } from "../../realize/sink.ts";
import type { Presence } from "./presence.ts";
import { RunEntries } from "./run_entries.ts";

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

/** The entries of a ledger, by run. */
export class LedgerContents {
  readonly #path: string;
  readonly #unread: Exclude<Presence, { kind: "present" }> | undefined;
  readonly #damage: AuditedLedger["damage"];
  readonly #byRun = new Map<string, RunEntries>();
  /** Those of the latest entry, which mostly are those of the next. */
  #latest: RunEntries | undefined;
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
    const { run } = entry;
    if (run !== this.#latest?.run) {
      const known = this.#byRun.get(run) ?? new RunEntries(run);
      this.#byRun.set(run, known);
      this.#latest = known;
    }
    this.#latest?.add(entry);
  }

  /** What is known of the whole ledger, and of its entries of one run. */
  summary(run: string | undefined): AuditedLedger {
    const ofRun = run === undefined ? 0 : this.#byRun.get(run)?.size ?? 0;
    return { path: this.#path, entries: this.#entries, ofRun, damage: this.#damage };
  }

  /** Entries of a run that its log does not account for, doubled or out of order, as sentences. `isDue`: the log intended the effect for it. */
  faultsOf(run: string, isDue: (index: number) => boolean): string[] {
    const entries = this.#byRun.get(run);
    if (entries === undefined) return [];
    const faults = [...entries.faults];
    for (const { entry, effect } of entries.all()) {
      if (isDue(effect)) continue;
      faults.push(`entry ${entry} is effect ${effect}, which the log did not intend for it`);
    }
    return faults.map((fault) => `the ledger ${this.#path}: ${fault}`);
  }

  /** Whether the ledger has the entry of an effect. */
  presenceOf(effect: RecordedEffect, run: string): Presence {
    if (this.#unread !== undefined) return this.#unread;
    const entry = this.#byRun.get(run)?.find(effect.index);
    if (entry === undefined) {
      return this.#damage === undefined
        ? { kind: "absent", reason: "the ledger has no entry with its key" }
        : { kind: "unknown", reason: `the ledger is damaged from line ${this.#damage.line} on` };
    }
    return entry.hasKey && entry.kind === effect.kind && entry.payload === effect.payload
      ? { kind: "present", entry: entry.entry }
      : { kind: "absent", reason: `entry ${entry.entry} has its place and another content` };
  }
}
