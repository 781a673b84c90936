/**
 * Binary operators on values (TYP-02 to TYP-04, TYP-16 to TYP-19, X-23, X-35, X-43).
 *
 * @module
 */
import { type Rules, RunFailure } from "./rules.ts";
import { inRange } from "./types.ts";
import { equalValues, type ModelValue } from "./values.ts";

const I64 = { bits: 64, signed: true } as const;

/** `left op right`, or a `Runtime` failure. */
export function operate(
  op: string,
  left: ModelValue,
  right: ModelValue,
  rules: Rules,
): ModelValue {
  if (op === "Eq" || op === "Ne") {
    return { kind: "Bool", value: equalValues(left, right, rules) === (op === "Eq") };
  }
  if (left.kind === "Int" && right.kind === "Int") {
    return integers(op, left.value, right.value, rules);
  }
  if (isText(left) && isText(right)) {
    if (op === "Add") return { kind: "String", value: left.value + right.value };
    return { kind: "Bool", value: left.value < right.value };
  }
  if (left.kind === "Bool" && right.kind === "Bool") {
    const value = op === "And" ? left.value && right.value : left.value || right.value;
    return { kind: "Bool", value };
  }
  return floats(op, left, right, rules);
}

function isText(value: ModelValue): value is Extract<ModelValue, { kind: "String" | "Char" }> {
  return value.kind === "String" || value.kind === "Char";
}

function integer(exact: bigint, rules: Rules): ModelValue {
  if (inRange(exact, I64)) return { kind: "Int", value: exact };
  if (rules.breaks("integers wrap")) return { kind: "Int", value: BigInt.asIntN(64, exact) };
  if (rules.breaks("integers saturate")) {
    return { kind: "Int", value: exact < 0n ? -(2n ** 63n) : 2n ** 63n - 1n };
  }
  throw new RunFailure("Runtime", "integer overflow");
}

function integers(op: string, a: bigint, b: bigint, rules: Rules): ModelValue {
  switch (op) {
    case "Add":
      return integer(a + b, rules);
    case "Sub":
      return integer(a - b, rules);
    case "Mul":
      return integer(a * b, rules);
    case "Div": {
      if (b === 0n) {
        if (rules.breaks("division by zero is zero")) return { kind: "Int", value: 0n };
        throw new RunFailure("Runtime", "division by zero");
      }
      const floored = a % b !== 0n && (a < 0n) !== (b < 0n) ? a / b - 1n : a / b;
      return integer(rules.breaks("division rounds down") ? floored : a / b, rules);
    }
    case "Lt":
    case "Le":
    case "Gt":
    case "Ge":
      return { kind: "Bool", value: compare(op, a, b) };
    case "BitAnd":
      return integer(a & b, rules);
    case "BitOr":
      return integer(a | b, rules);
    case "BitXor":
      return integer(a ^ b, rules);
    case "Shl":
    case "Shr":
      if (b < 0n || b > 63n) throw new RunFailure("Runtime", "shift count");
      return integer(op === "Shl" ? a << b : a >> b, rules);
    default: // And and Or of integers: only where a planted bug lets them pass
      return { kind: "Bool", value: op === "And" ? a !== 0n && b !== 0n : a !== 0n || b !== 0n };
  }
}

/** Two of `f32` are computed in `f32`; with one `f64` both are `f64`. */
function floats(op: string, left: ModelValue, right: ModelValue, rules: Rules): ModelValue {
  const [a, b] = [number(left), number(right)];
  if (op === "Lt" || op === "Le" || op === "Gt" || op === "Ge") {
    return { kind: "Bool", value: compare(op, a, b) };
  }
  const is32 = (value: ModelValue) => value.kind === "Float" && value.bits === 32;
  const isNarrow = is32(left) && is32(right) ||
    ((is32(left) || is32(right)) && rules.breaks("f32 with f64 is f32"));
  const exact = op === "Add" ? a + b : op === "Sub" ? a - b : op === "Mul" ? a * b : a / b;
  const value = isNarrow ? Math.fround(exact) : exact;
  if (!Number.isFinite(value) && !rules.breaks("floats may be infinite")) {
    throw new RunFailure("Runtime", "a float that is not finite");
  }
  return { kind: "Float", value, bits: isNarrow ? 32 : 64 };
}

function compare<N extends bigint | number>(op: string, a: N, b: N): boolean {
  return op === "Lt" ? a < b : op === "Le" ? a <= b : op === "Gt" ? a > b : a >= b;
}

function number(value: ModelValue): number {
  return value.kind === "Int" || value.kind === "Float" || value.kind === "Bool"
    ? Number(value.value)
    : Number.NaN;
}
