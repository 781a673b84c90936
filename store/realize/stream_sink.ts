/**
 * The `stdout` and `stderr` realizers, and devices: one line per effect, which cannot be inspected afterwards.
 *
 * @module
 */
import { joinBytes } from "../file/join_bytes.ts";
import { hostReason } from "../file/host_error.ts";
import type { ByteStream } from "../file/device.ts";
import { payloadLine } from "./payload.ts";
import type { Batch, Inspection, Performed, Sink } from "./sink.ts";

/** Writes lines to a stream. Written bytes are final and cannot be read again. */
export class StreamSink implements Sink {
  readonly name: string;
  readonly canInspect = false;
  readonly inode = undefined;
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
        if (count === 0) return refusal(lines, written, "the stream accepts no more bytes");
        written += count;
      }
    } catch (cause) {
      return refusal(lines, written, hostReason(cause));
    }
    return { kind: "performed", end: -1 };
  }

  sync(): undefined {
    return undefined;
  }

  inspect(): Inspection {
    return { kind: "unknown", reason: `what was written to ${this.name} cannot be read again` };
  }

  close(): void {}
}

/** Lines written to their last byte are completed; one that was begun is in doubt. */
function refusal(lines: readonly Uint8Array[], written: number, reason: string): Performed {
  let completed = 0;
  let end = 0;
  for (const line of lines) {
    if (end + line.length > written) break;
    end += line.length;
    completed++;
  }
  return { kind: "refused", reason, completed, doubtful: written > end ? 1 : 0 };
}
