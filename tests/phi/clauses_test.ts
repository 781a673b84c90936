/**
 * The clauses of areas phi, constraints and witness, each from both sides: what must hold, and what must not get through.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertNotStrictEquals,
  assertStrictEquals,
  fail,
} from "../../std/assert.ts";
import { executeText, type RunInput } from "../../mod.ts";
import { bind, codeOfRun, codes, proc, program, shape, summary } from "../support/program.ts";

const CANDIDATE = shape("Candidate { x: i64 }");
const NO_CONFIGURATION = "DR0902";

function phi(...body: readonly string[]): string {
  return program(proc("Φ::main(x: i64) -> i64", ...body, "return x"));
}

/** How a Φ entry is resolved. */
function resolved(text: string, input: RunInput = {}) {
  for (const event of executeText(text, input).events) {
    if (event.kind === "phi_resolved") return event;
  }
  return fail("no resolution");
}

function witnesses(text: string, input: RunInput = {}) {
  return executeText(text, input).events.flatMap((event) =>
    event.kind === "witness" ? [event] : []
  );
}

// covers: PHI-01, WIT-08
Deno.test("a Φ process has effects only after a witness, and only of it", () => {
  assertStrictEquals(codeOfRun(phi("constrain x Gt 0", "prove w from x", "seal w")), "ok");
  assertEquals(codes(phi('emit "X"')), ["DR0503"]);
  assertEquals(codes(phi("seal x", "prove w from x")), ["DR0503"]);
  assertNotEquals(codes(phi("seal w", "prove w from x")), []);
});

// covers: PHI-02, CON-04
Deno.test("a Φ process is admissible exactly when all its constraints hold together", () => {
  const text = program(proc(
    "Φ::main(x: i64, y: i64) -> i64",
    ...["constrain x Gt 0", "constrain y Gt 0", "constrain (x Add y) Gt 10", "return x"],
  ));
  assertStrictEquals(summary(text, { args: { x: 5, y: 6 } }), '{"Int":5}');
  assertStrictEquals(codeOfRun(text, { args: { x: 5, y: 5 } }), NO_CONFIGURATION);
  assertStrictEquals(codeOfRun(text, { args: { x: 25, y: -1 } }), NO_CONFIGURATION);
  assertStrictEquals(summary(phi()), '{"Int":0}');
});

// covers: PHI-03, CON-06, CON-07
Deno.test("an inadmissible Φ process has no value and no effect, and is never reported as admissible", () => {
  const text = phi("constrain x Gt 10", "constrain x Lt 0", "prove w from x", "seal w");
  const { outcome, effects } = executeText(text);
  assertStrictEquals(outcome.status, "inadmissible");
  assertStrictEquals(outcome.returned, undefined);
  assertEquals(effects, []);
  const possible = executeText(phi("constrain x Gt 10", "prove w from x", "seal w"));
  assertStrictEquals(possible.outcome.status, "admissible");
  assertStrictEquals(possible.effects.length, 1);
});

// covers: PHI-04
Deno.test("an exhausted budget is a limit failure that names the budget, never a verdict", () => {
  const hard = phi("constrain x Mul x Mul x Sub 7 Mul x Eq 987654321987654");
  const { outcome } = executeText(hard, { limits: { max_work: 20 } });
  assertStrictEquals(outcome.error?.kind, "Runtime");
  assertMatch(outcome.error?.message ?? "", /max_work 20/);
  assertStrictEquals(resolved(phi("constrain x Eq 3")).verdict, "admissible");
});

// covers: PHI-05
Deno.test("the order of constraints changes neither verdict nor configuration", () => {
  const constraints = ["constrain x Gt 3", "constrain x Lt 9", "constrain x Div 2 Eq 4"];
  for (const order of [constraints, constraints.toReversed()]) {
    assertEquals(resolved(phi(...order)).configuration, { x: { Int: 8 } });
  }
  const none = ["constrain x Gt 3", "constrain x Lt 3", "constrain x Ne 8"];
  assertEquals(resolved(phi(...none)).conflict, ["body[0]", "body[1]"]);
  assertEquals(resolved(phi(...none.toReversed())).conflict, ["body[1]", "body[2]"]);
});

// covers: PHI-06
Deno.test("an admissible Φ process delivers its value, evaluated from the admitted values", () => {
  const text = program(
    CANDIDATE,
    shape("PhiResult { value: i64, ok: bool }"),
    proc(
      "Φ::main(c: Candidate) -> PhiResult",
      "constrain c.x Gt 0",
      "return PhiResult{value: c.x, ok: true}",
    ),
  );
  const value = '{"Struct":{"ty":"PhiResult","fields":{"value":{"Int":7},"ok":{"Bool":true}}}}';
  assertStrictEquals(summary(text, { args: { c: { x: 7 } } }), value);
  assertStrictEquals(codeOfRun(text, { args: { c: { x: 0 } } }), NO_CONFIGURATION);
});

