/**
 * The Q regime against an independent oracle: over every program of up to four statements over three names, and a sample of
 * longer ones, the static verdict, the machine's own assertions and the oracle agree.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { ALL_ENGINES } from "../../dvm/api/all_engines.ts";
import { analyze } from "../../dvm/machine/analysis.ts";
import { run } from "../../dvm/machine/run.ts";
import { load } from "../../dvm/load/load.ts";
import { Bug } from "../../dvm/base/result.ts";
import { sha256 } from "../../store/file/sha256.ts";
import { proc, program, shape } from "../support/program.ts";
import { Random } from "../../campaign/random.ts";
import { sized, testSeed } from "../support/size.ts";

// ── the oracle: text in, verdict out; it shares no code with dustrun ───────────────────────────────────────────────

/** Whether a body uses each of its names exactly once. `q` is the parameter. */
function isLinear(body: readonly string[]): boolean {
  const fate = new Map<string, "live" | "spent" | "measured">([["q", "live"]]);
  for (const stmt of body) {
    if (stmt.startsWith("constrain ")) continue; // mentions there are no uses
    const [, target, rest = stmt] = /^let (\w) = (.*)$/.exec(stmt) ?? [];
    const isBorrowed = rest.includes("q_use(");
    for (const [, name = "", field] of rest.matchAll(/\b([qab])\b(\.id)?(?!:)/g)) {
      switch (fate.get(name)) {
        case "live":
          if (!isBorrowed) fate.set(name, stmt.startsWith("observe ") ? "measured" : "spent");
          break;
        case "measured":
          if (field === undefined) return false;
          break;
        default:
          return false;
      }
    }
    if (target !== undefined) fate.set(target, "live");
  }
  return [...fate.values()].every((end) => end !== "live");
}

// ── every well-typed body ──────────────────────────────────────────────────────────────────────────────────────────

/** What a name holds: a state, an integer, or an allocated resource without content. */
type Kind = "state" | "int" | "qubit";
type Names = ReadonlyMap<string, Kind>;

/** A statement that may come next, and the names that there are after it. */
interface Choice {
  readonly stmt: string;
  readonly names: Names;
}

function choices(names: Names): readonly Choice[] {
  const found: Choice[] = [];
  const say = (stmt: string) => found.push({ stmt, names });
  for (const [name, kind] of names) {
    say(`observe ${name}`);
    say(`expr q_use(${name})`);
    say(`call q_consume(${name})`);
    if (kind === "state") say(`constrain ${name}.id Gt 0`);
    if (kind === "state") say(`call sink(${name})`);
  }
  const target = ["a", "b"].find((name) => !names.has(name));
  if (target === undefined) return found;
  const bind = (expr: string, kind: Kind) =>
    found.push({ stmt: `let ${target} = ${expr}`, names: new Map([...names, [target, kind]]) });
  bind("q_alloc(QBit)", "qubit");
  bind("7", "int");
  for (const [name, kind] of names) {
    bind(name, kind);
    bind(`q_move(${name})`, kind);
    if (kind === "int") bind(`QState{id: ${name}}`, "state");
    if (kind !== "state") continue;
    bind(`${name}.id`, "int");
    bind(`call step(${name})`, "state");
    for (const [other, otherKind] of names) {
      if (otherKind === "state") bind(`pair(${name}, ${other})`, "state");
    }
  }
  return found;
}

/** How a body may end: by what it returns, or without a return. */
function endings(names: Names): readonly string[] {
  return [...names].flatMap(([name, kind]) =>
    kind === "state" ? [`return ${name}`, `return ${name}.id`] : [`return ${name}`]
  ).concat("return 0");
}

const NO_NAMES: Names = new Map([["q", "state"]]);

function* bodies(length: number, names: Names = NO_NAMES): Generator<readonly string[]> {
  if (length === 0) {
    yield [];
    return;
  }
  for (const { stmt, names: after } of choices(names)) {
    for (const rest of bodies(length - 1, after)) yield [stmt, ...rest];
  }
  if (length === 1) { for (const ending of endings(names)) yield [ending]; }
}

function sampleBody(length: number, random: Random): readonly string[] {
  const body: string[] = [];
  let names = NO_NAMES;
  while (body.length < length - 1) {
    const options = choices(names);
    const choice = options[random.below(options.length)];
    assert(choice !== undefined);
    body.push(choice.stmt);
    names = choice.names;
  }
  const last = [...choices(names).map(({ stmt }) => stmt), ...endings(names), ...endings(names)];
  return [...body, last[random.below(last.length)] ?? "return 0"];
}

// ── three verdicts ─────────────────────────────────────────────────────────────────────────────────────────────────

function agree(body: readonly string[]): void {
  const text = program(
    shape("QState { id: i64 }"),
    proc("Q::step(s: QState) -> QState linear", "return s"),
    proc("Q::sink(s: QState) linear", "observe s"),
    proc(
      "Q::pair(s: QState, t: QState) -> QState linear",
      "let n = s.id Add t.id",
      "return QState{id: n}",
    ),
    proc("Q::f(q: QState) linear", ...body),
  );
  const loaded = load([{ name: "q", text }]);
  assert(loaded.ok, text);
  const analysis = analyze(loaded.value, { sha256, ...ALL_ENGINES });
  const others = analysis.violations.filter(({ diagnostic: { code } }) => !code.startsWith("DR04"));
  assertEquals(others, [], `${body.join("; ")} is well-typed`);
  const isAccepted = analysis.violations.length === 0;
  // The machine gets no violations, so that only its own assertions can stop it.
  const isExecuted = runs(() =>
    run(loaded.value, { entry: "f", args: { q: { id: 5 } } }, {
      ...analysis,
      analysis: { ...analysis, violations: [] },
    })
  );
  const expected = isLinear(body);
  assertStrictEquals(isAccepted, expected, `static verdict on ${body.join("; ")}`);
  assertStrictEquals(isExecuted, expected, `dynamic assertion on ${body.join("; ")}`);
}

function runs(execution: () => ReturnType<typeof run>): boolean {
  try {
    assertStrictEquals(execution().outcome.status, "returned");
    return true;
  } catch (thrown) {
    if (thrown instanceof Bug) return false;
    throw thrown;
  }
}

//
Deno.test("static verdict, dynamic assertion and oracle agree on every short Q program", () => {
  let programs = 0;
  for (let length = 0; length <= sized({ quick: 3, ci: 4 }); length++) {
    for (const body of bodies(length)) {
      agree(body);
      programs++;
    }
  }
  assert(programs > 1_000, `${programs} programs`);
});

//
Deno.test("static verdict, dynamic assertion and oracle agree on a sample of longer Q programs", () => {
  const random = new Random(testSeed("q programs", 20260801));
  let linear = 0;
  for (let count = 0; count < sized({ quick: 1_000, ci: 8_000, full: 20_000 }); count++) {
    const body = sampleBody(4 + random.below(3), random);
    agree(body);
    if (isLinear(body)) linear++;
  }
  assert(linear > 10, "the sample holds valid programs too");
});
