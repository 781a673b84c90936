/**
 * What the rules of single expression forms share: the process whose types are inferred, and where its violations go.
 *
 * @module
 */
import type { Proc, Program } from "../dir/model.ts";
import type { HandleName, Type } from "../dir/type.ts";
import type { BinaryExpr, CallExpr, Expr, Span } from "../expr/ast.ts";
import type { Inferred } from "./assignable.ts";
import type { TypedLiteral } from "./infer_literals.ts";
import type { At, Violation } from "./violation.ts";

/** Receives the results of type inference. */
export interface TypingSink {
  /** A violation of a type rule. */
  report(at: At, violation: Violation): void;
  /** A binary operation on f32. */
  singleOperation(expr: BinaryExpr): void;
  /** A literal whose value depends on its uses. */
  literal(literal: TypedLiteral): void;
  /** A cell that holds a handle of this type. */
  handle(slot: number, name: HandleName): void;
  /** The types of the arguments of an unresolved call with the name of an operation of the draft. */
  draftCall(call: CallExpr, args: readonly Inferred[]): void;
}

/** Type inference at one expression of a statement. */
export interface Inference {
  readonly program: Program;
  readonly proc: Proc;
  /** The expression that is being inferred. */
  readonly at: At;
  /** The type of a part of that expression. `position` is the declared type of the position that it enters, if there is one. */
  infer(expr: Expr, position?: Type): Inferred;
  /** Reports what is wrong with a part of that expression. */
  report(part: Span, violation: Violation): void;
  /** The types of the arguments of an unresolved call with the name of an operation of the draft. */
  draftCall(call: CallExpr, args: readonly Inferred[]): void;
}

/** `undefined` in place of a type whose name did not resolve: that has been reported at its declaration. */
export function known(type: Inferred): Inferred {
  return type?.kind === "unknown" ? undefined : type;
}
