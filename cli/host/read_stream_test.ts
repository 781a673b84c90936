import { assertEquals, assertStrictEquals, assertThrows } from "../../std/assert.ts";
import { Fault } from "./fault.ts";
import { readStream } from "./read_stream.ts";

/** A stream of `total` bytes, `part` at a time, and of how many it was asked. */
function streamOf(total: number, { part = 1_000, byte = 65 } = {}) {
  const stream = {
    read: 0,
    readSync(into: Uint8Array): number | null {
      const count = Math.min(part, into.length, total - stream.read);
      into.fill(byte, 0, count);
      stream.read += count;
      return count === 0 ? null : count;
    },
  };
  return stream;
}

Deno.test("readStream() reads a stream whole, whatever its parts are", () => {
  for (const total of [0, 1, 65_535, 65_536, 65_537, 300_000]) {
    for (const part of [7_919, 65_536, 1_000_000]) {
      const bytes = readStream(streamOf(total, { part }), "s");
      assertEquals([bytes.length, bytes.every((byte) => byte === 65)], [total, true]);
    }
  }
});

Deno.test("readStream() reads a stream without end up to the limit, and refuses it", () => {
  const stream = streamOf(Infinity);
  const fault = assertThrows(
    () => readStream(stream, "s", 1024 * 1024),
    Fault,
    "longer than 1 MiB",
  );
  assertStrictEquals(fault.report.code, "DR1324");
  assertStrictEquals(stream.read < 1024 * 1024 + 2_000, true);
  assertStrictEquals(readStream(streamOf(1024 * 1024), "s", 1024 * 1024).length, 1024 * 1024);
});

Deno.test("readStream() reads no further than the part with the first zero byte", () => {
  assertStrictEquals(readStream(streamOf(Infinity, { byte: 0 }), "s").length, 1_000);
});
