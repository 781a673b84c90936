/**
 * The rules of a store's log that concern several lines (docs/store.md), and what the lines say together: which runs there are.
 *
 * @module
 */
import { unreachable } from "../../dvm/base/result.ts";
import type { FileIdentity } from "../file/shared_file.ts";
import type { ClosedLog } from "../log/closed_log.ts";
import {
  LOG_NAME,
  type RunBegun,
  type RunClosed,
  type StoreLine,
  type StoreNamed,
} from "./store_line.ts";

/** A name of the store, and from which line on. */
export interface StoreName extends FileIdentity {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Index of its line, from 0. */
  readonly from: number;
}

/** A run as the store's log records it. */
export interface RecordedRun {
  /** From 1. */
  readonly number: number;
  /** The name of its log in `runs/`; `undefined` for a run older than the store's log. */
  readonly file: string | undefined;
  /** The run's name wherever it goes; `undefined` for a run older than the store's log. */
  readonly occurrence: string | undefined;
  /** The id of the store when it began. */
  readonly store: string;
  /** What its log was at each close, oldest first; each extends the one before it. */
  readonly closed: readonly ClosedLog[];
  /** Whether it was removed on purpose. */
  readonly removed: boolean;
}

/** Checks the lines of a store's log one after the other. */
export class StoreRules {
  /** The names of the store, the one in force last. */
  readonly names: StoreName[] = [];
  /** The runs by number. */
  readonly runs = new Map<number, RecordedRun>();
  readonly #occurrences = new Set<string>();
  #lines = 0;
  #last = 0;
  #older = 0;
  #store = 0;

  /** Number of lines. */
  get lines(): number {
    return this.#lines;
  }
  /** The highest number that was given out. */
  get last(): number {
    return this.#last;
  }
  /** The highest number of a run when the log was made: what is known of such runs is only that they were there. */
  get older(): number {
    return this.#older;
  }

  /** Adds the line at a byte offset; returns the rule that it violates. */
  accept(line: StoreLine, offset: number): string | undefined {
    const reason = this.#refusal(line, offset);
    if (reason === undefined) this.#add(line, offset);
    return reason;
  }

  #refusal(line: StoreLine, offset: number): string | undefined {
    const isFirst = this.#lines === 0;
    if (isFirst && line.kind !== "store") return "the first line does not name the store";
    const store = line.kind === "store" ? offset : this.#store;
    if (line.store !== store) return `store is ${line.store}, and the line in force is at ${store}`;
    const last = isFirst ? line.last : this.#last + (line.kind === "begun" ? 1 : 0);
    if (line.last !== last) return `last is ${line.last} instead of ${last}`;
    switch (line.kind) {
      case "store":
        return this.names.some(({ id }) => id === line.id) ? "the id was used before" : undefined;
      case "begun":
        return this.#refusalOfBegun(line);
      case "closed":
        return this.#refusalOfClosed(line);
      case "removed":
        return this.#refusalOfRun(line.run, this.#older);
      default:
        return unreachable(line);
    }
  }

  #refusalOfBegun({ run, last, file, occurrence }: RunBegun): string | undefined {
    if (run !== last) return `run is ${run} instead of ${last}`;
    const [, digits] = LOG_NAME.exec(file) ?? [];
    if (digits !== paddedNumber(run)) return `the file of run ${run} has another number`;
    return this.#occurrences.has(occurrence) ? "the occurrence is that of another run" : undefined;
  }

  #refusalOfClosed(line: RunClosed): string | undefined {
    const before = this.runs.get(line.run)?.closed.at(-1);
    const reason = this.#refusalOfRun(line.run, 0);
    if (reason !== undefined || before === undefined) return reason;
    if (line.blocks < before.blocks) return `run ${line.run} has fewer blocks than before`;
    if (line.blocks === before.blocks && line.root !== before.root) {
      return `run ${line.run} has another root than before`;
    }
    const isOther = before.identity !== undefined &&
      (line.identity !== before.identity || line.outcome !== before.outcome);
    return isOther ? `run ${line.run} has another outcome than before` : undefined;
  }

  /** Why a line cannot be about a run; runs up to `older` need not have begun in this log. */
  #refusalOfRun(number: number, older: number): string | undefined {
    const run = this.runs.get(number);
    if (run?.removed === true) return `run ${number} was removed before`;
    const isOlder = number >= 1 && number <= older;
    return run === undefined && !isOlder ? `run ${number} did not begin in this store` : undefined;
  }

  #add(line: StoreLine, offset: number): void {
    const index = this.#lines++;
    this.#last = line.last;
    if (index === 0) this.#older = line.last;
    switch (line.kind) {
      case "store":
        this.#store = offset;
        this.names.push(nameOf(line, index));
        return;
      case "begun":
        this.#occurrences.add(line.occurrence);
        this.#set(line.run, { file: line.file, occurrence: line.occurrence });
        return;
      case "closed": {
        const { blocks, root, identity, outcome } = line;
        const closed: ClosedLog = {
          blocks,
          root,
          ...(identity === undefined ? {} : { identity }),
          ...(outcome === undefined ? {} : { outcome }),
        };
        this.#set(line.run, { closed: [...this.runs.get(line.run)?.closed ?? [], closed] });
        return;
      }
      case "removed":
        this.#set(line.run, { removed: true });
        return;
      default:
        return unreachable(line);
    }
  }

  #set(number: number, change: Partial<RecordedRun>): void {
    const found = this.runs.get(number) ?? {
      number,
      file: undefined,
      occurrence: undefined,
      store: this.names.at(-1)?.id ?? "",
      closed: [],
      removed: false,
    };
    this.runs.set(number, { ...found, ...change });
  }
}

/** A number as the names of files have it. */
export function paddedNumber(number: number): string {
  return String(number).padStart(6, "0");
}

function nameOf({ id, inode, birth }: StoreNamed, from: number): StoreName {
  return {
    id,
    from,
    ...(inode === undefined ? {} : { inode }),
    ...(birth === undefined ? {} : { birth }),
  };
}
