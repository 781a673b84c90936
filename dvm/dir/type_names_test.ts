import { decodeArtifact } from "../load/decode.ts";
import { linkProgram } from "../load/link.ts";
import type { Program } from "./model.ts";
import { renderType } from "./type.ts";
import { fieldNamed, isPrimitive } from "./type_names.ts";
import { typeSize } from "./type_size.ts";
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";

/** A program whose process `main` has a parameter of each type, linked from artifacts with these types beside their forge. */
function linked(
  types: readonly string[],
  beside: readonly (readonly unknown[])[] = [[]],
  shapes: readonly unknown[] = [],
): Program {
  const artifacts = beside.map((declared, index) => {
    const params = index === 0 ? types.map((ty, n) => ({ name: `p${n}`, ty })) : [];
    const main = {
      regime: "K",
      name: "main",
      params,
      uses: [],
      ret: null,
      qualifiers: [],
      body: [],
    };
    const own = index === 0 ? shapes : [];
    const forges = [{ name: `F${index}`, shapes: own, binds: [], procs: [main] }];
    return { name: `${index}`, text: JSON.stringify({ forges, types: declared }) };
  });
  const decoded = artifacts.map(({ text }, artifact) => {
    const result = decodeArtifact(text, { artifact, firstProc: artifact });
    assert(result.ok);
    return result.value;
  });
  return linkProgram(artifacts, decoded);
}

function namesOf(program: Program): string[] {
  return program.procs[0]?.params.map(({ type }) =>
    type.kind === "unknown" ? "?" : renderType(type)
  ) ?? [];
}

// covers: TYP-01
Deno.test("the primitive types have one table of names", () => {
  const table: readonly (readonly [string, string])[] = [
    ["Int", "i64"],
    ["int", "i64"],
    ["I32", "i32"],
    ["Int8", "i8"],
    ["UInt32", "u32"],
    ["U64", "u64"],
    ["UInt", "u64"],
    ["F32", "f32"],
    ["Float", "f64"],
    ["Float64", "f64"],
    ["Bool", "bool"],
    ["String", "string"],
    ["Char", "char"],
    ["()", "unit"],
    ["PhiWitness", "PhiWitness"],
    ["K[Int]", "i64"],
    ["Phi[ Q[u8] ]", "u8"],
    ["[i64; 3]", "[i64; 3]"],
    ["[[ u8;2 ]; 3]", "[[u8; 2]; 3]"],
    ["i64[3]", "[i64; 3]"],
    ["[i64; 0]", "[i64; 0]"],
    ["Missing", "?"],
    ["i65", "?"],
    ["[i64; -1]", "?"],
    ["[i64]", "?"],
    ["[i64; 1000001]", "?"],
    ["constructor", "?"],
    ["__proto__", "?"],
    ["", "?"],
    ["[".repeat(40) + "i64" + "; 1]".repeat(40), "?"],
  ];
  assertEquals(namesOf(linked(table.map(([text]) => text))), table.map(([, type]) => type));
  assert(isPrimitive("UInt64") && !isPrimitive("Missing"));
});

const alias = (name: string, target: string) => ({ name, kind: { Alias: { target } } });
const struct = (name: string) => ({
  kind: { Struct: { fields: [{ name: "a", ty: "i64" }] } },
  name,
});

// covers: TYP-01, DIR-13
Deno.test("declared types: any order of members, aliases of aliases, no cyclic aliases", () => {
  const types = [
    alias("Id", "u32"),
    { kind: { Alias: { target: "Id" } }, name: "Account" },
    struct("S"),
    alias("Circle", "Round"),
    alias("Round", "Circle"),
  ];
  assertEquals(namesOf(linked(["Id", "Account", "[Account; 2]", "S", "Circle"], [types])), [
    "u32",
    "u32",
    "[u32; 2]",
    "S",
    "?",
  ]);
});

// covers: TYP-01
Deno.test("the target of an alias is looked up where it is declared", () => {
  const shape = { name: "P", fields: [] };
  assertEquals(namesOf(linked(["Point"], [[], [alias("Point", "P"), struct("P")]], [shape])), [
    "P",
  ]);
  const { procs } = linked(["Point"], [[], [alias("Point", "P"), struct("P")]], [shape]);
  const type = procs[0]?.params[0]?.type;
  assert(type?.kind === "shape");
  assertStrictEquals(type.shape.place.artifact, 1);
});

// covers: DIR-25
Deno.test("a type is looked up in its forge, then in its artifact, then in exactly one other", () => {
  const shape = { name: "T", fields: [] };
  assertEquals(namesOf(linked(["T"], [[alias("T", "i8")], [alias("T", "i16")]], [shape])), [
    "T",
  ]);
  assertEquals(namesOf(linked(["T"], [[alias("T", "i8")], [alias("T", "i16")]])), ["i8"]);
  assertEquals(namesOf(linked(["T"], [[], [alias("T", "i16")]])), ["i16"]);
  assertEquals(namesOf(linked(["T"], [[], [alias("T", "i16")], [alias("T", "i32")]])), ["?"]);
});

Deno.test("typeSize() counts the parts of a value of the type", () => {
  const shapes = [
    { name: "P", fields: [{ name: "x", ty: "i64" }, { name: "y", ty: "i64" }] },
    { name: "L", fields: [{ name: "from", ty: "P" }, { name: "to", ty: "[P; 3]" }] },
    { name: "Loop", fields: [{ name: "next", ty: "[Loop; 1]" }] },
  ];
  const program = linked(["i64", "[i64; 4]", "P", "L", "Loop", "[Loop; 0]"], [[]], shapes);
  const extents = program.procs[0]?.params.map(({ type }) => {
    const { depth, parts } = typeSize(type);
    return [depth, parts];
  });
  const infinite = [Infinity, Infinity];
  assertEquals(extents, [[1, 1], [2, 5], [2, 3], [4, 14], infinite, [Infinity, 1]]);
  const [point] = program.forges[0]?.shapes ?? [];
  assert(point !== undefined);
  assertStrictEquals(fieldNamed(point, "y")?.typeText, "i64");
  assertStrictEquals(fieldNamed(point, "constructor"), undefined);
});
