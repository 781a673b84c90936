import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { type RealizationEvent, RealizationProgress } from "./realization_progress.ts";

type Step = readonly [kind: string, first: number, last: number, sink?: string];

/** An event of realization from its short form. */
function event([kind, first, last, sink = "s"]: Step): RealizationEvent {
  const host = { seq: 0, host: true, time: "2026-01-02T03:04:05.678Z" } as const;
  const base = { ...host, first, last };
  switch (kind) {
    case "intend":
      return { ...base, kind: "effect_intended", sink, position: 0 };
    case "realize":
      return { ...base, kind: "effect_realized", sink, position: 0 };
    case "record":
      return { ...base, kind: "effect_realized", sink: "log", position: -1 };
    case "doubt":
      return { ...base, kind: "effect_in_doubt", sink, reason: "" };
    case "perform":
    case "skip":
      return { ...base, kind: "effect_resolved", decision: kind };
    case "complete":
    case "failed":
      return {
        ...host,
        kind: "realization_finished",
        status: kind,
        performed: first,
        reason: kind === "failed" ? "full" : undefined,
      };
    default:
      throw new Error(kind);
  }
}

const BEGUN: RealizationEvent = {
  seq: 0,
  host: true,
  time: "2026-01-02T03:04:05.678Z",
  kind: "realization_started",
  occurrence: "0".repeat(32),
  machine: undefined,
  sinks: [{ effect: "emit", sink: "s" }, { effect: "observe", sink: "log" }],
};

/** The third effect is only recorded. */
const KINDS = ["emit", "emit", "observe", "emit"];

function progressAfter(...steps: readonly Step[]): RealizationProgress {
  const progress = new RealizationProgress(KINDS);
  assertStrictEquals(progress.accept(BEGUN), undefined);
  for (const step of steps) {
    assertStrictEquals(progress.accept(event(step)), undefined, step.join(" "));
  }
  return progress;
}

// covers: EFF-02, EFF-03
Deno.test("RealizationProgress accepts the protocol to its end", () => {
  const progress = progressAfter(
    ["intend", 0, 1],
    ["realize", 0, 1],
    ["record", 2, 2],
    ["intend", 3, 3],
    ["doubt", 3, 3],
    ["skip", 3, 3],
    ["complete", 3, 0],
  );
  assertEquals(progress.states.map(({ kind }) => kind), [
    "realized",
    "realized",
    "realized",
    "skipped",
  ]);
  assertEquals([progress.performed, progress.skipped, progress.isComplete], [3, 1, true]);
});

Deno.test("RealizationProgress accepts a partial receipt and a new intent for the rest", () => {
  const progress = progressAfter(
    ["intend", 0, 1],
    ["realize", 0, 0],
    ["perform", 1, 1],
    ["failed", 1, 0],
  );
  assertStrictEquals(progress.next, 1);
  assertStrictEquals(progress.accept(event(["intend", 1, 1])), undefined);
  assertStrictEquals(progress.accept(event(["failed", 1, 0])), undefined);
  const state = progress.state(1);
  assert(state.kind === "intended" && state.isSuspect);
});

const ALL: readonly Step[] = [
  ["intend", 0, 1],
  ["realize", 0, 1],
  ["record", 2, 2],
  ["intend", 3, 3],
  ["realize", 3, 3],
  ["complete", 4, 0],
];

// covers: EFF-03, EFF-09
Deno.test("RealizationProgress refuses violations of the protocol and is then unchanged", () => {
  const cases: readonly (readonly [readonly Step[], Step, RegExp])[] = [
    [[], ["intend", 1, 1], /expected effect 0/],
    [[], ["intend", 0, 4], /no effects 0 to 4/],
    [[], ["intend", 1, 0], /no effects/],
    [[], ["realize", 0, 0], /realized while it was proposed/],
    [[], ["record", 2, 2], /out of order/],
    [[], ["doubt", 0, 0], /put in doubt while it was proposed/],
    [[], ["skip", 0, 0], /resolved while it was proposed/],
    [[["intend", 0, 0]], ["intend", 0, 0], /intended while it was intended/],
    [[["intend", 0, 0]], ["realize", 0, 0, "other"], /effect 0 goes to other, and s/],
    [[], ["intend", 0, 0, "other"], /effect 0 goes to other, and s/],
    [[], ["record", 0, 0], /effect 0 goes to log, and s was recorded/],
    [[], ["intend", 0, 2], /effect 2 goes to s, and log was recorded/],
    [[["intend", 0, 0]], ["doubt", 0, 0, "log"], /effect 0 goes to log/],
    [[["intend", 0, 0]], ["realize", 0, 1], /realized while it was proposed/],
    [[["intend", 0, 0], ["realize", 0, 0]], ["realize", 0, 0], /while it was realized/],
    [[["intend", 0, 0], ["doubt", 0, 0]], ["intend", 1, 1], /expected effect 0/],
    [[["intend", 0, 0], ["realize", 0, 0]], ["complete", 1, 0], /effect 1 is proposed/],
    [[["intend", 0, 0], ["realize", 0, 0]], ["failed", 2, 0], /reports 2 performed effects/],
    [ALL, ["intend", 0, 0], /already complete/],
  ];
  const idle = new RealizationProgress(KINDS);
  assertMatch(idle.accept(event(["intend", 0, 0])) ?? "", /has not begun/);
  assertMatch(progressAfter().accept(BEGUN) ?? "", /has already begun/);
  for (const [before, wrong, reason] of cases) {
    const progress = progressAfter(...before);
    const states = [...progress.states];
    assertMatch(progress.accept(event(wrong)) ?? "", reason);
    assertEquals(progress.states, states);
  }
});
