/**
 * Problems of a store.
 *
 * @module
 */

/** A problem of a store. */
export interface StoreFinding {
  /**
   * `damaged`: a log is not what was recorded; `disagreement`: a file is missing, or is not of this store; `incomplete`: not finished, or
   * not known. In order of severity.
   */
  readonly kind: "damaged" | "disagreement" | "incomplete";
  /** The run that it concerns; `undefined` if none, or the store as a whole. */
  readonly run: number | undefined;
  /** One sentence. */
  readonly message: string;
}

const SEVERITIES = ["damaged", "disagreement", "incomplete"] as const;

/** The findings, the most severe first, otherwise in their order. */
export function bySeverity(findings: readonly StoreFinding[]): readonly StoreFinding[] {
  return SEVERITIES.flatMap((severity) => findings.filter(({ kind }) => kind === severity));
}
