/**
 * The bugs that a test plants in the naive interpreter of time: each makes it decide bounds wrongly in one way.
 *
 * @module
 */

/** Every bug. */
export const TIME_BUGS = [
  "latency is decided after the call only",
  "a deadline is decided after the process only",
  "a statement is not bounded when it completes",
  "a call is bounded again before each call in it",
  "the outermost bound decides",
  "clauses decide before Timer",
  "the last clause decides",
  "max_ticks decides first",
  "lower sides are ignored",
  "a lower side replaces the failure of the callee",
  "a return keeps every bound",
  "constraints at an exit are not bounded",
  "statements of a Φ call count before it is resolved",
  "a constraint is decided before its tick",
  "the bind in the direction of a call alone bounds it",
  "a tick is one microsecond",
  "a bound excludes its end",
] as const;

/** One of them. */
export type TimeBug = (typeof TIME_BUGS)[number];
