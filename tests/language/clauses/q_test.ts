/**
 * The Q regime, clause by clause: a program that obeys the rule, and one that breaks it. `tests/oracle/q_oracle_test.ts` holds the rules
 * of linearity against an oracle.
 *
 * @module
 */
import {
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStrictEquals,
} from "../../../std/assert.ts";
import { executeText } from "../../../mod.ts";
import {
  bind,
  codes,
  count,
  type Part,
  proc,
  program,
  shape,
  summary,
} from "../../support/program.ts";
import { accepted, fails, holds, refused } from "./verdict.ts";

const STATE = shape("QState { id: i64 }");
const INPUT = { entry: "f", args: { q: { id: 5 } } };

/** A program with the Q process `f(q: QState)` that has this body and return type. */
function f(ret: string, ...body: readonly string[]): string {
  return program(STATE, proc(`Q::f(q: QState)${ret} linear`, ...body));
}

//
Deno.test("no value of a Q process is used twice: held, and violated", () => {
  holds(f(" -> QState", "return q"), '{"Struct":{"ty":"QState","fields":{"id":{"Int":5}}}}', INPUT);
  refused(f(" -> i64", "let a = q.id", "let b = q.id", "return a Add b"), "DR0401");
  refused(f(" -> i64", "return q.id Add q.id"), "DR0401");
});

//
Deno.test("no value of a Q process is left unused: held, and violated", () => {
  accepted(f(" -> QState", "let n = q.id", "return QState{id: n}"));
  refused(f(" -> i64", "let x = 42", "return x"), "DR0402");
  refused(f(" -> QState", "let x = 42", "return q"), "DR0402");
});

//
Deno.test("binding a linear value to another name moves it: held, and violated", () => {
  accepted(f(" -> QState", "let b = q", "return b"));
  refused(f(" -> QState", "let b = q", "return q"), "DR0402", "DR0401");
});

//
Deno.test("linearity faults are found before anything runs: held, and violated", () => {
  const run = (body: string) =>
    program(
      STATE,
      proc("Q::pass(q: QState) -> QState linear", body),
      proc("K::main() -> i64", 'emit "A"', "let r = pass(QState{id: 1})", "return r.id"),
      bind("K::main -> Q::pass"),
    );
  holds(run("return q"), 'emit A; {"Int":1}');
  refused(run("return QState{id: q.id Add q.id}"), "DR0401");
});

//
Deno.test("every Q process carries the linear qualifier: held, and violated", () => {
  accepted(program(STATE, proc("Q::step(q: QState) -> QState linear", "return q")));
  refused(program(STATE, proc("Q::step(q: QState) -> QState", "return q")), "DR0403");
});

//
Deno.test("linear on a K or Φ process imposes the same discipline: held, and violated", () => {
  for (const regime of ["K", "Φ"]) {
    const g = (qualifier: string, ...body: readonly string[]) =>
      program(STATE, proc(`${regime}::g(q: QState) -> i64${qualifier}`, ...body));
    accepted(g(" linear", "return q.id"));
    accepted(g("", "return q.id Add q.id"));
    refused(g(" linear", "return q.id Add q.id"), "DR0401");
    refused(g(" linear", "return 1"), "DR0402");
  }
});

//
Deno.test("returning, passing, reading a field and measuring are each a use: held, and violated", () => {
  const step = proc("Q::step(s: QState) -> QState linear", "return s");
  const g = (...body: readonly string[]) =>
    program(STATE, step, proc("Q::f(q: QState) -> QState linear", ...body));
  accepted(g("return q"));
  accepted(g("let r = step(q)", "return r"));
  accepted(g("let n = q.id Add 1", "return QState{id: n}"));
  accepted(g("observe q", "return QState{id: q.id}"));
  refused(g("constrain q.id Gt 0", "return QState{id: 1}"), "DR0402");
});

//
Deno.test("a call consumes its argument and returns a fresh linear value: held, and violated", () => {
  const step = proc("Q::step(s: QState) -> QState linear", "return s");
  const g = (...body: readonly string[]) =>
    program(STATE, step, proc("Q::f(q0: QState) -> QState linear", ...body));
  accepted(g("let q1 = step(q0)", "let q2 = step(q1)", "return q2"));
  refused(g("let q1 = step(q0)", "let q2 = step(q0)", "return q2"), "DR0402", "DR0401");
});

//
Deno.test("a Q process performs no emit and no seal: held, and violated", () => {
  accepted(f(" -> i64", "observe q", "return q.id"));
  refused(f(" -> QState", 'emit "Q ok"', "return q"), "DR0501");
  refused(f("", "seal q"), "DR0501");
});

