import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import fc from "fast-check";
import { anyCharacter } from "../../tests/support/any_character.ts";
import { load } from "../load/load.ts";
import type { MachineEvent } from "../event/event.ts";
import { fold } from "../machine/evolve.ts";
import { summaryTrace } from "../event/summary_trace.ts";
import { collectInto } from "../machine/run.ts";
import { executeHost01 } from "./execute.ts";

type Stmt = readonly [kind: string, ...texts: string[]];
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Let: ["name", "expr"],
  Constrain: ["predicate"],
  Prove: ["name", "from"],
  Effect: ["kind", "payload"],
  Return: ["expr"],
};

/** One process as an artifact has it. */
function proc(regime: string, name: string, body: readonly Stmt[], params: readonly string[] = []) {
  return {
    regime,
    name,
    params: params.map((param) => ({ name: param, ty: "i64" })),
    uses: [],
    ret: null,
    qualifiers: regime === "Q" ? ["linear"] : [],
    body: body.map(([kind, ...texts]) => ({
      [kind]: Object.fromEntries((MEMBERS[kind] ?? []).map((name, index) => [name, texts[index]])),
    })),
  };
}

function artifact(...procs: readonly unknown[]): string {
  return JSON.stringify({ forges: [{ name: "F", shapes: [], procs, binds: [] }] });
}

/** The summary trace of a run of this body. */
function traceOf(regime: string, ...body: readonly Stmt[]): string {
  return JSON.stringify(summaryTrace(executeHost01(artifact(proc(regime, "main", body)), {})));
}

function eventsOf(regime: string, ...body: readonly Stmt[]): readonly MachineEvent[] {
  return executeHost01(artifact(proc(regime, "main", body)), {}).events;
}

function failureOf(text: string, entry = "main"): string {
  const { error } = executeHost01(text, { entry }).outcome;
  return error === undefined ? "none" : `${error.kind}: ${error.message}`;
}

// covers: TRC-01
Deno.test("executeHost01() counts each statement before the return of a K process", () => {
  const trace = traceOf(
    "K",
    ["Let", "x", "6 Mul 7"],
    ["Effect", "shout", "x"],
    ["Effect", "expr", '"a\\"b"'],
    ["Constrain", "x Eq 42"],
    ["Prove", "w", "true"],
    ["Effect", "emit", "w"],
    ["Let", "x", "x Add 1"],
    ["Return", "x"],
    ["Effect", "emit", "unknown"],
  );
  assertStrictEquals(
    trace,
    '{"returned":{"Int":43},"effects":{"events":[{"kind":"shout","payload":"42"},' +
      '{"kind":"expr","payload":"a\\"b"},{"kind":"emit","payload":"unit"}]},"time":{"tick":7}}',
  );
});

Deno.test("executeHost01() returns null without a return, and Unit for a proof", () => {
  assertStrictEquals(traceOf("K"), '{"returned":null,"effects":{"events":[]},"time":{"tick":0}}');
  assertStrictEquals(
    traceOf("Q", ["Prove", "w", "true"], ["Return", "w"]),
    '{"returned":"Unit","effects":{"events":[]},"time":{"tick":1}}',
  );
});

// covers: TRC-02
Deno.test("executeHost01() drops what happened before a failure of K or Q", () => {
  for (const regime of ["K", "Q"]) {
    const trace = traceOf(regime, ["Effect", "emit", "1"], ["Constrain", "1 Lt 1"]);
    assertStrictEquals(
      trace,
      '{"error":{"kind":"Inadmissible","message":"constraint failed: 1 Lt 1"}}',
    );
    const effects = eventsOf(regime, ["Effect", "emit", "1"], ["Let", "x", "y"])
      .filter(({ kind }) => kind === "effect");
    assertStrictEquals(effects.length, 1);
  }
});

Deno.test("executeHost01() distinguishes a false predicate from one that is not a boolean", () => {
  const message = "constraint predicate did not evaluate to bool";
  assertStrictEquals(
    traceOf("K", ["Constrain", "1"]),
    `{"error":{"kind":"ConstraintFailure","message":"${message}"}}`,
  );
  assertStrictEquals(
    traceOf("Φ", ["Constrain", "1"]),
    `{"error":{"kind":"Inadmissible","message":"${message}"}}`,
  );
  assertStrictEquals(
    traceOf("Φ", ["Constrain", "x"]),
    '{"error":{"kind":"Inadmissible","message":"runtime error: unknown identifier: x"}}',
  );
  assertStrictEquals(
    traceOf("Φ", ["Prove", "w", "1"]),
    `{"error":{"kind":"ConstraintFailure","message":"${message}"}}`,
  );
});

