import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { readHostProgram } from "./read_program.ts";

/** The message of a refused text, or `undefined` for one that is read. */
function refusal(text: string): string | undefined {
  const read = readHostProgram(text);
  return read.ok ? undefined : read.failure.message;
}

/** A program with this process. */
function withProc(members: string): string {
  return `{"forges":[{"name":"F","shapes":[],"procs":[{${members}}],"binds":[]}]}`;
}
const HEAD = '"regime":"K","name":"main","params":[],"qualifiers":[]';
function withBody(body: string): string {
  return withProc(`${HEAD},"uses":[],"ret":null,"body":[${body}]`);
}
function withUse(args: string): string {
  return withProc(`${HEAD},"body":[],"uses":[{"resource":"R","args":${args}}]`);
}

Deno.test("readHostProgram() reads records from objects and from arrays", () => {
  const read = readHostProgram(
    '[[["F",[["S",[["f","i32"]]]],[["K","main",[],[],null,[],[{"Let":["x","1"]},{"Return":{"expr":"x"}}]]],' +
      '[["a","b",[["k","==","v"]]]]]]]',
  );
  assert(read.ok);
  assertEquals(read.value.forges[0]?.procs[0]?.body.map(({ kind }) => kind), ["Let", "Return"]);
});

Deno.test("readHostProgram() ignores unknown members, of any kind, depth and number", () => {
  assertStrictEquals(refusal('{"x":1,"x":[{}],"forges":[],"types":[{"a":"\\ud800"}]}'), undefined);
  const deep = `{"x":${"[".repeat(200_000)}${"]".repeat(200_000)},"forges":[]}`;
  assertStrictEquals(refusal(deep), undefined);
  const mixed = `{"x":${'{"a":['.repeat(1000)}-1.5e3${"]}".repeat(1000)},"forges":[]}`;
  assertStrictEquals(refusal(mixed), undefined);
});

Deno.test("readHostProgram() allows only ret to be absent", () => {
  assertStrictEquals(refusal(withProc(`${HEAD},"uses":[],"body":[]`)), undefined);
  for (const name of ["regime", "name", "params", "uses", "qualifiers", "body"]) {
    const members = `${HEAD},"uses":[],"ret":"i64","body":[]`;
    const without = members.replace(new RegExp(`"${name}":("[^"]*"|\\[\\])`), '"other":0');
    assertMatch(
      refusal(withProc(without)) ?? "",
      new RegExp(`^missing field \`${name}\` at line 1`),
    );
  }
});

Deno.test("readHostProgram() refuses a known member that repeats", () => {
  assertMatch(
    refusal('{"forges":[],"forges":[]}') ?? "",
    /^duplicate field `forges` at line 1 column 21$/,
  );
});

Deno.test("readHostProgram() accepts the five statements, each an object with one member", () => {
  assertStrictEquals(
    refusal(withBody('{"Effect":{"payload":"1","kind":"any","span":[1]}}')),
    undefined,
  );
  assertMatch(
    refusal(withBody('{"If":{}}')) ?? "",
    /^unknown variant `If`, expected one of `Let`/,
  );
  assertMatch(
    refusal(withBody('"Let"')) ?? "",
    /^invalid type: unit variant, expected struct var/,
  );
  assertMatch(refusal(withBody('"Break"')) ?? "", /^unknown variant `Break`/);
  assertMatch(
    refusal(withBody('{"Return":{"expr":null}}')) ?? "",
    /^invalid type: null, expected a/,
  );
  assertMatch(refusal(withBody('{"Return":{}}')) ?? "", /^missing field `expr`/);
  assertMatch(refusal(withBody('{"Return":["1","2"]}')) ?? "", /^trailing characters/);
  assertMatch(
    refusal(withBody('{"Let":["x"]}')) ?? "",
    /^invalid length 1, expected struct variant DirStmt::Let with 2 elements/,
  );
  assertMatch(refusal(withBody('{"Return":["1"],"Let":["x","1"]}')) ?? "", /^expected value/);
  assertMatch(refusal(withBody("{}")) ?? "", /^expected value/);
  assertMatch(refusal(withBody("null")) ?? "", /^expected value/);
});

