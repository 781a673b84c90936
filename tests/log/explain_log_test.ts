/**
 * `dustrun explain LOG`: why a program does not exist, for each of the ways in which it may not.
 *
 * @module
 */
import { join } from "../../std/path.ts";
import { assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { executeToLog, LogWriter, MemoryFile, type RunInput } from "../../mod.ts";
import { dustrun } from "../support/memory_io.ts";
import { artifact, bind, forge, proc, program, shape } from "../support/program.ts";
import { eventOfLine, linesOf, sealedLog } from "../support/recorded_fixtures.ts";

/** The output of `explain` for the run of a program, as text and as JSON. */
async function explained(text: string, input: RunInput = {}, change = (lines: string[]) => lines) {
  const log = new MemoryFile();
  const artifacts = [{ name: "test.dir.json", text }];
  executeToLog({ artifacts, input }, new LogWriter(log));
  const folder = Deno.makeTempDirSync();
  const path = join(folder, "log.jsonl");
  try {
    Deno.writeTextFileSync(path, change(linesOf(log)).map((line) => `${line}\n`).join(""));
    const { exit, stdout } = await dustrun("explain", path);
    return { exit, stdout, json: JSON.parse((await dustrun("explain", path, "--json")).stdout) };
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("explain shows a minimal conflict with its statements and refutation", async () => {
  const text = program(
    proc(
      "Φ::main(x: i64) -> i64",
      "constrain x Gt 5",
      "constrain x Ne 9",
      "constrain x Lt 3",
      "return x",
    ),
  );
  const { exit, stdout, json } = await explained(text);
  assertStrictEquals(exit, 0);
  assertMatch(stdout, /does not exist: Inadmissible \(DR0902\)/);
  assertMatch(
    stdout,
    /\n {2}constrain x Gt 5\n {4}test\.dir\.json:\d+, Test::Φ::main, statement 1\n/,
  );
  assertMatch(
    stdout,
    /\n {2}constrain x Lt 3\n {4}test\.dir\.json:\d+, Test::Φ::main, statement 3\n/,
  );
  assertMatch(stdout, /\n {2}refutation sha256:[0-9a-f]{64}\n/);
  assertMatch(stdout, /\nthe rule: No configuration exists\n/);
  assertEquals(json.evidence[0].statements.map(({ path }: { path: string }) => path), [
    "body[0]",
    "body[2]",
  ]);
});

Deno.test("explain shows for each member of a conflict which bounds collide and what holds without it", async () => {
  const schedule = Deno.readTextFileSync(
    new URL("../../fixtures/tour/schedule.dir.json", import.meta.url),
  );
  const { stdout, json } = await explained(schedule, { entry: "schedule", args: { latest: 14 } });
  const [{ conjuncts }] = json.evidence;
  assertEquals(conjuncts.map(({ place, text }: Told) => `${place} ${text}`), [
    "forges[0].procs[0].body[0] shift.start Ge 8",
    "forges[0].procs[0].body[1] shift.hours Mul 2 Ge 13",
    "forges[0].procs[0].body[2] shift.start Add shift.hours Le latest",
  ]);
  assertEquals(conjuncts[1].variables, [{
    name: "shift.hours",
    here: { lo: 7, hi: 2147483647 },
    others: { lo: -2147483648, hi: 6 },
  }]);
  assertEquals(conjuncts[1].without.latest, { Int: 14 });
  assertEquals(conjuncts[1].without.shift.Struct.fields, {
    start: { Int: 8 },
    hours: { Int: 0 },
  });
  assertMatch(
    stdout,
    /\n {4}shift\.start Ge 8 needs shift\.start from 8, and the others leave shift\.start at most 7\n {4}shift\.start: 8 … 2147483647 here, -2147483648 … 7 by the others\n/,
  );
});

/** A member of a conflict, as `--json` has it. */
interface Told {
  readonly path: string;
  readonly place: string;
  readonly text: string;
  readonly reason: string;
}

Deno.test("explain recomputes a conflict with the arguments of the call, through callees and gates", async () => {
  const parts = [
    proc("Φ::outer(a: i64, x: i64) -> i64", "let i = inner(x)", "constrain x Lt a", "return x"),
    proc("Φ::inner(y: i64) -> i64", "constrain y Gt 5", "return y"),
    bind("K::main -> Φ::outer"),
  ];
  const open = program(proc("K::main() -> i64", "return 0"), ...parts);
  const nested = (await explained(open, { entry: "Φ::outer", args: { a: 3 } })).json;
  assertEquals(
    nested.evidence[0].conjuncts.map(({ path, place }: Told) => [path, place]),
    [["Φ::inner.body[0]", "forges[0].procs[2].body[0]"], ["body[1]", "forges[0].procs[1].body[1]"]],
  );
  assertEquals(nested.evidence[0].conjuncts[1].without, { a: { Int: 3 }, x: { Int: 6 } });
  const caller = proc("K::main(n: i64) -> i64", "let r = outer(n, n Add 3)", "return r");
  const called = (await explained(program(caller, ...parts), { args: { n: 4 } })).json;
  assertEquals(
    called.evidence[0].conjuncts.map(({ path, reason }: Told) => [path, reason]),
    [["body[1]", "x Lt a holds for no value of the unknowns"]],
  );
  const gate = program(
    proc("K::main() -> i64", "return 0"),
    proc("Φ::never(x: i64) -> i64", "constrain x Gt 5", "constrain x Lt 3", "return x"),
    bind("Φ::never -> K::main"),
  );
  const gated = (await explained(gate)).json.evidence[0];
  assertStrictEquals(gated.event.gate, true);
  assertEquals(gated.conjuncts[0].without, { x: { Int: 0 } });
});

Deno.test("explain shows the values under a constraint that fails", async () => {
  const text = program(
    proc("K::main(n: i64) -> i64", "let m = n Mul 2", "constrain m Lt n Add 3", "return m"),
  );
  const { stdout } = await explained(text, { args: { n: 7 } });
  assertMatch(stdout, /event \d+: C1, constraint failed: m Lt n Add 3\n/);
  assertMatch(stdout, /\n {2}m = 14\n/);
  assertMatch(stdout, /\n {2}n = 7\n/);
});

Deno.test("explain shows the history of a linear name that is used wrongly", async () => {
  const text = program(
    shape("State { n: i64 }"),
    proc("Q::main(s: State) -> State linear", "let a = s", "let b = s", "return b"),
  );
  const { stdout } = await explained(text, { args: { s: { n: 1 } } });
  assertMatch(stdout, /does not exist: Inadmissible \(DR04\d\d\)/);
  assertMatch(stdout, /let b = s/);
  assertMatch(stdout, /let a = s/);
});

Deno.test("explain shows the violated contract and the denied resource", async () => {
  const contract = program(
    proc("K::main() -> i64", "let r = slow()", "return r"),
    proc("K::slow() -> i64", "let a = 1", "let b = a Add 1", "return b"),
    bind("K::main -> K::slow", "latency_us < 2"),
  );
  assertMatch(
    (await explained(contract)).stdout,
    /fails, and has no effects: ContractViolation [^]*the contract K::main -> K::slow is not kept before its statement of tick 2: latency_us < 2/,
  );
  const resource = program(proc("K::main() -> i64", 'uses Motor(axis="x")', "return 1"));
  const { stdout } = await explained(resource, { environment: { resources: [] } });
  assertMatch(stdout, /Motor\(axis: "x"\) is denied: /);
});

Deno.test("explain shows the outcome of a run that exists, and reports a log that is not reproduced", async () => {
  const text = program(proc("Φ::main(x: i64) -> i64", "constrain x Gt 5", "return x"));
  const good = await explained(text);
  assertMatch(
    good.stdout,
    /exists: admissible, and returns 6\n.*configuration \(x: 6\)/,
  );
  const changed = await explained(text, {}, (lines) => {
    const events = lines.map((line) => line.replace('"value":{"Int":6}', '"value":{"Int":8}'));
    return linesOf(sealedLog(events.map(eventOfLine)));
  });
  assertStrictEquals(changed.exit, 1);
  assertMatch(changed.stdout, /diverges at event/);
  const short = await explained(text, {}, (lines) => lines.slice(0, 3));
  assertStrictEquals(short.exit, 7);
});

Deno.test("explain shows the statements of the gate that is not open, whatever others have its name", async () => {
  const gate = (name: string, ...body: readonly string[]) =>
    forge(name, proc("Φ::v(n: i64) -> i64", ...body, "return n"));
  const text = artifact(
    gate("A", "constrain n Gt 0", "constrain n Lt 9"),
    gate("B", "constrain n Gt 5", "constrain n Lt 5"),
    forge("C", proc("K::main() -> i64", "return 1"), bind("B::Φ::v -> C::K::main")),
  );
  assertMatch((await explained(text)).stdout, /constrain n Gt 5[^]*constrain n Lt 5/);
});

Deno.test("explain reads an operand in the form of a code as a code, and any other as a log", async () => {
  assertMatch((await dustrun("explain", "DR0499")).stderr, /there is no code "DR0499"/);
  const helps = [
    ["DR9", "did you mean one of DR0901 to DR09[0-9]+\\?"],
    ["DR020", "did you mean one of DR0201 to DR0209\\?"],
    ["dr201", "did you mean DR0201\\?"],
    ["DR02O1", "did you mean DR0201\\?"],
    ["DR99999", "the codes are DR0101 to DR[0-9]+"],
  ];
  for (const [word = "", help] of helps) {
    const { exit, stderr } = await dustrun("explain", word);
    assertStrictEquals(exit, 5);
    assertMatch(stderr, new RegExp(`help: ${help}\n$`));
  }
  assertStrictEquals((await dustrun("explain", "dr0201")).exit, 0);
  assertMatch((await dustrun("explain", "no-such-file")).stderr, /there is no such file/);
});
