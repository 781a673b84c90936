/**
 * The size of the values of a type: known statically, since arrays have a length and shapes are finite. It bounds the memory and
 * the log space of a value, and the recursion of every walk over values.
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
/** Sizes computed so far; `memoize` would recurse along chains of shapes. */
const known = new WeakMap<Shape, TypeSize>();

/** The size of a type. Arrays nest shallowly, shapes to any depth. */
export function typeSize(type: Type): TypeSize {
  if (type.kind === "array") {
    const { depth, parts } = typeSize(type.element);
    // Arrays of any length are measured when they are made. Without the test, 0 times infinity would be NaN.
    const { length = 0 } = type;
    return { depth: depth + 1, parts: length === 0 ? 1 : 1 + length * parts };
  }
  return type.kind === "shape" ? shapeSize(type.shape) : SCALAR;
}

/** The size of a shape. Inner shapes come first, on an explicit stack, because chains of shapes may be long. */
export function shapeSize(shape: Shape): TypeSize {
  const path = new Set<Shape>();
  const work = [shape];
  for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
    if (known.has(top)) {
      work.pop();
    } else if (path.has(top)) { // all inner shapes are known now, or lead back here
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
    const size = inner !== undefined && !known.has(inner) ? INFINITE : typeSize(type);
    depth = Math.max(depth, size.depth);
    parts += size.parts;
  }
  return { depth: depth + 1, parts };
}

/** The shape of the values of a type, or of the elements of arrays of them. */
export function shapeIn(type: Type): Shape | undefined {
  if (type.kind === "shape") return type.shape;
  return type.kind === "array" ? shapeIn(type.element) : undefined;
}

/** Whether values of this size are not allowed. A shape that contains itself is another violation, reported at its declaration. */
export function isTooLarge({ depth, parts }: TypeSize): boolean {
  return depth !== Infinity && (depth > VALUE_DEPTH_MAX || parts > VALUE_PARTS_MAX);
}
