/**
 * An effect as streams and files get it.
 *
 * @module
 */
import type { RecordedEffect } from "./sink.ts";

const ENCODER = new TextEncoder();

/** The payload's text and a newline (EFF-10). */
export function payloadLine({ payload }: RecordedEffect): Uint8Array {
  return ENCODER.encode(`${payload}\n`);
}

/** The lines of several effects, one behind the other. */
export function payloadLines(effects: readonly RecordedEffect[]): Uint8Array {
  let lines = "";
  for (const { payload } of effects) lines += `${payload}\n`;
  return ENCODER.encode(lines);
}
