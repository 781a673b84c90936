/**
 * The operations that draft v0.2 of the language adds to the K regime: memory, threads, locks, files and devices, with their
 * signatures (spec v0.2 4.3.4 to 4.3.6, X-55 to X-59). Each is meant only where no process of the program has its name.
 *
 * @module
 */

/** What an operation takes or returns: a value of the language, a process to start, or a handle, which only operations make. */
export type DraftType =
  | "integer"
  | "text"
  | "process"
  | "Mem"
  | "Thread"
  | "Mutex"
  | "File"
  | "Port";

/** A parameter of an operation. */
export interface DraftParam {
  readonly name: string;
  /** The types that it takes. */
  readonly types: readonly DraftType[];
  readonly isOptional: boolean;
}

/** An operation of the draft. */
export interface DraftOperation {
  /** `undefined` for `unsafe`, a block, which is refused in every form. */
  readonly params: readonly DraftParam[] | undefined;
  /** `undefined` where nothing is returned; `result` is what the process of a thread returns. */
  readonly returns: DraftType | "result" | undefined;
}

const SIZE = param("size", "integer");
const VALUE = param("value", "integer");
const MEM = param("mem", "Mem");
const MUTEX = param("mutex", "Mutex");
const FILE = param("file", "File");
const TRANSFER = [FILE, param("buffer", "Mem"), param("n", "integer")];
const PORT = param("port", "Port", "integer");
const ADDRESS = param("addr", "Mem", "integer");
const SEED: DraftParam = { ...param("seed", "integer"), isOptional: true };

const DRAFT_OPERATIONS: ReadonlyMap<string, DraftOperation> = new Map([
  ["alloc", operation([SIZE], "Mem")],
  ["free", operation([MEM])],
  ["load", operation([MEM], "integer")],
  ["store", operation([MEM, VALUE])],
  ["spawn", operation([param("process", "process"), SEED], "Thread")],
  ["join", operation([param("thread", "Thread")], "result")],
  ["mutex_new", operation([], "Mutex")],
  ["mutex_lock", operation([MUTEX])],
  ["mutex_unlock", operation([MUTEX])],
  ["open", operation([param("path", "text"), param("mode", "text")], "File")],
  ["read", operation(TRANSFER, "integer")],
  ["write", operation(TRANSFER, "integer")],
  ["close", operation([FILE])],
  ["io_read", operation([PORT], "integer")],
  ["io_write", operation([PORT, VALUE])],
  ["mmio_read", operation([ADDRESS], "integer")],
  ["mmio_write", operation([ADDRESS, VALUE])],
  ["unsafe", operation(undefined)],
]);

/** The operation that a call of this name means, unless a process has the name. */
export function draftOperation(name: string): DraftOperation | undefined {
  return DRAFT_OPERATIONS.get(name);
}

/** An operation as source text: `spawn(process: process, seed?: integer)`. */
export function renderDraftOperation(name: string, { params }: DraftOperation): string {
  const rendered = (params ?? []).map(({ name, types, isOptional }) =>
    `${name}${isOptional ? "?" : ""}: ${types.join(" or ")}`
  );
  return `${name}(${rendered.join(", ")})`;
}

function operation(
  params: DraftOperation["params"],
  returns?: DraftOperation["returns"],
): DraftOperation {
  return { params, returns };
}

function param(name: string, ...types: readonly DraftType[]): DraftParam {
  return { name, types, isOptional: false };
}
