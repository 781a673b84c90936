/**
 * The lines of statements, which are nearly all lines of a log. A loop repeats the same few of them with other numbers: of a statement
 * that comes again, what does not change is kept as bytes and copied.
 *
 * @module
 */
import type { StmtEvent } from "../../dvm/event/event.ts";
import { value } from "./encode_field.ts";
import { LineBytes } from "./line_bytes.ts";
import { type RepeatedLine, repeatedLine } from "./repeated_line.ts";

/** Appends the line of a statement as one with this number. */
export function encodeStmt(into: LineBytes, event: StmtEvent, seq: number): void {
  const { set } = event;
  const value = set?.value;
  if (seq >= REPEATED_SEQ_MIN && event.range === undefined && event.thread === undefined) {
    if (value === undefined || value.kind === "Int") {
      const line = repeated(event, set?.name);
      if (line !== undefined) return into.repeatedLine(seq, line, value?.value);
    }
  }
  into.lineStart(seq);
  encodeRest(into, event);
  into.lineEnd();
}

/** The members after `seq`. */
function encodeRest(into: LineBytes, event: StmtEvent): void {
  const { set, range } = event;
  encodePlace(into, event);
  if (set !== undefined) {
    into.ascii(',"set":{');
    into.string(set.name);
    into.ascii(":");
    into.value(set.value);
    into.ascii("}");
  }
  if (range !== undefined) {
    into.ascii(',"range":{"start":');
    into.value(range.start);
    value(into, "end", range.end);
    into.ascii("}");
  }
}

function encodePlace(into: LineBytes, { thread, at, control }: StmtEvent): void {
  into.ascii(',"kind":"stmt"');
  if (thread !== undefined) into.ascii(`,"thread":${thread}`);
  into.ascii(',"at":');
  into.string(at);
  if (control === undefined) return;
  into.ascii(',"control":"');
  into.ascii(control);
  into.ascii('"');
}

/** Smaller numbers have less than three digits. */
const REPEATED_SEQ_MIN = 100;

/** Statements that are looked up; a power of 2. */
const SLOTS = 256;

/** The latest statement whose place leads to one slot, and its line once it has come again. */
interface Slot {
  at: string;
  control: StmtEvent["control"];
  name: string | undefined;
  line: RepeatedLine | undefined;
}

const LATEST: readonly Slot[] = Array.from({ length: SLOTS }, () => ({
  at: "",
  control: undefined,
  name: undefined,
  line: undefined,
}));

/** The line of a statement, where an integer is set up to that. `undefined` for a statement that has not been here before. */
function repeated(event: StmtEvent, name: string | undefined): RepeatedLine | undefined {
  const { at, control } = event;
  const slot = LATEST[slotOf(at)];
  if (slot === undefined) return undefined;
  if (slot.at === at && slot.control === control && slot.name === name) {
    return slot.line ??= repeatedLine(bytesOf(event));
  }
  slot.at = at;
  slot.control = control;
  slot.name = name;
  slot.line = undefined;
  return undefined;
}

/** A number that differs for the statements of one loop: their places end with their indices. */
function slotOf(at: string): number {
  const { length } = at;
  return (31 * length + 7 * at.charCodeAt(length - 2) + at.charCodeAt(length - 3)) & (SLOTS - 1);
}

/** What follows the number in its line. */
function bytesOf(event: StmtEvent): Uint8Array {
  const into = new LineBytes(128);
  encodePlace(into, event);
  if (event.set === undefined) into.ascii("}");
  else {
    into.ascii(',"set":{');
    into.string(event.set.name);
    into.ascii(':{"Int":');
  }
  return into.view().slice();
}
