/**
 * Resolves type names, through one table of primitive names. Any other name must be a shape or an alias in scope.
 *
 * @module
 */
import { ALIAS_CHAIN_MAX, ARRAY_LENGTH_MAX } from "../base/limits.ts";
import { memoize } from "../base/memoize.ts";
import { unreachable } from "../base/result.ts";
import type { Alias, DeclaredTypes, TypeNameSite } from "./model.ts";
import { type Field, HANDLES, isHandleName, type Shape, threadOf, type Type } from "./type.ts";

/** The field of a shape with this name. */
export function fieldNamed(shape: Shape, name: string): Field | undefined {
  return fieldsByName(shape).get(name);
}

const fieldsByName = memoize(({ fields }: Shape) =>
  new Map(fields.map((field) => [field.name, field]))
);

/** Nesting of arrays and regime brackets in one type name, those of the aliases in it included. */
const TYPE_DEPTH_MAX = 32;

/** The location of a type's text, and the declarations that its names may denote. */
export interface TypeScope extends TypeNameSite {
  readonly types: DeclaredTypes;
}

/** The type that a text names; `unknown` when it names none. */
export function resolveType(text: string, scope: TypeScope): Type {
  const aliases = new Set<Alias>();
  const resolved = resolveAt(text, scope, { depth: 0, aliases });
  if (resolved !== undefined) return resolved;
  return { kind: "unknown", name: text, cause: aliases.size === 0 ? "missing" : "alias" };
}

/** Whether a name is that of a primitive type, so that it never denotes a declared type. */
export function isPrimitive(name: string): boolean {
  return PRIMITIVES.has(name);
}

/** The scope in which the target of an alias is a name: beside the forges of the artifact that declares the alias. */
export function scopeOfAlias({ place }: Alias, types: DeclaredTypes): TypeScope {
  return { types, artifact: place.artifact, forge: undefined };
}

/** The alias that the target of an alias names, inside its brackets if it has any. */
export function nextAlias(alias: Alias, types: DeclaredTypes): Alias | undefined {
  let part = readTypeText(alias.target);
  for (let depth = 0; part.kind !== "name"; depth++) {
    if (depth === TYPE_DEPTH_MAX) return undefined;
    part = readTypeText(part.inner);
  }
  if (isPrimitive(part.name)) return undefined;
  const declared = types.find(part.name, scopeOfAlias(alias, types));
  return declared === undefined || "fields" in declared ? undefined : declared;
}

/** What leads to a name inside the text of a type. */
interface Path {
  /** Brackets around the name, those in the aliases included. */
  readonly depth: number;
  /** The aliases followed so far. */
  readonly aliases: Set<Alias>;
}

function resolveAt(text: string, scope: TypeScope, { depth, aliases }: Path): Type | undefined {
  if (depth > TYPE_DEPTH_MAX) return undefined;
  const part = readTypeText(text);
  switch (part.kind) {
    case "regime":
      return resolveAt(part.inner, scope, { depth: depth + 1, aliases });
    case "array": {
      const element = resolveAt(part.inner, scope, { depth: depth + 1, aliases });
      if (element === undefined || part.length > ARRAY_LENGTH_MAX) return undefined;
      return { kind: "array", element, length: part.length === 0 ? undefined : part.length };
    }
    case "thread": {
      if (isDeclared("Thread", scope)) return undefined;
      const result = resolveAt(part.inner, scope, { depth: depth + 1, aliases });
      return result === undefined ? undefined : threadOf(result);
    }
    case "name": {
      const primitive = PRIMITIVES.get(part.name);
      if (primitive !== undefined) return primitive;
      const declared = scope.types.find(part.name, scope);
      if (declared === undefined) return handleNamed(part.name, scope);
      if ("fields" in declared) return { kind: "shape", shape: declared };
      if (aliases.has(declared) || aliases.size === ALIAS_CHAIN_MAX) return undefined;
      aliases.add(declared);
      return resolveAt(declared.target, scopeOfAlias(declared, scope.types), { depth, aliases });
    }
    default:
      return unreachable(part);
  }
}

/** A handle type of draft v0.2; its name means it only where no declared type of the program has that name. */
function handleNamed(name: string, scope: TypeScope): Type | undefined {
  return isHandleName(name) && !isDeclared(name, scope) ? HANDLES[name] : undefined;
}

function isDeclared(name: string, { types }: TypeScope): boolean {
  return [...types.shapes, ...types.aliases].some((declared) => declared.name === name);
}

/** The text of a type, without its outermost brackets if it has any. */
type TypeText =
  | { readonly kind: "regime" | "thread"; readonly inner: string }
  | { readonly kind: "array"; readonly inner: string; readonly length: number }
  | { readonly kind: "name"; readonly name: string };

function readTypeText(text: string): TypeText {
  const name = text.trim();
  const thread = name.endsWith(">") ? /^Thread\s*<(.*)>$/s.exec(name) : null;
  if (thread?.[1] !== undefined) return { kind: "thread", inner: thread[1] };
  if (!name.endsWith("]")) return { kind: "name", name };
  const regimed = /^(?:K|Q|Phi|Φ)\[(.*)\]$/s.exec(name);
  if (regimed?.[1] !== undefined) return { kind: "regime", inner: regimed[1] };
  const array = /^\[(.*);\s*([0-9]+)\s*\]$/s.exec(name) ?? /^(.*)\[\s*([0-9]+)\s*\]$/s.exec(name);
  if (array?.[1] === undefined || array[2] === undefined) return { kind: "name", name };
  return { kind: "array", inner: array[1], length: Number(array[2]) };
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
