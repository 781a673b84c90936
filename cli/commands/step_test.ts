import { LogStates, Places, readLog, viewBody, viewState } from "../../mod.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotStrictEquals,
  assertStrictEquals,
} from "../../std/assert.ts";
import { loopLog } from "../../tests/support/loop_log.ts";
import { keysOf } from "../host/keys.ts";
import { displayWidth } from "../text/width.ts";
import { FIRST_STEPPER, onKey, type Stepper } from "./step_keys.ts";
import { HELP, render, type StepScreen } from "./step_screen.ts";

const STEPPER: Stepper = { ...FIRST_STEPPER, seq: 5, total: 20, effect: 1 };

function pressed(keys: readonly string[], from: Partial<Stepper> = {}) {
  let stepper: Stepper = { ...STEPPER, ...from };
  let last = onKey(stepper, "x").command;
  for (const key of keys) ({ stepper, command: last } = onKey(stepper, key));
  return { stepper, command: last };
}

Deno.test("onKey() goes on, back, to the ends and to effects", () => {
  const positions: readonly (readonly [string, object])[] = [
    ["n", { kind: "event", seq: 6 }],
    ["right", { kind: "event", seq: 6 }],
    ["p", { kind: "event", seq: 4 }],
    ["N", { kind: "event", seq: 15 }],
    ["P", { kind: "event", seq: 0 }],
    ["home", { kind: "event", seq: 0 }],
    ["G", { kind: "event", seq: 19 }],
    ["e", { kind: "effect", index: 2 }],
    ["E", { kind: "effect", index: 1 }],
  ];
  for (const [key, position] of positions) {
    assertEquals<unknown>(pressed([key]).command, { kind: "go", position }, key);
  }
  assertEquals(pressed(["E"], { isEffect: true }).command, {
    kind: "go",
    position: { kind: "effect", index: 0 },
  });
});

Deno.test("onKey() does not move past the last event or effect, and shows a message", () => {
  for (
    const { stepper, command } of [
      pressed(["n"], { seq: 19 }),
      pressed(["p"], { seq: 0 }),
      pressed(["E"], { effect: 0, isEffect: true }),
      pressed(["x"]),
      pressed(["r"]),
    ]
  ) {
    assertStrictEquals(command.kind, "none");
    assertNotStrictEquals(stepper.message, "");
  }
  assertStrictEquals(pressed(["x", "j"]).stepper.message, "");
});

Deno.test("onKey() asks where to go, and takes no keys for commands meanwhile", () => {
  assertEquals(pressed(["g", "1", "2", "enter"]).command, {
    kind: "go",
    position: { kind: "event", seq: 12 },
  });
  assertEquals(pressed(["g", ..."proc:main", "enter"]).command, {
    kind: "go",
    position: { kind: "proc", name: "main" },
  });
  assertStrictEquals(pressed(["g", "q"]).stepper.prompt?.text, "q");
  assertStrictEquals(pressed(["g", "q", "backspace", "backspace"]).stepper.prompt, undefined);
  assertStrictEquals(pressed(["g", "1", "escape"]).stepper.prompt, undefined);
  assertMatch(pressed(["g", "x", "enter"]).stepper.message, /not a position/);
  assertStrictEquals(pressed(["g", "interrupt"]).command.kind, "quit");
});

Deno.test("onKey() steps over and out, runs to breakpoints, and asks for names, statements and texts", () => {
  assertEquals(pressed(["o"]).command, { kind: "step", how: "over" });
  assertEquals(pressed(["u"]).command, { kind: "step", how: "out" });
  const breakpoints = new Set(["main.body[0]"]);
  assertEquals(pressed(["r"], { breakpoints }).command, { kind: "run", isBack: false });
  assertEquals(pressed(["R"], { breakpoints }).command, { kind: "run", isBack: true });
  assertEquals(pressed(["w", "s", "enter"]).command, { kind: "writer", name: "s" });
  assertEquals(pressed(["b", "enter"]).command, {
    kind: "break",
    proc: undefined,
    statement: undefined,
  });
  assertEquals(pressed(["b", ..."K::f:12", "enter"]).command, {
    kind: "break",
    proc: "K::f",
    statement: 12,
  });
  assertMatch(pressed(["b", "0", "enter"]).stepper.message, /not a statement/);
  assertEquals(pressed(["/", ..."set=", "enter"]).command, { kind: "search", text: "set=" });
  assertEquals(pressed(["/", "enter"], { searched: "seal" }).command, {
    kind: "search",
    text: "seal",
  });
  for (const prompt of ["w", "/"]) {
    assertStrictEquals(pressed([prompt, "enter"]).command.kind, "none");
  }
});

