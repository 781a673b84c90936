/**
 * Damage of a log, as everything that reads one reports it.
 *
 * @module
 */

/** The first invalid line of a log, and why it is invalid. */
export interface LogDamage {
  /** Always `damaged-log`. */
  readonly code: "damaged-log";
  /** Number of the line, from 1; 0 where reading began in the middle of the log and lines were not counted. */
  readonly line: number;
  /** Byte offset of that line. */
  readonly offset: number;
  /** What is wrong with the line. */
  readonly reason: string;
}
