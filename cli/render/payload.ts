/**
 * What a summary trace says of an effect: its payload, a text.
 *
 * @module
 */
import { parsePlain } from "../../api/input.ts";
import { isPayloadOf, renderContent } from "../../api/notation.ts";

/** The payload in the notation of the language: as a shape or an array where it spells one, else as a string. */
export function renderPayloadText(payload: string): string {
  const parsed = /^\{"(?:Struct|Array)":/.test(payload) ? parsePlain(payload) : undefined;
  const isValue = parsed?.ok === true && isPayloadOf(parsed.value, payload);
  return isValue ? renderContent(parsed.value) : JSON.stringify(payload);
}
