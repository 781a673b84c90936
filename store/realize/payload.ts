/**
 * The bytes that streams and files receive for an effect.
 *
 * @module
 */
import type { RecordedEffect } from "./sink.ts";

const ENCODER = new TextEncoder();

/** The payload and a newline (EFF-10). */
export function payloadLine({ payload }: RecordedEffect): Uint8Array {
  return ENCODER.encode(`${payload}\n`);
}

/** The concatenated lines of several effects. */
export function payloadLines(effects: readonly RecordedEffect[]): Uint8Array {
  let lines = "";
  for (const { payload } of effects) lines += `${payload}\n`;
  return ENCODER.encode(lines);
}
