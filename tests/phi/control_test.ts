/**
 * Φ processes that call K processes with the statements of DIR v0.2: what is resolved over unknowns agrees with what is executed
 * value by value.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { checkCertificate, executeText, explainConflict, load } from "../../mod.ts";
import {
  bind,
  branch,
  count,
  loop,
  proc,
  program,
  shape,
  type Statement,
} from "../support/program.ts";

/** Bodies over `x: i64`, called by a Φ process; each is asked for every small x, and once for any. */
const BODIES: { readonly [what: string]: readonly Statement[] } = {
  "a branch": [branch("x Gt 3", ["constrain x Lt 6"], ["constrain x Lt -2"]), "return x"],
  "a return in a branch": [
    branch("x Lt 0", ["return 0"]),
    "constrain x Ge 4",
    "return x",
  ],
  "an assignment": [
    "let y = x",
    branch("x Gt 2", ["set y = x Mul 10"]),
    "constrain y Ge 50",
    "return y",
  ],
  "a constraint that an assignment opens again": [
    "let y = 0",
    "constrain y Lt 4",
    "set y = x",
    "return y",
  ],
  "a loop of fixed length": [
    "let s = 0",
    count("i in 0..4", ["set s = s Add x Mul i"]),
    "constrain s Eq 18",
    "return s",
  ],
  "a loop that breaks": [
    "let n = 0",
    count("i in 0..5", [branch("i Eq x", ["break"]), "set n = n Add 1"]),
    "constrain n Eq 2",
    "return n",
  ],
  "a loop that continues": [
    "let n = 0",
    count("i in 0..5", [branch("i Lt x", ["continue"]), "set n = n Add i"]),
    "constrain n Eq 7",
    "return n",
  ],
  "a while loop over known values": [
    "let n = 1",
    loop("n Lt 20", ["set n = n Mul 3"]),
    "constrain x Mul 9 Eq n",
    "return n",
  ],
  "a match": ["let y = match x { 1 => 10, 2 | 3 => 20, _ => 0 }", "constrain y Eq 20", "return y"],
  "a match that fails": ["let y = match x { 4 => 1, 5 => 2 }", "constrain y Gt 0", "return y"],
  "an arm that fails": [
    "let y = match x { 0 => 7, n => 14 Div (n Sub 3) }",
    "constrain y Eq 14",
    "return y",
  ],
  "strings chosen by an unknown": [
    'let s = match x { 2 => "two", _ => "other" }',
    'constrain s Eq "two"',
    "return x",
  ],
  "an array": ["let a = [3, 5, x]", "constrain a[x] Eq 2", "return x"],
  "shapes": [
    "let p = Pair{a: x, b: x Add 1}",
    "constrain p Eq Pair{a: 4, b: 5} Or p.b Eq -2",
    "return p.a",
  ],
  "a narrow field": ["let p = Narrow{n: x Mul 60}", "constrain p.n Ne 0 Or x Gt 1", "return x"],
  "constraints after a return": ["return x", "constrain x Gt 3"],
};

function textOf(body: readonly Statement[]): string {
  return program(
    shape("Pair { a: i64, b: i64 }"),
    shape("Narrow { n: i8 }"),
    proc("K::body(x: i64) -> i64", ...body),
    proc("Φ::main(x: i64) -> i64", "let r = body(x)", "return r"),
    bind("Φ::main -> K::body"),
  );
}

const ORDER = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6];

// covers: PHI-02, PHI-06, CON-03, CON-14
Deno.test("resolution over an unknown agrees with execution value by value", () => {
  for (const [what, body] of Object.entries(BODIES)) {
    const text = textOf(body);
    const holds = ORDER.filter((x) => {
      const { error } = executeText(text, { args: { x } }).outcome;
      // Everything inadmissible is found by resolution: execution never fails after it.
      assert(
        error === undefined || error.code === "DR0902",
        `${what}, x = ${x}: ${error?.message}`,
      );
      return error === undefined;
    });
    const { events, outcome } = executeText(text);
    const resolved = events.find((event) => event.kind === "phi_resolved");
    assert(resolved?.kind === "phi_resolved", what);
    assert(holds.length > 0, `${what} holds for no small x`);
    assertStrictEquals(outcome.status, "admissible", what);
    assertEquals<unknown>(resolved.configuration, { x: { Int: holds[0] } }, what);
  }
});

Deno.test("explainConflict() shows the part of each member, and its certificate is accepted", () => {
  const text = program(proc(
    "Φ::main(x: i64, y: i64, z: i64) -> i64",
    ...["constrain x Lt y", "constrain z Gt 4", "constrain y Lt x", "return x"],
  ));
  const loaded = load([{ name: "conflict", text }]);
  assert(loaded.ok);
  const told = explainConflict(loaded.value, { entry: "main" });
  assert(told.ok);
  const { conjuncts, certificate } = told.value;
  assertEquals(conjuncts.map(({ path }) => path), ["body[0]", "body[2]"]);
  assertEquals(conjuncts.map(({ place }) => place), [
    "forges[0].procs[0].body[0]",
    "forges[0].procs[0].body[2]",
  ]);
  assertEquals(conjuncts[0]?.without, { x: { Int: 0 }, y: { Int: -1 }, z: { Int: 0 } });
  assertEquals(conjuncts[1]?.without, { x: { Int: 0 }, y: { Int: 1 }, z: { Int: 0 } });
  assertEquals(checkCertificate(loaded.value, { entry: "main" }, certificate), {
    ok: true,
    value: true,
  });
  const other = program(proc(
    "Φ::main(x: i64, y: i64, z: i64) -> i64",
    ...["constrain x Lt y", "constrain z Gt 4", "constrain y Lt z", "return x"],
  ));
  const possible = load([{ name: "possible", text: other }]);
  assert(possible.ok);
  assertStrictEquals(explainConflict(possible.value, { entry: "main" }).ok, false);
  assertEquals(checkCertificate(possible.value, { entry: "main" }, certificate), {
    ok: true,
    value: false,
  });
});

// covers: FAI-11
Deno.test("a recursion on an unknown ends in the limit failure, and in no overflow of the host's stack", () => {
  const text = program(
    proc("K::f(x: i64) -> i64", branch("x Le 0", ["return 0"]), "let r = f(x Sub 1)", "return r"),
    proc("Φ::main(x: i64) -> i64", "constrain f(x) Ge 0", "return x"),
    bind("Φ::main -> K::f", "latency_us < 1000000"),
  );
  assertStrictEquals(executeText(text).outcome.error?.code, "DR0903");
});
