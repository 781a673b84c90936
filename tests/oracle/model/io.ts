/**
 * Files, ports and devices (RES-08 to RES-11, X-59; semantics, "Files, ports and devices"): what the environment gives, and what a run
 * writes to it.
 *
 * @module
 */
import { bytesOfInt, intOfBytes, type Memory } from "./memory.ts";
import { type Rules, RunFailure } from "./rules.ts";
import type { ModelEffect } from "./run_context.ts";
import { type ModelFile, type ModelRegion, type ModelValue, payloadOf, UNIT } from "./values.ts";

/** An entry of the environment. */
export interface ModelInputEntry {
  readonly input: "file" | "port" | "device";
  readonly name: string;
  readonly modes?: string | undefined;
  readonly number?: number | undefined;
  readonly base?: number | undefined;
  readonly text?: string | undefined;
  readonly base64?: string | undefined;
}

interface StoredFile {
  readonly modes: string;
  /** `undefined` while it does not exist. */
  content: readonly number[] | undefined;
  isWritten: boolean;
}

interface Device {
  readonly base: bigint;
  readonly bytes: number[];
}

const WRITE_MAX = 8n * 1024n * 1024n;

const MODES: { readonly [word: string]: string } = {
  r: "r",
  read: "r",
  w: "w",
  write: "w",
  a: "a",
  append: "a",
};

/** The files, ports and devices of a run. */
export class Io {
  readonly #rules: Rules;
  readonly #effects: ModelEffect[];
  readonly #memory: Memory;
  readonly #files = new Map<string, StoredFile>();
  readonly #ports = new Map<string, { readonly number: number | undefined; reads: bigint[] }>();
  readonly #devices = new Map<string, Device>();
  readonly #opened: ModelFile[] = [];

  constructor(
    rules: Rules,
    { effects, memory }: { readonly effects: ModelEffect[]; readonly memory: Memory },
    inputs: readonly ModelInputEntry[],
  ) {
    this.#rules = rules;
    this.#effects = effects;
    this.#memory = memory;
    for (const entry of inputs) {
      const { input, name, modes = "", number, base = 0, text = "" } = entry;
      const bytes = bytesOf(entry);
      if (input === "file") this.#files.set(name, { modes, content: bytes, isWritten: false });
      else if (input === "device") {
        this.#devices.set(name, { base: BigInt(base), bytes: [...bytes ?? []] });
      } else this.#ports.set(name, { number, reads: text.split("\n").slice(0, -1).map(BigInt) });
    }
  }