//
Deno.test("observe in Q measures a linear name, consumes it and is recorded: held, and violated", () => {
  holds(
    f(" -> i64", "observe q", "return q.id"),
    'observe QState{id: 5}; {"Int":5}'.replace(
      "QState{id: 5}",
      '{"Struct":{"ty":"QState","fields":{"id":{"Int":5}}}}',
    ),
    INPUT,
  );
  refused(f(" -> QState", "observe q", "return q"), "DR0404");
  refused(f("", "observe q.id"), "DR0502");
});

//
Deno.test("a measured resource is destroyed: held, and violated", () => {
  accepted(f("", "observe q"));
  refused(f("", "observe q", "observe q"), "DR0404");
});

//
Deno.test("measurement involves no randomness: held, and violated", () => {
  const text = f(" -> i64", "observe q", "return q.id");
  const input = { entry: "f", args: { q: { id: 404 } } };
  assertMatch(summary(text, input), /\{"Int":404\}$/);
  assertEquals(executeText(text, input), executeText(text, input));
  assertNotEquals(executeText(text, input).outcome, executeText(text, INPUT).outcome);
});

//
Deno.test("a Q process reaches K and Φ over a bind only, and only without effects: held, and violated", () => {
  const g = (callee: Part, ...binds: readonly Part[]) =>
    program(
      STATE,
      callee,
      proc("Q::f(q: QState) -> i64 linear", "let n = q.id", "let m = work(n)", "return m"),
      ...binds,
    );
  const pure = proc("K::work(n: i64) -> i64", "return n Mul 2");
  const effectful = proc("K::work(n: i64) -> i64", "emit n", "return n");
  const granted = bind("Q::f -> K::work", "effects_allowed == true");
  holds(g(pure, granted), '{"Int":10}', INPUT);
  refused(g(pure), "DR0602");
  refused(g(effectful, granted), "DR0603");
});

//
Deno.test("a constraint in Q reads without using, and a false one invalidates: held, and violated", () => {
  const text = f(" -> i64", "constrain q.id Gt 0", "return q.id");
  holds(text, '{"Int":5}', INPUT);
  fails(text, "DR0901", { entry: "f", args: { q: { id: 0 } } });
});

//
Deno.test("a Q body cannot read clocks: held, and violated", () => {
  accepted(f(" -> i64", "let n = q.id", "return n"));
  refused(f(" -> i64", "let t = now()", "return q.id Add t"), "DR0201");
});

//
Deno.test("what is allocated is returned, passed on, measured or freed: held, and violated", () => {
  const g = (...body: readonly string[]) => program(proc("Q::f() -> i64 linear", ...body));
  accepted(g("let a = q_alloc(QBit)", "call q_consume(a)", "return 0"));
  accepted(
    g("let a = q_alloc(QBit)", "let b = q_move(a)", "expr q_use(b)", "observe b", "return 0"),
  );
  refused(g("let a = q_alloc(QBit)", "return 0"), "DR0402");
  refused(g("expr q_alloc(QBit)", "return 0"), "DR0316");
});

//
Deno.test("the upstream intrinsics fail with upstream's messages under host-0.1: held, and violated", () => {
  const g = (last: string) =>
    program(
      proc("Q::main() -> Int", "let a = q_alloc(QBit)", "let b = q_move(a)", last, "return 0"),
    );
  const host = { semantics: "host-0.1" } as const;
  assertStrictEquals(executeText(g("let c = q_use(b)"), host).outcome.error, undefined);
  assertStrictEquals(
    executeText(g("let c = q_use(a)"), host).outcome.error?.message,
    "Q use failed: binding already moved: a (op=q_use)",
  );
});

// covers: RES-07
Deno.test("every resource is created once and ended once: held, and violated", () => {
  const text = f(" -> QState", "let n = q.id", "let r = QState{id: n}", "return r");
  const { events } = executeText(text, INPUT);
  const made = events.filter(({ kind }) => kind === "q_alloc").length;
  const ended = events.filter(({ kind }) => kind === "q_consume").length;
  assertEquals([made, ended], [3, 3]);
  refused(f("", "let n = q.id"), "DR0402");
});

// covers: Q-02, K-12
Deno.test("the variable of a counted loop is not linear, assigned or not: only the assignment is refused", () => {
  const text = program(proc("K::main() linear", count("i in 1..0", ["set i = i"])));
  assertEquals(codes(text), ["DR0214"]);
});
