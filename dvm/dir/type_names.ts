/**
 * Resolves type names, through one table of primitive names. Any other name must be a shape or an alias in scope.
 *
 * @module
 */
import { ARRAY_LENGTH_MAX } from "../base/limits.ts";
import { memoize } from "../base/memoize.ts";
import type { DeclaredTypes, TypeNameSite } from "./model.ts";
import type { Field, Shape, Type } from "./type.ts";

/** The field of a shape with this name. */
export function fieldNamed(shape: Shape, name: string): Field | undefined {
  return fieldsByName(shape).get(name);
}

const fieldsByName = memoize(({ fields }: Shape) =>
  new Map(fields.map((field) => [field.name, field]))
);

/** Nesting of arrays, regime brackets and aliases in one type name. */
const TYPE_DEPTH_MAX = 32;

/** The location of a type's text, and the declarations that its names may denote. */
export interface TypeScope extends TypeNameSite {
  readonly types: DeclaredTypes;
}

/** The type that a text names; `unknown` when it names none. */
export function resolveType(text: string, scope: TypeScope): Type {
  return resolveAt(text.trim(), scope, 0) ?? { kind: "unknown", name: text };
}

/** Whether a name is that of a primitive type, so that it never denotes a declared type. */
export function isPrimitive(name: string): boolean {
  return PRIMITIVES.has(name);
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
  const declared = scope.types.find(text, scope);
  if (declared === undefined) return undefined;
  return "fields" in declared
    ? { kind: "shape", shape: declared }
    : resolveAt(declared.target.trim(), scope, depth + 1);
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
