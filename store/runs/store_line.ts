/**
 * The lines of a store's log, `STORE/log` (docs/store.md). Each is one JSON object, compact, with its members in this order:
 *
 * ```json
 * {"kind":"store","format":"dustrun-store/1","id":"…","inode":7,"birth":"…","time":"…","last":0,"store":0}
 * {"kind":"begun","run":1,"file":"000001-hello.jsonl","occurrence":"…","time":"…","last":1,"store":0}
 * {"kind":"closed","run":1,"blocks":2,"root":"…","identity":"…","outcome":"returned","time":"…","last":1,"store":0}
 * {"kind":"removed","run":1,"time":"…","last":1,"store":0}
 * ```
 *
 * `last` is the highest number that was given out, and `store` the byte offset of the `store` line in force, so the last line alone
 * says how the next run is numbered.
 *
 * @module
 */
import type { FileIdentity } from "../file/shared_file.ts";
import type { ClosedLog } from "../log/closed_log.ts";

/** The form of the log. */
const STORE_FORMAT = "dustrun-store/1";

/** What every line has. */
export interface AnyStoreLine {
  /** When it was written: RFC 3339, UTC, with milliseconds. */
  readonly time: string;
  /** The highest number of a run so far; 0 if there is none. */
  readonly last: number;
  /** Byte offset of the `store` line in force; that line's own in a `store` line. */
  readonly store: number;
}

/** The store's name from here on. There is more than one where the store is a copy of another. */
export interface StoreNamed extends AnyStoreLine, FileIdentity {
  /** The kind. */
  readonly kind: "store";
  /** 128 random bits in 32 hexadecimal digits. */
  readonly id: string;
}

/** A run began: its number is taken, and its file exists. */
export interface RunBegun extends AnyStoreLine {
  /** The kind. */
  readonly kind: "begun";
  /** Its number. */
  readonly run: number;
  /** The name of its log in `runs/`. */
  readonly file: string;
  /** 128 random bits in 32 hexadecimal digits: the run's name wherever it goes. */
  readonly occurrence: string;
}

/** A writer closed the log of a run. */
export interface RunClosed extends AnyStoreLine, ClosedLog {
  /** The kind. */
  readonly kind: "closed";
  /** Its number. */
  readonly run: number;
}

/** A run was removed on purpose. */
export interface RunRemoved extends AnyStoreLine {
  /** The kind. */
  readonly kind: "removed";
  /** Its number. */
  readonly run: number;
}

/** One line. */
export type StoreLine = StoreNamed | RunBegun | RunClosed | RunRemoved;

/** What is recorded about a run: a line without its time and place. */
export type StoreFact =
  | Omit<RunBegun, keyof AnyStoreLine>
  | Omit<RunClosed, keyof AnyStoreLine>
  | Omit<RunRemoved, keyof AnyStoreLine>;

/** The line as text, without LF. */
export function encodeStoreLine(line: StoreLine): string {
  const { kind, time, last, store } = line;
  const end = { time, last, store };
  switch (kind) {
    case "store": {
      const { id, inode, birth } = line;
      return JSON.stringify({ kind, format: STORE_FORMAT, id, inode, birth, ...end });
    }
    case "begun": {
      const { run, file, occurrence } = line;
      return JSON.stringify({ kind, run, file, occurrence, ...end });
    }
    case "closed": {
      const { run, blocks, root, identity, outcome } = line;
      return JSON.stringify({ kind, run, blocks, root, identity, outcome, ...end });
    }
    case "removed":
      return JSON.stringify({ kind, run: line.run, ...end });
  }
}

/** Parses a line given without LF; `undefined` unless it has exactly the spelling of {@link encodeStoreLine}. */
export function parseStoreLine(text: string): StoreLine | undefined {
  const line = readLine(text);
  return line !== undefined && encodeStoreLine(line) === text ? line : undefined;
}

function readLine(text: string): StoreLine | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== "object" || json === null) return undefined;
  const members = new Members(json);
  const line = lineOf(members);
  return members.isSound ? line : undefined;
}

function lineOf(members: Members): StoreLine | undefined {
  const end = {
    time: members.text("time", TIME),
    last: members.count("last"),
    store: members.count("store"),
  };
  switch (members.text("kind", WORD)) {
    case "store":
      return {
        kind: "store",
        id: members.text("id", OCCURRENCE),
        ...(members.has("inode") ? { inode: members.count("inode") } : {}),
        ...(members.has("birth") ? { birth: members.text("birth", TIME) } : {}),
        ...end,
      };
    case "begun":
      return {
        kind: "begun",
        run: members.count("run"),
        file: members.text("file", LOG_NAME),
        occurrence: members.text("occurrence", OCCURRENCE),
        ...end,
      };
    case "closed":
      return {
        kind: "closed",
        run: members.count("run"),
        blocks: members.count("blocks"),
        root: members.text("root", ROOT),
        ...(members.has("identity") ? { identity: members.text("identity", ROOT) } : {}),
        ...(members.has("outcome") ? { outcome: members.text("outcome", WORD) } : {}),
        ...end,
      };
    case "removed":
      return { kind: "removed", run: members.count("run"), ...end };
    default:
      return undefined;
  }
}

/** The name of a run's log: its number, of six digits or more, and its label. */
export const LOG_NAME = /^([0-9]{6,15})-([A-Za-z0-9_-]{1,60})\.jsonl$/;

/** The greatest number that such a name can have. */
export const RUN_NUMBER_MAX = 10 ** 15 - 1;

/** The number and the label in the name of a run's log; `undefined` for every other name. */
export function parseLogName(
  name: string,
): { readonly number: number; readonly label: string } | undefined {
  const [, digits, label] = LOG_NAME.exec(name) ?? [];
  if (digits === undefined || label === undefined) return undefined;
  return { number: Number(digits), label };
}

const OCCURRENCE = /^[0-9a-f]{32}$/;
const ROOT = /^[0-9a-f]{64}$/;
const WORD = /^[a-z]{1,20}$/;
const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/;

/** Reads members of an object, and notes whether all of them are as asked. */
class Members {
  isSound = true;
  readonly #json: object;

  constructor(json: object) {
    this.#json = json;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#json, name);
  }

  count(name: string): number {
    const value: unknown = Reflect.get(this.#json, name);
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    this.isSound = false;
    return 0;
  }

  text(name: string, form: RegExp): string {
    const value: unknown = Reflect.get(this.#json, name);
    if (typeof value === "string" && form.test(value)) return value;
    this.isSound = false;
    return "";
  }
}
