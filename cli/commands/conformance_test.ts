import { join } from "../../std/path.ts";
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { type CommandResult, dustrun } from "../../tests/support/memory_io.ts";
import { proc, program } from "../../tests/support/program.ts";

const EMITS = program(proc("K::main() -> i64", 'emit "A"', "return 1"));
const REFUSED = program(proc("K::main() -> i64", "constrain false", "return 1"));
const RETURNED =
  '{"returned":{"Int":1},"effects":{"events":[{"kind":"emit","payload":"A"}]},"time":{"tick":99}}';

function folderWith(files: { readonly [name: string]: string }): string {
  const folder = Deno.makeTempDirSync();
  for (const [name, text] of Object.entries(files)) {
    Deno.writeTextFileSync(join(folder, name), text);
  }
  return folder;
}

function suite(...cases: readonly unknown[]): string {
  return JSON.stringify({ golden: "all.golden.json", cases });
}

const GOOD = { name: "good", dir: "emits.dir.json", expect: { status: "returned" } };
const OTHER_VALUE = {
  name: "other value",
  dir: "emits.dir.json",
  expect: { returned: { Int: 99 } },
};
const BAD = { name: "bad", dir: "emits.dir.json", expect: { kind: "Inadmissible" } };

Deno.test("conformance reports the first difference of a failed case, and exits 1", async () => {
  const folder = folderWith({
    "emits.dir.json": EMITS,
    "one.jsonc": `{ // a fixture in upstream's form
      "name": "one", "dir": "emits.dir.json", "entry": "main", "effects": "simulate", "trace": false,
      "expect_trace": "one.trace.json" }`,
    "one.trace.json":
      '{"returned":{"Int":1},"effects":{"events":[{"kind":"emit","payload":"B"}]},"time":{"tick":1}}',
  });
  const { exit, stdout } = await dustrun("conformance", folder);
  assertStrictEquals(exit, 1);
  assertMatch(stdout, /effects\.events\[0\]\.payload: expected "B", got "A"/);
  assertMatch(stdout, /0 passed, 1 failed, 0 skipped\n$/);
});

