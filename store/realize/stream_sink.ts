/**
 * The `stdout` and `stderr` realizers, and files that are devices: one line an effect, and no memory of it.
 *
 * @module
 */
import { hostReason } from "../file/host_error.ts";
import type { ByteStream } from "../file/disk.ts";
import { payloadLine } from "./payload.ts";
import type { Batch, Performed, Recollection, Sink } from "./sink.ts";

/** A stream. What it has taken is out of our hands: durable as far as it ever will be, and not to be asked about. */
export class StreamSink implements Sink {
  readonly name: string;
  readonly canTell = false;
  readonly #stream: ByteStream;

  constructor(name: string, stream: ByteStream) {
    this.name = name;
    this.#stream = stream;
  }

  position(): number {
    return -1;
  }

  perform({ effects }: Batch): Performed {
    const lines = effects.map(payloadLine);
    const bytes = joinBytes(lines);
    let written = 0;
    try {
      while (written < bytes.length) {
        const count = this.#stream.writeSync(bytes.subarray(written));
        if (count === 0) return refusal(lines, written, "the stream takes no more bytes");
        written += count;
      }
    } catch (cause) {
      return refusal(lines, written, hostReason(cause));
    }
    return { kind: "performed" };
  }

  sync(): undefined {
    return undefined;
  }

  recall(): Recollection {
    return { kind: "untold", reason: `${this.name} cannot tell what was written to it` };
  }

  close(): void {}
}

/** Lines whose last byte was taken are performed; one that was begun is out there in part, and in doubt. */
function refusal(lines: readonly Uint8Array[], written: number, reason: string): Performed {
  let taken = 0;
  let end = 0;
  for (const line of lines) {
    if (end + line.length > written) break;
    end += line.length;
    taken++;
  }
  return { kind: "refused", reason, taken, doubtful: written > end ? 1 : 0 };
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
