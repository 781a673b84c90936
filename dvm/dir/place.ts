/**
 * Where a declaration or statement is in its artifact.
 *
 * @module
 */

/** The location of a declaration or statement: artifact, DIR path, offset in the text of the artifact. */
export interface Place {
  /** Index into `Program.artifacts`. */
  readonly artifact: number;
  /** DIR path such as `forges[0].procs[2]`. */
  readonly path: string;
  /** Offset in UTF-16 units of the first character of the JSON value. */
  readonly offset: number;
}
