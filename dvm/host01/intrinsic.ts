/**
 * Intrinsics: lets whose whole text has the form `name(…)`. The argument is the text between the first parenthesis and the last
 * character, unparsed; if it is blank, the let is an ordinary expression.
 *
 * @module
 */
import { trimWhiteSpace } from "./rust_text.ts";

/** The intrinsics of Q, in the order in which they are matched. */
export const HOST01_Q_INTRINSICS = ["q_alloc", "q_move", "q_use", "q_consume"] as const;

/** One intrinsic of Q. */
export type HostQIntrinsic = (typeof HOST01_Q_INTRINSICS)[number];

/** A call of an intrinsic: which one, and the text between its parentheses. */
export interface HostIntrinsicCall<Name> {
  readonly name: Name;
  readonly argument: string;
}

/** The text of a let as a call of one of these intrinsics; `undefined` for an ordinary expression. */
export function parseIntrinsicCall<Name extends string>(
  text: string,
  names: readonly Name[],
): HostIntrinsicCall<Name> | undefined {
  const trimmed = trimWhiteSpace(text);
  const name = names.find((one) => trimmed.startsWith(`${one}(`) && trimmed.endsWith(")"));
  if (name === undefined) return undefined;
  const argument = trimWhiteSpace(trimmed.slice(name.length + 1, -1));
  return argument === "" ? undefined : { name, argument };
}