//
Deno.test("executeHost01() binds, moves, uses and consumes linear names", () => {
  const alloc: Stmt = ["Let", "a", "q_alloc(QBit)"];
  const rows: readonly (readonly [message: string, ...body: Stmt[]])[] = [
    ["Q alloc failed: name already bound: a", alloc, alloc],
    ["Q move failed: destination already bound: a", alloc, ["Let", "a", "q_move(a)"]],
    ["Q move failed: unknown binding: b", ["Let", "a", "q_move(b)"]],
    [
      "Q move failed: binding already moved: a",
      alloc,
      ["Let", "b", "q_move(a)"],
      ["Let", "c", "q_move(a)"],
    ],
    ["Q use failed: unknown binding: a Add 1 (op=q_use)", ["Let", "u", " q_use( a Add 1 ) "]],
    [
      "Q use failed: binding already moved: a (op=q_use)",
      alloc,
      ["Let", "b", "q_move(a)"],
      ["Let", "u", "q_use(a)"],
    ],
    ["Q consume failed: unknown binding: a", ["Let", "u", "q_consume(a)"]],
    [
      "Q consume failed: binding already moved: a",
      alloc,
      ["Let", "u", "q_consume(a)"],
      ["Let", "v", "q_consume(a)"],
    ],
  ];
  for (const [message, ...body] of rows) {
    assertStrictEquals(
      traceOf("Q", ...body),
      `{"error":{"kind":"Inadmissible","message":"${message}"}}`,
    );
  }
});

Deno.test("executeHost01() reads an intrinsic with a blank argument, or outside Q, as an expression", () => {
  const unknown = (name: string) =>
    `{"error":{"kind":"Runtime","message":"unknown identifier: ${name}"}}`;
  assertStrictEquals(traceOf("Q", ["Let", "a", "q_alloc( )"]), unknown("q_alloc"));
  assertStrictEquals(traceOf("Q", ["Let", "a", "q_use (a)"]), unknown("q_use"));
  assertStrictEquals(traceOf("K", ["Let", "a", "q_alloc(QBit)"]), unknown("q_alloc"));
  assertStrictEquals(traceOf("Q", ["Let", "a", 'phi_witness("d")']), unknown("phi_witness"));
  assertStrictEquals(traceOf("Q", ["Return", "q_alloc(QBit)"]), unknown("q_alloc"));
});

Deno.test("executeHost01() reports leftover resources in Q without failing", () => {
  const events = eventsOf(
    "Q",
    ["Let", "a", "q_alloc(QBit)"],
    ["Let", "b", "q_alloc(QBit)"],
    ["Let", "c", "q_move(a)"],
    ["Let", "d", "q_consume(b)"],
    ["Return", "1"],
  );
  assertEquals(
    events.filter(({ kind }) => kind.startsWith("q_")).map(({ seq: _seq, ...event }) => event),
    [
      { kind: "q_alloc", proc: "main", resource: "q1", name: "a", origin: "allocated" },
      { kind: "q_alloc", proc: "main", resource: "q2", name: "b", origin: "allocated" },
      { kind: "q_move", proc: "main", resource: "q1", from: "a", to: "c" },
      { kind: "q_consume", proc: "main", resource: "q2", name: "b", reason: "freed" },
      { kind: "q_leak", proc: "main", resource: "q1", name: "c" },
    ],
  );
  assertStrictEquals(events.at(-1)?.kind, "outcome");
});

// covers: WIT-09 WIT-10 WIT-11
Deno.test("executeHost01() executes Φ, makes witnesses, and fails reporting all effects", () => {
  const witness = (id: number, digest: string) =>
    JSON.stringify(
      `{"Struct":{"ty":"PhiWitness","fields":{"kind":{"String":"Admissible"},"id":{"String":"Φwitness:${id}"},` +
        `"constraint_digest":{"String":${JSON.stringify(digest)}},` +
        `"note":{"String":"Φ witness stub (v0.1): admissible"}}}}`,
    );
  const trace = traceOf(
    "Φ",
    ["Let", "d", '"x"'],
    ["Let", "w", "phi_witness(d)"],
    ["Return", "no expression at all ;"],
    ["Prove", "v", "1 Eq 1"],
    ["Effect", "emit", "w"],
    ["Effect", "seal", "v"],
    ["Constrain", "true"],
  );
  assertStrictEquals(
    trace,
    '{"error":{"kind":"UnsupportedRegime","message":"Φ-regime execution wiring into engine is a later step"},' +
      `"effects":{"events":[{"kind":"emit","payload":${witness(1, "x")}},` +
      `{"kind":"seal","payload":${witness(2, "pred:1 Eq 1")}}]},"time":{"tick":7}}`,
  );
});

