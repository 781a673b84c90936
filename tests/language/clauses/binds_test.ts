/**
 * Binds and contracts, clause by clause: a program that obeys the rule, and one that breaks it.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import {
  auditLog,
  executeText,
  executeToLog,
  HOST_DISK,
  LogWriter,
  MemoryFile,
} from "../../../mod.ts";
import { bind, type Part, proc, program, shape } from "../../support/program.ts";
import { accepted, fails, holds, refused } from "./verdict.ts";

const STATE = shape("QState { id: i64 }");
const TAG = proc(
  "Q::tag(q: QState) -> QState linear",
  "let n = q.id",
  "return QState{id: n Add 100}",
);
const CANDIDATE = shape("C { x: i64 }");
const VALIDATE = proc("Φ::v(c: C) -> i64", "constrain c.x Gt 0", "return c.x");
const MAIN = proc("K::main() -> i64", 'emit "A"', "let x = work(4)", "emit x", "return x");
const WORK = proc("K::work(n: i64) -> i64", "let a = n Mul 2", "let b = a Add 1", "return b");
const NOISY = proc("K::work(n: i64) -> i64", "emit n", "return n");

/** `K::main` calls `K::work` under this contract. */
const under = (work: Part, ...clauses: readonly string[]) =>
  program(work, MAIN, bind("K::main -> K::work", ...clauses));

// covers: BND-01
Deno.test("a call between regimes needs a bind: held, and violated", () => {
  const main = proc("K::main() -> i64", "let r = tag(QState{id: 1})", "return r.id");
  holds(program(STATE, TAG, main, bind("K::main -> Q::tag")), '{"Int":101}');
  refused(program(STATE, TAG, main), "DR0602");
});

// covers: BND-02
Deno.test("the callee runs under its own regime and delivers its result: held, and violated", () => {
  const main = proc("K::main()", "let q1 = tag(QState{id: 1})", "emit q1.id", "emit q1.id");
  const text = program(STATE, TAG, main, bind("K::main -> Q::tag"));
  holds(text, "emit 101; emit 101; null");
  assert(executeText(text).events.some(({ kind }) => kind === "q_consume"));
  const copies = proc("Q::tag(q: QState) -> QState linear", "return QState{id: q.id Add q.id}");
  refused(program(STATE, copies, main, bind("K::main -> Q::tag")), "DR0401");
});

// covers: BND-03
Deno.test("each end of a bind is exactly one process: held, and violated", () => {
  const both = [proc("K::f() -> i64", "return 1"), proc("Q::f() -> i64 linear", "return 1")];
  const main = proc("K::main() -> i64", "return 0");
  accepted(program(...both, main, bind("K::main -> Q::f"), bind("main -> K::f")));
  refused(program(...both, main, bind("K::main -> Q::ghost")), "DR0601");
  refused(program(...both, main, bind("main -> f")), "DR0601");
});

// covers: BND-04
Deno.test("a bind leads from source to target: held, and violated", () => {
  const impossible = proc(
    "Φ::v(n: i64) -> i64",
    "constrain n Gt 0",
    "constrain n Lt 0",
    "return n",
  );
  const k = proc("K::k() -> i64", 'emit "A"', "return 1");
  fails(program(impossible, k, bind("Φ::v -> K::k", "effects_allowed == true")), "DR0902", {
    entry: "k",
  });
  holds(program(impossible, k, bind("K::k -> Φ::v")), 'emit A; {"Int":1}', { entry: "k" });
  const proves = proc("Φ::p(c: C) -> PhiWitness", "prove w from c", "return w");
  const takes = proc("Φ::t(w: PhiWitness) -> i64", "return 1");
  const hands = proc("K::main() -> i64", "let w = p(C{x: 1})", "let x = t(w)", "return x");
  const flow = (ends: string) =>
    program(
      CANDIDATE,
      proves,
      takes,
      hands,
      bind("Φ::p -> K::main", "witness_transfer == true"),
      bind(ends, "witness_transfer == true"),
    );
  holds(flow("K::main -> Φ::t"), '{"Int":1}');
  fails(flow("Φ::t -> K::main"), "DR0692");
});

// covers: BND-05
Deno.test("binds do not compose: held, and violated", () => {
  const b = proc("Φ::b(n: i64) -> i64", "let m = c(n)", "return m");
  const c = proc("Q::c(n: i64) -> i64 linear", "return n");
  const main = (callee: string) =>
    program(
      b,
      c,
      proc("K::a() -> i64", `let x = ${callee}(1)`, "return x"),
      bind("K::a -> Φ::b"),
      bind("Φ::b -> Q::c"),
    );
  holds(main("b"), '{"Int":1}', { entry: "a" });
  refused(main("c"), "DR0602");
});

