import { assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { executeHost01 } from "./execute.ts";
import { renderHost01 } from "./output.ts";

function run(regime: string, ...body: readonly unknown[]) {
  const proc = { regime, name: "main", params: [], uses: [], ret: null, qualifiers: [], body };
  return executeHost01(
    JSON.stringify({ forges: [{ name: "F", shapes: [], procs: [proc], binds: [] }] }),
    {},
  );
}
const effect = (kind: string, payload: string) => ({ Effect: { kind, payload } });
const result = (expr: string) => ({ Return: { expr } });

Deno.test("renderHost01() shows a run to a human reader", () => {
  assertEquals(renderHost01(run("K", effect("emit", '"a b"'), effect("x", "1"), result("2"))), {
    stdout:
      "return: 2\neffects:\n  1. emit a b\n  2. x 1\ntime.ticks: 2\neffect_mode: simulate\nentry: main\n",
    stderr: "",
    exit: 0,
  });
  const flags = { entry: "main", effects: "realize" } as const;
  assertStrictEquals(
    renderHost01(run("K"), flags).stdout,
    "return: <none>\neffects: <none>\ntime.ticks: 0\neffect_mode: realize\nentry: main\n",
  );
});

Deno.test("renderHost01() shows returned values in upstream's forms", () => {
  const returned = (...body: readonly unknown[]) =>
    renderHost01(run("K", ...body)).stdout.split("\n")[0];
  assertStrictEquals(returned(result('"a\\n\\"\\t"')), 'return: "a\\n\\"\\t"');
  assertStrictEquals(returned(result("1 Eq 1")), "return: true");
  assertStrictEquals(returned(result("-9223372036854775808")), "return: -9223372036854775808");
  assertStrictEquals(returned({ Prove: { name: "w", from: "true" } }, result("w")), "return: unit");
});

Deno.test("renderHost01() writes the trace alone with --emit-trace, quiet or not", () => {
  const execution = run("K", result("9223372036854775807"));
  const stdout =
    '{\n  "returned": {\n    "Int": 9223372036854775807\n  },\n  "effects": {\n    "events": []\n  },\n' +
    '  "time": {\n    "tick": 0\n  }\n}\n';
  assertEquals(renderHost01(execution, { emitTrace: true }), { stdout, stderr: "", exit: 0 });
  assertStrictEquals(renderHost01(execution, { emitTrace: true, quiet: true }).stdout, stdout);
});

Deno.test("renderHost01() prints nothing with --quiet, except a load failure", () => {
  const silent = { stdout: "", stderr: "" };
  assertEquals(renderHost01(run("K"), { quiet: true }), { ...silent, exit: 0 });
  assertEquals(renderHost01(run("K", result("x")), { quiet: true }), { ...silent, exit: 10 });
  const unreadable = executeHost01("{}", {});
  for (const quiet of [false, true]) {
    assertEquals(renderHost01(unreadable, { quiet }), {
      stdout: "",
      stderr:
        "dustrun: DIR load error: DIR load error: missing field `forges` at line 1 column 2\n",
      exit: 3,
    });
  }
});

Deno.test("renderHost01() introduces each failure in words, and writes no trace of it", () => {
  const rows = [
    [
      run("K", { Constrain: { predicate: "false" } }),
      "inadmissible program: constraint failed: false",
    ],
    [
      run("K", { Constrain: { predicate: "1" } }),
      "constraint failure: constraint predicate did not evaluate to bool",
    ],
    [run("K", result("x")), "runtime error: unknown identifier: x"],
    [run("Z"), "DIR validation error: unknown regime: Z"],
    [
      run("Φ"),
      "regime not supported by this execution path: Φ-regime execution wiring into engine is a later step",
    ],
    [executeHost01('{"forges":[["F",[],[],[]]]}', { entry: "e" }), "entrypoint not found: e"],
  ] as const;
  for (const [execution, told] of rows) {
    const output = renderHost01(execution, { emitTrace: true });
    assertEquals(output, { stdout: "", stderr: `dustrun: ${told}\n`, exit: 10 });
  }
});
