/**
 * Violations of static rules as data: what is wrong and where, before `dvm/check/report.ts` turns it into a diagnostic.
 *
 * @module
 */
import { VALUE_DEPTH_MAX, VALUE_PARTS_MAX } from "../base/limits.ts";
import type { STATIC_CODES } from "../diagnostic/static_codes.ts";
import type { Bind, ExprText, Param, Proc, Stmt } from "../dir/model.ts";
import type { HandleName } from "../dir/type.ts";
import type { TypeSize } from "../dir/type_size.ts";
import type { Span } from "../expr/ast.ts";

/** A code that the checks before a run report: static rules, and the rules for handles where a violation is certain. */
export type StaticCode =
  | keyof typeof STATIC_CODES
  | "DR0906"
  | "DR0907"
  | "DR0908"
  | "DR0909"
  | "DR0910"
  | "DR0911"
  | "DR0912"
  | "DR0915"
  | "DR0916";

/** A location in a process: a statement, a part of one of its expressions, a parameter, or the process's head. */
export interface At {
  readonly proc: Proc;
  /** The statement; absent for the process's head. */
  readonly stmt?: Stmt | undefined;
  /** A parameter in that head. */
  readonly param?: Param | undefined;
  /** An expression of the statement. */
  readonly expr?: ExprText | undefined;
  /** A part of that expression; absent for all of it. */
  readonly span?: Span | undefined;
}

/** One violation, without its location. */
export interface Violation {
  readonly code: StaticCode;
  /** One sentence: what is wrong here. */
  readonly message: string;
  /** The text at the mark. */
  readonly label: string;
  /** How to repair it. */
  readonly help: string;
  /** The earlier locations that explain it, such as a declaration or the first use, the latest first. */
  readonly origin?: Origin | readonly Origin[] | undefined;
}

/** An earlier location, and the text at its mark. */
export interface Origin {
  readonly at: At | { readonly bind: Bind };
  readonly label: string;
}

/** A violation and its location. */
export interface Finding {
  readonly at: At;
  readonly violation: Violation;
}

/** A handle is made a part of another value. */
export function handleInside(what: string): Violation {
  return {
    code: "DR0319",
    message: `a handle cannot be ${what}`,
    label: "this holds a handle",
    help: "keep the handle in a name of its own",
  };
}

/** How a program comes by the value that somebody means who writes the handle. */
export const VALUE_OF_HANDLE: { readonly [name in HandleName]: string } = {
  Mem: "load what it refers to",
  Thread: "join it",
  Mutex: "load what it protects",
  File: "read from it",
  Port: "read a value from it",
  Device: "read a value at its address",
};

/** A handle of this type is compared, or selected by a comparison. */
export function handleCompared(how: string, name: HandleName): Violation {
  return {
    code: "DR0322",
    message: `a handle cannot be ${how}`,
    label: "this is a handle",
    help: `${VALUE_OF_HANDLE[name]}, and compare that`,
  };
}

/** The violation of a type whose values are larger than the machine allows; `what` names the type or the literal. */
export function tooLarge(what: string, { depth, parts }: TypeSize): Violation {
  return {
    code: "DR0317",
    message: depth > VALUE_DEPTH_MAX
      ? `${what} is nested deeper than ${VALUE_DEPTH_MAX}`
      : `${what} has more than ${VALUE_PARTS_MAX} parts`,
    label: depth > VALUE_DEPTH_MAX ? `nested ${depth} deep` : `${parts} parts`,
    help: "split it into several smaller values",
  };
}
