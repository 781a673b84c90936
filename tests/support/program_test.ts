/**
 * The notation for test programs yields the artifacts that it describes.
 *
 * @module
 */
import { assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { bind, branch, codes, count, loop, proc, program, shape, summary } from "./program.ts";

Deno.test("program() writes every kind of statement", () => {
  const text = program(
    shape("Pair { a: i64, b: bool }"),
    proc("K::double(n: i64) -> i64", "return n Mul 2"),
    proc(
      "K::main() -> i64",
      'uses Console(device="stdout", lines=3)',
      "let p = Pair{a: 1, b: true}",
      "constrain p.b",
      "prove w from p",
      "let x = call double(p.a)",
      "call double(x)",
      "expr 1 Add 1",
      branch("x Eq 2", ["emit x"], ["emit 0"]),
      count("i in 0..2", ["observe i"]),
      loop("x Lt 4", ["set x = x Add 1", branch("x Eq 3", ["break"])]),
      "seal x",
      "return x",
    ),
    bind("K::main -> K::double", "latency_us < 50", "effects_allowed == true"),
  );
  assertEquals(codes(text), []);
  assertStrictEquals(summary(text), 'emit 2; observe 0; observe 1; seal 3; {"Int":3}');
});
