/**
 * Bodies of Q processes: every linear name is used exactly once.
 *
 * @module
 */
import type { StatementTree } from "./artifact.ts";
import type { BodyPlan } from "./body_plan.ts";
import { expressionOf, integer, isIntType, type TypeName } from "./expressions.ts";

/** The body of a Q process. Names that are still live at the end are consumed, one of them by the return. */
export function linearBody({ random, shapes, callable, proc }: BodyPlan): StatementTree[] {
  const body: StatementTree[] = [];
  const live = new Map<string, TypeName>(proc.params.map(({ name, ty }) => [name, ty]));
  let count = 0;
  const fresh = (ty: TypeName) => {
    const name = `q${count++}`;
    live.set(name, ty);
    return name;
  };
  const take = (wanted: (ty: TypeName) => boolean): string | undefined => {
    const found = [...live].filter(([, ty]) => wanted(ty)).map(([name]) => name);
    if (found.length === 0) return undefined;
    const name = random.pick(found);
    live.delete(name);
    return name;
  };
  const isShape = (ty: TypeName) => shapes.some(({ name }) => name === ty);
  for (let steps = random.below(6); steps > 0; steps--) {
    const [name, ty] = [...live][0] ?? ["", ""];
    switch (random.below(7)) {
      case 0: // a move
        if (name !== "") {
          live.delete(name);
          body.push({ Let: { name: fresh(ty), expr: name } });
        }
        break;
      case 1: { // a projection and what is built from it
        const from = take(isShape);
        const shape = shapes.find((declared) => declared.name === proc.params[0]?.ty);
        const field = shape?.fields.find((declared) => isIntType(declared.ty));
        if (from === undefined || field === undefined) break;
        body.push({ Let: { name: fresh("i64"), expr: `${from}.${field.name} Add 1` } });
        break;
      }
      case 2: { // a call between Q processes
        const callee = callable.find(({ regime, params }) =>
          regime === "Q" && params.length === 1 && params[0]?.ty === ty
        );
        if (callee?.ret === null || callee === undefined) break;
        live.delete(name);
        const result = fresh(callee.ret);
        body.push({ Call: { target: callee.name, args: [name], result } });
        break;
      }
      case 3: // a measurement
        if (isShape(ty)) {
          live.delete(name);
          body.push({ Effect: { kind: "observe", payload: name } });
        }
        break;
      case 4: {
        const held = [...live].find(([, known]) => isIntType(known));
        if (held !== undefined) body.push({ Constrain: { predicate: `${held[0]} Ge -9999` } });
        break;
      }
      case 5: { // an allocation, borrowed and freed
        const resource = `r${count++}`;
        body.push({ Let: { name: resource, expr: "q_alloc(QBit)" } });
        if (random.oneIn(2)) {
          body.push({ Call: { target: "q_use", args: [resource], result: null } });
        }
        body.push({ Call: { target: "q_consume", args: [resource], result: null } });
        break;
      }
      default:
        body.push({ Let: { name: fresh("i64"), expr: integer("i64", random) } });
    }
  }
  const last = take((ty) => ty === proc.ret);
  for (const [name, ty] of live) {
    if (isIntType(ty)) {
      body.push({ Let: { name: `s${count}`, expr: `${name} Mul 2` } });
      body.push({ Call: { target: "q_consume", args: [`s${count++}`], result: null } });
    } else body.push({ Effect: { kind: "observe", payload: name } });
  }
  const ret = proc.ret ?? "i64";
  const scope = { random, shapes, names: new Map<string, TypeName>(), callable: [] };
  body.push({ Return: { expr: last ?? expressionOf(ret, 1, scope) } });
  return body;
}