  /** Fails where an argument of the entry names nothing. */
  name(value: ModelValue): void {
    if (this.#rules.breaks("an argument may name nothing")) return;
    if (value.kind === "Port" && !this.#ports.has(value.name)) unavailable(value.name);
    if (value.kind !== "Device" && value.kind !== "Mapped") return;
    if (!this.#devices.has(value.name)) unavailable(value.name);
  }

  /** Executes an operation. */
  operate(name: string, args: readonly ModelValue[]): ModelValue {
    const [first, second, third] = args;
    switch (name) {
      case "open":
        return this.#open(textOf(first), textOf(second));
      case "close":
        this.#used(fileOf(first), "a second close is ignored").isOpen = false;
        return UNIT;
      case "read":
        return this.#read(fileOf(first), regionOf(second), intOf(third));
      case "write":
        return this.#write(fileOf(first), regionOf(second), intOf(third));
      case "io_read":
        return this.#readPort(first);
      case "io_write": {
        const port = this.#portOf(first);
        if (second !== undefined) this.#effect(`io_write:${port}`, second);
        return UNIT;
      }
      case "mmio_read":
        return this.#readDevice(first);
      default:
        return this.#writeDevice(first, second);
    }
  }

  /** The run ends: every file is closed by then. */
  end(): void {
    if (this.#rules.breaks("a file may stay open")) return;
    if (this.#opened.some(({ isOpen }) => isOpen)) inadmissible("a file is open");
  }

  #open(path: string, word: string): ModelValue {
    const mode = Object.hasOwn(MODES, word) ? MODES[word] : undefined;
    if (mode === undefined) return inadmissible(`mode ${word}`);
    const isLoose = this.#rules.breaks("a missing file opens empty");
    const stored = this.#files.get(path) ??
      (isLoose ? { modes: "rwa", content: [], isWritten: false } : unavailable(path));
    const isAllowed = stored.modes.includes(mode) || this.#rules.breaks("every mode is allowed");
    if (!isAllowed) inadmissible(`mode ${mode} of ${path}`);
    if (mode === "r" && stored.content === undefined && !isLoose) unavailable(path);
    if (mode === "w") {
      const isTakenBack = this.#rules.breaks("w takes earlier writes back");
      if (stored.isWritten && !isTakenBack) inadmissible(`${path} was written`);
      if (!this.#rules.breaks("w keeps the old content")) stored.content = [];
    }
    stored.content ??= [];
    this.#files.set(path, stored);
    const file: ModelFile = { path, mode, isOpen: true, position: 0 };
    this.#opened.push(file);
    return { kind: "File", file };
  }

  #used(
    file: ModelFile,
    bug: "a second close is ignored" | "a closed file still works",
  ): ModelFile {
    if (!file.isOpen && !this.#rules.breaks(bug)) inadmissible("used after close");
    return file;
  }

  #read(file: ModelFile, region: ModelRegion, n: bigint): ModelValue {
    this.#used(file, "a closed file still works");
    this.#inMode(file, "r");
    this.#fits(region, n);
    const content = this.#files.get(file.path)?.content ?? [];
    const bytes = content.slice(file.position, file.position + Number(n));
    if (bytes.length === 0 && n > 0n && this.#rules.breaks("the end of a file is a failure")) {
      throw new RunFailure("Runtime", "end of file");
    }
    bytes.forEach((byte, at) => region.bytes.set(at, byte));
    if (!this.#rules.breaks("every read begins at the start")) file.position += bytes.length;
    const isFull = this.#rules.breaks("a short read is reported as full");
    return { kind: "Int", value: isFull ? n : BigInt(bytes.length) };
  }

  #write(file: ModelFile, region: ModelRegion, n: bigint): ModelValue {
    this.#used(file, "a closed file still works");
    this.#inMode(file, "wa");
    this.#fits(region, n);
    if (n > WRITE_MAX) throw new RunFailure("Runtime", `${n} bytes in one write`);
    const bytes = Array.from({ length: Number(n) }, (_, at) => region.bytes.get(at) ?? 0);
    const stored = this.#files.get(file.path);
    if (stored?.modes.includes("r")) this.#memory.keep(n);
    if (stored !== undefined) {
      stored.isWritten = true;
      const before = this.#rules.breaks("a write replaces the content") ? [] : stored.content ?? [];
      const isSeen = !this.#rules.breaks("a run does not read its own writes");
      if (isSeen) stored.content = [...before, ...bytes];
    }
    if (!this.#rules.breaks("what is written to a file is lost")) {
      this.#effect(`write:${file.path}`, { kind: "String", value: textOfBytes(bytes) });
    }
    return { kind: "Int", value: n };
  }

  #inMode({ mode }: ModelFile, modes: string): void {
    if (modes.includes(mode) || this.#rules.breaks("a file is read and written in any mode")) {
      return;
    }
    inadmissible(`a file in mode ${mode}`);
  }

  #fits({ size }: ModelRegion, n: bigint): void {
    if (n < 0n) throw new RunFailure("Runtime", `${n} bytes`);
    const isLoose = this.#rules.breaks("read and write leave the region");
    if (n > size && !isLoose) inadmissible(`${n} bytes of ${size}`);
  }

  /** The name of the port that a handle or a number means. */
  portNamed(port: ModelValue | undefined): string {
    return this.#portOf(port);
  }

  /** The name of the device that an address is in, and the offset there. */
  deviceAt(address: ModelValue | undefined): readonly [name: string, offset: number] {
    const [name, , offset] = this.#at(address);
    return [name, offset];
  }

  #portOf(port: ModelValue | undefined): string {
    for (const [name, { number }] of this.#ports) {
      if (port?.kind === "Port" && port.name === name) return name;
      if (port?.kind === "Int" && BigInt(number ?? -1) === port.value) return name;
    }
    return this.#rules.breaks("an unknown port delivers zero") ? "" : unavailable("a port");
  }

  #readPort(port: ModelValue | undefined): ModelValue {
    const { reads = [] } = this.#ports.get(this.#portOf(port)) ?? {};
    const value = this.#rules.breaks("a port delivers its first value for ever")
      ? reads[0]
      : reads.shift();
    const isLoose = this.#rules.breaks("an exhausted port delivers zero") ||
      this.#rules.breaks("an unknown port delivers zero");
    if (value === undefined && !isLoose) inadmissible("nothing left to read");
    return { kind: "Int", value: value ?? 0n };
  }