// covers: PHI-07
Deno.test("a given candidate is judged as it is", () => {
  const text = phi("constrain x Ge 10 And x Le 20");
  assertStrictEquals(summary(text, { args: { x: 15 } }), '{"Int":15}');
  assertStrictEquals(codeOfRun(text, { args: { x: 9 } }), NO_CONFIGURATION);
});

// covers: PHI-08, PHI-09
Deno.test("an open parameter takes the first value in the order 0, 1, -1, 2, -2, …, false before true", () => {
  assertEquals(resolved(phi("constrain x Ge 10 And x Le 20")).configuration, {
    x: { Int: 10 },
  });
  assertEquals(resolved(phi("constrain x Mul x Eq 9")).configuration, { x: { Int: 3 } });
  assertEquals(resolved(phi("constrain x Lt 0")).configuration, { x: { Int: -1 } });
  const bools = program(proc("Φ::main(p: bool, q: bool) -> bool", "constrain p Or q", "return p"));
  assertEquals(resolved(bools).configuration, { p: { Bool: false }, q: { Bool: true } });
  const narrow = program(proc("Φ::main(x: i32) -> i32", "constrain x Gt 2147483647", "return x"));
  assertStrictEquals(resolved(narrow).verdict, "inadmissible");
  assertEquals(resolved(narrow).bounds, ["x"]);
});

// covers: PHI-10
Deno.test("a predicate that overflows or divides by zero is not satisfied there", () => {
  const divided = phi("constrain (10 Div x) Gt 1");
  assertStrictEquals(summary(divided, { args: { x: 2 } }), '{"Int":2}');
  assertStrictEquals(codeOfRun(divided, { args: { x: 0 } }), NO_CONFIGURATION);
  assertEquals(resolved(divided).configuration, { x: { Int: 1 } });
  const overflowing = phi("constrain x Ge 9223372036854775807", "constrain x Add 1 Gt 0 Or true");
  assertEquals(resolved(overflowing).conflict, ["body[0]", "body[1]"]);
  assertStrictEquals(
    resolved(phi("let y = x Add 1", "constrain x Ge 9223372036854775807")).verdict,
    "inadmissible",
  );
});

// covers: PHI-11, WIT-02
Deno.test("a witness exists only where every constraint of its process holds, later ones included", () => {
  assertStrictEquals(witnesses(phi("prove w from x", "constrain x Gt 3")).length, 1);
  assertStrictEquals(
    witnesses(phi("prove w from x", "constrain x Gt 3", "constrain x Lt 3")).length,
    0,
  );
  assertStrictEquals(witnesses(phi("constrain x Gt 3")).length, 0);
});

// covers: PHI-12
Deno.test("Φ calls Φ freely, and its constraints count; K only over a bind", () => {
  const positive = proc("Φ::positive(n: i64) -> i64", "constrain n Gt 0", "return n Mul 2");
  const main = proc(
    "Φ::main(x: i64) -> i64",
    "let y = positive(x)",
    "constrain y Gt 7",
    "return y",
  );
  const both = program(positive, main);
  assertEquals(resolved(both).configuration, { x: { Int: 4 } });
  const narrowed = program(
    positive,
    proc("Φ::main(x: i64) -> i64", "let y = positive(x)", "constrain x Lt 0", "return y"),
  );
  assertEquals(resolved(narrowed).conflict, ["Φ::positive.body[0]", "body[1]"]);
  const work = proc("K::work() -> i64", "return 1");
  const caller = proc("Φ::main(x: i64) -> i64", "let y = work()", "return y");
  assertEquals(codes(program(work, caller)), ["DR0602"]);
  assertEquals(codes(program(work, caller, bind("Φ::main -> K::work"))), []);
});

// covers: PHI-13
Deno.test("resolving the same Φ process twice gives the same result", () => {
  const text = program(
    proc("Φ::twice(n: i64) -> i64", "constrain n Gt 0", "return n Add n"),
    proc(
      "K::main() -> i64",
      "let a = twice(4)",
      "let b = twice(4)",
      "constrain a Eq b",
      "return a",
    ),
    bind("K::main -> Φ::twice"),
  );
  assertStrictEquals(summary(text), '{"Int":8}');
  assertStrictEquals(summary(text.replaceAll("twice(4)", "twice(0)")), NO_CONFIGURATION);
});

// covers: CON-01, CON-02
Deno.test("a predicate is a boolean without effects", () => {
  assertEquals(codes(phi("constrain x Gt 0")), []);
  assertEquals(codes(phi("constrain x Add 1")), ["DR0309"]);
  const shout = proc("K::shout() -> i64", 'emit "A"', "return 1");
  const main = proc("K::main() -> i64", "constrain shout() Gt 0", "return 0");
  assertEquals(codes(program(shout, main)), ["DR0504"]);
  const quiet = proc("K::shout() -> i64", "return 1");
  assertStrictEquals(summary(program(quiet, main)), '{"Int":0}');
});

