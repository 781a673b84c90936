import { assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { JsonCursor } from "./json_cursor.ts";
import { JsonStop } from "./json_failure.ts";

/** Reads with `read`, and answers what it read, or the code, offset and path of the failure. */
function answer(text: string, read: (cursor: JsonCursor) => unknown): unknown {
  const cursor = new JsonCursor(text);
  try {
    const value = read(cursor);
    cursor.readEnd();
    return value;
  } catch (stop) {
    if (!(stop instanceof JsonStop)) throw stop;
    const { code, offset, path } = stop.failure;
    return `${code} at ${offset}${path === "" ? "" : ` in ${path}`}`;
  }
}

Deno.test("JsonCursor reads strings, with every escape and nothing that JSON forbids", () => {
  const table: readonly (readonly [string, string])[] = [
    ['"plain"', "plain"],
    ['""', ""],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t'],
    ['"\\u0041\\u03a6"', "AΦ"],
    ['"\\ud83d\\ude00 😀"', "😀 😀"],
    ['"\\ud83d"', "DR0107 at 0"],
    ['"\\ude00\\ud83d"', "DR0107 at 0"],
    ['"a\ud83d"', "DR0107 at 0"],
    ['"\\u12"', "DR0101 at 1"],
    ['"\\u00g0"', "DR0101 at 1"],
    ['"\\v"', "DR0101 at 1"],
    ['"a\u0000"', "DR0101 at 2"],
    ['"a\tb\\n"', "DR0101 at 2"],
    ['"open', "DR0101 at 0"],
    ['"open\\', "DR0101 at 5"],
    ["1", "DR0104 at 0"],
    ["x", "DR0101 at 0"],
    ['"a" "b"', "DR0101 at 4"],
  ];
  for (const [text, value] of table) {
    assertStrictEquals(answer(text, (cursor) => cursor.readString()), value, text);
  }
});

Deno.test("JsonCursor reads integers exactly or not at all", () => {
  const table: readonly (readonly [string, unknown])[] = [
    ["0", 0],
    ["-0", 0],
    ["9007199254740993", 9007199254740993n],
    ["-9223372036854775808", -(2n ** 63n)],
    ["9223372036854775808", "DR0107 at 0"],
    ["1.0", "DR0107 at 0"],
    ["1e2", "DR0107 at 0"],
    ["01", "DR0101 at 1"],
    ["-", "DR0101 at 0"],
    ["null", "DR0104 at 0"],
    ["nul", "DR0101 at 0"],
    ["", "DR0101 at 0"],
  ];
  for (const [text, value] of table) {
    assertStrictEquals(answer(text, (cursor) => cursor.readInt64()), value, text);
  }
  assertStrictEquals(answer("1e999", (cursor) => cursor.readFloat()), "DR0107 at 0");
  assertStrictEquals(answer("-1.5e2", (cursor) => cursor.readFloat()), -150);
});

Deno.test("JsonCursor walks objects and arrays with their paths, and refuses repeated members", () => {
  const skip = (cursor: JsonCursor) => cursor.skipValue();
  for (
    const text of ["{}", "[]", ' { "a" : [ 1 , { "b" : null } , true ] } ', '[false,-1.5e3,""]']
  ) {
    assertStrictEquals(answer(text, skip), undefined, text);
  }
  const table: readonly (readonly [string, string])[] = [
    ['{"a":1,"a":2}', "DR0102 at 7"],
    ['{"a":{"b":1,"\\u0062":2}}', "DR0102 at 12 in a"],
    ['{"a":[0,{"b":}]}', "DR0101 at 13 in a[1].b"],
    ["{a:1}", "DR0101 at 1"],
    ['{"a" 1}', "DR0101 at 5"],
    ["[1 2]", "DR0101 at 3"],
    ["[1,]", "DR0101 at 3 in [1]"],
    ["[1", "DR0101 at 2"],
    ["tru", "DR0101 at 0"],
  ];
  for (const [text, failure] of table) assertStrictEquals(answer(text, skip), failure, text);
});

Deno.test("JsonCursor finds a repeated member among few and among many", () => {
  for (const count of [2, 16, 17, 40]) {
    const members = Array.from({ length: count }, (_, n) => `"m${n}":0`);
    const skip = (cursor: JsonCursor) => cursor.skipValue();
    assertStrictEquals(answer(`{${members.join(",")}}`, skip), undefined);
    const repeated = `{${members.join(",")},"m${count - 2}":0}`;
    assertMatch(String(answer(repeated, skip)), /^DR0102/);
  }
});

Deno.test("JsonCursor bounds nesting", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const skip = (cursor: JsonCursor) => cursor.skipValue();
  assertStrictEquals(answer(nested(512), skip), undefined);
  assertMatch(String(answer(nested(513), skip)), /^DR0103 at 512/);
});

Deno.test("JsonCursor identifies members by their index among the known ones, in any order and spelling", () => {
  const read = (cursor: JsonCursor) => {
    const members = cursor.openObject(["name", "na", "expr"]);
    const told: string[] = [];
    while (cursor.nextMember(members)) {
      told.push(`${members.name} ${members.position}`);
      cursor.skipValue();
    }
    return `${told.join(", ")}: ${members.met.toString(2)}`;
  };
  const table: readonly (readonly [string, string])[] = [
    ["{}", ": 0"],
    ['{"name":1,"na":2,"expr":3}', "name 0, na 1, expr 2: 111"],
    ['{ "expr" : {"na":1} , "n\\u0061" : [{"name":2}] }', "expr 2, na 1: 110"],
    ['{"other":1,"name":2,"nam":3,"names":4}', "other -1, name 0, nam -1, names -1: 1"],
    ['{"expr":1,"\\u0065xpr":2}', "DR0102 at 10"],
    ['{"other":1,"name":2,"other":3}', "DR0102 at 20"],
  ];
  for (const [text, told] of table) assertStrictEquals(answer(text, read), told, text);
});
