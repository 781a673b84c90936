/**
 * Bounds on time, decided statement by statement. semantics.md, second round, Binds: "A statement may begin or complete only if the clock
 * plus its tick keeps every open upper bound (`<`, `<=`, the upper side of `==`, `Timer`); otherwise that is the failure, before the
 * statement is evaluated."
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { executeText, fold, load, type RunInput } from "../../mod.ts";
import { bind, codeOfRun, loop, type Part, proc, program } from "../support/program.ts";

const LATENCY = "DR0691";
const DEADLINE = "DR0791";
const TICKS = "DR1101";
const DIVISION = "DR0802";

const main = (...body: readonly string[]) => proc("K::main() -> i64", ...body);
const timer = (us: number) => `uses Timer(deadline_us=${us})`;
const lets = (count: number) => Array.from({ length: count }, (_, index) => `let a${index} = 1`);
const callee = (ticks: number) => proc("K::g() -> i64", ...lets(ticks), "return 1");
const under = (...clauses: readonly string[]) => bind("K::main -> K::g", ...clauses);

function endsIn(code: string, parts: readonly Part[], input: RunInput = {}): void {
  const text = program(...parts);
  assertStrictEquals(codeOfRun(text, input), code, text);
}

// covers: CTR-05, TIM-05, FAI-05
Deno.test("a statement that a bound does not allow is not evaluated", () => {
  const late = main(timer(1), "let z = 0", "let x = 1 Div z", "return x");
  endsIn(DEADLINE, [late]);
  const { events } = executeText(program(late));
  assertEquals(events.filter(({ kind }) => kind === "stmt").length, 1);
  endsIn(DIVISION, [main(timer(2), "let z = 0", "let x = 1 Div z", "return x")]);
  endsIn(LATENCY, [
    proc("K::g() -> i64", "return 1 Div 0"),
    main("return g()"),
    under("latency_us < 0"),
  ]);
});

// covers: CTR-05, TIM-05
Deno.test("a statement with calls is bounded again when it completes, and not in between", () => {
  const fails = "let x = g() Div 0";
  endsIn(DIVISION, [callee(1), main(timer(1), fails, "return x")]);
  endsIn(DEADLINE, [callee(1), main(timer(1), "let x = g()", "return x")]);
  endsIn("ok", [callee(1), main(timer(1), "return g()")]);
  // The second callee begins at a tick that exceeds two bounds: its own is the inner one.
  endsIn(LATENCY, [
    callee(2),
    proc("K::h() -> i64", "let a = 1", "return a"),
    main(timer(2), "let x = g() Add h()", "return x"),
    bind("K::main -> K::h", "latency_us < 1"),
  ]);
});

// covers: FAI-05, TIM-06
Deno.test("of several bounds at one tick the innermost call decides, Timer before clauses, max_ticks last", () => {
  const within = (...uses: readonly string[]) =>
    proc("K::g() -> i64", ...uses, ...lets(2), "return 1");
  const one = { limits: { max_ticks: 1 } };
  endsIn(DEADLINE, [within(timer(1)), main("return g()"), under("latency_us < 2")], one);
  endsIn(LATENCY, [within(timer(2)), main(timer(1), "return g()"), under("latency_us < 2")], one);
  endsIn(TICKS, [within(timer(2)), main("return g()"), under("latency_us <= 2")], one);
  const clauses = ["latency_us < 9", "latency_us <= 1", "latency_us < 2"];
  const { diagnostics } = executeText(
    program(within(), main("return g()"), under(...clauses)),
  );
  assertStrictEquals(diagnostics[0]?.marks[1]?.path, "forges[0].binds[0].contract[1]");
});

// covers: CTR-05
Deno.test("lower sides are decided on return, and a failed callee keeps its failure", () => {
  endsIn(LATENCY, [callee(1), main("return g()"), under("latency_us == 2")]);
  endsIn(DIVISION, [
    proc("K::g() -> i64", "return 1 Div 0"),
    main("return g()"),
    under("latency_us > 5"),
  ]);
});

// covers: TIM-08
Deno.test("bounds are exact at every length of a tick", () => {
  // 2 ** 53 + 1 is no binary64 number.
  const bounded = (op: string) => [
    callee(2),
    main("return g()"),
    under(`latency_us ${op} 9007199254740993`),
  ];
  const slow = (tick_us: number) => ({ environment: { tick_us } });
  endsIn("ok", bounded("<="), slow(2 ** 52));
  endsIn(LATENCY, bounded("<="), slow(2 ** 52 + 1));
  endsIn(LATENCY, bounded("=="), slow(2 ** 52));
  endsIn(LATENCY, [callee(0), main("return g()"), under("latency_us < 0")], {
    environment: { tick_us: 0 },
  });
  endsIn("ok", [callee(5), main(timer(0), "return g()"), under("latency_us < 1")], {
    environment: { tick_us: 0 },
  });
});

// covers: CTR-07
Deno.test("a refused statement is recorded with its call, and the log folds to the same refusal", () => {
  const text = program(
    proc("K::f() -> i64", loop("1 Lt 2", []), "return 1"),
    proc("K::g() -> i64", "let x = f()", "return x"),
    main("let y = g()", "return y"),
    under("latency_us < 10"),
  );
  const { events, outcome } = executeText(text);
  const checked = events.findLast(({ kind }) => kind === "bind_checked");
  assert(checked?.kind === "bind_checked");
  assertEquals([checked.stage, checked.source, checked.ticks, checked.holds], [
    "during",
    "K::main",
    10,
    false,
  ]);
  assertStrictEquals(outcome.ticks, 9);
  const loaded = load([{ name: "p", text }]);
  assert(loaded.ok);
  const folded = fold(loaded.value, events);
  assert(folded.ok && folded.value.refusal?.kind === "contract");
  assertStrictEquals(folded.value.refusal.caller.name, "main");
  assertStrictEquals(folded.value.refusal.exceeding?.proc.name, "f");
});
