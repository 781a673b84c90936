/**
 * Events as the log has them: plain objects with tagged values, `{"seq":3,"kind":"leave_proc","value":{"Int":42}}`. This is the
 * form of events in the public API; `JSON.parse` of a log line gives the same object, apart
 * from integers that a JavaScript number cannot hold, which are `bigint` here.
 *
 * @module
 */
import type { NamedValue, Value } from "../value/value.ts";
import {
  namedToWire,
  valueToWire,
  type WireFields,
  wireToValue,
  type WireValue,
} from "../value/wire_object.ts";
import type { Event, EventKind } from "./event.ts";
import type { ContractRefusal, OfferRefusal } from "./refusal.ts";

/** The wire form of one field's type: values are tagged, everything else is as in the event. */
export type WireField<T> = T extends Value ? WireValue
  : T extends NamedValue | readonly NamedValue[] ? WireFields
  : T extends { readonly declared: Value; readonly offered: Value }
    ? Omit<T, "declared" | "offered"> & {
      readonly declared: WireValue;
      readonly offered: WireValue;
    }
  : T extends { readonly start: Value; readonly end: Value }
    ? { readonly start: WireValue; readonly end: WireValue }
  : T;

/** An event in the form of the log; absent fields are left out. */
export type WireEvent<E = Event> = E extends Event ?
    & { readonly [K in keyof E as undefined extends E[K] ? never : K]: WireField<E[K]> }
    & {
      readonly [K in keyof E as undefined extends E[K] ? K : never]?: WireField<
        Exclude<E[K], undefined>
      >;
    }
  : never;

/** The event in the form of the log. */
export function eventToWire<E extends Event>(event: E): WireEvent<E> {
  const wire: { [field: string]: unknown } = {};
  for (const [field, content] of Object.entries(event)) {
    if (content !== undefined) wire[field] = fieldToWire(field, content);
  }
  return wire as WireEvent<E>;
}

/** Fields that hold one value, wherever they occur. */
const VALUE_FIELDS: ReadonlySet<string> = new Set(["value", "returned"]);
/** Fields that hold named values. */
const NAMED_FIELDS: ReadonlySet<string> = new Set(["args", "configuration"]);

function fieldToWire(field: string, content: unknown): unknown {
  if (VALUE_FIELDS.has(field)) return valueToWire(content as Value);
  if (NAMED_FIELDS.has(field)) return namedToWire(content as readonly NamedValue[]);
  switch (field) {
    case "set":
      return namedToWire([content as NamedValue]);
    case "range": {
      const { start, end } = content as { readonly start: Value; readonly end: Value };
      return { start: valueToWire(start), end: valueToWire(end) };
    }
    case "seed":
      return typeof content === "number" ? content : valueToWire(content as Value);
    case "refusal":
      return mapRefusal(content, (value) => valueToWire(value as Value));
    case "resources":
      return (content as readonly {
        readonly resource: string;
        readonly args: readonly NamedValue[];
      }[])
        .map(({ resource, args }) => ({ resource, args: namedToWire(args) }));
    default:
      return content;
  }
}

/** A refusal whose values are in the other form. */
function mapRefusal(content: unknown, convert: (value: unknown) => unknown): unknown {
  const refusal = content as ContractRefusal | OfferRefusal;
  if (refusal.kind !== "argument_differs") return refusal;
  const { declared, offered } = refusal;
  return { ...refusal, declared: convert(declared), offered: convert(offered) };
}

/** The inverse of {@link eventToWire}. */
export function wireToEvent(wire: WireEvent): Event {
  const event: { [field: string]: unknown } = {};
  for (const [field, content] of Object.entries(wire)) event[field] = fieldFromWire(field, content);
  for (const field of OPTIONAL_FIELDS[wire.kind] ?? []) event[field] ??= undefined;
  return event as unknown as Event;
}

/** Fields that the form of the log leaves out when they are `undefined`. */
const OPTIONAL_FIELDS: { readonly [K in EventKind]?: readonly string[] } = {
  run_started: ["seed", "schedule", "resources", "realizers", "inputs"],
  thread_spawn: ["seed"],
  thread_join: ["value"],
  input_loaded: ["modes", "number", "base", "sink", "digest", "text", "base64"],
  stmt: ["control", "set", "range"],
  bind_checked: ["refusal"],
  leave_proc: ["value"],
  phi_resolved: [
    "gate",
    "configuration",
    "canonical",
    "conflict",
    "minimal",
    "bounds",
    "certificate",
  ],
  outcome: ["returned", "error"],
  realization_started: ["machine"],
  realization_finished: ["reason"],
};

function fieldFromWire(field: string, content: unknown): unknown {
  if (VALUE_FIELDS.has(field)) return wireToValue(content as WireValue);
  if (NAMED_FIELDS.has(field)) return namedFromWire(content as WireFields);
  switch (field) {
    case "set":
      return namedFromWire(content as WireFields)[0];
    case "range": {
      const { start, end } = content as { readonly start: WireValue; readonly end: WireValue };
      return { start: wireToValue(start), end: wireToValue(end) };
    }
    case "seed":
      return typeof content === "number" ? content : wireToValue(content as WireValue);
    case "refusal":
      return mapRefusal(content, (value) => wireToValue(value as WireValue));
    case "resources":
      return (content as readonly { readonly resource: string; readonly args: WireFields }[])
        .map(({ resource, args }) => ({ resource, args: namedFromWire(args) }));
    default:
      return content;
  }
}

function namedFromWire(fields: WireFields): NamedValue[] {
  return Object.entries(fields).map(([name, value]) => ({ name, value: wireToValue(value) }));
}
