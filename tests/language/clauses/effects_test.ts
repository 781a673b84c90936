/**
 * Effects, resources and time, clause by clause: a program that obeys the rule, and one that breaks it.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertNotMatch,
  assertNotStrictEquals,
  assertStrictEquals,
} from "../../../std/assert.ts";
import { executeText, mainMark, type RunInput, summaryTrace } from "../../../mod.ts";
import { branch, codes, proc, program, shape, summary } from "../../support/program.ts";
import { accepted, fails, holds, refused } from "./verdict.ts";

/** A program whose `main` has this body. */
const main = (...body: readonly string[]) => program(proc("K::main() -> i64", ...body));

// covers: EFF-01
Deno.test("the effect kinds are emit, observe and seal: held, and violated", () => {
  holds(main("emit 1", "observe 2", "seal 3", "return 0"), 'emit 1; observe 2; seal 3; {"Int":0}');
  const odd = (kind: string) => program(proc("K::main()", { Effect: { kind, payload: "1" } }));
  for (const kind of ["couple", "print", "Emit", ""]) refused(odd(kind), "DR0119");
});

// covers: EFF-02
Deno.test("effects are recorded in program order, through calls: held, and violated", () => {
  const text = program(
    proc("K::f()", 'emit "B"'),
    proc("K::main()", 'emit "A"', "call f()", 'emit "C"'),
  );
  holds(text, "emit A; emit B; emit C; null");
  assertNotStrictEquals(summary(text), summary(text.replace('\\"A\\"', '\\"D\\"')));
});

// covers: EFF-03
Deno.test("each reached effect takes effect exactly once: held, and violated", () => {
  holds(program(proc("K::main()", 'emit "A"', 'emit "A"')), "emit A; emit A; null");
  const skipped = branch("1 Gt 2", ['emit "never"'], ['emit "once"']);
  holds(program(proc("K::main()", skipped)), "emit once; null");
});

// covers: EFF-04
Deno.test("nothing but an effect statement is an interaction: held, and violated", () => {
  const quiet = program(
    proc("K::f(n: i64) -> i64", "constrain n Gt 0", "return n"),
    proc("K::main() -> i64", "let x = f(3)", "prove w from x", "expr x Add 1", "return x"),
  );
  holds(quiet, '{"Int":3}');
  assertEquals(executeText(quiet).events.filter(({ kind }) => kind === "effect"), []);
});

// covers: EFF-06
Deno.test("a record has the payload's value at that statement: held, and violated", () => {
  holds(
    program(proc("K::main()", "let z = 37", "emit z", "set z = 38", "emit z")),
    "emit 37; emit 38; null",
  );
  refused(program(proc("K::main()", "emit z", "let z = 37")), "DR0203");
});

// covers: EFF-12, FAI-01
Deno.test("a failure that can be found before an effect is found before it: held, and violated", () => {
  const text = main('emit "A"', "let x = 1 Div 0", 'emit "B"', "return x");
  fails(text, "DR0802");
  assertEquals(executeText(text).effects, []);
  holds(main('emit "A"', "let x = 1 Div 1", 'emit "B"', "return x"), 'emit A; emit B; {"Int":1}');
});

// covers: EFF-13
Deno.test("an effect needs its constraints, witness and resources in place: held, and violated", () => {
  const withUse = program(
    proc("K::main()", 'uses Console(device="stdout")', "constrain 1 Eq 1", 'emit "A"'),
  );
  holds(withUse, "emit A; null");
  fails(withUse, "DR0790", { environment: { resources: [] } });
  fails(program(proc("K::main()", 'emit "A"', "constrain 1 Eq 2")), "DR0901");
  refused(
    program(proc("Φ::main(n: i64) -> i64", "constrain n Gt 0", "seal n", "return n")),
    "DR0503",
  );
});

// covers: EFF-14
Deno.test("expressions, predicates and payloads perform no effect: held, and violated", () => {
  const f = proc("K::f() -> i64", 'emit "f"', "return 1");
  const g = (...body: readonly string[]) => program(f, proc("K::main() -> i64", ...body));
  holds(g("let r = f()", "emit 1 Add r", "return r"), 'emit f; emit 2; {"Int":1}');
  holds(g("return f()"), 'emit f; {"Int":1}');
  refused(g("emit 1 Add f()", "return 0"), "DR0504");
  refused(g("constrain f() Eq 1", "return 0"), "DR0504");
  refused(g("return 1 Add f()"), "DR0504");
});

