/**
 * Numbers of an event that follow from what is before it: indices of effects, numbers of constraints, resources, open files, threads, locks, regions of
 * memory and their holders, and, in logs of different programs, the position of a statement in its list. One additional statement shifts all of
 * these after it.
 *
 * @module
 */

/** Which positions are numbers: none in two logs of one program, where the place says which statement it is. */
export interface Numbered {
  readonly places: boolean;
}

/** The text of an event of a kind without these numbers; equal texts are events that differ in nothing else. */
export function withoutNumbering(kind: string, text: string, { places }: Numbered): string {
  const unnumbered = NUMBERED_KINDS.test(kind) ? text.replaceAll(NUMBERS, "") : text;
  const hasHandle = HANDLE_STARTS.some((start) => unnumbered.includes(start));
  const bare = hasHandle ? unnumbered.replaceAll(HANDLES, "$1") : unnumbered;
  const place = places && PLACED_KINDS.test(kind) ? PLACE.exec(bare)?.[0] : undefined;
  return place === undefined ? bare : place.replaceAll(POSITION, "[]") + bare.slice(place.length);
}

const NUMBERED_KINDS = /^(?:effect$|constraint_|q_|mem_|thread_|mutex_|file_)/;
// A string of a program cannot look like this: its quotes are escaped.
const NUMBERS =
  /,"index":[0-9]+|,"id":"C[0-9]+"|,"resource":"q[0-9]+"|,"file":"f[0-9]+"|,"mutex":"x[0-9]+"|,"(?:spawned|joined)":[0-9]+|,"region":"m[0-9]+"|,"(?:holder|from)":"m[0-9]+\.[0-9]+"/g;
const HANDLE_STARTS = ['{"Mem":"m', '{"Thread":"t', '{"Mutex":"x', '{"File":"f'];
const HANDLES = /(\{"(?:Mem":"m|Thread":"t|Mutex":"x|File":"f))[0-9]+(?:\.[0-9]+)?"/g;
const PLACED_KINDS =
  /^(?:stmt|effect|constraint_added|witness|(?:mem|thread|mutex|file)_[a-z]+|port_read|device_read)$/;
/** The beginning of an event up to its place, where the process needs no quotes. */
const PLACE = /^\{?(?:"seq":[0-9]+,)?"kind":"[a-z_]+",(?:"thread":[0-9]+,)?"at":"[^"\\]*"/;
const POSITION = /\[[0-9]+\]/g;

/**
 * Identifies a step of the program independently of its values: kind, process and statement; in logs of different programs the
 * statement's list and what it sets or performs.
 */
export function stepOf(kind: string, body: string, { places }: Numbered): string {
  const proc = /"proc":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? "";
  const at = /"at":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? "";
  if (!places) return `${kind} ${proc} ${at}`;
  const name = NAME.exec(body)?.[1] ?? "";
  return `${kind} ${proc} ${at.replaceAll(POSITION, "[]")} ${name}`;
}

/** What a statement sets, the kind of an effect, the name of a program, or the word that says how control goes on. */
const NAME = /"(?:set":\{|effect":|name":)"((?:[^"\\]|\\.)*)"/;
