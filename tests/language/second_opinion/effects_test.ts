/**
 * Effects: where they are allowed, in which order they occur, how they are rendered.
 *
 * @module
 */
import { bind, branch, count, loop, proc, program, shape } from "../../support/program.ts";
import { agree, main } from "./table.ts";

const NOISY = proc("K::f() -> i64", "emit 1", "return 4");
const YES = proc("K::yes() -> bool", "emit 1", "return true");
const G = proc("K::g(n: i64) -> i64", "return n");

// covers: EFF-14, EFF-15, CON-02
Deno.test("second opinion: where a call with effects is allowed", () => {
  const through = proc("K::h() -> i64", "return f()");
  const bad = "static DR0504";
  agree([
    [program(NOISY, main("let x = f()", "return x")), 'emit 1; {"Int":4}'],
    [program(NOISY, main("let x = call f()", "return x")), 'emit 1; {"Int":4}'],
    [program(NOISY, main("call f()", "return 0")), 'emit 1; {"Int":0}'],
    [program(NOISY, main("return f()")), 'emit 1; {"Int":4}'],
    [program(NOISY, main("return (f())")), 'emit 1; {"Int":4}'],
    [program(NOISY, main("let x = 0", "set x = f()", "return x")), 'emit 1; {"Int":4}'],
    [program(NOISY, main("let x = f() Add 1", "return x")), bad],
    [program(NOISY, G, main("return g(f())")), bad],
    [program(NOISY, G, main("let x = call g(f())", "return x")), bad],
    [program(NOISY, main("emit f()", "return 0")), bad],
    [program(NOISY, main("let x = [f()][0]", "return x")), bad],
    [program(YES, main(branch("yes()", []), "return 0")), bad],
    [program(YES, main(loop("yes()", ["break"]), "return 0")), bad],
    [program(NOISY, main(count("i in 0..f()", []), "return 0")), bad],
    [program(YES, main("prove w from yes()", "return 0")), bad],
    [program(YES, main("constrain yes()", "return 0")), bad],
    [program(NOISY, through, main("return h() Add 1")), bad],
    [program(NOISY, through, main("return h()")), 'emit 1; {"Int":4}'],
    [
      program(
        proc("K::f() -> i64", branch("false", ["emit 1"]), "return 4"),
        main("return f() Add 1"),
      ),
      bad,
    ],
    [program(proc("K::f() -> i64", "expr 1", "return 4"), main("return f() Add 1")), '{"Int":5}'],
  ]);
});

// covers: EFF-02, EFF-03, EFF-06, K-05, TRC-05
Deno.test("second opinion: order and rendering of effects", () => {
  const inner = proc("K::inner(n: i64)", "emit n", "seal n");
  agree([
    [
      program(inner, main("emit 0", "call inner(1)", "observe 2", "call inner(3)", "return 0")),
      'emit 0; emit 1; seal 1; observe 2; emit 3; seal 3; {"Int":0}',
    ],
    [
      program(main("emit 7", 'emit "7"', "emit true", "return 0")),
      'emit 7; emit 7; emit true; {"Int":0}',
    ],
    [program(main('emit "a\\nb"', 'emit "\\u{3a6}"', "return 0")), 'emit a\nb; emit Φ; {"Int":0}'],
    [
      program(main("emit 'c'", "emit [1, 2]", "return 0")),
      'emit c; emit {"Array":[{"Int":1},{"Int":2}]}; {"Int":0}',
    ],
    [
      program(main("let x = 1", "emit x", "set x = 2", "emit x", "return 0")),
      'emit 1; emit 2; {"Int":0}',
    ],
    [program(main("emit 1", "emit 1", "return 0")), 'emit 1; emit 1; {"Int":0}'],
    [program(main('emit ""', "return 0")), 'emit ; {"Int":0}'],
    [program(inner, main("emit inner(1)", "return 0")), "DirValidate"],
    [program(main({ Effect: { kind: "Emit", payload: "1" } }, "return 0")), "load DR0119"],
    [program(main({ Effect: { kind: "couple", payload: "1" } }, "return 0")), "load DR0119"],
  ]);
});

// covers: PHI-01, EFF-19, WIT-08, WIT-03
Deno.test("second opinion: effects of a Φ process report its witness", () => {
  const phi = (...body: string[]) =>
    program(shape("Box { w: PhiWitness }"), proc("Φ::v(n: i64) -> i64", ...body));
  const input = { entry: "v", args: { n: 3 } };
  agree([
    [phi("emit n", "return n"), "static DR0503", input],
    [phi("prove w from n", "emit n", "return n"), "static DR0503", input],
    [phi("prove w from n", "emit w.kind", "return n"), "DirValidate", input],
    [phi("prove w from n", "emit Box{w: w}", "return n"), "static DR0503", input],
    [phi("seal w", "prove w from n", "return n"), "DirValidate", input],
    [phi("prove w from n", "seal w", "return n", "constrain n Lt 0"), "Inadmissible", input],
    [phi('let w = phi_witness("x")', "seal w", "return n"), "DirValidate", input],
    [
      phi(
        'seal PhiWitness{kind: "Admissible", id: "a", constraint_digest: "b", note: "c"}',
        "return n",
      ),
      "DirValidate",
      input,
    ],
    [
      program(
        proc("Φ::v(n: i64) -> i64", "return f()"),
        NOISY,
        bind("Φ::v -> K::f", "effects_allowed == true"),
      ),
      "static DR0603",
      input,
    ],
  ]);
});
