/**
 * The bytes that streams and files receive for an effect.
 *
 * @module
 */
import { ioEffectOf } from "../../dvm/event/io_effect.ts";
import { bytesOfPayload } from "../../dvm/value/bytes.ts";
import { joinBytes } from "../file/join_bytes.ts";
import type { RecordedEffect } from "./sink.ts";

const ENCODER = new TextEncoder();

/** Whether a sink receives the very bytes that a run wrote to a file, and no line. */
export function isRaw({ kind }: RecordedEffect): boolean {
  return ioEffectOf(kind)?.operation === "write";
}

/** The payload and a newline (EFF-10); of a write to a file its bytes. */
export function payloadLine(effect: RecordedEffect): Uint8Array {
  const { payload } = effect;
  return isRaw(effect) ? bytesOfPayload(payload) : ENCODER.encode(`${payload}\n`);
}

/** What is received for several effects. */
export function payloadLines(effects: readonly RecordedEffect[]): Uint8Array {
  if (effects.some(isRaw)) return joinBytes(effects.map(payloadLine));
  let lines = "";
  for (const { payload } of effects) lines += `${payload}\n`;
  return ENCODER.encode(lines);
}
