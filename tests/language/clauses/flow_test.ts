/**
 * Linearity, handing over and sealing along branches and loops (DIR v0.2): each row a body, and what is wrong with it.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import {
  bind,
  branch,
  codeOfRun,
  codes,
  count,
  loop,
  proc,
  program,
  shape,
  type Statement,
  summary,
} from "../../support/program.ts";
import { Random } from "../../../campaign/random.ts";
import { executeText } from "../../../mod.ts";
import { sized, testSeed } from "../../support/size.ts";

const STATE = shape("State { id: i64 }");

/** A body, what it shows, and its expected codes. */
type Row = readonly [claim: string, body: readonly Statement[], ...codes: readonly string[]];

function check(rows: readonly Row[], write: (body: readonly Statement[]) => string): void {
  for (const [claim, body, ...expected] of rows) {
    assertEquals(codes(write(body)), expected, claim);
  }
}

//
Deno.test("a linear name is used once on every path through branches and loops: held, and violated", () => {
  const rows: readonly Row[] = [
    ["both branches", [branch("c", ["emit q.id"], ["seal q.id"]), "return 0"]],
    ["one branch", [branch("c", ["emit q.id"]), "return 0"], "DR0406"],
    ["measured in one branch", [branch("c", ["observe q"], ["emit q.id"]), "return 0"]],
    ["measured in one branch, and read", [branch("c", ["observe q"]), "return q.id"]],
    ["measured in one branch, used in the other, and read", [
      branch("c", ["observe q"], ["emit q.id"]),
      "return q.id",
    ], "DR0401"],
    ["one branch returns", [branch("c", ["return q.id"]), "return q.id"]],
    ["one branch returns without it", [branch("c", ["return 1"]), "return q.id"], "DR0406"],
    [
      "nested, uneven",
      [branch("c", [branch("1 Lt 2", ["emit q.id"])], ["emit q.id"]), "return 0"],
      "DR0406",
    ],
    ["nested, even", [
      branch("c", [branch("1 Lt 2", ["emit q.id"], ["seal q.id"])], ["emit q.id"]),
      "return 0",
    ]],
    ["in a loop", [loop("c", ["emit q.id"]), "return 0"], "DR0401"],
    ["in the condition of a loop", [loop("q.id Lt 2", ["emit 1"]), "return 0"], "DR0401"],
    ["in a condition that is evaluated once", [loop("q.id Lt 2", ["return 1"]), "return 0"]],
    ["before the break of a loop that ends so only", [
      loop("true", ["emit q.id", "break"]),
      "return 0",
    ]],
    ["before one of two breaks", [
      loop("true", [branch("c", ["emit q.id", "break"], ["break"])]),
      "return 0",
    ], "DR0406"],
    ["before a continue", [loop("c", ["emit q.id", "continue"]), "return 0"], "DR0401"],
    ["in a loop that may not run", [loop("c", ["emit q.id", "return 1"]), "return 0"], "DR0406"],
    ["in a loop within a loop", [
      loop("c", [loop("c", ["emit q.id", "break"]), "break"]),
      "return 0",
    ], "DR0406"],
    ["in each arm", ["return match 1 { 1 => q.id, _ => q.id Add 1 }"]],
    ["in one arm", ["return match 1 { 1 => q.id, _ => 1 }"], "DR0406"],
    ["in the subject and in an arm", ["return match q.id { 1 => q.id, _ => 1 }"], "DR0401"],
    ["in no arm, and elsewhere", ["let a = match 1 { 1 => 2, _ => 1 }", "return a Add q.id"]],
    ["in arms within an arm", [
      "return match 1 { 1 => match 2 { 2 => q.id, _ => q.id Add 1 }, _ => q.id }",
    ]],
    ["the name of a pattern", ["return match q.id { 1 => 0, n => n }"]],
    ["the name of a pattern twice", ["return match q.id { 1 => 0, n => n Add n }"], "DR0401"],
    ["the name of a pattern never", ["return match q.id { 1 => 0, n => 1 }"], "DR0402"],
    ["in a loop that returns", [loop("c", [branch("1 Lt 2", ["return q.id"])]), "return q.id"]],
    [
      "before a break",
      [loop("c", [branch("1 Lt 2", ["emit q.id", "break"])]), "return 0"],
      "DR0406",
    ],
    ["measured, then read in a loop", [
      "observe q",
      loop("q.id Lt 2", ["emit q.id"]),
      "return q.id",
    ]],
    ["bound and used in a loop", [loop("c", ["let a = 1", "emit a"]), "return q.id"]],
    ["left over in a loop", [loop("c", ["let a = 1"]), "return q.id"], "DR0402"],
    ["left over at a break", [
      loop("c", ["let a = 1", branch("1 Lt 2", ["break"]), "emit a"]),
      "return q.id",
    ], "DR0406"],
    ["assigned from itself", ["let r = q", "set r = State{id: r.id}", "return r.id"]],
    ["overwritten", ["let r = q", "set r = State{id: 1}", "return r.id"], "DR0402"],
    ["assigned in a loop", [
      "let r = q",
      count("i in 0..3", ["set r = State{id: r.id}"]),
      "return r.id",
    ]],
    ["made anew in a loop", [
      "emit q.id",
      "let r = 1",
      "emit r",
      loop("c", ["set r = 2"]),
      "return 0",
    ], "DR0402"],
    ["assigned in a branch", [
      "let r = q",
      branch("c", ["set r = State{id: r.id}"]),
      "return r.id",
    ]],
  ];
  // c is a measured truth: it may be read any number of times, but not as a whole.
  check(rows, (body) => {
    const text = program(
      STATE,
      proc("K::f(q: State, t: State) -> i64 linear", "observe t", ...body),
    );
    return text.replaceAll('"condition": "c"', '"condition": "t.id Gt 0"');
  });
});

