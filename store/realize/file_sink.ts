/**
 * The `file:PATH` realizer: one line an effect, at the end of a file. It can tell what it had done: what stands behind the
 * position of an intent is its work, whole or in part, because the file is claimed as long as an intent is open.
 *
 * @module
 */
import { dirname } from "node:path";
import type { EffectIntended } from "../../dvm/event/event.ts";
import { type Appendable, readRange, writeAll } from "../file/byte_file.ts";
import { hostReason } from "../file/host_error.ts";
import { type Claiming, releaseClaim, takeClaim } from "./sink_claim.ts";
import type { Disk } from "../file/disk.ts";
import { payloadLines } from "./payload.ts";
import type { Batch, Performed, Recollection, Sink } from "./sink.ts";

/** Lines at the end of a file. */
export class FileSink implements Sink {
  readonly name: string;
  readonly canTell = true;
  readonly #path: string;
  readonly #disk: Disk;
  readonly #file: Appendable;

  private constructor(path: string, { file, disk }: { readonly file: Appendable; disk: Disk }) {
    this.name = `file:${path}`;
    this.#path = path;
    this.#disk = disk;
    this.#file = file;
  }

  /** Opens, or makes, the file at a resolved path, and claims it. A text says who has the claim. */
  static open(path: string, claiming: Claiming): FileSink | string {
    const { disk } = claiming;
    const file = openOrCreate(path, disk);
    let isClaimed = false;
    try {
      const other = takeClaim(path, claiming);
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
    return appendOrCutBack(this.#file, payloadLines(batch.effects), batch.effects.length);
  }

  sync(): string | undefined {
    return syncOrReason(this.#file);
  }

  recall(intent: EffectIntended, batch: Batch, isSuspect: boolean): Recollection {
    return orRefused(() => this.#look(intent, batch, isSuspect));
  }

  #look({ position }: EffectIntended, batch: Batch, isSuspect: boolean): Recollection {
    const size = this.#file.size();
    if (size < position) return untold("the file is shorter than when the effect was intended");
    const due = payloadLines(batch.effects);
    const end = position + due.length;
    const found = readRange(this.#file, { at: position, end: Math.min(size, end) });
    const isOurs = found.every((byte, index) => byte === due[index]);
    if (!isOurs) return untold("something else was written where the effect was to stand");
    const isHeld = found.length === due.length && !(isSuspect && size === end);
    if (!isHeld && found.length > 0) this.#file.truncate(position);
    this.#file.sync();
    return { kind: "told", held: isHeld ? batch.effects.length : 0 };
  }

  close(isSettled: boolean): void {
    try {
      if (isSettled) releaseClaim(this.#path, this.#disk);
    } catch (cause) {
      hostReason(cause); // a claim that stays behind is void
    }
    this.#file.close();
  }
}

/**
 * The file at a path, locked, made if there is none. Its name is made durable in any case: whoever made it may have died
 * before that.
 */
export function openOrCreate(path: string, disk: Disk): Appendable {
  const file = disk.kindOf(path) === "absent" ? disk.create(path) : disk.open(path);
  try {
    disk.syncFolder(dirname(path));
  } catch (cause) {
    file.close();
    throw cause;
  }
  return file;
}

/** Appends all or, as far as the host lets us, nothing. */
export function appendOrCutBack(file: Appendable, bytes: Uint8Array, effects: number): Performed {
  const position = file.size();
  try {
    writeAll(file, bytes);
    return { kind: "performed" };
  } catch (cause) {
    const reason = hostReason(cause);
    return { kind: "refused", reason, taken: 0, doubtful: cutBack(file, position) ? 0 : effects };
  }
}

function cutBack(file: Appendable, position: number): boolean {
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

/** Makes a file durable, or says why it is not. */
export function syncOrReason(file: Appendable): string | undefined {
  try {
    file.sync();
    return undefined;
  } catch (cause) {
    return hostReason(cause);
  }
}

/** The host's refusal as a value. */
export function orRefused(look: () => Recollection): Recollection {
  try {
    return look();
  } catch (cause) {
    return { kind: "refused", reason: hostReason(cause) };
  }
}

function untold(reason: string): Recollection {
  return { kind: "untold", reason };
}