// covers: BND-06
Deno.test("a K process runs only if the Φ process bound to it is admissible: held, and violated", () => {
  const gate = (bound: string) =>
    program(
      proc("Φ::gate(n: i64) -> i64", "constrain n Gt 0", `constrain n Lt ${bound}`, "return n"),
      proc("K::main() -> i64", 'emit "A"', "return 1"),
      bind("Φ::gate -> K::main", "effects_allowed == true"),
    );
  holds(gate("5"), 'emit A; {"Int":1}');
  fails(gate("1"), "DR0902");
});

// covers: BND-07
Deno.test("a Q-to-K bind passes the result only: held, and violated", () => {
  const measure = proc("Q::measure(q: QState) -> i64 linear", "observe q", "return q.id");
  const main = (...body: readonly string[]) =>
    program(
      STATE,
      measure,
      proc("K::main() -> i64", "let q0 = QState{id: 7}", ...body),
      bind("Q::measure -> K::main", "effects_allowed == true", "linearity_enforced == true"),
    );
  const observed = 'observe {"Struct":{"ty":"QState","fields":{"id":{"Int":7}}}}';
  holds(main("let m = measure(q0)", "emit m", "return m"), `${observed}; emit 7; {"Int":7}`);
  refused(main("let m = measure(q0)", "emit q0.id", "return m"), "DR0405");
});

// covers: BND-08, CTR-06
Deno.test("under linearity_enforced an argument is consumed: held, and violated", () => {
  const main = (clause: string, ...body: readonly string[]) =>
    program(
      STATE,
      TAG,
      proc("K::main() -> i64", "let q0 = QState{id: 1}", ...body),
      bind("K::main -> Q::tag", clause),
    );
  const enforced = "linearity_enforced == true", relaxed = "linearity_enforced == false";
  holds(main(enforced, "let r = tag(q0)", "return r.id"), '{"Int":101}');
  holds(main(relaxed, "let r = tag(q0)", "let s = tag(q0)", "return q0.id"), '{"Int":1}');
  refused(main(enforced, "let r = tag(q0)", "let s = tag(q0)", "return 0"), "DR0405");
  refused(main(enforced, "let r = tag(q0)", "return q0.id"), "DR0405");
  refused(main(enforced, "return tag(q0).id Add tag(q0).id"), "DR0405");
});

// covers: BND-09
Deno.test("a bind holds as a whole or not at all: held, and violated", () => {
  holds(under(WORK, "latency_us < 3", "effects_allowed == false"), 'emit A; emit 9; {"Int":9}');
  fails(under(WORK, "latency_us < 3", "latency_us < 2"), "DR0691");
  const wrong = proc("K::work(n: i64) -> i64", "constrain n Lt 0", "return n");
  fails(under(wrong, "latency_us < 3"), "DR0901");
});

// covers: BND-10
Deno.test("a process sees nothing of another but parameters and results: held, and violated", () => {
  const main = proc("K::main() -> i64", "let local = 4", "let x = v(C{x: local})", "return x");
  holds(program(CANDIDATE, VALIDATE, main, bind("K::main -> Φ::v")), '{"Int":4}');
  const nosy = proc("Φ::v(c: C) -> i64", "constrain local Gt 0", "return c.x");
  refused(program(CANDIDATE, nosy, main, bind("K::main -> Φ::v")), "DR0203");
});

// covers: BND-11
Deno.test("only declared binds exist, whatever succeeded before: held, and violated", () => {
  const body = ["let a = v(C{x: 1})", "let b = u(C{x: 2})", "return a Add b"];
  const other = proc("Φ::u(c: C) -> i64", "return c.x");
  const parts = [CANDIDATE, VALIDATE, other, proc("K::main() -> i64", ...body)];
  holds(program(...parts, bind("K::main -> Φ::v"), bind("K::main -> Φ::u")), '{"Int":3}');
  refused(program(...parts, bind("K::main -> Φ::v")), "DR0602");
});

// covers: BND-12
Deno.test("a bind within one regime is enforced as well: held, and violated", () => {
  holds(under(WORK, "latency_us < 5000"), 'emit A; emit 9; {"Int":9}');
  holds(program(WORK, MAIN), 'emit A; emit 9; {"Int":9}');
  fails(under(WORK, "latency_us < 1"), "DR0691");
});