//
Deno.test("a measured name that is assigned from its outcome has one event for each value: held", () => {
  const events = (value: string) => {
    const text = program(
      STATE,
      proc(
        "K::f(q: State, y: State) -> i64 linear",
        "let r = q",
        "observe r",
        `set r = ${value}`,
        "let z = y",
        "emit z.id",
        "return r.id",
      ),
    );
    const args = { q: { id: 1 }, y: { id: 2 } };
    return executeText(text, { entry: "f", args }).events.flatMap((event) =>
      event.kind === "q_consume" && event.name === "r" ? [event.reason] : []
    );
  };
  assertEquals(events("State{id: r.id}"), ["measured", "projected"]);
  assertEquals(events("match r.id { 0 => State{id: 7}, _ => State{id: r.id} }"), [
    "measured",
    "projected",
  ]);
});

// covers: CTR-06, BND-08
Deno.test("moved values are tracked along branches, loops and fields: held, and violated", () => {
  const rows: readonly Row[] = [
    ["used before", ["emit a.id", "let b = tag(a)", "return b.id"]],
    ["used after", ["let b = tag(a)", "return a.id"], "DR0405"],
    ["handed over twice", ["let b = tag(a)", "let c = tag(a)", "return 0"], "DR0405"],
    ["twice in one expression", ["return tag(a).id Add tag(a).id"], "DR0405"],
    ["in either branch", [branch("1 Lt 2", ["let b = tag(a)"], ["let b = tag(a)"]), "return 0"]],
    ["after a branch", [branch("1 Lt 2", ["let b = tag(a)"]), "return a.id"], "DR0405"],
    ["after a branch that returned", [
      branch("1 Lt 2", ["let b = tag(a)", "return 1"]),
      "return a.id",
    ]],
    ["again in a loop", [count("i in 0..3", ["let b = tag(a)"]), "return 0"], "DR0405"],
    ["a new one in each round", [
      count("i in 0..3", ["let n = State{id: i}", "let b = tag(n)"]),
      "return a.id",
    ]],
    ["one field of two", ["let b = tag(p.x)", "let c = tag(p.y)", "return a.id"]],
    ["the same field", ["let b = tag(p.x)", "return p.x.id"], "DR0405"],
    ["the whole after a field", ["let b = tag(p.x)", "let w = p", "return 0"], "DR0405"],
    ["a field after the whole", ["let b = tag(a)", "emit a.id", "return 0"], "DR0405"],
    ["mentioned by a constraint", ["constrain a.id Gt 0", "let b = tag(a)", "return b.id"]],
    ["an element beside it", ["let e = [a, p.x]", "let b = tag(e[0])", "return e[1].id"]],
    [
      "an element that may be it",
      ["let e = [a, p.x]", "let b = tag(e[0])", "return e[k].id"],
      "DR0405",
    ],
    ["passed twice", ["let b = two(a, a)", "return b.id"], "DR0405"],
    ["read before in one sum", ["return a.id Add tag(a).id"]],
    [
      "held by what one statement makes",
      ["let w = Two{x: a, y: tag(a)}", "return w.y.id"],
      "DR0405",
    ],
    ["in one arm only", ["let b = match 1 Lt 2 { true => tag(a), false => a }", "return b.id"]],
    ["the name of a pattern in one arm only", [
      "let b = match a { m => match 1 Lt 2 { true => tag(m), false => m } }",
      "return b.id",
    ]],
    [
      "the name of a pattern, of a new value, passed twice",
      ["let b = match tag(a) { m => two(m, m) }", "return b.id"],
      "DR0405",
    ],
    [
      "a new value that a pattern named, after it",
      ["let b = match tag(a) { m => m }", "let c = tag(b)", "return b.id"],
      "DR0405",
    ],
    ["patterns that name a new value each", [
      "let b = match tag(a) { m => tag(m) }",
      "let c = match tag(b) { m => tag(m) }",
      "return c.id",
    ]],
    ["the name of a pattern in each round", [
      count("i in 0..3", ["emit match State{id: i} { m => tag(m) }"]),
      "return a.id",
    ]],
    [
      "after an arm",
      ["let b = match 1 Lt 2 { true => tag(a), false => a }", "return a.id"],
      "DR0405",
    ],
    ["after a call that never returns", ["let b = tag(a)", "let c = spin(1)", "return c"]],
    ["in an arm that never returns", [
      "let c = match 1 Lt 2 { true => spin(tag(a).id), false => 1 }",
      "return a.id",
    ]],
    ["where the callee returns another", [
      "let b = turn(p.x, p.y)",
      "let c = tag(b)",
      "return p.x.id",
    ]],
    [
      "where the callee returns it",
      ["let b = turn(p.x, p.y)", "let c = tag(b)", "return p.y.id"],
      "DR0405",
    ],
    ["where the callee calls itself", ["let b = deep(a, 3)", "return a.id"], "DR0405"],
  ];
  check(rows, (body) =>
    program(
      STATE,
      shape("Two { x: State, y: State }"),
      proc("Q::tag(q: State) -> State linear", "return q"),
      proc("Q::two(q: State, r: State) -> State linear", "return State{id: q.id Add r.id}"),
      proc("K::spin(n: i64) -> i64", loop("true", ["expr n"])),
      proc("K::turn(a: State, b: State) -> State", "let c = b", "return c"),
      proc(
        "K::deep(a: State, n: i64) -> i64",
        branch("n Gt 0", ["return deep(a, n Sub 1)"]),
        "return tag(a).id",
      ),
      proc("K::main(a: State, p: Two) -> i64", "let k = 0", ...body),
      bind("K::deep -> Q::tag", "linearity_enforced == true"),
      bind("K::main -> Q::tag", "linearity_enforced == true"),
      bind("K::main -> Q::two", "linearity_enforced == true"),
    ));
});

