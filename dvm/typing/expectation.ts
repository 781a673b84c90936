/**
 * Values where a declared type is expected: parameters, fields, returns, locals, loop bounds (TYP-02, TYP-09, TYP-10, TYP-15, X-43).
 *
 * @module
 */
import { intMax, intMin, renderType, type Type } from "../dir/type.ts";
import type { Expr } from "../expr/ast.ts";
import { fits, type Inferred } from "./assignable.ts";
import type { Inference } from "./inference.ts";
import type { At, Violation } from "./violation.ts";

/** The type that a position expects. */
export interface Expectation {
  readonly type: Inferred;
  /** The first words of the message: `main returns`. */
  readonly what: string;
  /** Where that type is declared. */
  readonly declared?: At | undefined;
}

/** Reports a value whose type does not fit its position, and integer literals outside the range of the expected type. */
export function expectType(
  inference: Inference,
  expr: Expr,
  found: Inferred,
  expectation: Expectation,
): void {
  const { type: expected, what } = expectation;
  if (found === undefined || expected === undefined || expected.kind === "unknown") return;
  if (fits(found, expected)) {
    expectLiteralsInRange(inference, expr, expectation, expected);
    return;
  }
  inference.report(expr, { ...mismatch(found, expected, what), ...originOf(expectation) });
}

/** The violation of a value that has another type than its position expects. */
export function mismatch(found: Type, expected: Type, what: string): Violation {
  return {
    code: "DR0302",
    message: `${what} ${renderType(expected)}, not ${renderType(found)}`,
    label: `this is ${renderType(found)}`,
    help: `give a value of type ${renderType(expected)}`,
  };
}

/** Integer literals in a position of a declared type, those inside an array literal too, are in its range (TYP-15). */
function expectLiteralsInRange(
  inference: Inference,
  expr: Expr,
  expectation: Expectation,
  expected: Type,
): void {
  if (expr.kind === "array" && expected.kind === "array") {
    const ofElement = { ...expectation, what: "an element is" };
    for (const item of expr.items) {
      expectLiteralsInRange(inference, item, ofElement, expected.element);
    }
    return;
  }
  if (expected.kind !== "int" || expr.kind !== "int") return;
  if (expr.value >= intMin(expected) && expr.value <= intMax(expected)) return;
  const type = renderType(expected);
  inference.report(expr, {
    code: "DR0310",
    message: `${expectation.what} ${type}, and ${expr.value} is outside its range`,
    label: `${type} is ${intMin(expected)} to ${intMax(expected)}`,
    help: "use a value in range, or a wider type",
    ...originOf(expectation),
  });
}

function originOf({ declared }: Expectation): Pick<Violation, "origin"> {
  return declared === undefined ? {} : { origin: { at: declared, label: "declared here" } };
}