Deno.test("readHostProgram() reads the literals of uses", () => {
  const fine = '[["a",{"Int":-9223372036854775808}],["b",{"Bool":true}],["c",{"String":"x"}]]';
  assertStrictEquals(refusal(withUse(fine)), undefined);
  for (
    const [args, expected] of [
      [
        '[["a",{"Int":9223372036854775808}]]',
        /^invalid value: integer `9223372036854775808`, expected i64/,
      ],
      ['[["a",{"Int":1.0}]]', /^invalid type: floating point/],
      ['[["a",{"Int":-0}]]', /^invalid type: floating point/],
      ['[["a",{"Int":"1"}]]', /^invalid type: string "1", expected i64/],
      ['[["a",{"Bool":0}]]', /^invalid type: integer `0`, expected a boolean/],
      [
        '[["a",{"Float":1.5}]]',
        /^unknown variant `Float`, expected one of `Int`, `Bool`, `String`/,
      ],
      ['[["a","Int"]]', /^invalid type: unit variant, expected newtype variant/],
      ['[["a"]]', /^invalid length 1, expected a tuple of size 2/],
      ['[["a",{"Int":1},2]]', /^trailing characters/],
      ['{"a":{"Int":1}}', /^invalid type: map, expected a sequence/],
    ] as const
  ) assertMatch(refusal(withUse(args)) ?? "", expected);
});

Deno.test("readHostProgram() refuses texts that are not JSON", () => {
  for (
    const [text, expected] of [
      ["", "EOF while parsing a value at line 1 column 0"],
      ["forge X {}", "expected ident at line 1 column 2"],
      ["\ufeff{}", "expected value at line 1 column 1"],
      ["{}", "missing field `forges` at line 1 column 2"],
      ["[]", "invalid length 0, expected struct DirProgram with 1 element at line 1 column 2"],
      ["7", "invalid type: integer `7`, expected struct DirProgram at line 1 column 1"],
      ['{"forges":[]}\n x', "trailing characters at line 2 column 2"],
      ['{"forges":[],}', "trailing comma at line 1 column 14"],
      ['{"forges":[,]}', "expected value at line 1 column 12"],
      ["{forges:[]}", "key must be a string at line 1 column 2"],
      ['{"forges" []}', "expected `:` at line 1 column 11"],
      ['{"é":"é",\n"é":01,"forges":[]}', "invalid number at line 2 column 7"],
      ['{"x":1.,"forges":[]}', "invalid number at line 1 column 8"],
      ['{"x":-,"forges":[]}', "invalid number at line 1 column 7"],
      ['{"x":1.5e,"forges":[]}', "invalid number at line 1 column 10"],
      ['{"x":1.5.2,"forges":[]}', "expected `,` or `}` at line 1 column 9"],
      ['{"x":tru,"forges":[]}', "expected ident at line 1 column 9"],
      ['{"x":"\\q","forges":[]}', "invalid escape at line 1 column 7"],
      ['{"x":[1 2],"forges":[]}', "expected `,` or `]` at line 1 column 9"],
    ] as const
  ) assertStrictEquals(refusal(text), expected, text);
});

Deno.test("readHostProgram() wants Unicode in what it keeps", () => {
  const named = (name: string) =>
    `{"forges":[{"name":"${name}","shapes":[],"procs":[],"binds":[]}]}`;
  const read = readHostProgram(named('\\ud83d\\ude00\\u03a6\\"\\/\\b'));
  assert(read.ok);
  assertStrictEquals(read.value.forges[0]?.name, '😀Φ"/\b');
  assertMatch(refusal(named("\\ud83d")) ?? "", /^unexpected end of hex escape/);
  assertMatch(refusal(named("\\ud83dx")) ?? "", /^unexpected end of hex escape/);
  assertMatch(refusal(named("\\ud83d\\n")) ?? "", /^unexpected end of hex escape/);
  assertMatch(refusal(named("\\ud83d\\u0041")) ?? "", /^lone leading surrogate/);
  assertMatch(refusal(named("\\ude00")) ?? "", /^lone leading surrogate/);
  assertMatch(refusal(named("\\u12g4")) ?? "", /^invalid escape/);
  assertMatch(refusal(named("a\nb")) ?? "", /^control character/);
  assertMatch(refusal(named("\ud83d")) ?? "", /^invalid unicode code point/);
  assertMatch(refusal('{"forges":[],"\\ud800":1}') ?? "", /^unexpected end of hex escape/);
});
