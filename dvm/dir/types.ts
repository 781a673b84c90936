/**
 * Type names to types, through one alias table. What the table does not have must be a shape in scope.
 *
 * @module
 */
import { ARRAY_LENGTH_MAX } from "../limits.ts";
import type { Forge, Shape } from "./model.ts";
import type { Type } from "./type.ts";

/** Where a type name is read: the forge it stands in, and what is declared around it. */
export interface TypeScope {
  readonly forge: Forge;
  readonly forges: readonly Forge[];
  /** Shapes declared beside the forges (DIR v0.2 `types`). */
  readonly shapes: readonly Shape[];
  /** Aliases declared beside the forges. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** Nesting of arrays, regime brackets and aliases in one type name. */
const TYPE_DEPTH_MAX = 32;

/** The type that a text names; `unknown` when it names none. */
export function resolveType(text: string, scope: TypeScope): Type {
  return resolveAt(text.trim(), scope, 0) ?? { kind: "unknown", name: text };
}

function resolveAt(text: string, scope: TypeScope, depth: number): Type | undefined {
  if (depth > TYPE_DEPTH_MAX) return undefined;
  const primitive = PRIMITIVES.get(text);
  if (primitive !== undefined) return primitive;
  const regimed = /^(?:K|Q|Phi|Φ)\[(.*)\]$/s.exec(text);
  if (regimed?.[1] !== undefined) return resolveAt(regimed[1].trim(), scope, depth + 1);
  const array = /^\[(.*);\s*([0-9]+)\s*\]$/s.exec(text) ?? /^(.*)\[\s*([0-9]+)\s*\]$/s.exec(text);
  if (array?.[1] !== undefined && array[2] !== undefined) {
    const element = resolveAt(array[1].trim(), scope, depth + 1);
    const length = Number(array[2]);
    if (element === undefined || length > ARRAY_LENGTH_MAX) return undefined;
    return { kind: "array", element, length };
  }
  const shape = findShapeIn(scope, text);
  if (shape !== undefined) return { kind: "shape", shape };
  const alias = scope.aliases.get(text);
  return alias === undefined ? undefined : resolveAt(alias.trim(), scope, depth + 1);
}

/** The shape a name means: in its own forge, else in exactly one other, else among the declared types. */
export function findShapeIn(scope: TypeScope, name: string): Shape | undefined {
  const own = scope.forge.shapes.find((shape) => shape.name === name);
  if (own !== undefined) return own;
  const others = scope.forges.flatMap((forge) => forge.shapes).filter((shape) =>
    shape.name === name
  );
  if (others.length === 1) return others[0];
  return others.length > 1 ? undefined : scope.shapes.find((shape) => shape.name === name);
}

const PRIMITIVES: ReadonlyMap<string, Type> = primitiveTable();

function primitiveTable(): Map<string, Type> {
  const table = new Map<string, Type>();
  for (const bits of [8, 16, 32, 64] as const) {
    for (const name of [`i${bits}`, `I${bits}`, `Int${bits}`]) {
      table.set(name, { kind: "int", bits, signed: true });
    }
    for (const name of [`u${bits}`, `U${bits}`, `UInt${bits}`]) {
      table.set(name, { kind: "int", bits, signed: false });
    }
  }
  for (const name of ["Int", "int"]) table.set(name, { kind: "int", bits: 64, signed: true });
  for (const name of ["UInt", "uint"]) table.set(name, { kind: "int", bits: 64, signed: false });
  for (const name of ["f32", "F32", "Float32"]) table.set(name, { kind: "float", bits: 32 });
  for (const name of ["f64", "F64", "Float64", "Float", "float"]) {
    table.set(name, { kind: "float", bits: 64 });
  }
  for (const name of ["bool", "Bool"]) table.set(name, { kind: "bool" });
  for (const name of ["string", "String"]) table.set(name, { kind: "string" });
  for (const name of ["char", "Char"]) table.set(name, { kind: "char" });
  for (const name of ["unit", "Unit", "()"]) table.set(name, { kind: "unit" });
  table.set("PhiWitness", { kind: "witness" });
  return table;
}
