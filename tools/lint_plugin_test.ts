import { assertEquals } from "../std/assert.ts";
import plugin from "./lint_plugin.ts";

/** The source of what the rules report in a module. */
function reported(source: string, path = "cli/module.ts"): string[] {
  return Deno.lint.runPlugin(plugin, path, source).map(({ range: [start, end] }) =>
    source.slice(start, end)
  );
}

Deno.test("no-spread-arguments finds every spread of a list over the arguments of a call", () => {
  const bad = [
    ["f(...xs)", "xs"],
    ["Math.max(...xs)", "xs"],
    ["Math.max(0, ...xs.map((x) => x.size))", "xs.map((x) => x.size)"],
    ["ys.push(...xs)", "xs"],
    ["ys?.push(...xs)", "xs"],
    ["new Machine(...xs)", "xs"],
    ["f([...xs], ...xs)", "xs"],
    ["f(...[1, ...xs])", "[1, ...xs]"],
    ["f(...isLate ? [1] : xs)", "isLate ? [1] : xs"],
    ["function f(xs: number[]) { g(...xs); }", "xs"],
    ["function f(...xs: number[]) { return ys.map((xs) => g(...xs)); }", "xs"],
    ["const f = (...xs: number[]) => g(...xs.flatMap(h))", "xs.flatMap(h)"],
    ["String.fromCharCode.apply(null, xs)", "String.fromCharCode.apply"],
  ];
  for (const [source = "", found = ""] of bad) assertEquals(reported(source), [found], source);
  const several = "a.push(...xs); b.push(...ys, ...zs);";
  assertEquals(reported(several), ["xs", "ys", "zs"]);
});

Deno.test("no-spread-arguments allows what does not grow with data", () => {
  const good = [
    "f(xs)",
    "const ys = [...xs]",
    "const z = { ...x }",
    "f([...xs], { ...x })",
    'f(...["a", "b"])',
    "f(...isLate ? [1, 2] : [2, 1])",
    "f(...[1, ...[2, 3]])",
    "const f = (...xs: number[]) => g(1, ...xs)",
    "function f(...xs: number[]) { return ys.map((y) => g(y, ...xs)); }",
    "const { drop } = { drop: (...names: string[]) => io.drop(...names) }",
    "const [first, ...rest] = xs",
    "for (const x of xs) ys.push(x)",
  ];
  for (const source of good) assertEquals(reported(source), [], source);
});

Deno.test("no-spread-arguments lets tests call their helpers with lists, but no methods", () => {
  for (const path of ["cli/run_test.ts", "tests/language/cases.ts"]) {
    assertEquals(reported("program(...parts)", path), [], path);
    assertEquals(reported("parts.push(...more)", path), ["more"], path);
    assertEquals(reported("Math.min(...sizes)", path), ["sizes"], path);
  }
  assertEquals(reported("program(...parts)", "campaign/generate.ts"), ["parts"]);
});

Deno.test("pure-machine finds the names that dvm/ may not use, and nothing elsewhere", () => {
  const source = "const now = Date.now(), x = Math.random(), late = a.localeCompare(b);";
  const found = ["Date", "Math.random", "a.localeCompare"];
  assertEquals(reported(source, "dvm/machine/decide.ts").sort(), found);
  assertEquals(reported(source, "store/log/verify.ts"), []);
  assertEquals(reported("const x = { Date: 1 }.Date;", "dvm/machine/decide.ts"), []);
});
