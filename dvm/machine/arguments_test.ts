import { assertEquals, assertStrictEquals } from "../../std/assert.ts";
import type { Param } from "../dir/model.ts";
import type { Type } from "../dir/type.ts";
import { encodeValue } from "../value/wire_text.ts";
import { inNameOrder, plainToValue, readArgument, valueToPlain } from "./arguments.ts";
import type { PlainArgument } from "../event/input.ts";
import { argumentMessage } from "./value_message.ts";

const PLACE = { artifact: 0, path: "forges[0].shapes[0]", offset: 0 };
const int = (bits: 8 | 16 | 32 | 64, signed = true): Type => ({ kind: "int", bits, signed });
const POINT: Type = {
  kind: "shape",
  shape: {
    name: "P",
    place: PLACE,
    fields: [
      { name: "y", typeText: "u8", place: PLACE, type: int(8, false) },
      { name: "x", typeText: "i64", place: PLACE, type: int(64) },
    ],
  },
};

/** The argument as the machine holds it, encoded; or why it cannot be read. */
function read(plain: PlainArgument, type: Type): string {
  const param: Param = { name: "a", typeText: "", place: PLACE, type };
  const result = readArgument(plain, param);
  return result.ok ? encodeValue(result.value) : argumentMessage("a", result.failure);
}

// covers: TYP-09, TYP-15
Deno.test("readArgument() reads plain JSON at the declared type", () => {
  const single: Type = { kind: "float", bits: 32 };
  const array: Type = { kind: "array", element: int(8, false), length: 2 };
  const table: readonly (readonly [PlainArgument, Type, string])[] = [
    [5, int(64), '{"Int":5}'],
    [-0, int(64), '{"Int":0}'],
    [2n ** 63n - 1n, int(64), '{"Int":9223372036854775807}'],
    [1e18, int(64), '{"Int":1000000000000000000}'],
    [{ Decimal: "1e2" }, int(8), '{"Int":100}'],
    [{ Int: { Decimal: "5" } }, int(8), '{"Int":5}'],
    [5n, int(8), '{"Int":5}'],
    [{ Int: 5 }, int(8), '{"Int":5}'],
    [1, { kind: "float", bits: 64 }, '{"Float":1.0}'],
    [-0, { kind: "float", bits: 64 }, '{"Float":-0.0}'],
    [0.1, single, '{"Float":0.10000000149011612}'],
    [{ Decimal: "1.000000059604644775390626" }, single, '{"Float":1.0000001192092896}'],
    [{ Decimal: "1.000000059604644775390625" }, single, '{"Float":1.0}'],
    [1152921573326323713n, single, '{"Float":1152921642045800400.0}'],
    [2n ** 90n + 2n ** 66n + 1n, single, '{"Float":1.237940186859333e+27}'],
    [{ Decimal: "-0" }, { kind: "float", bits: 64 }, '{"Float":-0.0}'],
    [{ Float: 2 }, { kind: "float", bits: 64 }, '{"Float":2.0}'],
    [true, { kind: "bool" }, '{"Bool":true}'],
    ["Φ", { kind: "char" }, '{"Char":"Φ"}'],
    ["", { kind: "string" }, '{"String":""}'],
    [null, { kind: "unit" }, '"Unit"'],
    ["Unit", { kind: "unit" }, '"Unit"'],
    [[1, 2], array, '{"Array":[{"Int":1},{"Int":2}]}'],
    [{ Array: [1, { Int: 2 }] }, array, '{"Array":[{"Int":1},{"Int":2}]}'],
    [{ x: 1, y: 2 }, POINT, '{"Struct":{"ty":"P","fields":{"y":{"Int":2},"x":{"Int":1}}}}'],
    [
      { Struct: { ty: "P", fields: { x: 1, y: { Int: 2 } } } },
      POINT,
      '{"Struct":{"ty":"P","fields":{"y":{"Int":2},"x":{"Int":1}}}}',
    ],
  ];
  for (const [plain, type, value] of table) assertStrictEquals(read(plain, type), value);
});

Deno.test("readArgument() reports why an argument does not fit", () => {
  const table: readonly (readonly [PlainArgument, Type, string])[] = [
    [256, int(8, false), "argument a: 256 is outside the range of u8"],
    [-1, int(8, false), "argument a: -1 is outside the range of u8"],
    [1.5, int(64), "argument a: 1.5 is not a 64-bit integer"],
    [2 ** 63, int(64), "argument a: 9223372036854775808 is not a 64-bit integer"],
    [2n ** 64n, int(64), "argument a: 18446744073709551616 is not a 64-bit integer"],
    [
      { Decimal: "1.00000000000000000001" },
      int(64),
      "argument a: 1.00000000000000000001 is not a 64-bit integer",
    ],
    [{ Decimal: "1" }, { kind: "bool" }, "argument a: bool cannot be read from a number"],
    [{ Decimal: "x" }, int(64), "argument a: i64 cannot be read from an object"],
    [
      { Decimal: "1e400" },
      { kind: "float", bits: 64 },
      "argument a: 1e400 is outside the range of f64",
    ],
    ["1", int(64), 'argument a: i64 cannot be read from the string "1"'],
    ["1".repeat(41), int(64), "argument a: i64 cannot be read from a string"],
    [1, { kind: "bool" }, "argument a: bool cannot be read from a number"],
    [{}, { kind: "witness" }, "argument a: PhiWitness cannot be read from an object"],
    ["ab", { kind: "char" }, "argument a: a char is exactly one character"],
    ["\ud800", { kind: "string" }, "argument a: the text holds a lone surrogate"],
    [NaN, { kind: "float", bits: 64 }, "argument a: NaN is outside the range of f64"],
    [1e39, { kind: "float", bits: 32 }, "argument a: 1e+39 is outside the range of f32"],
    [{ x: 1 }, POINT, "argument a: P needs a field y"],
    [{ x: 1, y: 2, z: 3 }, POINT, "argument a: P has no field z"],
    [{ x: 1, y: 256 }, POINT, "argument a: y: 256 is outside the range of u8"],
    [[1], POINT, "argument a: P cannot be read from an array"],
    [{ Struct: { ty: "Q", fields: {} } }, POINT, "argument a: P needs a field y"],
    [JSON.parse('{"__proto__":{"x":1,"y":2}}'), POINT, "argument a: P needs a field y"],
  ];
  for (const [plain, type, reason] of table) assertStrictEquals(read(plain, type), reason);
});

// covers: REP-01
Deno.test("plainToValue() and valueToPlain() are inverse, whatever order the members were in", () => {
  const plain = {
    b: [1, "x", null],
    a: { "10": 1, z: 2n ** 60n, "9": 1.5 },
    c: [-0, { Decimal: "0.99999999999999999999" }],
  };
  const value = plainToValue(plain);
  assertEquals(plainToValue(valueToPlain(value)), value);
  assertEquals(valueToPlain(plainToValue(2n ** 64n + 1n)), { Decimal: "18446744073709551617" });
  const other = {
    c: [-0, { Decimal: "0.99999999999999999999" }],
    a: { z: 2n ** 60n, "9": 1.5, "10": 1 },
    b: [1, "x", null],
  };
  assertStrictEquals(encodeValue(plainToValue(other)), encodeValue(value));
  assertEquals(inNameOrder({ b: 1, "10": 2, a: 3, "9": 4 }).map(([name]) => name), [
    "9",
    "10",
    "a",
    "b",
  ]);
});
