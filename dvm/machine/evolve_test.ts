import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { execute, fold, load, type WireEvent } from "../../mod.ts";
import { bind, count, proc, program } from "../../tests/support/program.ts";

const TEXT = program(
  proc(
    "K::main(a: i64) -> i64",
    "let x = f(a)",
    "constrain x Gt 0",
    count("i in 0..2", ["emit i"]),
    "return x",
  ),
  proc("K::f(n: i64) -> i64", "return n"),
);

/** Why the events of a run do not fold after one of them was changed. */
function refusal(change: (events: WireEvent[]) => void): string {
  const loaded = load([{ name: "p", text: TEXT }]);
  assert(loaded.ok);
  const events: WireEvent[] = [...execute(loaded.value, { args: { a: 1 } }).events];
  change(events);
  const folded = fold(loaded.value, events.map((event, seq) => ({ ...event, seq })));
  return folded.ok ? "folds" : folded.failure.reason;
}

function alter(kind: WireEvent["kind"], fields: object): (events: WireEvent[]) => void {
  return (events) => {
    const at = events.findIndex((event) => event.kind === kind);
    events[at] = { ...events[at], ...fields } as WireEvent;
  };
}

/** Puts the first event of a kind at another position too. */
function again(kind: WireEvent["kind"], at: number): (events: WireEvent[]) => void {
  return (events) => {
    const event = events.find((each) => each.kind === kind);
    assert(event !== undefined);
    events.splice(at, 0, event);
  };
}

Deno.test("evolve() refuses an event that cannot follow the events before it, with the reason", () => {
  assertStrictEquals(refusal(() => {}), "folds");
  const table: readonly (readonly [(events: WireEvent[]) => void, RegExp])[] = [
    [again("outcome", Infinity), /already has its outcome/],
    [again("run_started", 1), /has already started/],
    [alter("enter_proc", { proc: "ghost" }), /no process ghost/],
    [alter("enter_proc", { args: { b: { Int: 1 } } }), /no such parameter b/],
    [alter("stmt", { at: "main.body[9]" }), /the next statement is main\.body\[0\]/],
    [alter("stmt", { control: "break" }), /break outside a loop/],
    [alter("stmt", { control: "then" }), /Let has no branch/],
    [alter("constraint_held", { id: "C9" }), /constraint C9 is not pending/],
    [(events) => void events.splice(2, 1), /no statement is next|no constraint is next|no process/],
    [again("leave_proc", 2), /no process is open/],
  ];
  for (const [change, reason] of table) assertMatch(refusal(change), reason);
});

Deno.test("evolve() refuses a contract check that does not fit its contract", () => {
  const text = program(
    proc("K::f() -> i64", "let a = 1", "return a"),
    proc("K::main() -> i64", "let x = f()", "return x"),
    bind("K::main -> K::f", "latency_us < 1"),
  );
  const loaded = load([{ name: "p", text }]);
  assert(loaded.ok);
  const { events } = execute(loaded.value, {});
  const refusalWith = (change: object) => {
    const folded = fold(
      loaded.value,
      events.map((event) =>
        event.kind === "bind_checked" && !event.holds ? { ...event, ...change } : event
      ),
    );
    return folded.ok ? "folds" : folded.failure.reason;
  };
  assertStrictEquals(refusalWith({}), "folds");
  assertMatch(refusalWith({ holds: true }), /refused exactly when it does not hold/);
  const clause = { index: 1, attribute: "latency_us", operator: "<", bound: "1" };
  assertMatch(
    refusalWith({ refusal: { kind: "latency", clause, actual_us: 1 } }),
    /the contract has no clause 1/,
  );
});

Deno.test("evolve() wants events in their order, without a gap", () => {
  const loaded = load([{ name: "p", text: TEXT }]);
  assert(loaded.ok);
  const { events } = execute(loaded.value, { args: { a: 1 } });
  const folded = fold(loaded.value, events.toSpliced(3, 1));
  assertEquals(folded.ok ? undefined : folded.failure, {
    seq: 4,
    reason: "seq 3 was expected",
  });
});
