/**
 * The form of the log in the notation of the language: what a person reads of an event or of a trace. Tagged values are recognized
 * wherever they are; the rest of the JSON is written with bare member names.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Value } from "../value/value.ts";
import { type WireFields, wireToValue, type WireValue } from "../value/wire_object.ts";
import { renderPayload } from "../value/wire_text.ts";
import { renderNamedValues, renderValue } from "./notation.ts";

/**
 * A value in the form of the log: `{"Struct":{"ty":"Shift","fields":{"start":{"Int":8}}}}` is `Shift{start: 8}`.
 *
 * @example
 * ```ts
 * import { renderWireValue } from "../../mod.ts";
 * if (renderWireValue({ Array: [{ Int: 1 }, "Unit", { String: "x" }] }) !== '[1, (), "x"]') throw new Error();
 * ```
 */
export function renderWireValue(wire: WireValue): string {
  return renderValue(wireToValue(wire));
}

/** Values by name, in the form of the log, as arguments are written: `n: 4, deep: true`. */
export function renderWireFields(fields: WireFields): string {
  return renderNamedValues(
    Object.entries(fields).map(([name, wire]) => ({ name, value: wireToValue(wire) })),
  );
}

/** Whether content is a value and `payload` is how the trace renders it, so that it says nothing more than the value does. */
export function isPayloadOf(content: unknown, payload: string): boolean {
  return (content === "Unit" || isWireValue(content)) &&
    renderPayload(wireToValue(content)) === payload;
}

/** Any JSON of a log or a trace. Values and named values, `(n: 4)`, are in the notation; a string is a word or quoted. */
export function renderContent(content: unknown): string {
  if (isWireValue(content)) return renderWireValue(content);
  if (typeof content === "string") return WORD.test(content) ? content : JSON.stringify(content);
  if (typeof content !== "object" || content === null) return String(content);
  if (Array.isArray(content)) return `[${content.map(renderContent).join(", ")}]`;
  if (isWireFields(content)) return `(${renderWireFields(content)})`;
  const members = Object.entries(content).map(([name, member]) =>
    `${name}: ${renderContent(member)}`
  );
  return `{${members.join(", ")}}`;
}

/** Strings that need no quotes: names, references, digests. */
const WORD = /^[\p{L}\p{N}_.:/-]+$/u;

/**
 * The path of a member of an event without the tags in it: `value.Struct.fields.start.Int` is `value.start`,
 * `returned.Array[2].Int` is `returned[2]`.
 */
export function renderMemberPath(path: string): string {
  return path.replaceAll(/\.Struct\.fields(?=\.)/g, "").replaceAll(/\.Struct\.ty$/g, "")
    .replaceAll(/\.Array(?=\[)/g, "").replace(LAST_TAG, "");
}

/** A tag, the name of the only member of a tagged value. */
type Tag = Exclude<Value["kind"], "Unit">;

const TAGS: { readonly [T in Tag]: true } = {
  Int: true,
  Float: true,
  Bool: true,
  String: true,
  Char: true,
  Mem: true,
  Thread: true,
  Mutex: true,
  File: true,
  Port: true,
  Device: true,
  Mapped: true,
  Array: true,
  Struct: true,
};

const LAST_TAG = new RegExp(`\\.(?:${Object.keys(TAGS).join("|")})$`);

function isTag(name: string): name is Tag {
  return Object.hasOwn(TAGS, name);
}

function isWireFields(content: object): content is WireFields {
  const members = Object.values(content);
  return members.every((member) => member === "Unit" || isWireValue(member)) &&
    (members.length === 0 || members.some((member) => typeof member === "object"));
}

/** Whether content is a tagged value. The word `Unit` is one only where a value is expected, which the content does not show. */
function isWireValue(content: unknown): content is WireValue {
  if (typeof content !== "object" || content === null || Array.isArray(content)) return false;
  const [entry, ...others] = Object.entries(content);
  if (entry === undefined || others.length > 0) return false;
  const [name, inner] = entry;
  return isTag(name) && isContentOf(name, inner);
}

function isContentOf(tag: Tag, inner: unknown): boolean {
  switch (tag) {
    case "Int":
      return typeof inner === "bigint"
        ? BigInt.asIntN(64, inner) === inner
        : Number.isSafeInteger(inner);
    case "Float":
      return typeof inner === "number";
    case "Bool":
      return typeof inner === "boolean";
    case "String":
    case "Char":
    case "Mem":
    case "Thread":
    case "Mutex":
    case "File":
    case "Port":
    case "Device":
    case "Mapped":
      return typeof inner === "string";
    case "Array":
      return Array.isArray(inner) && inner.every((item) => item === "Unit" || isWireValue(item));
    case "Struct":
      return isWireStruct(inner);
    default:
      return unreachable(tag);
  }
}

function isWireStruct(inner: unknown): boolean {
  if (typeof inner !== "object" || inner === null) return false;
  const ty: unknown = Reflect.get(inner, "ty"), fields: unknown = Reflect.get(inner, "fields");
  return typeof ty === "string" && typeof fields === "object" && fields !== null &&
    Object.values(fields).every((field) => field === "Unit" || isWireValue(field));
}
