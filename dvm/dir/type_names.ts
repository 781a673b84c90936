/**
 * Type names to types, through one alias table. What the table does not have must be a shape in scope.
 *
 * @module
 */
import { ARRAY_LENGTH_MAX } from "../base/limits.ts";
import { memoize } from "../base/memoize.ts";
import type { Alias, Forge } from "./model.ts";
import type { Field, Shape, Type } from "./type.ts";

/** Where a type name is read. */
export interface TypeScope {
  readonly index: TypeIndex;
  readonly artifact: number;
  /** Absent for types declared beside the forges. */
  readonly forge: Forge | undefined;
}

/** What artifacts declare, by name: a name is looked up for every field, parameter and literal of a program. */
export class TypeIndex {
  readonly shapes: readonly Shape[];
  readonly #byForge = new Map<Forge, Map<string, Shape>>();
  readonly #byArtifact = new Map<number, Map<string, Shape | Alias>>();
  readonly #byName = new Map<string, (Shape | Alias)[]>();

  constructor(declared: {
    readonly forges: readonly Forge[];
    readonly shapes: readonly Shape[];
    readonly aliases: readonly Alias[];
  }) {
    const inForges = declared.forges.flatMap((forge) => forge.shapes);
    this.shapes = [...inForges, ...declared.shapes];
    for (const forge of declared.forges) {
      this.#byForge.set(forge, firstByName(forge.shapes));
    }
    for (const type of [...declared.shapes, ...declared.aliases]) {
      const { artifact } = type.place;
      const names = this.#byArtifact.get(artifact) ?? new Map<string, Shape | Alias>();
      if (!names.has(type.name)) names.set(type.name, type);
      this.#byArtifact.set(artifact, names);
    }
    for (const type of [...this.shapes, ...declared.aliases]) {
      const same = this.#byName.get(type.name);
      if (same === undefined) this.#byName.set(type.name, [type]);
      else same.push(type);
    }
  }

  /** In its own forge, else beside the forges of its artifact, else exactly one elsewhere in the linked set. */
  find(name: string, scope: Omit<TypeScope, "index">): Shape | Alias | undefined {
    const own = scope.forge === undefined ? undefined : this.#byForge.get(scope.forge)?.get(name);
    const near = own ?? this.#byArtifact.get(scope.artifact)?.get(name);
    if (near !== undefined) return near;
    const [only, ...others] = this.#byName.get(name) ?? [];
    return others.length === 0 ? only : undefined;
  }
}

/** The field of a shape with this name. */
export function fieldNamed(shape: Shape, name: string): Field | undefined {
  return fieldsByName(shape).get(name);
}

const fieldsByName = memoize(({ fields }: Shape) =>
  new Map(fields.map((field) => [field.name, field]))
);

function firstByName(shapes: readonly Shape[]): Map<string, Shape> {
  const names = new Map<string, Shape>();
  for (const shape of shapes) if (!names.has(shape.name)) names.set(shape.name, shape);
  return names;
}

/** Nesting of arrays, regime brackets and aliases in one type name. */
const TYPE_DEPTH_MAX = 32;

/** The type that a text names; `unknown` when it names none. */
export function resolveType(text: string, scope: TypeScope): Type {
  return resolveAt(text.trim(), scope, 0) ?? { kind: "unknown", name: text };
}

/** Whether a name is one of the alias table's, so that no declared type is ever meant by it. */
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
  const declared = scope.index.find(text, scope);
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
