/**
 * The `file:PATH` realizer: one line per effect, appended to a file. It can be inspected after a crash: everything after the position
 * of an intent was written for that intent, because the file is claimed while an intent is open.
 *
 * @module
 */
import { folderOf } from "../file/path.ts";
import type { EffectIntended } from "../../dvm/event/event.ts";
import { type Appendable, readRange, writeAll } from "../file/byte_file.ts";
import { hostReason } from "../file/host_error.ts";
import { type ClaimContext, releaseClaim, takeClaim } from "./sink_claim.ts";
import type { Disk } from "../file/disk.ts";
import { payloadLines } from "./payload.ts";
import type { Batch, Inspection, Performed, Sink } from "./sink.ts";

/** Appends lines to a file. */
export class FileSink implements Sink {
  readonly name: string;
  readonly canInspect = true;
  readonly #path: string;
  readonly #disk: Disk;
  readonly #file: Appendable;

  private constructor(path: string, { file, disk }: { readonly file: Appendable; disk: Disk }) {
    this.name = `file:${path}`;
    this.#path = path;
    this.#disk = disk;
    this.#file = file;
  }

  /** Opens or creates the file at a canonical path and claims it. Returns the reason if another run has the claim. */
  static open(path: string, context: ClaimContext): FileSink | string {
    const { disk } = context;
    const file = openOrCreate(path, disk);
    let isClaimed = false;
    try {
      const other = takeClaim(path, context);
      isClaimed = other === undefined;
      return other ?? new FileSink(path, { file, disk });
    } finally {
      if (!isClaimed) file.close();
    }
  }

  position(): number {
    return this.#file.size();
  }

  perform(batch: Batch): Performed {
    return appendOrTruncate(this.#file, payloadLines(batch.effects), batch.effects.length);
  }

  sync(): string | undefined {
    return syncOrReason(this.#file);
  }

  inspect(intent: EffectIntended, batch: Batch, isSuspect: boolean): Inspection {
    return refusalAsValue(() => this.#find(intent, batch, isSuspect));
  }

  #find({ position }: EffectIntended, batch: Batch, isSuspect: boolean): Inspection {
    const size = this.#file.size();
    if (size < position) return unknown("the file is shorter than when the effect was intended");
    const expected = payloadLines(batch.effects);
    const end = position + expected.length;
    const found = readRange(this.#file, { at: position, end: Math.min(size, end) });
    const isOurs = found.every((byte, index) => byte === expected[index]);
    if (!isOurs) return unknown("the file has other content where the effect was to be written");
    const isPresent = found.length === expected.length && !(isSuspect && size === end);
    if (!isPresent && found.length > 0) this.#file.truncate(position);
    this.#file.sync();
    return { kind: "known", present: isPresent ? batch.effects.length : 0 };
  }

  close(isSettled: boolean): void {
    try {
      if (isSettled) releaseClaim(this.#path, this.#disk);
    } catch (cause) {
      hostReason(cause); // a claim that is left behind has no effect
    }
    this.#file.close();
  }
}

/**
 * Opens or creates the file at a path and locks it. Its name is always made durable: the process that created it may have crashed
 * before doing so.
 */
export function openOrCreate(path: string, disk: Disk): Appendable {
  const file = disk.kindOf(path) === "absent" ? disk.create(path) : disk.open(path);
  try {
    disk.syncFolder(folderOf(path));
  } catch (cause) {
    file.close();
    throw cause;
  }
  return file;
}

/** Appends all bytes or, if the host allows the truncation, none. */
export function appendOrTruncate(file: Appendable, bytes: Uint8Array, effects: number): Performed {
  const position = file.size();
  try {
    writeAll(file, bytes);
    return { kind: "performed" };
  } catch (cause) {
    const reason = hostReason(cause);
    return {
      kind: "refused",
      reason,
      completed: 0,
      doubtful: truncateTo(file, position) ? 0 : effects,
    };
  }
}

function truncateTo(file: Appendable, position: number): boolean {
  try {
    if (file.size() > position) {
      file.truncate(position);
      file.sync();
    }
    return true;
  } catch (cause) {
    hostReason(cause);
    return false;
  }
}

/** Makes a file durable; returns the reason if that fails. */
export function syncOrReason(file: Appendable): string | undefined {
  try {
    file.sync();
    return undefined;
  } catch (cause) {
    return hostReason(cause);
  }
}

/** Returns an error of the host as a value. */
export function refusalAsValue(inspect: () => Inspection): Inspection {
  try {
    return inspect();
  } catch (cause) {
    return { kind: "refused", reason: hostReason(cause) };
  }
}

function unknown(reason: string): Inspection {
  return { kind: "unknown", reason };
}