// covers: BND-12, CTR-01, CTR-05, CTR-07
Deno.test("with a bind in each direction both contracts apply, in whatever order they are declared", () => {
  const there = (clause: string) => bind("K::main -> K::work", "effects_allowed == true", clause);
  const back = (clause: string) => bind("K::work -> K::main", "effects_allowed == true", clause);
  const both = (one: string, other: string) => [
    program(WORK, MAIN, there(one), back(other)),
    program(WORK, MAIN, back(other), there(one)),
  ];
  const checksOf = (text: string) =>
    executeText(text).events.flatMap((event) =>
      event.kind === "bind_checked" ? [`${event.stage} ${event.source} ${event.holds}`] : []
    );
  for (const text of both("latency_us < 3", "latency_us > 1")) {
    holds(text, 'emit A; emit 9; {"Int":9}');
    const stages = ["enter K::main", "enter K::work", "leave K::main", "leave K::work"];
    assertEquals(checksOf(text), stages.map((stage) => `${stage} true`));
  }
  for (const text of both("latency_us < 3", "latency_us < 2")) {
    fails(text, "DR0691");
    assertEquals(checksOf(text).at(-1), "during K::work false");
  }
  for (const text of both("latency_us < 2", "latency_us < 2")) {
    fails(text, "DR0691");
    assertEquals(checksOf(text).at(-1), "during K::main false");
  }
  for (const text of both("latency_us < 3", "latency_us > 2")) {
    fails(text, "DR0691");
    assertEquals(checksOf(text).at(-1), "leave K::work false");
  }
});

// covers: BND-13
Deno.test("no clause permits what a regime forbids: held, and violated", () => {
  const main = proc("K::main() -> i64", "let r = f(1)", "return r");
  const granted = bind("K::main -> Q::f", "effects_allowed == true");
  holds(program(proc("Q::f(n: i64) -> i64 linear", "return n"), main, granted), '{"Int":1}');
  refused(
    program(proc("Q::f(n: i64) -> i64 linear", 'emit "Q"', "return n"), main, granted),
    "DR0501",
  );
});

// covers: BND-14
Deno.test("a bind whose contract fails blocks its own exercise only: held, and violated", () => {
  const text = program(
    WORK,
    MAIN,
    proc("K::other() -> i64", "return 5"),
    bind("K::main -> K::work", "latency_us < 1"),
  );
  holds(text, '{"Int":5}', { entry: "other" });
  fails(text, "DR0691");
});

// covers: CTR-01
Deno.test("every clause must hold: held, and violated", () => {
  holds(
    under(NOISY, "effects_allowed == true", "latency_us < 2"),
    'emit A; emit 4; emit 4; {"Int":4}',
  );
  fails(under(NOISY, "effects_allowed == true", "latency_us < 1"), "DR0691");
  fails(under(NOISY, "effects_allowed == true", "effects_allowed == false"), "DR0690");
});

// covers: CTR-02
Deno.test("attributes constrain the target: held, and violated", () => {
  // main itself has effects and takes longer; neither is what the clauses constrain.
  holds(under(WORK, "effects_allowed == false", "latency_us <= 2"), 'emit A; emit 9; {"Int":9}');
  fails(under(WORK, "latency_us == 1"), "DR0691");
  fails(under(WORK, "latency_us > 2"), "DR0691");
  holds(under(WORK, "latency_us >= 2"), 'emit A; emit 9; {"Int":9}');
});

// covers: CTR-03, EFF-15
Deno.test("without the grant the target has no effects, nor has what it calls: held, and violated", () => {
  holds(under(NOISY, "effects_allowed == true"), 'emit A; emit 4; emit 4; {"Int":4}');
  fails(under(NOISY, "effects_allowed == false"), "DR0690");
  const hidden = program(
    proc("K::inner(n: i64) -> i64", "emit n", "return n"),
    proc("K::work(n: i64) -> i64", "let x = inner(n)", "return x"),
    MAIN,
    bind("K::main -> K::work", "effects_allowed == false"),
  );
  fails(hidden, "DR0690");
});

// covers: CTR-04
Deno.test("a permission that is not stated is not granted: held, and violated", () => {
  holds(under(WORK), 'emit A; emit 9; {"Int":9}');
  fails(under(NOISY), "DR0690");
  const witness = (...clauses: readonly string[]) =>
    program(
      CANDIDATE,
      proc("Φ::p(c: C) -> PhiWitness", "prove w from c", "return w"),
      proc("K::main() -> i64", "let w = p(C{x: 1})", "return 1"),
      bind("K::main -> Φ::p", ...clauses),
    );
  holds(witness("witness_transfer == true"), '{"Int":1}');
  fails(witness(), "DR0692");
});

// covers: CTR-05, TIM-07
Deno.test("a latency bound is decided by the stated cost, before any effect: held, and violated", () => {
  holds(under(WORK, "latency_us < 5000"), 'emit A; emit 9; {"Int":9}');
  fails(under(WORK, "latency_us < 1"), "DR0691");
});

