/**
 * One event on one readable line, for `--trace`.
 *
 * @module
 */
import { encodeWireValue, type WireEvent } from "../../api/values.ts";

/** Sequence number, kind, and the fields, `field=value` each. */
export function renderEventLine(event: WireEvent): string {
  const { seq, kind, ...rest } = event;
  const fields = Object.entries(rest).map(([field, content]) =>
    `${field}=${renderField(field, content)}`
  );
  return [String(seq).padStart(6), kind.padEnd(17), ...fields].join(" ");
}

/** Long texts are cut; the log has them whole. */
const FIELD_LENGTH_MAX = 120;

function renderField(field: string, content: unknown): string {
  const text = typeof content === "string" && /^[\w.[\]:Φ-]+$/.test(content)
    ? content
    : encodeWireValue(content);
  if (field === "text" || text.length > FIELD_LENGTH_MAX) {
    return `${text.slice(0, FIELD_LENGTH_MAX)}…`;
  }
  return text;
}
