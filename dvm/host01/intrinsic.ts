/**
 * The intrinsics: a let whose whole text has the form `name(…)`. The text between the first parenthesis and the last character
 * is taken as it is, so it may hold anything; only where it is blank is the text an ordinary expression.
 *
 * @module
 */
import { trimWhiteSpace } from "./rust_text.ts";

/** Intrinsics of Q, in the order in which they are looked for. */
export const HOST01_Q_INTRINSICS = ["q_alloc", "q_move", "q_use", "q_consume"] as const;

/** One intrinsic of Q. */
export type HostQIntrinsic = (typeof HOST01_Q_INTRINSICS)[number];

/** A call of an intrinsic: which one, and the text between its parentheses. */
export interface HostIntrinsicCall<Name> {
  readonly name: Name;
  readonly argument: string;
}

/** The call of one of these intrinsics that a let's text is, or `undefined` for an ordinary expression. */
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