// covers: CTR-07
Deno.test("a violation names the bind and the clause, and nothing crosses: held, and violated", () => {
  const { outcome, effects, diagnostics } = executeText(under(WORK, "latency_us < 1"));
  assertStrictEquals(
    outcome.error?.message,
    "contract violated: bind K::main -> K::work: latency_us < 1 does not hold: the call needs at least 1 us",
  );
  assertStrictEquals(outcome.error?.kind, "ContractViolation");
  assertEquals(effects, []);
  assertStrictEquals(diagnostics[0]?.marks[1]?.path, "forges[0].binds[0].contract[0]");
  const noisy = executeText(under(NOISY, "effects_allowed == false"));
  assert(!noisy.events.some((event) => event.kind === "enter_proc" && event.proc === "work"));
});

// covers: CTR-05, CTR-07
Deno.test("a violation marks the clause that is broken, and the help follows its operator", () => {
  const longer = "lower the bound, or execute more statements in the call";
  const shorter = "raise the bound, or execute fewer statements in the call";
  const cases = [
    [["latency_us >= 1", "latency_us >= 10"], 1, longer, "leave"],
    [["latency_us >= 10", "latency_us >= 1"], 0, longer, "leave"],
    [["latency_us > 1", "latency_us > 2"], 1, longer, "leave"],
    [["latency_us <= 20", "latency_us <= 1"], 1, shorter, "during"],
    [["latency_us < 20", "latency_us < 2"], 1, shorter, "during"],
    [["latency_us == 1"], 0, shorter, "during"],
    [["latency_us == 3"], 0, longer, "leave"],
  ] as const;
  for (const [clauses, broken, help, stage] of cases) {
    const { diagnostics, events } = executeText(under(WORK, ...clauses));
    const [diagnostic] = diagnostics;
    const mark = diagnostic?.marks[1];
    assertStrictEquals(mark?.path, `forges[0].binds[0].contract[${broken}]`, clauses.join());
    assertStrictEquals(mark.text.slice(mark.span?.start, mark.span?.end), clauses[broken]);
    assertStrictEquals(diagnostic?.help, help, clauses.join());
    const checked = events.find((event) => event.kind === "bind_checked" && !event.holds);
    assert(checked?.kind === "bind_checked" && checked.refusal?.kind === "latency");
    assertStrictEquals(checked.refusal.clause.index, broken);
    assertStrictEquals(checked.refusal.actual_us, 2);
    assertStrictEquals(checked.stage, stage);
  }
});

// covers: CTR-08
Deno.test("a clause is an attribute, an operator and a fitting value: held, and violated", () => {
  accepted(under(WORK, "latency_us <= 10", "witness_transfer == true"));
  refused(under(WORK, "latency_us ~ 10"), "DR0121");
  refused(under(WORK, "witness_transfer < 5"), "DR0604");
  refused(under(WORK, "latency_us == true"), "DR0604");
  refused(under(WORK, "effects_allowed == maybe"), "DR0604");
});

// covers: CTR-09
Deno.test("evaluating a contract adds nothing to history or time: held, and violated", () => {
  const clauses = Array.from({ length: 10 }, (_, index) => `latency_us < ${100 + index}`);
  const plain = executeText(program(WORK, MAIN)), bound = executeText(under(WORK, ...clauses));
  assertStrictEquals(bound.ticks, plain.ticks);
  assertEquals(bound.effects, plain.effects);
  fails(under(WORK, ...clauses, "latency_us < 0"), "DR0691");
});

// covers: CTR-10
Deno.test("a clause that cannot be interpreted is never ignored: held, and violated", () => {
  holds(under(WORK, "latency_us < 10"), 'emit A; emit 9; {"Int":9}');
  fails(under(WORK, "jitter_us < 10"), "DR0693");
  const gate = program(
    proc("Φ::gate(n: i64) -> i64", "constrain n Gt 0", "return n"),
    proc("K::main() -> i64", "return 1"),
    bind("Φ::gate -> K::main", "jitter_us < 10"),
  );
  fails(gate, "DR0693");
});

// covers: DIR-13
Deno.test("the order of binds carries no meaning: held, and violated", () => {
  const one = bind("K::main -> K::work", "latency_us < 5000");
  const back = bind("K::work -> K::main", "latency_us < 1");
  fails(program(WORK, MAIN, one, back), "DR0690");
  fails(program(WORK, MAIN, back, one), "DR0690");
  refused(program(WORK, MAIN, one, one), "DR0205");
});

// covers: BND-03
Deno.test("an audit names the contract that allowed an effect, however the bind spells its ends", () => {
  for (const end of ["", "K::"]) {
    const ends = `${end}main -> ${end}work`;
    const file = new MemoryFile();
    const text = program(NOISY, MAIN, bind(ends, "effects_allowed == true"));
    executeToLog({ artifacts: [{ name: "binds", text }], input: {} }, new LogWriter(file));
    const { effects } = auditLog(file, { disk: HOST_DISK });
    const binds = effects.map(({ allowedBy }) => allowedBy.contracts.map(({ bind }) => bind));
    assertEquals(binds, [[], [ends], []]);
  }
});
