/**
 * The bounds of the machine. Reaching one is a failure with a code.
 *
 * @module
 */

/** The limits of a run that its initial state declares. */
export interface Limits {
  /** Ticks after which a run ends in a `Runtime` failure. */
  readonly max_ticks: number;
  /** Frames that may be open at once. */
  readonly max_depth: number;
  /** Bytes of memory that a program may hold at once. */
  readonly max_memory: number;
  /** Solver steps that one Φ resolution may use. */
  readonly max_work: number;
  /** Solver steps of a Φ resolution that may go into its canonical configuration; by default as many as `max_work`. */
  readonly max_configuration_work: number;
  /** Solver steps of a Φ resolution that may go into its conflict; by default as many as `max_work`. */
  readonly max_conflict_work: number;
}

/** The limits of a run that sets none. */
export const DEFAULT_LIMITS: Limits = {
  max_ticks: 10_000_000,
  max_depth: 1_000,
  max_memory: 64 * 1024 * 1024,
  max_work: 2_000_000,
  max_configuration_work: 2_000_000,
  max_conflict_work: 2_000_000,
};

/** The names of all limits of a run, in the order of {@link Limits}. */
export const LIMIT_NAMES: readonly (keyof Limits)[] = Object.keys(DEFAULT_LIMITS)
  .filter(isLimitName);

function isLimitName(word: string): word is keyof Limits {
  return Object.hasOwn(DEFAULT_LIMITS, word);
}

/** Length of an artifact's text, in UTF-16 units: more than any compiler emits, and less than half of one line of the log. */
export const ARTIFACT_LENGTH_MAX = 240 * 1024 * 1024;
/** Nesting of JSON values in an artifact; statements nest twice per block. Bounds the decoder's recursion. */
export const JSON_DEPTH_MAX = 512;
/** Depth of one expression's tree. Bounds the recursion of everything that walks expressions. */
export const EXPR_DEPTH_MAX = 1_000;
/** Calls in one expression, which is evaluated again after each of them. */
export const EXPR_CALLS_MAX = 1_000;
/** Length of one array value. */
export const ARRAY_LENGTH_MAX = 1_000_000;
/** Aliases that the name of a type may lead through. */
export const ALIAS_CHAIN_MAX = 64;
/** Scalars and composites in one value, all counted; one event of the log may have to hold them. */
export const VALUE_PARTS_MAX = 1_000_000;
/** Nesting of one value. Bounds the recursion of everything that walks values. */
export const VALUE_DEPTH_MAX = 256;
/**
 * Text in one value, in UTF-16 units. The event of an effect has the value twice, the second time as a string inside a string. A
 * unit then takes up to 13 characters, and a line must stay below the 2^29 characters of the longest string of the host.
 */
export const VALUE_TEXT_MAX = 16 * 1024 * 1024;
/** Bytes that one write to a file moves: their base 64 is the text of a value. */
export const WRITE_BYTES_MAX = 8 * 1024 * 1024;
/** Bytes of one file of the environment, or values of one port: escaped, a file fits in one line of the log. */
export const INPUT_BYTES_MAX = 64 * 1024 * 1024;
/** Bytes of one device. */
export const DEVICE_BYTES_MAX = 1024 * 1024;
/** Threads that a run starts: each has a clock for each. */
export const THREADS_MAX = 1_000;
/** Nesting of one argument: {@link VALUE_DEPTH_MAX} values, three levels of JSON for each tagged one; a log allows 1,000. */
export const ARGUMENT_DEPTH_MAX = 900;
/** Parts of one argument: four for each part of a value, because tags count. */
export const ARGUMENT_PARTS_MAX = 4 * VALUE_PARTS_MAX;
/** Texts and names of one argument, in UTF-16 units: fully escaped they fit in one line of the log. */
export const ARGUMENT_TEXT_MAX = 4 * VALUE_TEXT_MAX;
