/**
 * Files, ports and devices in the state of a run: what the environment gave, changed by what the run writes.
 *
 * @module
 */
import type { Located } from "../dir/statement_paths.ts";
import { bytesOfInput } from "../value/bytes.ts";
import { type Int64, parseInt64 } from "../value/int64.ts";
import type { EnvironmentInput, FileMode } from "./event.ts";

/** The files, ports and devices of a run. */
export interface Io {
  /** The files of the environment, by name. */
  readonly files: Map<string, StoredFile>;
  /** Its ports, by name. */
  readonly ports: Map<string, PortScript>;
  /** Its devices, by name. */
  readonly devices: Map<string, MappedDevice>;
  /** How many files the run has opened; the next one is `f<openings + 1>`. */
  openings: number;
  /** The files that are open, by handle. */
  readonly open: Map<string, OpenFile>;
  /** The closed files that some name may still have, by handle. */
  readonly closed: Map<string, ClosedFile>;
  /** How many of them there may be before those that no name has are forgotten. */
  closedMax: number;
  /** Bytes that the run wrote and can read again. */
  kept: number;
}

/** A file of the environment. */
export interface StoredFile {
  /** The modes in which it may be opened, some of the letters of `rwa`. */
  readonly modes: string;
  /** Its bytes, at the beginning of a buffer that may be longer; `undefined` while it does not exist. */
  content: Uint8Array | undefined;
  /** How many bytes it has. Of a file that the run cannot read, none are kept. */
  length: number;
  /** Where the run wrote to it for the first time. */
  written: Located | undefined;
}

/** A port of the environment. */
export interface PortScript {
  readonly number: number | undefined;
  /** What it delivers, in order. */
  readonly reads: readonly Int64[];
  /** How many of them have been read. */
  next: number;
  /** Where the last of these was read. */
  last: Located | undefined;
}

/** A device of the environment: a region of memory that belongs to it. */
export interface MappedDevice {
  /** The address of its first byte. */
  readonly base: number;
  readonly bytes: Uint8Array;
}

/** A file that is open. */
export interface OpenFile {
  readonly name: string;
  readonly mode: FileMode;
  /** The next byte to be read. */
  position: number;
  /** Where it was opened. */
  readonly origin: Located;
}

/** A file that was closed: what is reported when it is used again. */
export interface ClosedFile {
  /** Where it was opened. */
  readonly origin: Located;
  /** Where it was closed. */
  readonly closed: Located;
}

/** Closed files are forgotten many at a time, as finding out which names have them takes a look at all names. */
export const CLOSED_FILES_MIN = 1_024;

/** The state before the environment is known. */
export function initialIo(): Io {
  return {
    files: new Map(),
    ports: new Map(),
    devices: new Map(),
    openings: 0,
    open: new Map(),
    closed: new Map(),
    closedMax: CLOSED_FILES_MIN,
    kept: 0,
  };
}

/** Adds an entry of the environment. Returns why it does not fit, if it does not. */
export function addInput(io: Io, entry: EnvironmentInput): string | undefined {
  const { input, name, modes = "", number, base = 0 } = entry;
  const content = bytesOfInput(entry);
  const known = { file: io.files, port: io.ports, device: io.devices }[input];
  if (known.has(name)) return `the ${input} ${name} is there twice`;
  if (input === "file") {
    io.files.set(name, { modes, content, length: content?.length ?? 0, written: undefined });
  } else if (input === "device") {
    io.devices.set(name, { base, bytes: content ?? new Uint8Array() });
  } else {
    const reads = readScript(entry.text ?? "");
    if (reads === undefined) {
      return `the script of the port ${name} has another line than an integer`;
    }
    io.ports.set(name, { number, reads, next: 0, last: undefined });
  }
  return undefined;
}

/** The integers of a script: one a line, in their shortest spelling, each with its LF. `undefined` for any other text. */
export function readScript(text: string): readonly Int64[] | undefined {
  const lines = text.split("\n");
  if (lines.pop() !== "") return undefined;
  const reads: Int64[] = [];
  for (const line of lines) {
    const value = parseInt64(line);
    if (value === undefined || String(value) !== line) return undefined;
    reads.push(value);
  }
  return reads;
}

/** The script of these integers, which {@link readScript} reads. */
export function renderScript(reads: readonly Int64[]): string {
  return reads.map((value) => `${value}\n`).join("");
}

/** Appends bytes to the content of a file, in a buffer that grows by half. */
export function appendContent(file: StoredFile, bytes: Uint8Array): void {
  const { length, content = new Uint8Array() } = file;
  const end = length + bytes.length;
  let buffer = content;
  if (end > content.length) {
    buffer = new Uint8Array(Math.max(end, Math.ceil(content.length * 1.5)));
    buffer.set(content.subarray(0, length));
  }
  buffer.set(bytes, length);
  file.content = buffer;
  file.length = end;
}
