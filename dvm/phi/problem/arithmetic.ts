/**
 * The arithmetic of terms: each binary operation over all integers, total by definition, and the interval of its results.
 *
 * @module
 */
import { unreachable } from "../../base/result.ts";
import { add, type Int, intOf, min, mul, neg, sub, truncDiv } from "../number/integer.ts";
import { cutProduct, hull, type Interval, magnitude, productOf } from "../number/interval.ts";

/** The binary operations. A product is cut at 2^128; `div` truncates and is 0 for the divisor 0; a shift by a count outside 0 to 63 is 0. */
export type ArithmeticKind =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "bitAnd"
  | "bitOr"
  | "bitXor"
  | "shl"
  | "shr";

/** The result of an operation. */
export function computeArithmetic(kind: ArithmeticKind, a: Int, b: Int): Int {
  switch (kind) {
    case "add":
      return add(a, b);
    case "sub":
      return sub(a, b);
    case "mul":
      return cutProduct(a, b);
    case "div":
      return b === 0 ? 0 : truncDiv(a, b);
    case "bitAnd":
      return intOf(BigInt(a) & BigInt(b));
    case "bitOr":
      return intOf(BigInt(a) | BigInt(b));
    case "bitXor":
      return intOf(BigInt(a) ^ BigInt(b));
    case "shl":
      return b < 0 || b > 63 ? 0 : intOf(BigInt(a) << BigInt(b));
    case "shr":
      return b < 0 || b > 63 ? 0 : intOf(BigInt(a) >> BigInt(b));
    default:
      return unreachable(kind);
  }
}

/** An interval that contains every result of an operation on operands from two intervals; not always the smallest. */
export function arithmeticInterval(kind: ArithmeticKind, a: Interval, b: Interval): Interval {
  switch (kind) {
    case "add":
      return { lo: add(a.lo, b.lo), hi: add(a.hi, b.hi) };
    case "sub":
      return { lo: sub(a.lo, b.hi), hi: sub(a.hi, b.lo) };
    case "mul":
      return productOf(a, b);
    case "div":
    case "shr":
      return symmetric(magnitude(a));
    case "shl":
      return symmetric(mul(magnitude(a), intOf(1n << 63n)));
    case "bitAnd":
    case "bitOr":
    case "bitXor":
      return hull(
        bySign(a).flatMap((x) => bySign(b).map((y) => bitwiseInterval(kind, x, y)))
          .flatMap(({ lo, hi }) => [lo, hi]),
      );
    default:
      return unreachable(kind);
  }
}

/** The negative and the other values of an interval. */
function bySign({ lo, hi }: Interval): Interval[] {
  if (lo >= 0 || hi < 0) return [{ lo, hi }];
  return [{ lo, hi: -1 }, { lo: 0, hi }];
}

/** The results of a bitwise operation on operands of one sign each. By De Morgan, "or" is "and" of complements. */
function bitwiseInterval(
  kind: "bitAnd" | "bitOr" | "bitXor",
  a: Interval,
  b: Interval,
): Interval {
  const isNegative = a.hi < 0, isOtherNegative = b.hi < 0;
  switch (kind) {
    case "bitAnd":
      if (isNegative && isOtherNegative) {
        return { lo: add(add(a.lo, b.lo), 1), hi: min(a.hi, b.hi) };
      }
      return { lo: 0, hi: isNegative ? b.hi : isOtherNegative ? a.hi : min(a.hi, b.hi) };
    case "bitOr":
      return complement(bitwiseInterval("bitAnd", complement(a), complement(b)));
    case "bitXor": {
      const x = isNegative ? complement(a) : a, y = isOtherNegative ? complement(b) : b;
      const same = { lo: 0, hi: add(x.hi, y.hi) };
      return isNegative === isOtherNegative ? same : complement(same);
    }
    default:
      return unreachable(kind);
  }
}

/** The complements of the values of an interval: -1 - v. */
function complement({ lo, hi }: Interval): Interval {
  return { lo: sub(-1, hi), hi: sub(-1, lo) };
}

function symmetric(size: Int): Interval {
  return { lo: neg(size), hi: size };
}
