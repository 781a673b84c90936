/**
 * Every bound of the machine, in one place. Reaching one is a coded failure, never a hang and never a guess.
 *
 * @module
 */

/** The limits of a run that its initial state declares. */
export interface Limits {
  /** Ticks after which a run ends in a `Runtime` failure. */
  readonly max_ticks: number;
  /** Frames that may be open at once. */
  readonly max_depth: number;
  /** Solver steps that one Φ resolution may take. */
  readonly max_work: number;
}

/** What holds unless a run says otherwise. */
export const DEFAULT_LIMITS: Limits = {
  max_ticks: 10_000_000,
  max_depth: 1_000,
  max_work: 2_000_000,
};

/** Artifact text, in UTF-16 units: more than any compiler emits, and less than half of what the log can hold in one line. */
export const ARTIFACT_LENGTH_MAX = 240 * 1024 * 1024;
/** Nesting of JSON values in an artifact; statements nest twice per block. Bounds the decoder's recursion. */
export const JSON_DEPTH_MAX = 512;
/** Depth of one expression's tree. Bounds the recursion of everything that walks expressions. */
export const EXPR_DEPTH_MAX = 1_000;
/** Calls in one expression: it is evaluated again after each of them. */
export const EXPR_CALLS_MAX = 1_000;
/** Length of one array value. */
export const ARRAY_LENGTH_MAX = 1_000_000;
/** Scalars and composites in one value, all counted: what one event of the log may have to hold. */
export const VALUE_PARTS_MAX = 1_000_000;
/** Nesting of one value. Bounds the recursion of everything that walks values. */
export const VALUE_DEPTH_MAX = 256;
/**
 * Text in one value, in UTF-16 units. An effect has its value twice, the second time as a string within a string; a unit then takes
 * up to seven characters, and the line must stay below the 2^29 that the host can hold.
 */
export const VALUE_TEXT_MAX = 16 * 1024 * 1024;
/** Nesting of one argument: values nest 256 deep, three levels each where they are tagged, and a log's values 1,000. */
export const ARGUMENT_DEPTH_MAX = 900;
/** Parts of one argument: four for each that a value may have, tags included. */
export const ARGUMENT_PARTS_MAX = 4 * VALUE_PARTS_MAX;
/** Texts and names of one argument, in UTF-16 units: fully escaped they still fit in one line of a log. */
export const ARGUMENT_TEXT_MAX = 4 * VALUE_TEXT_MAX;
