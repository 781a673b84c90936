/**
 * Where the log of a new run goes: the store, a file, or standard output.
 *
 * @module
 */
import { type Appendable, AppendableFile, HOST_DISK, OpenFolder } from "../../api/files.ts";
import { folderOf } from "../../api/paths.ts";
import type { PreciousContent } from "../../api/realize.ts";
import type { ClosedLog } from "../../api/record.ts";
import { createRun, labelOf } from "../../api/runs.ts";
import { shellWord } from "../../api/visible.ts";
import type { OptionsOf } from "../spec/command_spec.ts";
import type { FORCE_OPTION, LOG_OPTION, STORE_OPTION } from "../spec/options.ts";
import { Fault } from "../host/fault.ts";
import { damagedStore, storeOf } from "./store_folder.ts";
import { ClosedPipe, type Io, unwritable } from "../host/io.ts";
import { shownData } from "../text/shown.ts";

/** The log of a new run. */
export interface NewLog {
  readonly file: Appendable;
  /** Absolute path; `undefined` for standard output, which cannot be made durable. */
  readonly path: string | undefined;
  /** Its name in messages: `run 17`, `log out.jsonl`. */
  readonly name: string;
  /** The operand by which commands name it: `17`, `out.jsonl`. */
  readonly reference: string;
  /** The folder that contains it, open; `undefined` for standard output. */
  readonly folder: OpenFolder | undefined;
  /** The run in the store's log; `undefined` where the log is not in a store. */
  readonly record: RunRecord | undefined;
}

/** A run in the log of its store, open so that it needs no permission. */
export interface RunRecord {
  /** The run's name wherever it goes. */
  readonly occurrence: string;
  /** Makes durable that the run began. */
  readonly sync: () => void;
  /** Records what the run's log was when it was closed. */
  readonly close: (closed: ClosedLog) => void;
  /** Closes the store's log. */
  readonly release: () => void;
}

/** Options about the log of a new run. */
type NewLogOptions = OptionsOf<
  readonly [typeof LOG_OPTION, typeof STORE_OPTION, typeof FORCE_OPTION]
>;

/** Creates the log of a run of the program at `program`. */
export async function openNewLog(
  program: string,
  args: NewLogOptions & { readonly mode: "realize" | "simulate" },
  io: Io,
): Promise<NewLog> {
  const asked = args.log;
  if (asked === "-") return streamedLog(io);
  const place = asked ?? storeOf(args);
  try {
    if (asked === undefined && args.store === undefined) refuseLink(place);
    return asked === undefined
      ? storedLog(place, program)
      : await namedLog(asked, args.force && args.mode === "realize");
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw unwritable(place, cause);
  }
}

/** A store that nobody named is no link: that may lead to anybody's. */
function refuseLink(store: string): void {
  if (HOST_DISK.readLink(store) === undefined) return;
  throw new Fault({
    code: "DR1306",
    message: "it is a link, and the command line does not name it",
    place: store,
    help: `if that is meant: --store ${shellWord(store)}`,
  });
}

function storedLog(store: string, program: string): NewLog {
  const created = createRun(store, program === "-" ? "stdin" : labelOf(program));
  if (!created.ok) throw damagedStore(store, created.failure);
  const { file, path, number, occurrence, storeLog } = created.value;
  const reference = String(number);
  const record: RunRecord = {
    occurrence,
    sync: () => storeLog.sync(),
    close: (closed) => {
      const written = storeLog.close(number, closed);
      if (!written.ok) throw damagedStore(store, written.failure);
    },
    release: () => storeLog.release(),
  };
  return { file, ...placeOf(path), name: `run ${reference}`, reference, record };
}

/** A file is overwritten only if nothing is lost with it, or if it is the log of what was realized and the user insists. */
async function namedLog(path: string, isForced: boolean): Promise<NewLog> {
  const isNew = HOST_DISK.kindOf(path) === "absent";
  const file = isNew ? AppendableFile.create(path) : AppendableFile.open(path);
  if (!isNew) {
    const content = (await import("../../api/realize.ts")).preciousContent(file);
    if (content !== "nothing" && !(content === "realized" && isForced)) {
      try {
        (await import("./log_operand.ts")).refuseOldForm({ path, log: file });
      } finally {
        file.close();
      }
      throw preciousFile(path, content);
    }
  }
  if (!isNew) file.truncate(0); // some file systems make closing slow for a file that was cut
  return { file, ...placeOf(path), name: `log ${path}`, reference: path, record: undefined };
}

function preciousFile(path: string, content: Exclude<PreciousContent, "nothing">): Fault {
  const messages = {
    "no log": "it exists, and is not a log",
    unfinished: "it is the log of a run whose effects are not all realized",
    realized: "it is the log of a run whose effects were realized, and says which",
  };
  const help = {
    "no log": "choose another file",
    unfinished: `dustrun audit ${shellWord(path)} says what is left to do; choose another file`,
    realized: "choose another file; a run that is realized replaces it with --force",
  };
  return new Fault({
    code: "DR1306",
    message: messages[content],
    place: path,
    help: help[content],
  });
}

function placeOf(given: string): { readonly path: string; readonly folder: OpenFolder } {
  const path = HOST_DISK.resolve(given);
  return { path, folder: new OpenFolder(folderOf(path)) };
}

/** Standard output as a log: bytes for a pipe or a file, text for a terminal. */
function streamedLog(io: Io): NewLog {
  const decoder = new TextDecoder();
  const write = (bytes: Uint8Array) => {
    if (!io.isStdoutTerminal) return io.streams.stdout.writeSync(bytes);
    io.stdout(shownData(decoder.decode(bytes, { stream: true })));
    return bytes.length;
  };
  let size = 0;
  const file: Appendable = {
    size: () => size,
    read: () => 0,
    write(bytes) {
      try {
        const count = write(bytes);
        size += count;
        return count;
      } catch (cause) {
        if (cause instanceof Deno.errors.BrokenPipe) throw new ClosedPipe();
        throw cause;
      }
    },
    truncate: () => {},
    sync: () => {},
    close: () => {},
  };
  return {
    file,
    path: undefined,
    folder: undefined,
    name: "log on stdout",
    reference: "-",
    record: undefined,
  };
}
