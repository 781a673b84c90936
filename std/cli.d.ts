/**
 * The declarations of what `cli.ts` takes from `@std/cli`: the package on npm has none. Upstream computes the type of the result
 * from the options; here it is what any set of options can give.
 *
 * @module
 */

/** How the words are read. */
export interface ParseOptions {
  /** Options without a value. */
  readonly boolean?: readonly string[];
  /** Options with a value that is never taken for a number; `_` for the operands. */
  readonly string?: readonly string[];
  /** Options whose values are collected in an array. */
  readonly collect?: readonly string[];
  /** Other names of options. */
  readonly alias?: { readonly [name: string]: string };
  /** Called for an operand with `arg` alone, and for an option that is not declared; `false` omits it from the result. */
  readonly unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** Sorts the words of a command line into options and, under `_`, operands. Words after `--` are operands. */
export function parseArgs(
  args: string[],
  options?: ParseOptions,
): { readonly _: readonly unknown[]; readonly [name: string]: unknown };
