/**
 * How large values of a type are: known before anything runs, since arrays have a length and shapes are finite. It bounds what a
 * value can cost in memory and in the log, and the recursion of everything that walks values.
 *
 * @module
 */
import { VALUE_DEPTH_MAX, VALUE_PARTS_MAX } from "../base/limits.ts";
import type { Shape, Type } from "./type.ts";

/** The size of a type's values. Both are infinite for a shape that contains itself. */
export interface TypeSize {
  /** Nesting: 1 for a scalar, one more for each array or shape around it. */
  readonly depth: number;
  /** Scalars and composites, all counted. */
  readonly parts: number;
}

const SCALAR: TypeSize = { depth: 1, parts: 1 };
const INFINITE: TypeSize = { depth: Infinity, parts: Infinity };
const known = new WeakMap<Shape, TypeSize>();

/** The extent of a type. Types are nested shallowly (arrays), shapes however deep. */
export function typeSize(type: Type): TypeSize {
  if (type.kind === "array") {
    const { depth, parts } = typeSize(type.element);
    // 0 times infinity is no number: an array of length 0 has no element at all.
    return { depth: depth + 1, parts: type.length === 0 ? 1 : 1 + type.length * parts };
  }
  return type.kind === "shape" ? shapeSize(type.shape) : SCALAR;
}

/** The extent of a shape: its inner shapes first, on a stack of its own, since chains of shapes may be long. */
export function shapeSize(shape: Shape): TypeSize {
  const path = new Set<Shape>();
  const work = [shape];
  for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
    if (known.has(top)) {
      work.pop();
    } else if (path.has(top)) { // everything inside is known now, or leads back here
      known.set(top, sumOf(top));
      path.delete(top);
      work.pop();
    } else {
      path.add(top);
      for (const { type } of top.fields) {
        const inner = shapeIn(type);
        if (inner !== undefined && !known.has(inner) && !path.has(inner)) work.push(inner);
      }
    }
  }
  return known.get(shape) ?? INFINITE;
}

function sumOf(shape: Shape): TypeSize {
  let depth = 1, parts = 1;
  for (const { type } of shape.fields) {
    const inner = shapeIn(type);
    const extent = inner !== undefined && !known.has(inner) ? INFINITE : typeSize(type);
    depth = Math.max(depth, extent.depth);
    parts += extent.parts;
  }
  return { depth: depth + 1, parts };
}

/** The shape that values of a type hold, in arrays or bare. */
export function shapeIn(type: Type): Shape | undefined {
  if (type.kind === "shape") return type.shape;
  return type.kind === "array" ? shapeIn(type.element) : undefined;
}

/** Whether no value of that extent may exist. A shape that contains itself is another fault, reported where it stands. */
export function isTooLarge({ depth, parts }: TypeSize): boolean {
  return depth !== Infinity && (depth > VALUE_DEPTH_MAX || parts > VALUE_PARTS_MAX);
}
