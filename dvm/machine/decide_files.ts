/**
 * Decisions about files: opening, reading, writing and closing them (RES-08, RES-09, RES-11, X-59). A file is open until any copy of its
 * handle is closed. What is written is appended, and is an effect: it is not taken back.
 *
 * @module
 */
import { WRITE_BYTES_MAX } from "../base/limits.ts";
import { assert } from "../base/result.ts";
import { fileModeOf } from "../event/file_mode.ts";
import type { Stmt } from "../dir/model.ts";
import type { Frame } from "../event/frame.ts";
import { ioEffect } from "../event/io_effect.ts";
import type { OpenFile, StoredFile } from "../event/io_state.ts";
import type { Region, State } from "../event/state.ts";
import { locksOf, othersAreLeft } from "../event/thread_state.ts";
import { payloadOfBytes } from "../value/bytes.ts";
import { type HandleOf, type MemValue, stringValue } from "../value/value.ts";
import { liveHolder, regionOf, usedAfterFree } from "./decide_memory.ts";
import { type Decision, type OperationCall, type Refused, refused } from "./decision.ts";
import { bytesIn } from "./region_bytes.ts";

/** `open(path, mode)`: the path is the name of a file in the environment. */
export function openFile(
  { seq, io }: State,
  { proc, stmt, args: [path, word] }: OperationCall,
): Decision {
  assert(path?.kind === "String" && word?.kind === "String", "open of what is no text");
  const name = path.value;
  const mode = fileModeOf(word.value);
  if (mode === undefined) return refused({ kind: "unknown_mode", proc, stmt, mode: word.value });
  const file = io.files.get(name);
  if (file === undefined) {
    return refused({ kind: "missing_file", proc, stmt, name, isListed: false });
  }
  const { modes, content, written } = file;
  if (!modes.includes(mode)) {
    return refused({ kind: "mode_not_allowed", proc, stmt, name, mode, modes });
  }
  if (mode === "r" && content === undefined) {
    return refused({ kind: "missing_file", proc, stmt, name, isListed: true });
  }
  if (mode === "w" && written !== undefined) {
    return refused({ kind: "written_again", proc, stmt, name, written });
  }
  return { seq, kind: "file_open", at: stmt.at, file: `f${io.openings + 1}`, name, mode };
}

/** `close(file)`. */
export function closeFile(state: State, call: OperationCall): Decision {
  const { stmt, args: [handle] } = call;
  assert(handle?.kind === "File", "close of what is no file");
  const opened = fileOf(state, call, handle);
  if ("failures" in opened) return opened;
  return { seq: state.seq, kind: "file_close", at: stmt.at, file: handle.value };
}

/** `read(file, buffer, n)`: as many bytes as there are, at most n, to the start of the buffer. */
export function readFile(state: State, call: OperationCall): Decision {
  const transfer = transferOf(state, call, "r");
  if ("failures" in transfer) return transfer;
  const { opened: { position }, stored: { length }, handle, buffer, region, count } = transfer;
  return {
    seq: state.seq,
    kind: "file_read",
    at: call.stmt.at,
    file: handle.value,
    region,
    holder: buffer.value,
    offset: position,
    count: Math.max(0, Math.min(count, length - position)),
  };
}

/** `write(file, buffer, n)`: the first n bytes of the buffer, all of them. */
export function writeFile(state: State, call: OperationCall): Decision {
  const { proc, stmt } = call;
  const transfer = transferOf(state, call, "wa");
  if ("failures" in transfer) return transfer;
  const { opened: { name }, stored, handle, buffer, memory, count } = transfer;
  if (count > WRITE_BYTES_MAX) {
    return refused({ kind: "write_limit", proc, stmt, size: count, limit: WRITE_BYTES_MAX });
  }
  const limit = state.input?.limits.max_memory ?? 0;
  const used = state.memory.used + state.io.kept;
  if (stored.modes.includes("r") && count > limit - used) {
    const operation = "write";
    return refused({ kind: "memory_limit", proc, stmt, operation, size: count, used, limit });
  }
  const payload = payloadOfBytes(bytesIn(memory, count));
  return {
    seq: state.seq,
    kind: "effect",
    at: stmt.at,
    index: state.effectCount,
    effect: ioEffect("write", name),
    value: stringValue(payload),
    payload,
    file: handle.value,
    holder: buffer.value,
  };
}

/** The failure of a run that ends while a file is open. */
export function leftOpen(
  { frames, io, threads }: State,
  { proc }: Frame,
  stmt: Stmt | undefined,
  decision: Decision,
): Refused | undefined {
  if (decision.kind !== "leave_proc" || frames.length > 1) return undefined;
  // A lock that the thread has left comes first.
  const hasLocks = threads !== undefined && locksOf(threads, threads.current).length > 0;
  if (hasLocks || othersAreLeft(threads)) return undefined;
  const [first] = io.open;
  if (first === undefined) return undefined;
  const [file, opened] = first;
  return refused({ kind: "left_open", proc, stmt, file, opened });
}

/** What read and write move, and between what. */
interface Transfer {
  readonly handle: HandleOf<"File">;
  readonly opened: OpenFile;
  readonly stored: StoredFile;
  readonly buffer: MemValue;
  readonly region: string;
  readonly memory: Region;
  readonly count: number;
}

function transferOf(
  state: State,
  call: OperationCall,
  modes: string,
): Transfer | Refused {
  const { proc, stmt, name: operation, args: [handle, buffer, size] } = call;
  assert(handle?.kind === "File" && size?.kind === "Int", `${operation} of what is no file`);
  assert(buffer?.kind === "Mem", `${operation} through what is no memory`);
  const opened = fileOf(state, call, handle);
  if ("failures" in opened) return opened;
  const { mode, origin } = opened;
  if (!modes.includes(mode)) {
    return refused({ kind: "wrong_mode", proc, stmt, operation, file: handle.value, mode, origin });
  }
  const dead = usedAfterFree(state, { proc }, stmt, buffer);
  if (dead !== undefined) return dead;
  const holder = liveHolder(state, buffer);
  assert(holder !== undefined, "a holder that is neither live nor freed");
  if (size.value < 0) {
    return refused({ kind: "negative_size", proc, stmt, operation, size: size.value });
  }
  const memory = regionOf(state, holder);
  if (size.value > memory.size) {
    const { origin } = holder;
    const width = size.value;
    return refused({ kind: "outside_region", proc, stmt, size: memory.size, width, origin });
  }
  const stored = state.io.files.get(opened.name);
  assert(stored !== undefined, "an open file that the environment does not have");
  const count = Number(size.value);
  return { handle, opened, stored, buffer, region: holder.region, memory, count };
}

/** The open file of a handle, or the failure where it was closed. */
function fileOf(
  { io }: State,
  { proc, stmt }: OperationCall,
  { value: file }: HandleOf<"File">,
): OpenFile | Refused {
  const opened = io.open.get(file);
  if (opened !== undefined) return opened;
  const earlier = io.closed.get(file);
  assert(earlier !== undefined, `a name has ${file}, which is not known`);
  return refused({ kind: "closed_file", proc, stmt, file, ...earlier });
}
