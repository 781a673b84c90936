/**
 * The rules about files, ports and devices: what the environment gave, and what the events do with it. Files are numbered f1, f2 … as they
 * are opened; every other event names one that is open, a port or a device that is there; and a port delivers its script.
 *
 * @module
 */
import { unreachable } from "../../dvm/base/result.ts";
import type {
  EffectEvent,
  EnvironmentInput,
  Event,
  FileOpen,
  FileRead,
  PortRead,
} from "../../dvm/event/event.ts";
import { ioEffectOf } from "../../dvm/event/io_effect.ts";
import { readScript } from "../../dvm/event/io_state.ts";
import { bytesOfInput } from "../../dvm/value/bytes.ts";
import type { Int64 } from "../../dvm/value/int64.ts";
import type { MemoryRules } from "./memory_rules.ts";

/** A file that is open. */
interface OpenFile {
  readonly name: string;
  readonly mode: string;
  /** Bytes that were read. */
  read: number;
}

/** Follows the files, ports and devices of a log. */
export class IoRules {
  readonly #memory: MemoryRules;
  readonly #files = new Map<string, string>();
  readonly #ports = new Map<string, { readonly reads: readonly Int64[]; next: number }>();
  readonly #devices = new Map<string, { readonly base: number; readonly size: number }>();
  readonly #numbers = new Set<number>();
  readonly #open = new Map<string, OpenFile>();
  #opened = 0;

  constructor(memory: MemoryRules) {
    this.#memory = memory;
  }

  /** Accepts an input; returns the reason if it is not allowed beside those before it. */
  acceptInput(entry: EnvironmentInput): string | undefined {
    const { input, name, modes = "" } = entry;
    const known = { file: this.#files, port: this.#ports, device: this.#devices }[input];
    if (known.has(name)) return `the ${input} ${name} is there twice`;
    switch (input) {
      case "file":
        this.#files.set(name, modes);
        return undefined;
      case "port":
        return this.#acceptPort(entry);
      case "device":
        return this.#acceptDevice(entry);
      default:
        return unreachable(input);
    }
  }

  /** Accepts the next event of the run; returns the reason if it is not allowed here. */
  accept(event: Event): string | undefined {
    switch (event.kind) {
      case "file_open":
        return this.#acceptOpen(event);
      case "file_read":
        return this.#acceptRead(event);
      case "file_close":
        return this.#open.delete(event.file) ? undefined : `no file ${event.file} is open`;
      case "port_read":
        return this.#acceptPortRead(event);
      case "device_read": {
        const size = this.#devices.get(event.device)?.size ?? 0;
        const isInside = event.offset + event.width <= size;
        return isInside ? undefined : `no device ${event.device} has these bytes`;
      }
      case "effect":
        return this.#acceptEffect(event);
      default: // concerns none of them
        return undefined;
    }
  }

  #acceptPort({ name, number, text = "" }: EnvironmentInput): string | undefined {
    if (number !== undefined && this.#numbers.has(number)) {
      return `the number ${number} is that of another port`;
    }
    if (number !== undefined) this.#numbers.add(number);
    this.#ports.set(name, { reads: readScript(text) ?? [], next: 0 });
    return undefined;
  }

  #acceptDevice(entry: EnvironmentInput): string | undefined {
    const { name, base = 0 } = entry;
    const size = bytesOfInput(entry)?.length ?? 0;
    if (size === 0) return `the device ${name} has no bytes`;
    for (const [other, { base: begin, size: length }] of this.#devices) {
      if (base < begin + length && begin < base + size) {
        return `the devices ${other} and ${name} share an address`;
      }
    }
    this.#devices.set(name, { base, size });
    return undefined;
  }

  #acceptOpen({ file, name, mode }: FileOpen): string | undefined {
    const expected = `f${++this.#opened}`;
    if (file !== expected) return `the file is ${file}, expected ${expected}`;
    if (this.#files.get(name)?.includes(mode) !== true) {
      return `the environment has no file ${name} of mode ${mode}`;
    }
    this.#open.set(file, { name, mode, read: 0 });
    return undefined;
  }

  #acceptRead({ file, region, holder, offset, count }: FileRead): string | undefined {
    const open = this.#open.get(file);
    if (open?.mode !== "r") return `no file ${file} is open to be read`;
    if (!this.#memory.isLive(region, holder)) return `no holder ${holder} of ${region} is live`;
    if (offset !== open.read) return `the offset is ${offset}, expected ${open.read}`;
    open.read += count;
    return undefined;
  }

  #acceptPortRead({ port, value }: PortRead): string | undefined {
    const script = this.#ports.get(port);
    const expected = script?.reads[script.next];
    if (script === undefined || expected === undefined) return `no value of ${port} is left`;
    script.next++;
    return value.value === expected
      ? undefined
      : `the value is ${value.value}, and the port delivers ${expected}`;
  }

  #acceptEffect({ effect, file, holder }: EffectEvent): string | undefined {
    const io = ioEffectOf(effect);
    if (file === undefined) {
      if (io === undefined) return undefined;
      const targets = { write: undefined, io_write: this.#ports, mmio_write: this.#devices };
      return targets[io.operation]?.has(io.name) ? undefined : `nothing is there for ${effect}`;
    }
    const open = this.#open.get(file);
    if (open === undefined || open.mode === "r" || io?.operation !== "write") {
      return `no file ${file} is open to be written`;
    }
    if (open.name !== io.name) return `${file} is the file ${open.name}, not ${io.name}`;
    const [region = ""] = (holder ?? "").split(".", 1);
    return this.#memory.isLive(region, holder ?? "") ? undefined : `no holder ${holder} is live`;
  }
}