Deno.test("executeHost01() keeps effects before a failure only if a digest is not a string", () => {
  const before: readonly Stmt[] = [["Effect", "emit", "1"], ["Let", "w", 'phi_witness("d")']];
  assertStrictEquals(
    traceOf("Φ", ...before, ["Let", "x", "phi_witness(w)"]),
    '{"error":{"kind":"Runtime","message":"phi_witness expects a String digest, got Struct { ty: \\"PhiWitness\\", ' +
      'fields: {\\"kind\\": String(\\"Admissible\\"), \\"id\\": String(\\"Φwitness:1\\"), \\"constraint_digest\\": ' +
      'String(\\"d\\"), \\"note\\": String(\\"Φ witness stub (v0.1): admissible\\")} }"},' +
      '"effects":{"events":[{"kind":"emit","payload":"1"}]},"time":{"tick":2}}',
  );
  assertStrictEquals(
    traceOf("Φ", ["Let", "x", "phi_witness(-5)"]),
    '{"error":{"kind":"Runtime","message":"phi_witness expects a String digest, got Int(-5)"}}',
  );
  for (
    const failing of [["Let", "x", "y"], ["Effect", "emit", "y"], ["Prove", "x", "y"]] as const
  ) {
    assertStrictEquals(
      traceOf("Φ", ...before, failing),
      '{"error":{"kind":"Runtime","message":"unknown identifier: y"}}',
    );
  }
});

Deno.test("executeHost01() decides the constraints of Φ first, over no names", () => {
  const events = eventsOf("Φ", ["Let", "x", "1"], ["Constrain", "true"], ["Constrain", "x Eq 1"]);
  const [, , , resolved, outcome] = events;
  assert(resolved?.kind === "phi_resolved" && outcome?.kind === "outcome");
  assertEquals(
    [resolved.verdict, resolved.conflict, resolved.work],
    ["inadmissible", ["body[2]"], 2],
  );
  assertStrictEquals(outcome.error?.where, "forges[0].procs[0].body[2]");
});

Deno.test("executeHost01() fails with its own message where upstream crashes", () => {
  const division = "-9223372036854775808 Div -1";
  const expected = "Runtime: attempt to divide with overflow";
  for (const regime of ["K", "Q", "Φ"]) {
    const body: Stmt[] = [["Constrain", `${division} Eq 0`]];
    assertStrictEquals(failureOf(artifact(proc(regime, "main", body))), expected);
  }
});

Deno.test("executeHost01() runs the first process with the entry's exact name", () => {
  const returning = (name: string, text: string, params: readonly string[] = []) =>
    proc("K", name, [["Return", text]], params);
  const text = artifact(
    returning("main", "1"),
    returning("main", "2"),
    returning("K::f", "3"),
    returning("f", "4", ["x"]),
  );
  const returned = (entry?: string) =>
    executeHost01(text, entry === undefined ? {} : { entry }).outcome.returned;
  assertEquals(returned(), { kind: "Int", value: 1 });
  assertEquals(returned("K::f"), { kind: "Int", value: 3 });
  assertStrictEquals(failureOf(text, "K::main"), "EntrypointNotFound: K::main");
  assertStrictEquals(failureOf(text, ""), "EntrypointNotFound: ");
  assertStrictEquals(
    failureOf(text, "f"),
    "Runtime: entrypoint has params in v0.1 host-runner: f:K",
  );
});