  /** The device of an address, and the offset in it. */
  #at(addr: ModelValue | undefined): readonly [string, Device, number] {
    if (addr?.kind === "Mem") {
      if (!this.#rules.breaks("allocated memory is a device")) inadmissible("allocated memory");
      return ["", { base: 0n, bytes: new Array(8).fill(0) }, 0];
    }
    for (const [name, device] of this.#devices) {
      const { base, bytes } = device;
      const address = addr?.kind === "Int"
        ? addr.value
        : addr?.kind === "Mapped" && addr.name === name
        ? base
        : -1n;
      const offset = Number(address - base);
      const isAcross = this.#rules.breaks("an access may cross the end of a device");
      const end = isAcross ? offset + 1 : offset + 8;
      if (offset >= 0 && end <= bytes.length) return [name, device, offset];
    }
    if (!this.#rules.breaks("an address of no device is zero")) inadmissible("no device");
    return ["", { base: 0n, bytes: new Array(8).fill(0) }, 0];
  }

  #readDevice(addr: ModelValue | undefined): ModelValue {
    const [, { bytes }, offset] = this.#at(addr);
    const word = bytes.slice(offset, offset + 8);
    const isBig = this.#rules.breaks("devices are big-endian");
    return { kind: "Int", value: intOfBytes(isBig ? word.toReversed() : word) };
  }

  #writeDevice(addr: ModelValue | undefined, value: ModelValue | undefined): ModelValue {
    const [name, { base, bytes }, offset] = this.#at(addr);
    if (value?.kind !== "Int") return UNIT;
    if (!this.#rules.breaks("a device forgets what is written")) {
      bytesOfInt(value.value).forEach((byte, at) => bytes[offset + at] = byte);
    }
    const address: ModelValue = { kind: "Int", value: base + BigInt(offset) };
    const fields = new Map([["address", address], ["value", value]]);
    this.#effect(`mmio_write:${name}`, { kind: "Struct", ty: "MmioWrite", fields });
    return UNIT;
  }

  #effect(kind: string, value: ModelValue): void {
    const isLost = !kind.startsWith("write:") &&
      this.#rules.breaks("ports and devices take no writes");
    if (!isLost) this.#effects.push({ kind, payload: payloadOf(value), value });
  }
}

function bytesOf({ text, base64 }: ModelInputEntry): readonly number[] | undefined {
  if (text !== undefined) return [...new TextEncoder().encode(text)];
  return base64 === undefined ? undefined : [...atob(base64)].map((char) => char.charCodeAt(0));
}

/** Bytes as text where they are text, and otherwise, or where that would be taken for it, in base 64. */
function textOfBytes(bytes: readonly number[]): string {
  const isText = bytes.every((byte) =>
    byte >= 32 || "\b\t\n\f\r".includes(String.fromCharCode(byte))
  );
  const text = isText ? decodeUtf8(bytes) : undefined;
  if (text !== undefined && !text.startsWith("base64:")) return text;
  return `base64:${btoa(bytes.map((byte) => String.fromCharCode(byte)).join(""))}`;
}

function decodeUtf8(bytes: readonly number[]): string | undefined {
  try {
    const options = { fatal: true, ignoreBOM: true };
    return new TextDecoder("utf-8", options).decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

function textOf(value: ModelValue | undefined): string {
  return value?.kind === "String" ? value.value : "";
}

function intOf(value: ModelValue | undefined): bigint {
  return value?.kind === "Int" ? value.value : 0n;
}

function fileOf(value: ModelValue | undefined): ModelFile {
  if (value?.kind !== "File") throw new Error("an operation on what is no file");
  return value.file;
}

function regionOf(value: ModelValue | undefined): ModelRegion {
  if (value?.kind !== "Mem") throw new Error("an operation on what is no memory");
  return value.holder.region;
}

function inadmissible(message: string): never {
  throw new RunFailure("Inadmissible", message);
}

function unavailable(message: string): never {
  throw new RunFailure("ResourceUnavailable", message);
}