Deno.test("the help fits 80 columns and 24 rows, names every key, and ends with any key", () => {
  for (const text of HELP) assert(displayWidth(text) <= 80, text);
  assert(HELP.length <= 22, `${HELP.length} lines`);
  for (const key of "npNPouegEG0wbrR/jkq") {
    assert(HELP.some((text) => text.slice(0, 14).includes(key)), key);
  }
  assertStrictEquals(pressed(["?"]).stepper.isHelp, true);
  const closed = pressed(["?", "n"]);
  assertEquals([closed.stepper.isHelp, closed.command.kind], [false, "none"]);
  const lines = render(screenAt(60, { isHelp: true }), { columns: 80, rows: 24 });
  for (const text of HELP) assert(lines.some((each) => each.text === text), text);
});

Deno.test("onKey() scrolls and quits", () => {
  assertStrictEquals(pressed(["j", "j", "k"]).stepper.scroll, 1);
  assertStrictEquals(pressed(["k"]).stepper.scroll, 0);
  for (const key of ["q", "escape", "interrupt"]) {
    assertStrictEquals(pressed([key]).command.kind, "quit");
  }
});

Deno.test("keysOf() recognizes keys by their bytes", () => {
  assertEquals(keysOf("n\u001b[C\u001b[D\u001bOA\u001b[6~\r\u007f\u0003é"), [
    "n",
    "right",
    "left",
    "up",
    "N",
    "enter",
    "backspace",
    "interrupt",
    "é",
  ]);
  assertEquals(keysOf("\u001b"), ["escape"]);
  assertEquals(keysOf("\u001b[99~"), []);
});

function screenAt(seq: number, stepper: Partial<Stepper> = {}): StepScreen {
  const log = loopLog(30);
  const states = LogStates.open(log);
  assert(states.ok);
  const there = states.value.at({ kind: "event", seq });
  assert(there.ok);
  const events = [...readLog(log, { from: seq - 2, to: seq + 4 })];
  return {
    name: "loop.jsonl",
    stepper: { ...STEPPER, seq, ...stepper },
    view: viewState(there.value),
    body: viewBody(there.value),
    places: new Places(() => states.value.program),
    events: events.flatMap((read) => read.ok ? [read.value] : []),
  };
}

Deno.test("render() fills exactly the screen, whatever its size", () => {
  for (const columns of [20, 40, 80, 200]) {
    for (const rows of [5, 12, 24, 60]) {
      const lines = render(screenAt(60, { scroll: 3 }), { columns, rows });
      assertStrictEquals(lines.length, rows);
      for (const { text } of lines) assert(displayWidth(text) <= columns, text);
    }
  }
});

Deno.test("render() shows the event, the program with the next statement, names and effects, and what changed", () => {
  const shown = (screen: StepScreen, columns: number) =>
    render(screen, { columns, rows: 30 }).map((each) => each.text).join("\n");
  const breakpoints = new Set(["main.body[1].body[1]"]);
  for (const columns of [80, 120]) {
    const text = shown(screenAt(59, { breakpoints }), columns);
    assertMatch(text, /^loop\.jsonl: event 59 of 19\n/);
    assertMatch(text, /\n {5}58 .*\n> {4}59 .*\n {5}60 /);
    assertMatch(text, /\nproc K::main\(n: i64\) -> i64/);
    assertMatch(text, /\n {3}3 {4}sum = .*\n●> 4 {4}if /);
    assertMatch(text, /F::K::main, \d+ ticks/);
    assertMatch(text, / {2}n {3}= 30\n/);
    assertMatch(text, /\* sum = \d+\n/);
    assertMatch(text, /0 emit 0 \(tick /);
    assertMatch(text, /\nn next {2}p back .*$/);
  }
  assertMatch(shown(screenAt(4), 80), /\nF::K::main, 1 tick\n/);
  const before = screenAt(1);
  assertStrictEquals(before.body, undefined);
  assertMatch(shown(before, 120), /\ntick 0, admission;/);
  const asking = screenAt(60, { prompt: { kind: "go", text: "tick:" } });
  assertMatch(shown(asking, 100), /\ngo to: tick:$/);
});