Deno.test("executeHost01() validates everything, in order, before it looks for the entry", () => {
  const forge = (name: string, ...procs: readonly unknown[]) => ({
    name,
    shapes: [],
    procs,
    binds: [],
  });
  const rows: readonly (readonly [expected: string, ...forges: unknown[]])[] = [
    ["program has no forges"],
    ["forge name is empty", forge("\u0085 \u3000")],
    ["forge name is empty", forge(""), forge("G", proc("Z", "main", []))],
    ["proc name is empty", forge("F", proc("K", "main", []), proc("Z", "\t", []))],
    ["unknown regime: k", forge("F", proc("k", "main", [])), forge("")],
    ["unknown regime: ", forge("F", proc("K", "main", []), proc("", "other", []))],
  ];
  for (const [expected, ...forges] of rows) {
    assertStrictEquals(failureOf(JSON.stringify({ forges }), "nope"), `DirValidate: ${expected}`);
  }
  assertStrictEquals(
    failureOf(JSON.stringify({ forges: [forge("\ufeff")] })),
    "EntrypointNotFound: main",
  );
});

Deno.test("executeHost01() marks the statement that failed", () => {
  const text = artifact(proc("K", "main", [["Let", "x", "1"], ["Effect", "emit", "y"]]));
  const [diagnostic] = executeHost01(text, {}, undefined, { name: "demo" }).diagnostics;
  assertEquals(diagnostic, {
    code: "DR1207",
    kind: "Runtime",
    message: "unknown identifier: y",
    marks: [{
      role: "main",
      artifact: "demo",
      path: "forges[0].procs[0].body[1]",
      line: 1,
      column: text.indexOf('{"Effect"') + 1,
      text: "emit y",
      label: "unknown identifier: y",
    }],
  });
});

Deno.test("executeHost01() passes its events to the sink, numbered without gaps, outcome last", () => {
  const events: MachineEvent[] = [];
  const text = artifact(proc("K", "main", [["Effect", "emit", "1"], ["Return", "2"]]));
  const execution = executeHost01(text, {}, collectInto(events), { sha256: () => "d" });
  assertEquals(execution.events, []);
  assertEquals(events.map(({ seq }) => seq), events.map((_, index) => index));
  assertEquals(events.map(({ kind }) => kind), [
    "run_started",
    "program_loaded",
    "enter_proc",
    "effect",
    "leave_proc",
    "outcome",
  ]);
  const [started] = events;
  assert(started?.kind === "run_started");
  assertStrictEquals(started.semantics, "host-0.1");
  assertStrictEquals(started.program, "sha256:d");
  assertEquals(events.at(-1), execution.outcome);
});

Deno.test("executeHost01() yields events that fold into the state it ended in", () => {
  const text = artifact(
    proc("Q", "main", [
      ["Let", "a", "q_alloc(QBit)"],
      ["Let", "u", "q_use(a)"],
      ["Let", "b", "q_move(a)"],
      ["Constrain", "true"],
      ["Effect", "observe", "1"],
      ["Prove", "w", "true"],
      ["Return", "7"],
    ]),
  );
  const program = load([{ name: "program", text }]);
  assert(program.ok);
  const execution = executeHost01(text, {});
  const folded = fold(program.value, execution.events);
  assert(folded.ok);
  assertStrictEquals(folded.value.tick, execution.ticks);
  assertEquals(folded.value.result, { value: { kind: "Int", value: 7 } });
  assertEquals(folded.value.frames, []);
});

Deno.test("executeHost01() ends every text in an outcome", () => {
  const base = artifact(
    proc("Φ", "main", [["Let", "x", '("a" Eq -1) Or true'], ["Prove", "w", "x"]]),
  );
  const edit = fc.record({
    at: fc.nat(base.length),
    cut: fc.nat(8),
    put: fc.string({ unit: anyCharacter }),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 3 }), (edits) => {
      let text = base;
      for (const { at, cut, put } of edits) text = text.slice(0, at) + put + text.slice(at + cut);
      const { outcome, events } = executeHost01(text, {});
      assertStrictEquals(events.at(-1), outcome);
    }),
    { numRuns: 2000, seed: 1 },
  );
  const words = fc.constantFrom(
    "(",
    ")",
    "1",
    "-",
    "true",
    '"',
    "\\",
    "Add",
    "Or",
    "Eq",
    "Div",
    "x",
    " ",
    "Φ",
    "{",
    "\u0085",
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
      const { outcome } = executeHost01(
        artifact(proc("K", "main", [["Return", parts.join(" ")]])),
        {},
      );
      assert(outcome.status === "returned" || outcome.error?.kind === "Runtime");
    }),
    { numRuns: 2000, seed: 1 },
  );
});
