import { assertStrictEquals } from "../../std/assert.ts";
import {
  bind,
  branch,
  codeOfRun,
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