Deno.test("conformance does not count a skipped case as passed", async () => {
  const folder = folderWith({
    "emits.dir.json": EMITS,
    "skips.json": JSON.stringify({
      cases: [
        { name: "realizes", dir: "emits.dir.json", effects: "realize", expect: GOOD.expect },
        { name: "untested", dir: "emits.dir.json", skip: "needs a camera" },
        { name: "empty", dir: "emits.dir.json" },
      ],
    }),
  });
  const { exit, stdout } = await dustrun("conformance", "--json", folder);
  assertStrictEquals(exit, 1);
  const report = JSON.parse(stdout);
  assertEquals([report.passed, report.failed, report.skipped], [0, 0, 3]);
  assertStrictEquals(report.cases[2].reason, "needs a camera");
  assertMatch((await dustrun("conformance", "--tap", folder)).stdout, /^ok 3 - untested # SKIP /m);
});

Deno.test("conformance succeeds only if something was compared, and with --require-all everything", async () => {
  const skipped = { name: "untested", dir: "emits.dir.json", skip: "needs a camera" };
  const folder = folderWith({
    "emits.dir.json": EMITS,
    "all.json": JSON.stringify({ cases: [GOOD, skipped] }),
    "none.json": '{"cases":[]}',
  });
  const all = join(folder, "all.json");
  const exit = async (...words: readonly string[]) => (await dustrun("conformance", ...words)).exit;
  assertStrictEquals(await exit(all), 0);
  assertStrictEquals(await exit(all, "--require-all"), 1);
  assertStrictEquals(await exit(all, "--require-all", "--filter", "good"), 0);
  assertStrictEquals(await exit(all, "--filter", "absent"), 5);
  assertStrictEquals(await exit(all, "--filter", "absent", "--shard", "1/2"), 5);
  assertStrictEquals(await exit(all, "--filter", "good", "--shard", "2/2"), 0);
  assertStrictEquals(await exit(all, "--list", "--filter", "absent"), 5);
  assertStrictEquals(await exit(join(folder, "none.json")), 5);
});

Deno.test("conformance --list has the environment of each case: read as that of a case, it is listed alike", async () => {
  const listed = await dustrun("conformance", "--list", "fixtures/conformance");
  assertEquals(await dustrun("conformance", "--list", "--json", "fixtures/conformance"), listed);
  const environments = (stdout: string): readonly { readonly [member: string]: unknown }[] =>
    stdout.trimEnd().split("\n").map((line) => {
      const { tick_us, resources, limits, files, ports, devices } = JSON.parse(line);
      return { tick_us, resources, limits, files, ports, devices };
    });
  const all = environments(listed.stdout);
  assert(all.filter(({ files, ports, devices }) => files ?? ports ?? devices).length > 40);
  const cases = all.map((env, index) => ({ name: `${1e6 + index}`, dir: "emits.dir.json", env }));
  const folder = folderWith({ "emits.dir.json": EMITS, "again.json": JSON.stringify({ cases }) });
  const again = await dustrun("conformance", "--list", folder);
  assertEquals(environments(again.stdout), all);
});

Deno.test("conformance refuses members of a case that it could not compare", async () => {
  const table: readonly (readonly [object, RegExp])[] = [
    [{ expect: { stauts: "returned" } }, /expect has no member stauts: it has status, kind/],
    [{ expect: { status: 1 } }, /expect\.status is a text/],
    [{ expect: { kind: null } }, /expect\.kind is a text/],
    [{ expect: [] }, /expect is an object/],
    [{ entry: 5 }, /entry is a text/],
    [{ skip: true }, /skip is a text/],
    [{ covers: "K-01" }, /covers is a list of texts/],
    [{ link: [1] }, /link is a list of texts/],
    [{ env: { files: [] } }, /env\.files is an object/],
    [{ env: { ports: { p: 7 } } }, /env\.ports\.p is an object/],
    [
      { env: { files: { f: { path: "x" } } } },
      /env\.files\.f has no member path: it has text, modes/,
    ],
    [{ env: { files: { f: { text: 1 } } } }, /env\.files\.f has a text/],
    [{ env: { files: { f: { modes: ["x"] } } } }, /env\.files\.f has modes: some of r, w, a/],
    [{ env: { ports: { p: { number: "1" } } } }, /env\.ports\.p has a number/],
    [{ env: { ports: { p: { reads: ["1"] } } } }, /env\.ports\.p reads integers/],
    [{ env: { devices: { d: { base: 1 } } } }, /env\.devices\.d has a base and a size/],
    [
      { env: { devices: { d: { base: 1, size: 1, bytes: [1, 2] } } } },
      /no more bytes than its size/,
    ],
  ];
  for (const [members, message] of table) {
    const folder = folderWith({
      "emits.dir.json": EMITS,
      "all.json": JSON.stringify({ name: "good", dir: "emits.dir.json", ...members }),
    });
    const { exit, stderr } = await dustrun("conformance", folder);
    assertStrictEquals(exit, 5, stderr);
    assertMatch(stderr, message);
  }
});

Deno.test("conformance --bless rewrites golden traces, lists them, and keeps expectations", async () => {
  const folder = folderWith({ "emits.dir.json": EMITS, "all.json": suite(GOOD, BAD, OTHER_VALUE) });
  const missing = await dustrun("conformance", "--filter", "good", folder);
  assertMatch(missing.stdout, /no golden trace in .*all\.golden\.json: bless it/);
  const blessed = await dustrun("conformance", "--bless", folder);
  assertMatch(blessed.stdout, /^blessed .*all\.golden\.json: bad, good, other value\n/);
  assertMatch(blessed.stdout, /still fails: bad: expected Inadmissible, got returned/);
  assertMatch(blessed.stdout, /still fails: other value: returned: expected 99, got 1/);
  assertStrictEquals((await dustrun("conformance", "--filter", "good", folder)).exit, 0);
  const again = await dustrun("conformance", "--bless", folder);
  assertMatch(again.stdout, /^every golden trace is as it was\n/);
});

Deno.test("conformance shards are disjoint and together the whole", async () => {
  const names = Array.from({ length: 11 }, (_, index) => `case${index}`);
  const folder = folderWith({
    "emits.dir.json": EMITS,
    "all.json": JSON.stringify({ cases: names.map((name) => ({ ...GOOD, name })) }),
  });
  const seen: string[] = [];
  for (const shard of ["1/3", "2/3", "3/3"]) {
    const { stdout } = await dustrun("conformance", "--json", "--shard", shard, folder);
    for (const { name } of JSON.parse(stdout).cases) seen.push(name);
  }
  assertEquals(seen.sort(), [...names].sort());
  assertStrictEquals((await dustrun("conformance", "--shard", "4/3", folder)).exit, 5);
});

Deno.test("conformance --jobs does not change the report", async () => {
  const names = Array.from({ length: 7 }, (_, index) => `case${index}`);
  const folder = folderWith({
    "emits.dir.json": EMITS,
    "all.json": JSON.stringify({ cases: [...names.map((name) => ({ ...GOOD, name })), BAD] }),
  });
  const alone = await dustrun("conformance", "--json", folder);
  const spread = await inProcess("conformance", "--json", "--jobs", "3", folder);
  assertEquals(spread, alone);
  assertStrictEquals(JSON.parse(spread.stdout).failed, 1);
  assertStrictEquals((await dustrun("conformance", "--jobs", "0", folder)).exit, 5);
});

/** Runs dustrun as a process: workers of a test would be type-checked, one by one. */
async function inProcess(...words: readonly string[]): Promise<CommandResult> {
  const cli = new URL("../../cli.ts", import.meta.url).pathname;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-read", "--allow-write", cli, ...words],
    env: { NO_COLOR: "1" },
  });
  const { code: exit, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { exit, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("conformance refuses files that are not fixtures, and names used twice", async () => {
  const folder = folderWith({ "emits.dir.json": EMITS, "all.json": suite(GOOD, GOOD) });
  assertMatch((await dustrun("conformance", folder)).stderr, /several cases have this name/);
  const other = folderWith({ "x.json": '{"name":"x","dir":"x.dir.json","expects":{}}' });
  const { exit, stderr } = await dustrun("conformance", other);
  assertStrictEquals(exit, 5);
  assertMatch(stderr, /a fixture has no member expects/);
  assertStrictEquals((await dustrun("conformance", folderWith({ "notes.json": "{}" }))).exit, 5);
});

Deno.test("conformance writes JUnit XML", async () => {
  const folder = folderWith({ "emits.dir.json": EMITS, "all.json": suite(BAD) });
  const path = join(folder, "report.xml");
  await dustrun("conformance", "--junit", path, join(folder, "all.json"));
  const xml = Deno.readTextFileSync(path);
  assertMatch(xml, /<testsuite name="conformance" tests="1" failures="1" skipped="0" errors="0">/);
  assertMatch(xml, /<failure message="expected Inadmissible, got returned"\/>/);
});

Deno.test("conformance --traces judges another backend's traces", async () => {
  const folder = folderWith({
    "emits.dir.json": EMITS,
    "refused.dir.json": REFUSED,
    "all.json": JSON.stringify({
      cases: [GOOD, { name: "refused", dir: "refused.dir.json" }, { ...GOOD, name: "absent" }],
    }),
  });
  const traces = folderWith({ "good.json": RETURNED, "refused.json": RETURNED });
  const { exit, stdout } = await dustrun("conformance", "--traces", traces, folder);
  assertStrictEquals(exit, 1);
  assertMatch(stdout, /FAIL refused .*\n.*the program is refused with Inadmissible.*CON-06/);
  assertMatch(stdout, /skip absent: the backend gave no trace/);
  assertMatch(stdout, /1 passed, 1 failed, 1 skipped/);
});

Deno.test("equiv judges status, kind, value and effects only", async () => {
  const folder = folderWith({ "emits.dir.json": EMITS, "refused.dir.json": REFUSED });
  const judge = async (dir: string, trace: string) => {
    const path = join(folder, "given.json");
    Deno.writeTextFileSync(path, trace);
    const { exit, stdout } = await dustrun("equiv", join(folder, dir), "--against", path);
    return `${exit} ${stdout.split("\n").slice(1).join("\n")}`;
  };
  assertStrictEquals(await judge("emits.dir.json", RETURNED), "0 ");
  assertMatch(
    await judge("emits.dir.json", RETURNED.replace(":1}", ":2}")),
    /^1 .*returned: expected 1, got 2/,
  );
  assertMatch(
    await judge("emits.dir.json", RETURNED.replace("emit", "seal")),
    /effects\[0\]\.kind: expected "emit", got "seal"\n.*EFF-02/,
  );
  assertMatch(
    await judge(
      "emits.dir.json",
      '{"returned":{"Int":1},"effects":{"events":[]},"time":{"tick":1}}',
    ),
    /effects: expected 1, got 0\n.*EFF-03/,
  );
  const typed = RETURNED.replace('"payload":"A"', '"payload":"A","value":{"Char":"A"}');
  assertMatch(await judge("emits.dir.json", typed), /effects\[0\]\.value: expected "A", got 'A'/);
  const wording = '{"error":{"kind":"ConstraintFailure","message":"other words"}}';
  assertStrictEquals(await judge("refused.dir.json", wording), "0 ");
  const late =
    '{"error":{"kind":"Inadmissible","message":""},"effects":{"events":[{"kind":"emit","payload":"A"}]}}';
  assertMatch(await judge("refused.dir.json", late), /no effects; the trace has 1\n.*EFF-12/);
  assertMatch(
    await judge("refused.dir.json", '{"error":{"kind":"Runtime","message":""}}'),
    /refused with Inadmissible.*the trace reports Runtime\n.*FAI-05/,
  );
});

// covers: TRC-01, TRC-03, TYP-19
Deno.test("equiv compares to the bit, and refuses what is not in the form", async () => {
  const folder = folderWith({
    "zero.dir.json": program(proc("K::main() -> f64", "return 0.0")),
    "minus.dir.json": program(proc("K::main() -> f64", "return -0.0")),
    "whole.dir.json": program(proc("K::main() -> i64", "return 50")),
    "tie.dir.json": program(proc("K::main() -> f64", "return 1.0000000596046448")),
    "effect.dir.json": program(proc("K::main()", "emit -0.0")),
  });
  const judge = async (name: string, trace: string) => {
    const path = join(folder, "given.json");
    Deno.writeTextFileSync(path, trace);
    const dir = join(folder, `${name}.dir.json`);
    const { exit, stderr } = await dustrun("equiv", dir, "--against", path);
    return exit === 5 ? stderr.split("\n")[0]?.split(": ").slice(2).join(": ") : exit;
  };
  const end = '"effects":{"events":[]},"time":{"tick":0}}';
  const table: readonly (readonly [string, string, string | number])[] = [
    ["zero", `{"returned":{"Float":0.0},${end}`, 0],
    ["zero", `{"returned":{"Float":-0.0},${end}`, 1],
    ["minus", `{"returned":{"Float":-0.0},${end}`, 0],
    ["minus", `{"returned":{"Float":-0},${end}`, 0],
    ["minus", `{"returned":{"Float":0.0},${end}`, 1],
    ["tie", `{"returned":{"Float":1.00000005960464477540},${end}`, 0],
    ["tie", `{"returned":{"Float":1.0000000596046450},${end}`, 1],
    ["whole", `{"returned":{"Int":50},${end}`, 0],
    ["whole", `{"returned":{"Float":50},${end}`, 1],
    [
      "whole",
      `{"returned":{"Int":50.0},${end}`,
      "not a summary trace: returned.Int: 50.0 is not a 64-bit integer",
    ],
    [
      "whole",
      `{"returned":{"Int":5e1},${end}`,
      "not a summary trace: returned.Int: 5e1 is not a 64-bit integer",
    ],
    [
      "whole",
      `{"returned":{"Int":"50"},${end}`,
      "not a summary trace: returned.Int: expected a number",
    ],
    ["whole", `{"returned":50,${end}`, "not a summary trace: returned: expected an object"],
    [
      "whole",
      `{"returned":{"Int":50,"Bool":true},${end}`,
      "not a summary trace: returned: a value has exactly one tag",
    ],
    [
      "whole",
      `{"returned":{"Int":50},"time":{"tick":0}}`,
      "not a summary trace: a success has effects and time",
    ],
    [
      "whole",
      `{"returned":{"Int":50},"effects":{"events":[]}}`,
      "not a summary trace: a success has effects and time",
    ],
    [
      "whole",
      `{"returned":{"Int":50},"version":1,${end}`,
      "not a summary trace: version: a summary trace has no member version",
    ],
    [
      "whole",
      `{"returned":{"Int":50},"effects":{"events":[],"count":0},"time":{"tick":0}}`,
      "not a summary trace: effects.count: effects has no member count",
    ],
    [
      "whole",
      `{"returned":{"Int":50},"effects":{"events":[]},"time":{"tick":0.0}}`,
      "not a summary trace: time.tick: 0.0 is not a 64-bit integer",
    ],
    [
      "whole",
      `{"returned":{"Int":50},"error":{"kind":"Runtime","message":""},${end}`,
      "not a summary trace: a summary trace has either returned or error",
    ],
  ];
  for (const [name, trace, expected] of table) {
    assertStrictEquals(await judge(name, trace), expected, trace);
  }
  const effect = (value: string) =>
    `{"returned":null,"effects":{"events":[{"kind":"emit","payload":"-0.0","value":{"Float":${value}}}]},"time":{"tick":1}}`;
  assertStrictEquals(await judge("effect", effect("-0.0")), 0);
  assertStrictEquals(await judge("effect", effect("0.0")), 1);
});

Deno.test("equiv reads event logs, and refuses files that are not traces", async () => {
  const folder = folderWith({ "emits.dir.json": EMITS, "text.json": "no trace" });
  const dir = join(folder, "emits.dir.json");
  const log = join(folder, "run.jsonl");
  await dustrun("--simulate", "--log", log, dir);
  const { exit, stdout } = await dustrun("equiv", dir, "--against", log);
  assertEquals([exit, /event log.*: equivalent/.test(stdout)], [0, true]);
  const other = await dustrun("equiv", dir, "--against", join(folder, "text.json"));
  assertEquals([other.exit, /^error\[DR1323\]/.test(other.stderr)], [2, true]);
  const lines = Deno.readTextFileSync(log).split("\n").slice(0, 3);
  Deno.writeTextFileSync(log, `${lines.join("\n")}\n`);
  const incomplete = await dustrun("equiv", dir, "--against", log);
  assertStrictEquals(incomplete.exit, 7);
  assertMatch(incomplete.stdout, /: incomplete\n {2}the other executor's log has no outcome/);
  const json = await dustrun("equiv", dir, "--against", log, "--json");
  assertEquals([json.exit, JSON.parse(json.stdout).verdict], [7, "incomplete"]);
  Deno.writeTextFileSync(log, `${lines.join("\n")}\n{"seq":3,"ki`);
  assertStrictEquals((await dustrun("equiv", dir, "--against", log)).exit, 7, "a torn line");
});

Deno.test("conformance --traces exits 7 when the only failures are incomplete runs", async () => {
  const folder = folderWith({
    "emits.dir.json": EMITS,
    "refused.dir.json": REFUSED,
    "good.json": JSON.stringify({ cases: [GOOD] }),
    "both.json": JSON.stringify({ cases: [GOOD, { name: "refused", dir: "refused.dir.json" }] }),
  });
  const prefix = '{"seq":0,"kind":"run_started"}\n';
  const traces = folderWith({ "good.json": prefix, "refused.json": RETURNED });
  const exitOf = async (cases: string) =>
    (await dustrun("conformance", "--traces", traces, join(folder, cases))).exit;
  assertEquals([await exitOf("good.json"), await exitOf("both.json")], [7, 1]);
});

Deno.test("conformance prints failed cases in the formats for programs", async () => {
  const folder = folderWith({
    "emits.dir.json": EMITS,
    "suite.json": JSON.stringify({ cases: [GOOD, BAD] }),
  });
  const file = join(folder, "suite.json");
  const run = (format: string) => dustrun("conformance", "--format", format, file);
  const [line, ...more] = (await run("jsonl")).stdout.trimEnd().split("\n");
  const finding = JSON.parse(line ?? "");
  assertEquals([more.length, finding.rule, finding.places[0].file], [0, "CASE", file]);
  assertMatch(finding.message, /^bad: /);
  const { exit, stdout } = await run("github");
  assertMatch(stdout, /^::error file=[^,]*suite\.json,title=CASE::bad: [^\n]*\n$/);
  assertStrictEquals(exit, 1);
  const [{ results }] = JSON.parse((await run("sarif")).stdout).runs;
  assertStrictEquals(results.length, 1);
  assertStrictEquals((await dustrun("conformance", "--json", "--format", "sarif", file)).exit, 5);
});
