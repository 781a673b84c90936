/**
 * Small Φ systems as tests write them: what they are made of, and their DIR text.
 *
 * @module
 */

/** An expression, small enough to be read twice: as DIR text and by {@link valueOf}. */
export type Expression =
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "unary"; readonly op: "Neg" | "Not"; readonly a: Expression }
  | {
    readonly kind: "binary";
    readonly op: string;
    readonly a: Expression;
    readonly b: Expression;
  };

/** An unknown, with the values that are enumerated. */
export interface SystemUnknown {
  /** `x`, or `c.x` in a shape. */
  readonly name: string;
  readonly type: string;
  readonly lo: bigint;
  readonly hi: bigint;
}

/** A statement of a system's body. */
export type SystemStmt =
  | { readonly kind: "let"; readonly name: string; readonly value: Expression }
  | { readonly kind: "constrain"; readonly predicate: Expression }
  | { readonly kind: "prove"; readonly name: string; readonly from: Expression };

/** A whole system: `Φ::main`. */
export interface System {
  readonly unknowns: readonly SystemUnknown[];
  readonly body: readonly SystemStmt[];
  readonly result: Expression;
}

/** An expression as DIR text. */
export function textOf(expr: Expression): string {
  switch (expr.kind) {
    case "int":
      return expr.value < 0n ? `(${expr.value})` : `${expr.value}`;
    case "bool":
      return String(expr.value);
    case "name":
      return expr.name;
    case "unary":
      return `${expr.op}(${textOf(expr.a)})`;
    case "binary":
      return `(${textOf(expr.a)} ${expr.op} ${textOf(expr.b)})`;
  }
}

/** A system as a DIR artifact that holds nothing else. */
export function artifactOf(system: System): string {
  const { shapes, proc } = declarationsOf(system);
  return JSON.stringify({ forges: [{ name: "Systems", shapes, procs: [proc], binds: [] }] });
}

/** What declares a system: `Φ::main`. Unknowns named `c.…` are fields of the shape that the parameter `c` has. */
export function declarationsOf({ unknowns, body, result }: System) {
  const shapes = new Map<string, { name: string; ty: string }[]>();
  const params: { name: string; ty: string }[] = [];
  for (const { name, type } of unknowns) {
    const [owner, field] = name.split(".");
    if (owner === undefined || field === undefined) {
      params.push({ name, ty: type });
      continue;
    }
    const shape = `Shape_${owner}`;
    const fields = shapes.get(shape);
    if (fields === undefined) {
      shapes.set(shape, [{ name: field, ty: type }]);
      params.push({ name: owner, ty: shape });
    } else fields.push({ name: field, ty: type });
  }
  return {
    shapes: [...shapes].map(([name, fields]) => ({ name, fields })),
    proc: {
      regime: "Φ",
      name: "main",
      params,
      uses: [],
      ret: "bool",
      qualifiers: [],
      body: [...body.map(statementOf), { Return: { expr: textOf(result) } }],
    },
  };
}

function statementOf(stmt: SystemStmt) {
  switch (stmt.kind) {
    case "let":
      return { Let: { name: stmt.name, expr: textOf(stmt.value) } };
    case "constrain":
      return { Constrain: { predicate: textOf(stmt.predicate) } };
    case "prove":
      return { Prove: { name: stmt.name, from: textOf(stmt.from) } };
  }
}
