import { LogStates, Places, readLog, viewState } from "../../mod.ts";
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
import { onKey, render, type Stepper, type StepScreen } from "./step_screen.ts";

const STEPPER: Stepper = {
  seq: 5,
  total: 20,
  effect: 1,
  isEffect: false,
  prompt: undefined,
  scroll: 0,
  message: "",
};

function pressed(keys: readonly string[], from: Partial<Stepper> = {}) {
  let stepper: Stepper = { ...STEPPER, ...from };
  let last = onKey(stepper, "?").command;
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
      pressed(["?"]),
    ]
  ) {
    assertStrictEquals(command.kind, "none");
    assertNotStrictEquals(stepper.message, "");
  }
  assertStrictEquals(pressed(["?", "j"]).stepper.message, "");
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
  assertStrictEquals(pressed(["g", "q"]).stepper.prompt, "q");
  assertStrictEquals(pressed(["g", "q", "backspace", "backspace"]).stepper.prompt, undefined);
  assertStrictEquals(pressed(["g", "1", "escape"]).stepper.prompt, undefined);
  assertMatch(pressed(["g", "x", "enter"]).stepper.message, /not a position/);
  assertStrictEquals(pressed(["g", "interrupt"]).command.kind, "quit");
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

Deno.test("render() shows the event among its neighbours, the frame, its names and the effects", () => {
  const text = render(screenAt(60), { columns: 100, rows: 24 }).map((each) => each.text).join("\n");
  assertMatch(text, /^loop\.jsonl: event 60 of 19\n/);
  assertMatch(text, /\n {5}59 .*\n> {4}60 .*\n {5}61 /);
  assertMatch(text, /\nF::K::main, \d+ ticks\n {2}at /);
  assertMatch(text, /\n {2}n {3}= 30\n {2}sum = /);
  assertMatch(text, /\n {2}0 emit 0 \(tick /);
  assertMatch(text, /\nn next {2}p previous .*$/);
  const first = render(screenAt(4), { columns: 100, rows: 24 }).map((each) => each.text).join("\n");
  assertMatch(first, /\nF::K::main, 1 tick\n/);
  const asking = render(screenAt(60, { prompt: "tick:" }), { columns: 100, rows: 24 });
  assertStrictEquals(asking.at(-1)?.text, "go to: tick:");
});
