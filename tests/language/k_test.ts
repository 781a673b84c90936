/**
 * Regime K: what its statements do, in which order, and what its constraints govern.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { executeText, mainMark } from "../../mod.ts";
import {
  branch,
  codeOfRun,
  codes,
  count,
  loop,
  main,
  proc,
  program,
  shape,
  type Statement,
  summary,
} from "../support/program.ts";

// ── order and values ─────────────────────────────────────────────────────────────────────────────────────────────

// covers: K-01, EFF-02
Deno.test("K statements are evaluated once each, in order", () => {
  const text = main("let t0 = 100", "let t1 = t0 Add 1", "emit t0", "emit t1");
  assertStrictEquals(summary(text), "emit 100; emit 101; null");
  const places = executeText(text).events.flatMap((event) => "at" in event ? [event.at] : []);
  assertEquals(places, [0, 1, 2, 3].map((index) => `main.body[${index}]`));
});

// covers: K-02
Deno.test("K values are read any number of times", () => {
  assertStrictEquals(
    summary(program(proc("K::main() -> i64", "let d = 3", "let s = d Mul d", "return s Add d"))),
    '{"Int":12}',
  );
});

// covers: K-03, K-04, BND-01
Deno.test("a K process calls another without a bind, and passes only the arguments", () => {
  const held = program(
    proc("K::main() -> i64", "let x = 5", "let a = f(1)", "let b = f(2)", "return a Mul 10 Add b"),
    proc("K::f(n: i64) -> i64", "let local = n Add 1", "return local"),
  );
  assertStrictEquals(summary(held), '{"Int":23}');
  const violated = program(
    proc("K::main() -> i64", "let x = 5", "return f()"),
    proc("K::f() -> i64", "return x"),
  );
  assertEquals(codes(violated), ["DR0203"]);
  const assigned = program(
    proc("K::main() -> i64", "return f(1)"),
    proc("K::f(n: i64) -> i64", "set n = 2", "return n"),
  );
  assertEquals(codes(assigned), ["DR0214"]);
});

// covers: K-05, TRC-07
Deno.test("a callee's effects occur at the place of the call", () => {
  const text = program(
    proc("K::main()", 'emit "A"', "call f()", 'emit "C"', "expr f()", "let x = call g()", "emit x"),
    proc("K::f()", 'emit "B"'),
    proc("K::g() -> i64", 'emit "D"', "return 7"),
  );
  assertStrictEquals(summary(text), "emit A; emit B; emit C; emit B; emit D; emit 7; null");
});

// covers: K-06, FAI-01
Deno.test("return ends the process: held where it is last, violated where an effect follows", () => {
  assertStrictEquals(summary(program(proc("K::main() -> i64", "return 1"))), '{"Int":1}');
  assertEquals(codes(program(proc("K::main() -> i64", "return 1", 'emit "X"'))), ["DR0210"]);
  const early = program(
    proc("K::main() -> i64", branch("1 Lt 2", ["return 1"]), 'emit "X"', "return 2"),
  );
  assertStrictEquals(summary(early), '{"Int":1}');
});

// covers: K-07, EFF-01, TRC-05
Deno.test("K has all three effects, with values of every type", () => {
  const text = program(
    shape("P { x: i64, s: string }"),
    proc(
      "K::main()",
      "let z = 37",
      "emit z",
      "observe z Gt 3",
      'seal P{s: "q", x: Neg(z)}',
      "emit [1, 2]",
    ),
  );
  assertStrictEquals(
    summary(text),
    'emit 37; observe true; seal {"Struct":{"ty":"P","fields":{"x":{"Int":-37},"s":{"String":"q"}}}}; ' +
      'emit {"Array":[{"Int":1},{"Int":2}]}; null',
  );
});

// covers: K-08
Deno.test("an empty body succeeds with no value and no effect", () => {
  assertStrictEquals(summary(main()), "null");
  assertStrictEquals(executeText(main()).ticks, 0);
});

// covers: EFF-14
Deno.test("a call that is a whole statement may have effects, a nested one may not", () => {
  const report = proc("K::report(n: i64) -> i64", "emit n", "return n");
  const held = [
    ["let a = report(1)", "return a"],
    ["return report(1)"],
    ["let a = 0", "set a = report(1)", "return a"],
    ["let a = call report(1)", "return a"],
  ];
  for (const body of held) {
    assertStrictEquals(
      summary(program(proc("K::main() -> i64", ...body), report)),
      'emit 1; {"Int":1}',
    );
  }
  const violated: readonly Statement[] = [
    "let a = report(1) Add 1",
    "emit report(1)",
    "constrain report(1) Gt 0",
    branch("report(1) Gt 0", []),
    count("i in 0..report(1)", []),
    "let a = [report(1)]",
    "let a = pure(report(1))",
  ];
  for (const stmt of violated) {
    const text = program(
      proc("K::main()", stmt),
      report,
      proc("K::pure(n: i64) -> i64", "return n"),
    );
    assertEquals(codes(text), ["DR0504"], JSON.stringify(stmt));
  }
});

// ── control ──────────────────────────────────────────────────────────────────────────────────────────────────────

// covers: K-10
Deno.test("assignment: held for a mutable local, violated for anything else", () => {
  const held = main("local mut n: i64", "let n = 1", "set n = n Add 1", "emit n");
  assertStrictEquals(summary(held), "emit 2; null");
  assertStrictEquals(summary(main("let n = 1", "set n = n Add 1", "emit n")), "emit 2; null");
  const fixed = main("local n: i64", "let n = 1", "set n = 2");
  assertEquals(codes(fixed), ["DR0214"]);
  const undeclared = main("local mut m: i64", "let m = 0", "let n = 1", "set n = 2");
  assertEquals(codes(undeclared), ["DR0214"]);
  assertEquals(codes(main(count("i in 0..3", ["set i = 0"]))), ["DR0214"]);
  assertEquals(codes(main("let n = 1", "set n = true")), ["DR0302"]);
  assertEquals(codes(main("set n = 1")), ["DR0203"]);
  assertEquals(codes(main("let n = 1", "seal n", "set n = 2")), ["DR0215"]);
});

// covers: K-10
Deno.test("an integer literal assigned to a float is a float", () => {
  assertStrictEquals(
    summary(program(proc("K::main() -> f64", "let x = 1.5", "set x = 2", "return x Div 4"))),
    '{"Float":0.5}',
  );
  const text = program(
    proc("K::main() -> f64", "let xs = [0.5, 1]", "set xs = [1, 3]", "return xs[0] Div xs[1]"),
  );
  assertStrictEquals(summary(text), `{"Float":${1 / 3}}`);
});

// covers: K-11
Deno.test("a branch is decided by a boolean, and one side runs", () => {
  const both = main(branch("2 Gt 1", ['emit "T"'], ['emit "F"']));
  assertStrictEquals(summary(both), "emit T; null");
  assertStrictEquals(summary(main(branch("2 Lt 1", ['emit "T"'], ['emit "F"']))), "emit F; null");
  assertStrictEquals(summary(main(branch("2 Lt 1", ['emit "T"']))), "null");
  assertEquals(codes(main(branch("1", ['emit "T"']))), ["DR0308"]);
  assertEquals(codes(main(branch("[]", ['emit "T"']))), ["DR0308"]);
});

// covers: K-12
Deno.test("while tests its condition before each iteration; break and continue act on the innermost loop", () => {
  const counting = main("let n = 0", loop("n Lt 3", ["emit n", "set n = n Add 1"]));
  assertStrictEquals(summary(counting), "emit 0; emit 1; emit 2; null");
  assertStrictEquals(summary(main(loop("false", ['emit "never"']))), "null");
  const nested = main(
    count("i in 0..3", [
      count("j in 0..9", [
        branch("j Eq 1", ["continue"]),
        branch("j Eq 3", ["break"]),
        "emit i Mul 10 Add j",
      ]),
      branch("i Eq 1", ["break"]),
      'emit "next"',
    ]),
  );
  assertStrictEquals(summary(nested), "emit 0; emit 2; emit next; emit 10; emit 12; null");
  const whileInFor = main(
    count("i in 0..2", [
      "let n = 0",
      loop("true", [
        "set n = n Add 1",
        branch("n Eq 2", ["continue"]),
        branch("n Gt 2", ["break"]),
      ]),
      "emit n",
    ]),
  );
  assertStrictEquals(summary(whileInFor), "emit 3; emit 3; null");
  for (const outside of ["break", "continue"]) assertEquals(codes(main(outside)), ["DR0209"]);
  assertEquals(codes(main(branch("true", ["break"]))), ["DR0209"]);
});

// covers: K-13
Deno.test("a counted loop evaluates its bounds once and excludes the end", () => {
  assertStrictEquals(summary(main(count("i in 0..3", ["emit i"]))), "emit 0; emit 1; emit 2; null");
  assertStrictEquals(summary(main(count("i in 3..0", ["emit i"]))), "null");
  const moving = main("let end = 2", count("i in 0..end", ["set end = end Add 1", "emit i"]));
  assertStrictEquals(summary(moving), "emit 0; emit 1; null");
  const top = "9223372036854775807";
  assertStrictEquals(
    summary(main(count(`i in ${top} Sub 2..${top}`, ["emit i"]))),
    "emit 9223372036854775805; emit 9223372036854775806; null",
  );
  const widest = main(count(`i in -9223372036854775808..${top}`, ["emit i", "break"]));
  assertStrictEquals(summary(widest), "emit -9223372036854775808; null");
});

// covers: K-13
Deno.test("calls in bounds are made once each, whichever arm of a match is taken", () => {
  const text = program(
    proc(
      "K::main()",
      "let n = 0",
      count("i in match n { 0 => id(1), _ => id(2) }..id(3)", ["emit i"]),
    ),
    proc("K::id(n: i64) -> i64", "return n"),
  );
  assertStrictEquals(summary(text), "emit 1; emit 2; null");
  const entered = executeText(text).events.filter(({ kind }) => kind === "enter_proc");
  assertStrictEquals(entered.length, 3);
});

// covers: K-13, TYP-15
Deno.test("a loop's variable stays within the local's declared type", () => {
  const text = main("local i: u8", count("i in 254..257", ["emit i"]));
  assertStrictEquals(codeOfRun(text), "DR0807");
  assertEquals(codes(main("local i: bool", count("i in 0..2", []))), ["DR0302"]);
});

// covers: K-14, DIR-07
Deno.test("branches, loops and assignment occur in K only", () => {
  const stmts: readonly Statement[] = [
    branch("true", []),
    loop("false", []),
    count("i in 0..1", []),
  ];
  for (const stmt of stmts) {
    assertEquals(codes(program(proc("Q::q() linear", stmt))), ["DR0211"]);
    assert(codes(program(proc("Φ::p()", stmt))).includes("DR0211"));
    assertEquals(codes(main(stmt)), []);
  }
});

// covers: K-09, FAI-11
Deno.test("recursion: refused in DIR 0.1, allowed in 0.2 up to the depth limit", () => {
  const once = proc("K::f(n: i64) -> i64", "return f(n)");
  assertEquals(codes(program(proc("K::main()", "let x = f(1)"), once)), ["DR0212"]);
  const mutual = program(proc("K::f() -> i64", "return g()"), proc("K::g() -> i64", "return f()"));
  assertEquals(codes(mutual), ["DR0212"]);
  const chain = program(
    proc("K::main() -> i64", "return f()"),
    proc("K::f() -> i64", "return g()"),
    proc("K::g() -> i64", "return 1"),
  );
  assertStrictEquals(summary(chain), '{"Int":1}');
  const down = proc(
    "K::down(n: i64) -> i64",
    branch("n Eq 0", ["return 0"]),
    "return 1 Add down(n Sub 1)",
  );
  const deep = (n: number) => program(proc("K::main() -> i64", `return down(${n})`), down);
  assertStrictEquals(summary(deep(997)), '{"Int":997}');
  assertStrictEquals(codeOfRun(deep(1_000)), "DR1102");
  const byMatch = program(
    proc("K::main() -> i64", "return fact(5)"),
    proc("K::fact(n: i64) -> i64", "return match n { 0 => 1, _ => n Mul fact(n Sub 1) }"),
  );
  assertStrictEquals(summary(byMatch), '{"Int":120}');
});

// covers: TYP-13
Deno.test("a name is bound once in a scope; an inner block may hide it", () => {
  assertEquals(codes(main("let x = 1", "let x = 2")), ["DR0204"]);
  assertEquals(codes(program(proc("K::main(x: i64)", "let x = 2"))), ["DR0204"]);
  const hiding = main(
    "let x = 1",
    branch("true", ["let x = x Add 10", "emit x", branch("true", ["let x = true", "emit x"])]),
    count("x in 5..6", ["emit x"]),
    "emit x",
  );
  assertStrictEquals(summary(hiding), "emit 11; emit true; emit 5; emit 1; null");
  assertEquals(codes(main(branch("true", ["let y = 1"]), "emit y")), ["DR0203"]);
});

Deno.test("names of members of JavaScript objects are ordinary names", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];
  for (const name of names) {
    const text = program(
      shape(`S { ${name}: i64 }`),
      proc(
        "K::main() -> i64",
        `let ${name} = 7`,
        `let s = S{${name}: ${name}}`,
        `return s.${name}`,
      ),
    );
    assertStrictEquals(summary(text), '{"Int":7}');
    const given = program(proc(`K::main(${name}: i64) -> i64`, `return ${name}`));
    const args = JSON.parse(`{"${name}":3}`);
    assertStrictEquals(summary(given, { args }), '{"Int":3}');
    const called = program(
      proc("K::main() -> i64", `return ${name}()`),
      proc(`K::${name}() -> i64`, "return 1"),
    );
    assertStrictEquals(summary(called), '{"Int":1}');
    assertEquals(codes(main(`emit ${name}`)), ["DR0203"]);
    assertEquals(codes(program(proc(`K::main(x: ${name})`))), ["DR0206"]);
  }
});

// ── constraints ──────────────────────────────────────────────────────────────────────────────────────────────────

// covers: CON-01
Deno.test("a predicate is a boolean: held, and violated by a number", () => {
  assertStrictEquals(codeOfRun(main("let x = 1", "constrain x Gt 0")), "ok");
  assertEquals(codes(main("let x = 1", "constrain x Add 1")), ["DR0309"]);
});

// covers: CON-02
Deno.test("a constraint may only call processes without effects", () => {
  const pure = program(
    proc("K::main()", "constrain f(1) Gt 0", 'emit "A"'),
    proc("K::f(n: i64) -> i64", "return n"),
  );
  assertStrictEquals(summary(pure), "emit A; null");
  const effectful = program(
    proc("K::main()", "constrain f() Gt 0"),
    proc("K::f() -> i64", "emit 1", "return 1"),
  );
  assertEquals(codes(effectful), ["DR0504"]);
});

// covers: CON-03, CON-06, CON-07, EFF-11, EFF-12, FAI-10
Deno.test("a constraint governs statements before it: held, and violated without any effect or value", () => {
  assertStrictEquals(summary(main('emit "A"', "constrain 1 Gt 0")), "emit A; null");
  const execution = executeText(main('emit "A"', "constrain 1 Gt 2"));
  assertStrictEquals(execution.outcome.status, "inadmissible");
  assertEquals(execution.effects, []);
  assertStrictEquals("returned" in execution.outcome, false);
  const after = program(proc("K::main() -> i64", "constrain false", 'emit "A"', "return 1"));
  assertStrictEquals(summary(after), "DR0901");
});

// covers: CON-04, CON-10
Deno.test("all constraints must hold at once: one that fails is enough", () => {
  const ten = (failing: number) =>
    main(
      "let x = 15",
      ...Array.from({ length: 10 }, (_, n) => `constrain x ${n === failing ? "Gt" : "Le"} 15`),
    );
  assertStrictEquals(codeOfRun(ten(-1)), "ok");
  for (let failing = 0; failing < 10; failing++) {
    assertStrictEquals(codeOfRun(ten(failing)), "DR0901");
  }
});

// covers: CON-05, TYP-14
Deno.test("a constraint may mention what is bound after it; an unknown name is an error", () => {
  const text = (x: number) =>
    main("constrain s Gt 10", `let a = ${x}`, "let s = a Add 1", 'emit "A"');
  assertStrictEquals(summary(text(10)), "emit A; null");
  assertStrictEquals(codeOfRun(text(9)), "DR0901");
  assertEquals(codes(main("constrain ghost Gt 0")), ["DR0203"]);
  const outer = (y: number) =>
    main(branch("true", ["constrain y Gt 10"]), `let y = ${y}`, "emit y");
  assertStrictEquals(summary(outer(11)), "emit 11; null");
  assertStrictEquals(codeOfRun(outer(5)), "DR0901");
  const sibling = main(branch("true", ["constrain y Gt 10"]), branch("true", ["let y = 11"]));
  assertEquals(codes(sibling), ["DR0203"]);
});

// covers: CON-08
Deno.test("constraints are accepted and enforced in K and Q", () => {
  assertStrictEquals(
    summary(program(proc("K::main() -> i64", "constrain 1 Lt 2", "return 0"))),
    '{"Int":0}',
  );
  const q = (predicate: string) =>
    program(proc("Q::main(n: i64) -> i64 linear", `constrain ${predicate}`, "return n"));
  assertStrictEquals(summary(q("n Gt 0"), { args: { n: 1 } }), '{"Int":1}');
  assertStrictEquals(codeOfRun(q("n Gt 1"), { args: { n: 1 } }), "DR0901");
});

// covers: CON-09, FAI-07, FAI-08
Deno.test("a failed constraint is reported with its predicate and its place", () => {
  const text = main("let x = 1", "constrain x Gt 5");
  const { outcome, diagnostics } = executeText(text);
  assertStrictEquals(outcome.error?.message, "constraint failed: x Gt 5");
  assertStrictEquals(outcome.error?.where, "forges[0].procs[0].body[1]");
  const line = text.split("\n").findIndex((content) => content.includes("x Gt 5")) + 1;
  assertStrictEquals(mainMark(diagnostics[0])?.line, line);
});

// covers: CON-11
Deno.test("only the program's own constraints are added", () => {
  const { events } = executeText(main("let x = 9223372036854775807", "emit x"));
  assert(!events.some(({ kind }) => kind.startsWith("constraint_")));
});

// covers: CON-12
Deno.test("a callee's effects depend on the caller's constraints", () => {
  const text = (predicate: string) =>
    program(proc("K::main()", "call f()", `constrain ${predicate}`), proc("K::f()", 'emit "B"'));
  assertStrictEquals(summary(text("true")), "emit B; null");
  assertStrictEquals(summary(text("false")), "DR0901");
});

// covers: CON-13, FAI-04
Deno.test("the same program gives the same verdict and the same failure each time", () => {
  const text = main("constrain 1 Gt 2", "constrain 2 Gt 3", "let x = 1");
  const first = JSON.stringify(executeText(text));
  for (let run = 0; run < 20; run++) assertStrictEquals(JSON.stringify(executeText(text)), first);
  assertStrictEquals(executeText(text).outcome.error?.message, "constraint failed: 1 Gt 2");
});

// covers: CON-14
Deno.test("a constraint that becomes false halts the process: held up to the bound, violated beyond it", () => {
  const counting = (most: number) =>
    main(
      "local mut n: i64",
      "let n = 0",
      "constrain n Le 3",
      loop(`n Lt ${most}`, ["set n = n Add 1"]),
      "emit n",
    );
  assertStrictEquals(summary(counting(3)), "emit 3; null");
  assertStrictEquals(codeOfRun(counting(4)), "DR0901");
});

// covers: CON-14
Deno.test("a constraint inside a branch is in force once it is reached", () => {
  const text = (condition: string) =>
    main("let n = 0", branch(condition, ["constrain n Le 3"]), "set n = 9", "emit n");
  assertStrictEquals(summary(text("false")), "emit 9; null");
  assertStrictEquals(codeOfRun(text("true")), "DR0901");
  const before = main("let n = 9", "set n = 1", branch("true", ["constrain n Le 3"]), "emit n");
  assertStrictEquals(summary(before), "emit 1; null");
});

// covers: CON-14, CON-10
Deno.test("a constraint at the end of a block is decided before the block's names go out of scope", () => {
  const last = (x: number) =>
    main(branch("true", [`let x = ${x}`, "constrain x Gt 5"]), 'emit "A"');
  assertStrictEquals(summary(last(6)), "emit A; null");
  assertStrictEquals(codeOfRun(last(5)), "DR0901");
  const bindingLast = main(branch("true", ["constrain x Gt 5", "let x = 5"]), 'emit "A"');
  assertStrictEquals(codeOfRun(bindingLast), "DR0901");
  const rounds = (most: number) =>
    main(
      "let n = 0",
      loop("n Lt 5", ["set n = n Add 1", "let square = n Mul n", `constrain square Le ${most}`]),
      "emit n",
    );
  assertStrictEquals(summary(rounds(25)), "emit 5; null");
  assertStrictEquals(codeOfRun(rounds(24)), "DR0901");
});

// covers: CON-14
Deno.test("each iteration of a loop has its own names: a constraint over them ends with the iteration", () => {
  const text = main(
    count("i in 0..4", [
      branch("i Lt 2", ["constrain i Lt 2"]),
      "let k = i",
      branch("k Lt 2", ["constrain k Lt 2"]),
    ]),
    'emit "A"',
  );
  assertStrictEquals(summary(text), "emit A; null");
  assertStrictEquals(codeOfRun(main(count("i in 0..4", ["constrain i Lt 3"]))), "DR0901");
});

// covers: TYP-03
Deno.test("an integer literal among floats is a float: in an array, in an arm, in the place of a float", () => {
  const table: readonly (readonly [string, string])[] = [
    ["match 1 { 0 => 1.5, _ => 2 } Div 4", "0.5"],
    ["match 0 { 0 => 3, _ => 1.5 } Div 2", "1.5"],
    ["[1, 2.5][0] Div 4", "0.25"],
    ["1.5 Mul 2", "3.0"],
    ["half(3)", "1.5"],
    ["[3, 1][0] Div 2", "1"],
  ];
  for (const [expr, payload] of table) {
    const text = program(
      proc("K::main()", `emit ${expr}`),
      proc("K::half(x: f64) -> f64", "return x Div 2"),
    );
    assertStrictEquals(summary(text), `emit ${payload}; null`, expr);
  }
  const given = (...body: readonly string[]) =>
    program(proc("K::main(n: i64)", ...body), proc("K::half(x: f64) -> f64", "return x Div 2"));
  assertEquals(codes(given("let x = [n, 2.5]")), ["DR0302"]);
  assertEquals(codes(given("let x = match 1 { 0 => n, _ => 1.5 }")), ["DR0302"]);
});
