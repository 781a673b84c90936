/**
 * Public suites of other projects, every row: JSON parsing, integer and float operations, decimal text. They are read where they are and
 * never copied.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { check, execute, type Execution, load, parsePlain, type Program } from "../../mod.ts";
import { nearestFloat } from "../../dvm/value/decimal.ts";
import { dustrun } from "../support/memory_io.ts";
import { CORPORA, corpus, needing } from "../support/needs.ts";
import { proc, program } from "../support/program.ts";

function linesOf(path: string): readonly string[] {
  return Deno.readTextFileSync(new URL(path, CORPORA)).split("\n").filter((line) => line !== "");
}

function loaded(text: string): Program {
  const result = load([{ name: "suite", text }]);
  assert(result.ok, result.ok ? "" : result.failure[0]?.message);
  assertEquals(check(result.value), []);
  return result.value;
}

function codeOf({ outcome }: Execution): string {
  return outcome.error?.code ?? "ok";
}

// ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What `docs/dir.md` says of the rows on which parsers may differ. */
function expectedCode(name: string): string | undefined {
  if (/^i_structure_500_nested_arrays|^i_number/.test(name)) return "DR0104"; // JSON, but no DIR
  if (/invalid_utf-8|UTF-8_invalid|UTF8_surrogate|utf16|UTF-16|BOM/.test(name)) return "DR0101";
  if (/iso_latin|lone_utf8|not_in_unicode|overlong|truncated/.test(name)) return "DR0101";
  return name.includes("object_key") ? "DR0107" : "DR0104"; // an escaped lone surrogate: refused as a member's name, no value of DIR
}

