import { load } from "../load/load.ts";
import type { Program } from "../dir/model.ts";
import { renderType } from "../dir/type.ts";
import { assert, assertEquals } from "../../std/assert.ts";
import { inferLiterals } from "./infer_literals.ts";

/** A program whose process `K::main` has these parameters, result and body; `K::half` takes and returns an f64. */
function programOf(params: string, ret: string, body: readonly unknown[]): Program {
  const typed = params === "" ? [] : params.split(", ").map((param) => {
    const [name, ty] = param.split(": ");
    return { name, ty };
  });
  const common = { regime: "K", uses: [], qualifiers: [] };
  const half = {
    ...common,
    name: "half",
    params: [{ name: "x", ty: "f64" }],
    ret: "f64",
    body: [{ Return: { expr: "x Div 2" } }],
  };
  const main = { ...common, name: "main", params: typed, ret, body };
  const forges = [{ name: "F", shapes: [], binds: [], procs: [main, half] }];
  const loaded = load([{ name: "test", text: JSON.stringify({ forges }) }]);
  assert(loaded.ok);
  return loaded.value;
}

/** The literals of `K::main` whose type is not that of their text: `7: f64`. */
function literals(params: string, ret: string, ...body: readonly unknown[]): string[] {
  const program = programOf(params, ret, body);
  const [main] = program.procs;
  assert(main !== undefined);
  return inferLiterals(program, main).map(({ text, type }) => `${text}: ${renderType(type)}`);
}

const bind = (name: string, expr: string) => ({ Let: { name, expr } });
const assign = (target: string, expr: string) => ({ Assign: { target, expr } });
const result = (expr: string) => ({ Return: { expr } });

// covers: TYP-03, TYP-10
Deno.test("inferLiterals(): one type from all uses", () => {
  const x = bind("x", "7");
  assertEquals(literals("", "f64", x, result("x Div 2")), ["7: f64", "2: f64"]);
  assertEquals(literals("", "i64", x, result("x Div 2")), []);
  assertEquals(literals("", "f64", x, bind("y", "x"), assign("y", "3"), result("y")), [
    "7: f64",
    "3: f64",
  ]);
  assertEquals(literals("", "bool", bind("a", "[7, 1]"), result("a[0] Eq 0.5")), [
    "7: f64",
    "1: f64",
  ]);
  assertEquals(literals("", "i64", x, bind("y", "half(x)"), result("3")), ["7: f64"]);
  assertEquals(literals("n: i64", "f64", result("match n { 2 => 1, _ => 2.5 }")), ["1: f64"]);
});

// covers: TYP-19
Deno.test("inferLiterals(): f32 with f64 is f64, in any order of uses", () => {
  const x = bind("x", "1");
  const single = bind("s", "p Add x"), double = bind("t", "d Add x");
  assertEquals(literals("p: f32, d: f64", "bool", x, single, result("s Eq p")), ["1: f32"]);
  assertEquals(literals("p: f32, d: f64", "bool", x, single, double, result("s Eq p")), [
    "1: f64",
  ]);
  assertEquals(literals("p: f32, d: f64", "bool", x, double, single, result("s Eq p")), [
    "1: f64",
  ]);
  // The width of `p Add x` is that of x; a literal beside it is as wide.
  assertEquals(literals("p: f32", "bool", x, single, result("s Eq 0.1")), ["1: f32", "0.1: f32"]);
  assertEquals(
    literals("p: f32, d: f64", "bool", x, single, bind("e", "s Eq 0.1"), double, result("e")),
    ["1: f64"],
  );
  assertEquals(literals("p: f32, d: f64", "bool", result("(p Add 1) Add d Eq 0")), [
    "1: f32",
    "0: f64",
  ]);
});

// covers: TYP-02
Deno.test("inferLiterals(): contradictory uses decide nothing", () => {
  const x = bind("x", "7");
  assertEquals(literals("n: i64", "f64", x, bind("y", "x Add n"), result("x")), []);
  assertEquals(literals("", "f64", x, bind("y", "[1, 2][x]"), result("x")), []);
  assertEquals(literals("", "f64", x, bind("y", "x BitAnd 1"), result("x")), []);
});
