/**
 * Types of shape literals and field accesses: every field exists, is given once, and has its declared type (TYP-05, TYP-06).
 *
 * @module
 */
import { findShape } from "../dir/lookup.ts";
import { renderType, type Shape } from "../dir/type.ts";
import { fieldNamed } from "../dir/type_names.ts";
import type { FieldExpr, FieldInit, ShapeExpr } from "../expr/ast.ts";
import type { Inferred } from "./assignable.ts";
import { nearestWord } from "../text/suggest.ts";
import { expectType } from "./expectation.ts";
import { type Inference, known } from "./inference.ts";

/** The type of `base.field`, for a base of type `base`. */
export function inferField(inference: Inference, expr: FieldExpr, base: Inferred): Inferred {
  if (base === undefined) return undefined;
  const field = base.kind === "shape" ? fieldNamed(base.shape, expr.field) : undefined;
  if (field !== undefined) return known(field.type);
  const fields = base.kind === "shape" ? fieldNames(base.shape) : "";
  inference.report(expr, {
    code: "DR0303",
    message: `${renderType(base)} has no field ${expr.field}`,
    label: "no such field",
    help: fields === "" ? "only shapes have fields" : `its fields are ${fields}`,
  });
  return undefined;
}

/** The type of `Shape{field: value, …}`. */
export function inferShape(inference: Inference, expr: ShapeExpr): Inferred {
  if (expr.name === "PhiWitness") {
    inference.report(expr, {
      code: "DR0313",
      message: "a witness cannot be constructed by a literal",
      label: "this would forge a witness",
      help: "write prove NAME from CANDIDATE",
    });
    return undefined;
  }
  const shape = findShape(inference.program, inference.proc.forge, expr.name);
  const given = expr.fields.map((init) => {
    const field = shape === undefined ? undefined : fieldNamed(shape, init.name);
    return { init, type: inference.infer(init.value, field?.type) };
  });
  if (shape === undefined) {
    const names = inference.program.types.shapes.map(({ name }) => name);
    const nearest = nearestWord(expr.name, names);
    inference.report(expr, {
      code: "DR0216",
      message: `unknown shape ${expr.name}`,
      label: "not declared",
      help: nearest === undefined ? "declare the shape in the forge" : `did you mean ${nearest}?`,
    });
    return undefined;
  }
  const seen = new Set<string>();
  for (const { init, type } of given) {
    expectField(inference, shape, { init, type, isRepeated: seen.has(init.name) });
    seen.add(init.name);
  }
  const missing = shape.fields.filter(({ name }) => !seen.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    inference.report(expr, {
      code: "DR0304",
      message: `a ${shape.name} needs ${missing.join(", ")}`,
      label: "not every field is given",
      help: `give each of ${fieldNames(shape)} once`,
    });
  }
  return { kind: "shape", shape };
}

function expectField(
  inference: Inference,
  shape: Shape,
  given: { readonly init: FieldInit; readonly type: Inferred; readonly isRepeated: boolean },
): void {
  const { init, type, isRepeated } = given;
  const field = fieldNamed(shape, init.name);
  if (field === undefined || isRepeated) {
    inference.report(init, {
      code: "DR0304",
      message: field === undefined
        ? `${shape.name} has no field ${init.name}`
        : `field ${init.name} is given twice`,
      label: field === undefined ? "no such field" : "given again here",
      help: `give each of ${fieldNames(shape)} once`,
    });
    return;
  }
  expectType(inference, init.value, type, {
    type: field.type,
    what: `field ${field.name} of ${shape.name} is`,
  });
}

function fieldNames({ fields }: Shape): string {
  return fields.map(({ name }) => name).join(", ");
}