// covers: EFF-16, K-10
Deno.test("sealed values are tracked along branches and loops: held, and violated", () => {
  const rows: readonly Row[] = [
    ["sealed, then assigned", ["seal n", "set n = 2"], "DR0215"],
    ["assigned, then sealed", ["set n = 2", "seal n", "seal n", "emit n"]],
    ["a computed value is nobody's", ["seal n Add 1", "set n = 2"]],
    ["sealed in the round before", [loop("n Lt 3", ["set n = n Add 1", "seal n"])], "DR0215"],
    ["a new one in each round", [count("i in 0..3", ["let m = i", "set m = m Add 1", "seal m"])]],
    ["in the other branch", [branch("n Eq 1", ["seal n"], ["set n = 2"])]],
    ["after a branch", [branch("n Eq 1", ["seal n"]), "set n = 2"], "DR0215"],
  ];
  check(rows, (body) => program(proc("K::main()", "let n = 1", ...body)));
});

// covers: Q-06, RES-07
Deno.test("a linear K process with loops and blocks runs as its check has promised: held", () => {
  const k = (...body: readonly Statement[]) =>
    summary(program(STATE, proc("K::main() -> i64 linear", ...body)));
  assertStrictEquals(
    k("let q = State{id: 2}", count("i in 0..q.id", ["emit i"]), "return 0"),
    'emit 0; emit 1; {"Int":0}',
  );
  assertStrictEquals(
    k("let a = 1", branch("1 Lt 2", ["let a = 2", "emit a"]), "return a"),
    'emit 2; {"Int":1}',
  );
  const measured = (id: number) =>
    `observe {"Struct":{"ty":"State","fields":{"id":{"Int":${id}}}}}`;
  assertStrictEquals(
    k(count("i in 0..2", ["let a = State{id: i}", "observe a", "emit a.id"]), "return 0"),
    `${measured(0)}; emit 0; ${measured(1)}; emit 1; {"Int":0}`,
  );
  assertStrictEquals(
    k("let r = State{id: 0}", count("i in 0..3", ["set r = State{id: r.id Add 1}"]), "return r.id"),
    '{"Int":3}',
  );
});