// covers: DIR-01
Deno.test(needing({
  name: "public suites: JSON parsing, every row",
  needs: [corpus("public/json-parsing.jsonl")],
  fn: async () => {
    const path = Deno.makeTempFileSync({ suffix: ".dir.json" });
    for (const line of linesOf("public/json-parsing.jsonl")) {
      const { name, base64 } = JSON.parse(line);
      Deno.writeFileSync(path, Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
      const { exit, stderr } = await dustrun("check", "--json", path);
      const answer = JSON.parse(stderr.split("\n")[0] ?? "");
      const { code, kind } = answer;
      if (base64 === "") { // an empty file is another kind of file
        assertStrictEquals(answer.fault.code, "DR1323", name);
        assertStrictEquals(exit, 2, name);
        continue;
      }
      assertStrictEquals(exit, 3, name);
      assertStrictEquals(kind, "DirLoad", name);
      if (name.startsWith("n_")) assertStrictEquals(code, "DR0101", name);
      else if (name.startsWith("y_")) assert(code !== "DR0101", name);
      else assertStrictEquals(code, expectedCode(name), name);
      if (/_UTF-?8_BOM_/.test(name)) assert(stderr.includes("byte order mark"), name);
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(Deno.readFileSync(path));
      // As an argument every JSON text can be read, but for a member that occurs twice.
      const isRead = parsePlain(text).ok;
      if (name.startsWith("n_")) assertStrictEquals(isRead, false, name);
      else if (name.startsWith("y_")) {
        assertStrictEquals(isRead, !name.includes("duplicated"), name);
      }
    }
  },
}));

// ── integer and float operations ─────────────────────────────────────────────────────────────────────────────────

const OPERATORS: { readonly [op: string]: string } = {
  add: "Add",
  sub: "Sub",
  mul: "Mul",
  div: "Div",
  div_s: "Div",
  and: "BitAnd",
  or: "BitOr",
  xor: "BitXor",
  shl: "Shl",
  shr_s: "Shr",
  eq: "Eq",
  ne: "Ne",
  lt: "Lt",
  le: "Le",
  gt: "Gt",
  ge: "Ge",
  lt_s: "Lt",
  le_s: "Le",
  gt_s: "Gt",
  ge_s: "Ge",
};
/** Operations that DIR does not have: unsigned ones, remainders, rotations, minimum and maximum. */
const ABSENT = /^(.*_u|rem_s|rotl|rotr|min|max)$/;

/** The exact result of an integer operation, or the code of its failure: nothing wraps. */
function integerResult(op: string, a: bigint, b: bigint): bigint | boolean | string {
  const inRange = (exact: bigint) => BigInt.asIntN(64, exact) === exact ? exact : "DR0801";
  switch (op) {
    case "add":
      return inRange(a + b);
    case "sub":
      return inRange(a - b);
    case "mul":
      return inRange(a * b);
    case "div_s":
      return b === 0n ? "DR0802" : inRange(a / b);
    case "and":
      return a & b;
    case "or":
      return a | b;
    case "xor":
      return a ^ b;
    case "shl":
      return b < 0n || b > 63n ? "DR0803" : inRange(a << b);
    case "shr_s":
      return b < 0n || b > 63n ? "DR0803" : a >> b;
    default:
      return "";
  }
}

// covers: TYP-16, TYP-17, TYP-19
Deno.test(needing({
  name: "public suites: integer and float operations, every row",
  needs: [corpus("public/wasm-numbers.jsonl")],
  fn: () => {
    const operations = program(
      ...["i64", "f32", "f64"].flatMap((type) =>
        Object.entries(OPERATORS).filter(([op]) => type === "i64" || !/_s$|and|or|sh/.test(op))
          .filter(([op]) => type !== "i64" || op !== "div").map(([op, operator]) => {
            const result = /^(eq|ne|[lg][te])/.test(op) ? "bool" : type;
            return proc(
              `K::${type}_${op}(a: ${type}, b: ${type}) -> ${result}`,
              `return a ${operator} b`,
            );
          })
      ),
    );
    const executable = loaded(operations);
    let executed = 0;
    for (const line of linesOf("public/wasm-numbers.jsonl")) {
      const { type, op, a, b, result } = JSON.parse(line);
      if (ABSENT.test(op)) continue;
      if (type !== "i64" && [a, b].some((operand) => /nan|inf/.test(operand))) continue; // no value of DIR
      const args = type === "i64"
        ? { a: signed(a), b: signed(b) }
        : { a: floatOf(a), b: floatOf(b) };
      const execution = execute(executable, { entry: `${type}_${op}`, args });
      executed++;
      const { returned } = execution.outcome;
      const found = returned === undefined ? codeOf(execution) : Object.values(returned)[0];
      if (/^(eq|ne|[lg][te])/.test(op)) assertStrictEquals(found, Number(result) === 1, line);
      else if (type === "i64") {
        const exact = integerResult(op, signed(a), signed(b));
        assertStrictEquals(typeof found === "number" ? BigInt(found) : found, exact, line);
        if (typeof exact === "bigint") assertStrictEquals(exact, signed(result), line);
      } else if (/nan|inf/.test(result)) {
        assertStrictEquals(found, op === "div" && floatOf(b) === 0 ? "DR0802" : "DR0805", line);
      } else assertStrictEquals(found, floatOf(result), line);
    }
    assert(executed > 4_000, `${executed} rows`);
  },
}));

/** A number of the suite as a signed 64-bit integer; its texts may be hexadecimal and unsigned. */
function signed(text: string): bigint {
  const digits = text.replaceAll("_", "");
  const magnitude = BigInt(digits.replace(/^[-+]/, ""));
  return BigInt.asIntN(64, digits.startsWith("-") ? -magnitude : magnitude);
}

/** A float of the suite, decimal or hexadecimal; the hexadecimal ones are exact. */
function floatOf(text: string): number {
  const digits = text.replaceAll("_", "");
  const hex = /^([-+]?)0x([0-9a-f]+)(?:\.([0-9a-f]*))?(?:p([-+]?[0-9]+))?$/i.exec(digits);
  if (hex === null) return Number(digits);
  const [, sign, whole = "", fraction = "", power = "0"] = hex;
  const integer = Number(BigInt(`0x${whole}${fraction}`));
  const exponent = Number(power) - 4 * fraction.length;
  // In two steps, as 2 ** exponent alone may leave the range.
  const half = Math.trunc(exponent / 2);
  const value = integer * 2 ** half * 2 ** (exponent - half);
  return sign === "-" ? -value : value;
}

// ── decimal text ─────────────────────────────────────────────────────────────────────────────────────────────────

interface NumberRow {
  readonly text: string;
  readonly single: number;
  readonly double: number;
}

function numberRows(): readonly NumberRow[] {
  const view = new DataView(new ArrayBuffer(8));
  return linesOf("public/number-text.tsv").map((line) => {
    const [single = "", double = "", text = ""] = line.split("\t");
    view.setUint32(0, parseInt(single, 16));
    const asSingle = view.getFloat32(0);
    view.setBigUint64(0, BigInt(`0x${double}`));
    return { text, single: asSingle, double: view.getFloat64(0) };
  });
}

// covers: TYP-19, DIR-20
Deno.test(needing({
  name: "public suites: decimal text as an argument, every row, both widths",
  needs: [corpus("public/number-text.tsv")],
  fn: () => {
    const executable = loaded(program(
      proc("K::single(x: f32) -> f32", "return x"),
      proc("K::double(x: f64) -> f64", "return x"),
    ));
    for (const { text, ...expected } of numberRows()) {
      assertStrictEquals(nearestFloat(text, 32), expected.single, text);
      assertStrictEquals(nearestFloat(text, 64), expected.double, text);
      const parsed = parsePlain(text);
      const isJson = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(text);
      assertStrictEquals(parsed.ok, isJson, text);
      if (!parsed.ok) continue;
      for (const entry of ["single", "double"] as const) {
        const execution = execute(executable, { entry, args: { x: parsed.value } });
        const { returned } = execution.outcome;
        const found = returned === undefined ? codeOf(execution) : Object.values(returned)[0];
        assertStrictEquals(
          found,
          Number.isFinite(expected[entry]) ? expected[entry] : "DR1003",
          text,
        );
      }
    }
  },
}));

// covers: TYP-19
Deno.test(needing({
  name: "public suites: decimal text as a literal, every row that is one, both widths",
  needs: [corpus("public/number-text.tsv")],
  fn: () => {
    const rows = numberRows().filter(({ text, single }) =>
      /^-?[0-9]+(\.[0-9]+)?$/.test(text) && Number.isFinite(single)
    );
    assert(rows.length > 5_000, `${rows.length} rows`);
    const literalOf = (text: string) => text.includes(".") || text.length < 18 ? text : `${text}.0`;
    for (let start = 0; start < rows.length; start += 200) {
      const some = rows.slice(start, start + 200);
      const array = `[${some.map(({ text }) => literalOf(text)).join(", ")}]`;
      const executable = loaded(
        program(
          proc(`K::single() -> [f32;${some.length}]`, `return ${array}`),
          proc(`K::double() -> [f64;${some.length}]`, `return ${array}`),
        ).replaceAll(/;([0-9]+)\]/g, "; $1]"),
      );
      for (const entry of ["single", "double"] as const) {
        const { returned } = execute(executable, { entry }).outcome;
        assertEquals(returned, { Array: some.map((row) => ({ Float: row[entry] })) });
      }
    }
  },
}));