// covers: CON-03, CON-05
Deno.test("a constraint governs its whole Φ process, and may mention names bound after it", () => {
  assertEquals(
    resolved(phi("constrain s Gt 10", "let s = x Add x")).configuration,
    { x: { Int: 6 } },
  );
  const late = program(proc("Φ::main(x: i64) -> i64", "return x", "constrain x Gt 4"));
  assertEquals(resolved(late).configuration, { x: { Int: 5 } });
  assertNotEquals(codes(phi("constrain ghost Gt 0")), []);
});

// covers: CON-08, CON-12
Deno.test("constraints are enforced in K and Q, and over calls", () => {
  const k = (predicate: string) =>
    program(proc("K::main() -> i64", 'emit "A"', `constrain ${predicate}`, "return 0"));
  assertStrictEquals(summary(k("1 Lt 2")), 'emit A; {"Int":0}');
  assertStrictEquals(summary(k("2 Lt 1")), "DR0901");
  const q = (predicate: string) =>
    program(proc("Q::main(n: i64) -> i64 linear", `constrain ${predicate}`, "return n"));
  assertStrictEquals(summary(q("n Gt 0"), { args: { n: 1 } }), '{"Int":1}');
  assertStrictEquals(summary(q("n Gt 0"), { args: { n: 0 } }), "DR0901");
  const nested = (predicate: string) =>
    program(
      proc("K::shout() -> i64", 'emit "B"', "return 1"),
      proc("K::main() -> i64", "let r = shout()", `constrain ${predicate}`, "return r"),
    );
  assertStrictEquals(summary(nested("true")), 'emit B; {"Int":1}');
  assertStrictEquals(summary(nested("false")), "DR0901");
});

// covers: CON-09, CON-10, CON-11
Deno.test("a conflict names its statements; every constraint counts, and none is added", () => {
  const ten = Array.from({ length: 10 }, (_, index) => `constrain x Ne ${index}`);
  assertEquals(resolved(phi(...ten)).configuration, { x: { Int: -1 } });
  const { outcome } = executeText(phi(...ten, "constrain x Eq 8"));
  assertMatch(outcome.error?.message ?? "", /x Ne 8; x Eq 8/);
  assertMatch(outcome.error?.where ?? "", /body\[8\]$/);
  assertStrictEquals(
    resolved(phi("let unused = 3", "constrain unused Gt 5")).verdict,
    "inadmissible",
  );
  assertStrictEquals(resolved(phi()).verdict, "admissible");
});

// covers: CON-13
Deno.test("a verdict does not change from run to run", () => {
  const text = phi("constrain x Mul x Eq 144", "constrain x Lt 0");
  const first = JSON.stringify(resolved(text));
  for (let again = 0; again < 20; again++) {
    assertStrictEquals(JSON.stringify(resolved(text)), first);
  }
  assertNotStrictEquals(JSON.stringify(resolved(phi("constrain x Mul x Eq 145"))), first);
});

// covers: WIT-01, WIT-04
Deno.test("prove binds a witness, from a candidate or from a true value", () => {
  assertStrictEquals(codeOfRun(phi("prove w from x", "seal w")), "ok");
  assertStrictEquals(codeOfRun(phi("prove p from 1 Eq 1")), "ok");
  assertStrictEquals(resolved(phi("prove p from 1 Eq 2")).verdict, "inadmissible");
  assertEquals(resolved(phi("prove p from x Gt 4")).configuration, { x: { Int: 5 } });
  assertNotEquals(codes(phi("prove w from ghost")), []);
  const k = program(proc("K::main() -> i64", "prove p from 1 Eq 2", "return 0"));
  assertStrictEquals(codeOfRun(k), "DR0904");
});

// covers: WIT-03
Deno.test("nothing but prove makes a witness", () => {
  assertStrictEquals(codeOfRun(phi("prove w from x")), "ok");
  const forged = 'let w = PhiWitness{kind: "Admissible", id: "1", constraint_digest: "", note: ""}';
  assertNotEquals(codes(phi(forged)), []);
  assertEquals(codes(phi('let w = phi_witness("x")')), ["DR0314"]);
});

/** A Φ process that passes its witness over a bind. */
function transfer(...clauses: readonly string[]): string {
  return program(
    CANDIDATE,
    proc(
      "Φ::judge(c: Candidate) -> PhiWitness",
      "constrain c.x Gt 0",
      "prove w from c",
      "return w",
    ),
    proc("K::main() -> i64", "let w = judge(Candidate{x: 4})", "emit w", "return 0"),
    bind("K::main -> Φ::judge", ...clauses),
  );
}

