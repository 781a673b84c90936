/**
 * Why a text is not the JSON that was expected.
 *
 * @module
 */

/** A failure at an offset of the text and at a DIR path. */
export interface JsonFailure {
  readonly code: JsonCode;
  readonly message: string;
  readonly offset: number;
  readonly path: string;
}

/** Codes of JSON-level failures. */
export type JsonCode =
  /** Not well-formed JSON. */
  | "DR0101"
  /** A member occurs twice. */
  | "DR0102"
  /** Nested too deeply. */
  | "DR0103"
  /** A value of another kind than expected. */
  | "DR0104"
  /** A required member is missing. */
  | "DR0105"
  /** A member that DIR does not define. */
  | "DR0106"
  /** A number that does not fit, or a string that is not well-formed Unicode. */
  | "DR0107";

/** Thrown by the cursor and caught by the decoder of artifacts. */
export class JsonStop {
  readonly failure: JsonFailure;
  constructor(failure: JsonFailure) {
    this.failure = failure;
  }
}
