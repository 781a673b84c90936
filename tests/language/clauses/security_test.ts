/**
 * Security: what an artifact can reach, and what no option can disable.
 *
 * @module
 */
import { assert, assertEquals, assertNotMatch, assertStrictEquals } from "../../../std/assert.ts";
import { executeText, load, summaryTrace } from "../../../mod.ts";
import { effectsOf } from "../../../dvm/dir/effects.ts";
import type { Stmt } from "../../../dvm/dir/model.ts";
import { findStmt } from "../../../dvm/dir/statement_paths.ts";
import { wholeExprOf } from "../../../dvm/dir/walk.ts";
import { splitPlace } from "../../../dvm/dir/reference.ts";
import { type Fixture, fixtures, loadFixture } from "../../support/fixtures.ts";
import { dustrun } from "../../support/memory_io.ts";
import { bind, codeOfRun, codes, proc, program, shape } from "../../support/program.ts";
import { Random } from "../../../campaign/random.ts";
import { recordFixture } from "../../support/recorded_fixtures.ts";
import { testSeed } from "../../support/size.ts";

function fixtureText(name: string): string {
  return Deno.readTextFileSync(
    new URL(`../../../fixtures/programs/${name}/program.dir.json`, import.meta.url),
  );
}

// covers: SEC-01
Deno.test("execution, its log and its replay work without any permission", () => {
  const script = new URL("../../support/run_without_permissions.ts", import.meta.url).pathname;
  const { code, stdout, stderr } = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-check", script],
  }).outputSync();
  assertStrictEquals(code, 0, new TextDecoder().decode(stderr));
  const expected = ["all_effects", "ledger", "hello"].map((name) =>
    `${JSON.stringify(summaryTrace(executeText(fixtureText(name))))}\n`
  );
  assertStrictEquals(new TextDecoder().decode(stdout), expected.join(""));
});

function logText(fixture: Fixture): string {
  return recordFixture(fixture).lines.join("\n");
}

// covers: SEC-02
Deno.test("a run leaves no state behind: a program's log is the same bytes after any other run", () => {
  const alone = new Map(fixtures().map((fixture) => [fixture.name, logText(fixture)]));
  const random = new Random(testSeed("order of runs", 2));
  for (let round = 0; round < 2; round++) {
    for (const fixture of random.shuffled(fixtures())) {
      assertStrictEquals(logText(fixture), alone.get(fixture.name), fixture.name);
    }
  }
});

const STATE = shape("State { n: i64 }");

// covers: SEC-03
Deno.test("an offered resource satisfies only declarations with the same arguments", () => {
  const text = program(
    proc("K::main() -> i64", 'uses Console(device="stdout")', "let n = call helper()", "return n"),
    proc("K::helper() -> i64", 'uses Motor(axis="x")', "return 1"),
  );
  const offer = (resource: string, name: string, value: string) => ({
    resource,
    args: [{ name, value: { kind: "String" as const, value } }],
  });
  const consoleOffer = offer("Console", "device", "stdout");
  const motorOffer = offer("Motor", "axis", "x");
  const code = (...resources: ReturnType<typeof offer>[]) =>
    codeOfRun(text, { environment: { resources } });
  assertStrictEquals(code(consoleOffer, motorOffer), "ok");
  assertStrictEquals(code(consoleOffer), "DR0790");
  assertStrictEquals(code(motorOffer), "DR0790");
  assertStrictEquals(code(consoleOffer, offer("Motor", "axis", "y")), "DR0790");
});

// covers: SEC-03
Deno.test("effects over a bind need that bind's grant, regardless of other binds", () => {
  const parts = [
    STATE,
    proc("Q::quiet(s: State) -> State linear", "return s"),
    proc("Q::loud(s: State) -> i64 linear", "observe s", "return s.n"),
    proc(
      "K::main() -> i64",
      "let a = quiet(State{n: 1})",
      "let b = loud(State{n: 2})",
      "return a.n Add b",
    ),
    bind("K::main -> Q::quiet", "effects_allowed == true"),
  ];
  const granted = program(...parts, bind("K::main -> Q::loud", "effects_allowed == true"));
  const refused = program(...parts, bind("K::main -> Q::loud"));
  assertStrictEquals(codeOfRun(granted), "ok", JSON.stringify(codes(granted)));
  assertStrictEquals(codeOfRun(refused), "DR0690");
});

