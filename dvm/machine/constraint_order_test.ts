import { assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { executeText } from "../../mod.ts";
import {
  bind,
  branch,
  codeOfRun,
  count,
  loop,
  proc,
  program,
  summary,
} from "../../tests/support/program.ts";

// covers: CON-03, K-06
Deno.test("a constraint after the return counts like any other", () => {
  const after = (predicate: string) =>
    program(
      proc("K::main() -> i64", "let x = 1", 'emit "A"', "return x", `constrain ${predicate}`),
    );
  assertStrictEquals(summary(after("x Gt 0")), 'emit A; {"Int":1}');
  assertStrictEquals(summary(after("x Gt 1")), "DR0901");
});

// covers: CON-03, CON-14
Deno.test("a constraint after branches that all return counts too", () => {
  const text = program(
    proc(
      "K::main(n: i64) -> i64",
      branch("n Gt 0", ["return 1"], ["return 2"]),
      "constrain n Lt 9",
    ),
  );
  assertStrictEquals(summary(text, { args: { n: 3 } }), '{"Int":1}');
  assertStrictEquals(summary(text, { args: { n: 9 } }), "DR0901");
});

// covers: CON-10, CON-14
Deno.test("a constraint that ends a block is decided before the block's names go out of scope", () => {
  const text = (predicate: string) =>
    program(
      proc(
        "K::main() -> i64",
        "let n = 0",
        loop("n Lt 3", ["set n = n Add 1", "let double = n Mul 2", `constrain ${predicate}`]),
        branch("n Gt 0", [`constrain last Lt 9`, "let last = n"]),
        "return n",
      ),
    );
  assertStrictEquals(summary(text("double Le 6")), '{"Int":3}');
  assertStrictEquals(summary(text("double Lt 6")), "DR0901");
});

// covers: CON-05, CON-10
Deno.test("a constraint waits for a name that the last statement of its block binds", () => {
  const text = (least: number) =>
    program(
      proc(
        "K::main() -> i64",
        "let n = 1",
        branch("n Gt 0", [`constrain last Ge ${least}`, "let last = n Add 1"]),
        "return n",
      ),
    );
  assertStrictEquals(summary(text(2)), '{"Int":1}');
  assertStrictEquals(summary(text(3)), "DR0901");
});

// covers: EFF-16
Deno.test("a name that each iteration binds is not sealed by the previous iteration", () => {
  const text = program(
    proc(
      "K::main() -> i64",
      "let n = 0",
      loop("n Lt 2", ["set n = n Add 1", "let x = n", "set x = x Mul 10", "seal x"]),
      "return n",
    ),
  );
  assertStrictEquals(summary(text), 'seal 10; seal 20; {"Int":2}');
});

// covers: CTR-07, BND-12
Deno.test("a contract violated by a call in a constraint that ends the body is reported there", () => {
  const text = (latency: number) =>
    program(
      proc("K::main() -> i64", "return 1", "constrain f(2) Gt 0"),
      proc("K::f(n: i64) -> i64", "let m = n", "return m"),
      bind("K::main -> K::f", `latency_us < ${latency}`),
    );
  assertStrictEquals(codeOfRun(text(2)), "ok");
  assertStrictEquals(codeOfRun(text(1)), "DR0691");
  const last = program(
    proc("K::main()", "emit 1", "constrain f(2) Gt 0"),
    proc("K::f(n: i64) -> i64", "return n"),
    bind("K::f -> K::main"),
  );
  assertStrictEquals(codeOfRun(last), "DR0690");
});

// covers: CON-03, CON-10, CON-12
Deno.test("at a return, constraints not reached are executed first, in document order, each with its tick", () => {
  const text = program(
    proc(
      "K::main(n: i64) -> i64",
      branch("n Gt 0", ["return 100 Div (n Sub 1)"]),
      "constrain n Ne 1",
      "let m = n",
      "constrain n Lt 9 And m Lt 9",
      "constrain n Lt 5",
      "return m",
    ),
  );
  const run = (n: number) => executeText(text, { args: { n } });
  assertStrictEquals(run(3).ticks, 4); // the branch, and three constraints
  assertStrictEquals(run(-1).ticks, 5);
  const { events } = run(1);
  const failed = events.find((event) => event.kind === "constraint_failed");
  const failing = events.flatMap((event) =>
    event.kind === "constraint_added" && event.id === failed?.id ? [event.at] : []
  );
  assertEquals(failing, ["main.body[1]"]);
  assertEquals(codeOfRun(text, { args: { n: 7 } }), "DR0901");
});

// covers: CON-10, CON-14
Deno.test("a constraint of an inner block counts to the end of the process, for the bindings it was reached with", () => {
  const text = (last: number) =>
    program(
      proc(
        "K::main() -> i64",
        "let n = 9",
        count("i in 0..3", ["let least = i Mul 2", "constrain n Ge least"]),
        `set n = ${last}`,
        "return n",
      ),
    );
  assertStrictEquals(summary(text(4)), '{"Int":4}');
  assertStrictEquals(codeOfRun(text(3)), "DR0901"); // of the last iteration: 3 Ge 4
  const waiting = program(
    proc(
      "K::main() -> i64",
      branch("true", ["let k = 3", "constrain k Lt m"]),
      "let m = 3",
      "return m",
    ),
  );
  assertStrictEquals(codeOfRun(waiting), "DR0901");
});

// covers: CON-14, K-12
Deno.test("break and continue do not make the constraints after them count", () => {
  const text = (leave: string) =>
    program(
      proc(
        "K::main() -> i64",
        count("i in 0..2", [leave, "constrain false"]),
        "return 1",
      ),
    );
  assertStrictEquals(summary(text("break")), '{"Int":1}');
  assertStrictEquals(summary(text("continue")), '{"Int":1}');
  assertStrictEquals(codeOfRun(text("return 0")), "DR0901");
});

// covers: CON-03, K-06
Deno.test("constraints after branches that both return in an inner block are decided at the return", () => {
  const text = program(
    proc(
      "K::main(n: i64) -> i64",
      "let m = n",
      branch("true", [
        branch("n Gt 0", ["set m = 1", "return m"], ["return 2"]),
        "constrain m Gt 0",
      ]),
      "constrain m Lt 9",
      "return 3",
    ),
  );
  assertStrictEquals(summary(text, { args: { n: 20 } }), '{"Int":1}');
  assertStrictEquals(codeOfRun(text, { args: { n: -1 } }), "DR0901");
});