//
Deno.test("no linear K process that passes the check breaks an assertion when it runs: held", () => {
  const random = new Random(testSeed("linear flow", 20260803));
  let accepted = 0;
  for (let index = 0; index < sized({ quick: 500, ci: 20_000 }); index++) {
    const body = linearBody(random, { names: [], depth: 0 });
    const text = program(STATE, proc("K::main() linear", ...body));
    if (codes(text).length > 0) continue;
    accepted++;
    assert(["ok", "DR1101"].includes(codeOfRun(text, { limits: { max_ticks: 200 } })), text);
  }
  assert(accepted > 50, `${accepted} programs pass the check`);
});

/** A body whose names are mostly used once; blocks may hide, consume or leave names. */
function linearBody(
  random: Random,
  { names, depth }: { readonly names: readonly string[]; readonly depth: number },
): Statement[] {
  const body: Statement[] = [];
  const known = [...names], unused: string[] = [];
  const take = () =>
    unused.splice(random.below(unused.length), 1)[0] ?? random.pick([...known, "1"]);
  for (let made = 0; made < 1 + random.below(4); made++) {
    const name = random.pick(["a", "b", "c", "d"]);
    const inner = () => linearBody(random, { names: known, depth: depth + 1 });
    switch (random.below(depth < 2 ? 8 : 5)) {
      case 0:
      case 1:
        body.push(`let ${name} = ${random.pick(["7", "7", take()])}`);
        known.push(name);
        unused.push(name);
        break;
      case 2:
        body.push(`emit ${take()}`);
        break;
      case 3:
        body.push(`observe ${take()}`);
        break;
      case 4:
        body.push(random.pick([`set ${name} = ${take()}`, depth > 0 ? "break" : `seal ${take()}`]));
        break;
      case 5:
        body.push(branch("1 Lt 2", inner(), inner()));
        break;
      case 6:
        body.push(count(`i in 0..${random.pick(["2", take()])}`, inner()));
        break;
      case 7:
        body.push(branch(`${random.pick(["3", take()])} Lt 2`, inner()));
        break;
    }
  }
  for (const name of random.below(4) === 0 ? [] : unused) body.push(`emit ${name}`);
  return body;
}
