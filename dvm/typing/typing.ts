/**
 * The types of a whole program: what the static checks report about them, and what `dvm/load/elaborate.ts` writes into the
 * expression trees.
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import type { Proc, Program } from "../dir/model.ts";
import type { HandleName } from "../dir/type.ts";
import type { BinaryExpr, CallExpr } from "../expr/ast.ts";
import type { Inferred } from "./assignable.ts";
import type { TypedLiteral } from "./infer_literals.ts";
import { inferProcess } from "./infer_process.ts";
import type { Finding } from "./violation.ts";

/** The result of type inference over a program. */
export interface Typing {
  /** Violations of type rules by process, in the order of inference; a process without any is absent. */
  readonly findings: ReadonlyMap<Proc, readonly Finding[]>;
  /** The types of the arguments of each unresolved call with the name of an operation of the draft. */
  readonly draftArguments: ReadonlyMap<CallExpr, readonly Inferred[]>;
  /** The cells that hold handles, and of which type, by process; a process without any is absent. */
  readonly handles: ReadonlyMap<Proc, HandleCells>;
  /** How inferred types change the meaning of operators. */
  readonly elaboration: Elaboration;
}

/** The cells of a process that hold handles, and of which type. */
export type HandleCells = ReadonlyMap<number, HandleName>;

/** Expressions whose evaluation depends on inferred types. */
export interface Elaboration {
  /** Binary operations on f32. */
  readonly singleOperations: readonly BinaryExpr[];
  /** Literals whose value is not the one that their text has by itself. */
  readonly literals: readonly TypedLiteral[];
}

/**
 * Infers the types of a linked program. The result depends on the program alone and changes nothing in it. Memoized: loading
 * needs the elaboration, and the static checks need the findings.
 */
export const typingOf: (program: Program) => Typing = memoize((program) => {
  const findings = new Map<Proc, readonly Finding[]>();
  const draftArguments = new Map<CallExpr, readonly Inferred[]>();
  const handles = new Map<Proc, HandleCells>();
  const singleOperations: BinaryExpr[] = [], literals: TypedLiteral[] = [];
  for (const proc of program.procs) {
    const found: Finding[] = [];
    const slots = new Map<number, HandleName>();
    inferProcess(program, proc, {
      report: (at, violation) => void found.push({ at, violation }),
      singleOperation: (expr) => void singleOperations.push(expr),
      literal: (literal) => void literals.push(literal),
      handle: (slot, name) => void slots.set(slot, name),
      draftCall: (call, args) => void draftArguments.set(call, args),
    });
    if (found.length > 0) findings.set(proc, found);
    if (slots.size > 0) handles.set(proc, slots);
  }
  return { findings, draftArguments, handles, elaboration: { singleOperations, literals } };
});
