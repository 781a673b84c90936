/**
 * One event on one readable line, in the notation of the language.
 *
 * @module
 */
import { isPayloadOf, renderContent, renderWireValue } from "../../api/notation.ts";
import type { Places } from "../../api/places.ts";
import type { WireEvent } from "../../api/values.ts";

/** Sequence number, kind, the members, `name=content` each, and the place. */
export function renderEventLine(event: WireEvent, places: Places): string {
  const { seq, kind, ...rest } = event;
  const members = Object.entries(rest).flatMap(([name, content]) => {
    const text = renderMember(event, { name, content, places });
    return text === undefined ? [] : [`${name}=${text}`];
  });
  const place = placeOf(event, places);
  const parts = [String(seq).padStart(6), kind.padEnd(17), ...members];
  return place === undefined ? parts.join(" ") : `${parts.join(" ")}  ${place}`;
}

/** Long texts are cut; the log has them whole. */
const LENGTH_MAX = 120;

interface Member {
  readonly name: string;
  readonly content: unknown;
  readonly places: Places;
}

/** A member, or nothing where the line says it otherwise. */
function renderMember(event: WireEvent, { name, content, places }: Member): string | undefined {
  switch (name) {
    case "at":
      return undefined;
    case "value":
    case "returned":
      return cut(content === "Unit" ? renderWireValue(content) : renderContent(content));
    case "payload":
      return event.kind === "effect" && isPayloadOf(event.value, event.payload)
        ? undefined
        : cut(renderContent(content));
    case "conflict":
      return event.kind === "phi_resolved"
        ? `[${(event.conflict ?? []).map((path) => places.within(event.proc, path)).join("; ")}]`
        : renderContent(content);
    case "error":
      return event.kind === "outcome" && event.error !== undefined
        ? `${event.error.code} ${event.error.kind}: ${event.error.message}`
        : renderContent(content);
    case "text":
      return `${JSON.stringify(content).slice(0, LENGTH_MAX)}…`;
    default:
      return cut(renderContent(content));
  }
}

function cut(text: string): string {
  return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX)}…` : text;
}

function placeOf(event: WireEvent, places: Places): string | undefined {
  if ("at" in event) return places.statement(event.at);
  return event.kind === "outcome" && event.error !== undefined
    ? places.path(event.error.where)
    : undefined;
}