// covers: EFF-15
Deno.test("a process that calls an effectful one is effectful itself: held, and violated", () => {
  const inner = proc("K::inner() -> i64", "emit 1", "return 1");
  const middle = proc("K::middle() -> i64", "let x = inner()", "return x");
  const g = (...body: readonly string[]) =>
    program(inner, middle, proc("K::main() -> i64", ...body));
  holds(g("let x = middle()", "return x"), 'emit 1; {"Int":1}');
  refused(g("return 1 Add middle()"), "DR0504");
});

// covers: EFF-16
Deno.test("after seal the sealed value cannot change: held, and violated", () => {
  holds(main("let n = 1", "set n = 2", "seal n", "return n"), 'seal 2; {"Int":2}');
  refused(main("let n = 1", "seal n", "set n = n Add 1", "return n"), "DR0215");
});

// covers: EFF-18
Deno.test("observing records what was observed and reads nothing else: held, and violated", () => {
  holds(main("let x = 5", "observe x", "return x"), 'observe 5; {"Int":5}');
  refused(main("let x = sensor()", "return x"), "DR0201");
});

// covers: EFF-19
Deno.test("effects in Φ report witnesses: held, and violated", () => {
  const c = shape("C { x: i64 }");
  accepted(program(c, proc("Φ::p(c: C) -> i64", "prove w from c", "seal w", "return c.x")));
  refused(
    program(c, proc("Φ::p(c: C) -> i64", "prove w from c", "emit c.x", "return c.x")),
    "DR0503",
  );
});

// ── resources ──────────────────────────────────────────────────────────────────────────────────────────────────────

const DEVICE = { resource: "QuantumDevice", args: [] } as const;
const offering = (
  ...resources: NonNullable<NonNullable<RunInput["environment"]>["resources"]>
) => ({
  environment: { resources },
});

// covers: RES-01, RES-06
Deno.test("a missing resource stops the run with nothing performed, as a separate kind of failure: held, and violated", () => {
  const text = program(proc("K::main()", "uses QuantumDevice", 'emit "READY-TO-EMIT"'));
  holds(text, "emit READY-TO-EMIT; null", offering(DEVICE));
  fails(text, "DR0790", offering());
  const { outcome, ticks } = executeText(text, offering());
  assertEquals([outcome.error?.kind, ticks], ["ResourceUnavailable", 0]);
});

// covers: RES-02
Deno.test("a process has no way to a resource but its declaration: held, and violated", () => {
  accepted(
    program(proc("Q::f() linear", "uses QuantumDevice", "let a = q_alloc(QBit)", "observe a")),
  );
  refused(program(proc("K::f()", "let a = q_alloc(QBit)")), "DR0407");
  refused(program(proc("K::f()", "let a = device()")), "DR0201");
});

// covers: RES-03
Deno.test("a uses clause only declares: held, and violated", () => {
  const text = program(proc("K::main() -> i64", 'uses File(path="out.txt")', "return 1"));
  holds(text, '{"Int":1}');
  assertEquals(executeText(text).effects, []);
  fails(text, "DR0790", offering());
});

// covers: RES-04
Deno.test("the arguments of a declaration are matched against the offer: held, and violated", () => {
  const text = program(
    proc("K::main() -> i64", 'uses QuantumDevice(kind="simulator", calibrated=true)', "return 1"),
  );
  const device = (isCalibrated: boolean) =>
    offering({
      resource: "QuantumDevice",
      args: [
        { name: "kind", value: { kind: "String", value: "simulator" } },
        { name: "calibrated", value: { kind: "Bool", value: isCalibrated } },
      ],
    });
  holds(text, '{"Int":1}', device(true));
  fails(text, "DR0790", device(false));
});

// covers: RES-05
Deno.test("resources of every process that may be called are settled first: held, and violated", () => {
  const text = program(
    proc("K::needs_device() -> i64", "uses QuantumDevice", "return 1"),
    proc("K::main() -> i64", 'emit "A"', "let x = needs_device()", "return x"),
    proc("K::unrelated()", "uses Unheard"),
  );
  holds(text, 'emit A; {"Int":1}', offering(DEVICE));
  fails(text, "DR0790", offering());
});

