/**
 * Bodies of Φ processes. Every integer unknown is bounded to a small range, so that the reference can enumerate configurations.
 *
 * @module
 */
import type { StatementTree } from "./artifact.ts";
import type { BodyPlan } from "./body_plan.ts";
import { expressionOf, integer, isIntType, type TypeName } from "./expressions.ts";

/** The body of a Φ process: bounds on each unknown, further constraints, and a result. */
export function phiBody({ random, shapes, callable, proc }: BodyPlan): StatementTree[] {
  const body: StatementTree[] = [];
  const unknowns = proc.params.flatMap(({ name, ty }) => {
    const shape = shapes.find((declared) => declared.name === ty);
    return shape === undefined
      ? [{ path: name, ty }]
      : shape.fields.map((field) => ({ path: `${name}.${field.name}`, ty: field.ty }));
  });
  for (const { path, ty } of unknowns) {
    if (!isIntType(ty)) continue;
    body.push({ Constrain: { predicate: `${path} Ge ${-random.below(6)}` } });
    body.push({ Constrain: { predicate: `${path} Le ${random.below(9)}` } });
  }
  const integers = unknowns.filter(({ ty }) => isIntType(ty)).map(({ path }) => path);
  const operand = () =>
    integers.length > 0 && !random.oneIn(4) ? random.pick(integers) : integer("i64", random);
  const term = () => {
    switch (random.below(5)) {
      case 0:
        return `${operand()} ${random.pick(["Add", "Sub"])} ${operand()}`;
      case 1:
        return `${operand()} Mul ${integer("i64", random)}`;
      case 2:
        return `(${operand()} Div ${random.pick(["2", "3", "-2"])})`;
      default:
        return operand();
    }
  };
  const names = new Map<string, TypeName>(proc.params.map(({ name, ty }) => [name, ty]));
  if (random.oneIn(2)) {
    body.push({ Let: { name: "d", expr: term() } });
    integers.push("d");
    names.set("d", "i64");
  }
  for (let extra = random.below(4); extra > 0; extra--) {
    const compared = () =>
      `${term()} ${random.pick(["Lt", "Le", "Gt", "Ge", "Eq", "Ne"])} ${term()}`;
    const truths = unknowns.filter(({ ty }) => ty === "bool").map(({ path }) => path);
    const predicate = random.oneIn(3)
      ? `${compared()} Or ${truths[0] ?? compared()}`
      : truths.length > 0 && random.oneIn(3)
      ? `${truths[0]} Eq (${compared()})`
      : compared();
    body.push({ Constrain: { predicate } });
  }
  const source = proc.params[0]?.name;
  if (source !== undefined && random.oneIn(2)) {
    body.push({ Prove: { name: "w", from: source } });
    if (proc.isEffectful) body.push({ Effect: { kind: "seal", payload: "w" } });
  }
  const scope = {
    random,
    shapes,
    names,
    callable: callable.filter(({ regime }) => regime === "Φ"),
  };
  if (proc.ret !== null) body.push({ Return: { expr: expressionOf(proc.ret, 0, scope) } });
  return body;
}