// covers: SEC-04
Deno.test("no option changes what is refused, or why", async () => {
  const refused = [
    ["invariant_broken", 10],
    ["contract_latency", 16],
    ["deadline_missed", 13],
    ["invalid_program", 11],
    ["division_by_zero", 14],
  ] as const;
  const options = [
    [],
    ["--simulate"],
    ["--effects", "realize"],
    ["--quiet"],
    ["--json"],
    ["--trace"],
    ["--emit-trace"],
    ["--realize", "emit=log"],
    ["--force"],
    ["--max-ticks", "100000"],
    ["--max-depth", "5000"],
    ["--max-work", "5000000"],
  ];
  const log = Deno.makeTempFileSync({ suffix: ".jsonl" });
  try {
    for (const [name, exit] of refused) {
      const path = new URL(`../../../fixtures/programs/${name}/program.dir.json`, import.meta.url);
      for (const words of options) {
        Deno.removeSync(log);
        const answer = await dustrun(path.pathname, "--log", log, ...words);
        assertStrictEquals(answer.exit, exit, `${name} ${words.join(" ")}: ${answer.stderr}`);
        assertNotMatch(Deno.readTextFileSync(log), /"kind":"effect_(intended|realized)"/);
      }
      for (const word of ["--no-check", "--unchecked", "--fast", "--no-constraints"]) {
        assertStrictEquals((await dustrun(path.pathname, word)).exit, 5, word);
      }
    }
  } finally {
    Deno.removeSync(log);
  }
});

/** Whether a statement has an effect of this name: its own, or that of the operation which it calls. */
function isEffectOf(stmt: Stmt, effect: string): boolean {
  if (stmt.kind === "Effect" && stmt.effect === effect) return true;
  const whole = wholeExprOf(stmt);
  return whole?.kind === "call" && effect.startsWith(`${whole.callee}:`);
}

// covers: SEC-05
Deno.test("every effect and resource of every run is in the artifact, in a process that is known to have it", () => {
  for (const fixture of fixtures()) {
    const loaded = loadFixture(fixture);
    const isEffectful = effectsOf(loaded);
    for (const line of recordFixture(fixture).lines) {
      const event = JSON.parse(line);
      if (event.kind === "resource_granted") {
        const uses = loaded.procs.filter(({ reference }) => reference === event.proc)
          .flatMap((declared) => declared.uses);
        assert(uses.some(({ resource }) => resource === event.resource), line);
      }
      if (event.kind !== "effect") continue;
      const place = splitPlace(event.at);
      const owner = loaded.procs.find(({ reference }) => reference === place?.proc);
      assert(owner !== undefined && place !== undefined, `${fixture.name}: ${line}`);
      const stmt = findStmt(owner, place.path)?.stmt;
      assert(stmt !== undefined && isEffectOf(stmt, event.effect), line);
      assertStrictEquals(isEffectful(owner), true, line);
    }
  }
});

// covers: SEC-05
Deno.test("an artifact without effects and resources has none in any run", () => {
  const text = program(proc("K::main(n: i64) -> i64", "let m = n Mul 2", "return m"));
  const loaded = load([{ name: "quiet", text }]);
  assert(loaded.ok);
  assertEquals(loaded.value.procs.map(effectsOf(loaded.value)), [false]);
  for (const n of [0, 1, -1, 12]) {
    const kinds = executeText(text, { args: { n } }).events.map(({ kind }) => kind);
    assert(!kinds.includes("effect") && !kinds.includes("resource_granted"));
  }
});