// covers: WIT-05, WIT-06
Deno.test("a witness crosses a bind only where the contract grants it, and unchanged", () => {
  const granted = transfer("witness_transfer == true", "effects_allowed == true");
  const [made] = witnesses(granted);
  const [arrived] = executeText(granted).effects;
  assertEquals(arrived?.value, made?.value);
  assertStrictEquals(codeOfRun(transfer("effects_allowed == true")), "DR0692");
  assertStrictEquals(codeOfRun(transfer("witness_transfer == false")), "DR0692");
});

// covers: WIT-07
Deno.test("a witness of another process justifies nothing", () => {
  const own = program(proc("Φ::main(x: i64) -> i64", "prove w from x", "seal w", "return x"));
  assertStrictEquals(codeOfRun(own), "ok");
  const borrowed = program(
    proc("Φ::judge(x: i64) -> PhiWitness", "prove w from x", "return w"),
    proc("Φ::main(x: i64) -> i64", "let w = judge(x)", "seal w", "return x"),
  );
  assertEquals(codes(borrowed), ["DR0503"]);
});

// covers: WIT-09, WIT-10, WIT-11
Deno.test("a witness is a PhiWitness of four texts, numbered in order, with a reproducible digest", () => {
  const found = witnesses(phi("constrain x Gt 3", "prove a from x", "prove b from x"));
  const ids = found.map(({ value }) => {
    assert(typeof value === "object" && "Struct" in value);
    assertStrictEquals(value.Struct.ty, "PhiWitness");
    assertEquals(Object.keys(value.Struct.fields), ["kind", "id", "constraint_digest", "note"]);
    return value.Struct.fields["id"];
  });
  assertEquals(ids, [{ String: "Φwitness:1" }, { String: "Φwitness:2" }]);
  const other = witnesses(phi("constrain x Gt 4", "prove a from x"));
  assertNotEquals(other[0]?.value, found[0]?.value);
});

// covers: WIT-12
Deno.test("one witness attests all constraints of a process", () => {
  const text = phi(
    "constrain x Gt 3",
    "constrain x Lt 9",
    "constrain x Ne 4",
    "prove w from x",
    "seal w",
  );
  const [witness] = witnesses(text);
  assertEquals(witness?.constraints, ["x Gt 3", "x Lt 9", "x Ne 4"]);
  assertStrictEquals(witnesses(phi("constrain false", "prove w from x")).length, 0);
});

// covers: WIT-13, WIT-14
Deno.test("a witness may be used again, and an inadmissible process has none", () => {
  assertStrictEquals(codeOfRun(phi("prove w from x", "seal w", "seal w")), "ok");
  assertEquals(witnesses(phi("constrain x Ne x", "prove w from x")), []);
});

// covers: PHI-04, PHI-08
Deno.test("the verdict stands where the minimal conflict or the least configuration is not reached", () => {
  const refuted = phi("constrain x Mul x Eq 16", "constrain x Lt 0", "constrain x Gt 1");
  for (const max_conflict_work of [0, 1, 2, 5, 10, 2_000_000]) {
    const limits = { max_conflict_work };
    const { verdict, minimal, conflict = [] } = resolved(refuted, { limits });
    assertStrictEquals(verdict, "inadmissible");
    assertStrictEquals(codeOfRun(refuted, { limits }), NO_CONFIGURATION);
    if (minimal === true) assertEquals(conflict, ["body[1]", "body[2]"]);
    const { error } = executeText(refuted, { limits }).outcome;
    assertStrictEquals(error?.message === "Φ::main has no configuration", minimal === false);
  }
  assertStrictEquals(resolved(refuted, { limits: { max_conflict_work: 0 } }).minimal, false);

  const several = phi("constrain (x Lt -50) Or (x Gt 40)");
  const limits = { max_configuration_work: 1 };
  const { verdict, canonical, configuration } = resolved(several, { limits });
  assertEquals([verdict, canonical], ["admissible", false]);
  const { error } = executeText(several, { limits }).outcome;
  assertStrictEquals(error?.code, "DR0905");
  assertEquals(configuration, { x: { Int: -51 } });
  assertMatch(error.message, /has a configuration, such as x = -51, but the least/);
  assertStrictEquals(resolved(several).canonical, undefined);
  // All arguments given, or only a gate: there is no least configuration to find.
  assertStrictEquals(codeOfRun(several, { args: { x: 50 }, limits }), "ok");
  const gated = program(
    proc("K::main() -> i64", "return 1"),
    proc("Φ::some(x: i64) -> i64", "constrain (x Lt -50) Or (x Gt 40)", "return x"),
    bind("K::main -> Φ::some", "witness_transfer == true"),
  );
  assertStrictEquals(codeOfRun(gated, { limits }), "ok");
});