// ── time ───────────────────────────────────────────────────────────────────────────────────────────────────────────

// covers: TIM-01, TIM-02
Deno.test("the tick counts executed statements other than return: held, and violated", () => {
  const ticks = (...body: readonly string[]) => executeText(main(...body)).ticks;
  assertStrictEquals(ticks("emit 1", "return 0"), 1);
  assertStrictEquals(ticks("let a = 1", "let b = 2", "let c = 3", "return c"), 3);
  assertStrictEquals(ticks("return 0"), 0);
  const call = program(
    proc("K::f() -> i64", "let x = 1", "return x"),
    proc("K::main() -> i64", "let y = f()", "return y"),
  );
  assertStrictEquals(executeText(call).ticks, 2);
  const { events } = executeText(call);
  assertStrictEquals(events.filter(({ kind }) => kind === "stmt").length, 2);
});

// covers: TIM-03
Deno.test("no clock shows in a trace: two runs give the same bytes: held, and violated", async () => {
  const text = main("let x = 1", "emit x", "return x");
  const first = JSON.stringify(executeText(text));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertStrictEquals(JSON.stringify(executeText(text)), first);
  assertEquals(Object.keys(summaryTrace(executeText(text))), ["returned", "effects", "time"]);
  assertNotMatch(first, /date|stamp|duration|elapsed/i);
});

// covers: TIM-04
Deno.test("a body cannot read physical time: held, and violated", () => {
  holds(main("uses Timer(deadline_us=5)", "return 1"), '{"Int":1}');
  refused(main("let t = now()", "return t"), "DR0201");
  refused(main("return deadline_us"), "DR0203");
});

// covers: TIM-05, TIM-06, TIM-09
Deno.test("a missed deadline is a time violation, before any effect: held, and violated", () => {
  const text = (deadline: number) =>
    program(
      proc("K::main()", `uses Timer(deadline_us=${deadline}, jitter_us=50)`, "emit 1", "emit 2"),
    );
  holds(text(5000), "emit 1; emit 2; null");
  holds(text(2), "emit 1; emit 2; null");
  fails(text(1), "DR0791");
  fails(text(0), "DR0791");
  assertStrictEquals(executeText(text(0)).outcome.error?.kind, "TimeViolation");
  refused(program(proc("K::main()", 'uses Timer(deadline_us="soon")')), "DR0701");
});

// covers: TIM-07, TIM-08
Deno.test("ticks become microseconds by the declared rule only: held, and violated", () => {
  const text = program(proc("K::main()", "uses Timer(deadline_us=10)", "emit 1", "emit 2"));
  holds(text, "emit 1; emit 2; null", { environment: { tick_us: 5 } });
  fails(text, "DR0791", { environment: { tick_us: 6 } });
  const [started] = executeText(text, { environment: { tick_us: 5 } }).events;
  assert(started?.kind === "run_started" && started.tick_us === 5);
});

// ── failures ───────────────────────────────────────────────────────────────────────────────────────────────────────

// covers: FAI-06, DIR-02
Deno.test("an artifact that breaks a static rule is rejected whole, with every violation: held, and violated", () => {
  const text = program(
    proc("K::main()", 'emit "A"'),
    proc("K::unused() -> bool", "let x = 1 Add true", "return 7"),
  );
  assertEquals(codes(text), ["DR0301", "DR0302"]);
  refused(text, "DR0301", "DR0302");
  holds(program(proc("K::main()", 'emit "A"')), "emit A; null");
});

// covers: FAI-07, FAI-08
Deno.test("a report names the rule, the forge, the process and the statement: held, and violated", () => {
  const text = program(
    proc("K::main() -> i64", "let x = 4", 'emit "A"', "constrain x Gt 5", "return x"),
  );
  const [diagnostic] = executeText(text).diagnostics;
  assertStrictEquals(diagnostic?.message, "constraint failed: x Gt 5");
  assertStrictEquals(mainMark(diagnostic)?.proc, "Test::K::main");
  assertStrictEquals(mainMark(diagnostic)?.path, "forges[0].procs[0].body[2]");
  assertStrictEquals(mainMark(diagnostic)?.text, "constrain x Gt 5");
});
