import { LogStates, readLog, viewState } from "../../mod.ts";
import { loopLog } from "../../tests/support/loop_log.ts";
import { keysOf } from "../host/keys.ts";
import { displayWidth } from "../text/visible.ts";
import { onKey, render, type Stepper, type StepScreen } from "./step_screen.ts";
import assert from "node:assert/strict";

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
  const moments: readonly (readonly [string, object])[] = [
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
  for (const [key, moment] of moments) {
    assert.deepEqual(pressed([key]).command, { kind: "go", moment }, key);
  }
  assert.deepEqual(pressed(["E"], { isEffect: true }).command, {
    kind: "go",
    moment: { kind: "effect", index: 0 },
  });
});

Deno.test("onKey() stays where there is nothing further, and says so", () => {
  for (
    const { stepper, command } of [
      pressed(["n"], { seq: 19 }),
      pressed(["p"], { seq: 0 }),
      pressed(["E"], { effect: 0, isEffect: true }),
      pressed(["?"]),
    ]
  ) {
    assert.equal(command.kind, "none");
    assert.notEqual(stepper.message, "");
  }
  assert.equal(pressed(["?", "j"]).stepper.message, "");
});

Deno.test("onKey() asks where to go, and takes no keys for commands meanwhile", () => {
  assert.deepEqual(pressed(["g", "1", "2", "enter"]).command, {
    kind: "go",
    moment: { kind: "event", seq: 12 },
  });
  assert.deepEqual(pressed(["g", ..."proc:main", "enter"]).command, {
    kind: "go",
    moment: { kind: "proc", name: "main" },
  });
  assert.equal(pressed(["g", "q"]).stepper.prompt, "q");
  assert.equal(pressed(["g", "q", "backspace", "backspace"]).stepper.prompt, undefined);
  assert.equal(pressed(["g", "1", "escape"]).stepper.prompt, undefined);
  assert.match(pressed(["g", "x", "enter"]).stepper.message, /no moment/);
  assert.equal(pressed(["g", "interrupt"]).command.kind, "quit");
});

Deno.test("onKey() scrolls and quits", () => {
  assert.equal(pressed(["j", "j", "k"]).stepper.scroll, 1);
  assert.equal(pressed(["k"]).stepper.scroll, 0);
  for (const key of ["q", "escape", "interrupt"]) assert.equal(pressed([key]).command.kind, "quit");
});

Deno.test("keysOf() tells keys by their bytes", () => {
  assert.deepEqual(keysOf("n\u001b[C\u001b[D\u001bOA\u001b[6~\r\u007f\u0003é"), [
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
  assert.deepEqual(keysOf("\u001b"), ["escape"]);
  assert.deepEqual(keysOf("\u001b[99~"), []);
});

function screenAt(seq: number, stepper: Partial<Stepper> = {}): StepScreen {
  const log = loopLog(30);
  const states = LogStates.open(log);
  assert.ok(states.ok);
  const there = states.value.at({ kind: "event", seq });
  assert.ok(there.ok);
  const events = [...readLog(log, { from: seq - 2, to: seq + 4 })];
  return {
    name: "loop.jsonl",
    stepper: { ...STEPPER, seq, ...stepper },
    view: viewState(there.value),
    events: events.flatMap((read) => read.ok ? [read.value] : []),
  };
}

Deno.test("render() fills exactly the screen, whatever its size", () => {
  for (const columns of [20, 40, 80, 200]) {
    for (const rows of [5, 12, 24, 60]) {
      const lines = render(screenAt(60, { scroll: 3 }), { columns, rows });
      assert.equal(lines.length, rows);
      for (const { text } of lines) assert.ok(displayWidth(text) <= columns, text);
    }
  }
});

Deno.test("render() shows the event among its neighbours, the frame, its names and the effects", () => {
  const text = render(screenAt(60), { columns: 100, rows: 24 }).map((each) => each.text).join("\n");
  assert.match(text, /^loop\.jsonl: event 60 of 19\n/);
  assert.match(text, /\n {5}59 .*\n> {4}60 .*\n {5}61 /);
  assert.match(text, /\nF::K::main, \d+ ticks\n {2}at /);
  assert.match(text, /\n {2}n {3}= \{"Int":30\}\n {2}sum = /);
  assert.match(text, /\n {2}0 emit 0 \(tick /);
  assert.match(text, /\nn next {2}p previous .*$/);
  const first = render(screenAt(3), { columns: 100, rows: 24 }).map((each) => each.text).join("\n");
  assert.match(first, /\nF::K::main, 1 tick\n/);
  const asking = render(screenAt(60, { prompt: "tick:" }), { columns: 100, rows: 24 });
  assert.equal(asking.at(-1)?.text, "go to: tick:");
});
