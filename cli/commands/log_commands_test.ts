import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { createRun, executeToLog, LogWriter } from "../../mod.ts";
import { LOOP_PROGRAM } from "../../tests/support/loop_program.ts";
import { dustrun } from "../../tests/support/memory_io.ts";

/** A store with the logs of runs of these many rounds. */
async function withStore(
  rounds: readonly number[],
  test: (store: string, paths: readonly string[]) => Promise<void>,
): Promise<void> {
  const folder = Deno.makeTempDirSync();
  const store = `${folder}/store`;
  const paths = rounds.map((count) => {
    const run = createRun(store, "loop");
    assert(run.ok);
    const { file, path, storeLog } = run.value;
    const writer = new LogWriter(file);
    executeToLog({ artifacts: [LOOP_PROGRAM], input: { args: { rounds: count } } }, writer);
    writer.close();
    storeLog.release();
    return path;
  });
  try {
    await test(store, paths);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const FIXTURES = new URL("../../fixtures/", import.meta.url).pathname;
const HELLO = `${FIXTURES}programs/hello/program.dir.json`;
const SCHEDULE = `${FIXTURES}tour/schedule.dir.json`;
/** A log that dustrun 0.1.0 wrote. */
const FORM_1 = `${FIXTURES}logs/form_1.jsonl`;

Deno.test("verify reports each verdict with the exit code of its class", async () => {
  await withStore([3], async (store, [path = ""]) => {
    const whole = Deno.readTextFileSync(path);
    const lines = whole.split("\n");
    const cases: readonly (readonly [string, number, RegExp])[] = [
      [whole, 0, /: complete, 18 events\n$/],
      [whole.slice(0, -1), 7, /: torn: 17 valid events, then [0-9]+ bytes of an unfinished line/],
      [
        lines.slice(0, 5).join("\n") + "\n",
        7,
        /valid prefix of 5 events, completeness not prov.*last 2/,
      ],
      ["", 7, /: empty: nothing was written/],
      [
        whole.replace('"Int":2', '"Int":3'),
        6,
        /: damaged at line 18, byte [0-9]+: the block before/,
      ],
      [
        lines.toSpliced(4, 1).join("\n"),
        6,
        /: damaged at line 5, byte [0-9]+: seq is 5, expected 4/,
      ],
    ];
    for (const [text, exit, expected] of cases) {
      Deno.writeTextFileSync(path, text);
      const answer = await dustrun("verify", "@", "--store", store);
      assertMatch(answer.stdout, expected);
      assertEquals([answer.exit, answer.stderr], [exit, ""]);
      const json = await dustrun("verify", path, "--json");
      assertStrictEquals(json.exit, exit);
      assertStrictEquals(typeof JSON.parse(json.stdout).status, "string");
    }
  });
});

Deno.test("checkpoint attests neither a torn log nor a damaged one", async () => {
  await withStore([3], async (_, [path = ""]) => {
    const whole = Deno.readTextFileSync(path);
    Deno.writeTextFileSync(path, whole.slice(0, -5));
    const torn = await dustrun("checkpoint", path);
    assertEquals([torn.exit, torn.stdout], [7, ""]);
    assertMatch(torn.stderr, /error\[DR1309\].*unfinished/);
    Deno.writeTextFileSync(path, whole.replace("main", "mein"));
    const damaged = await dustrun("checkpoint", path);
    assertEquals([damaged.exit, damaged.stdout], [6, ""]);
    assertMatch(damaged.stderr, /error\[DR1308\][\s\S]*:3, byte [0-9]+/);
  });
});

Deno.test("runs lists what became of each run", async () => {
  await withStore([3, 2_000, 5], async (store, [, second = "", third = ""]) => {
    Deno.truncateSync(second, 200_000);
    Deno.truncateSync(third, 0);
    const { exit, stdout } = await dustrun("runs", "--store", store);
    assertStrictEquals(exit, 0);
    const rows = stdout.trimEnd().split("\n").map((row) => row.split(/ {2,}/));
    assertEquals(rows[0], ["run", "program", "entry", "events", "outcome"]);
    assertEquals(rows[1], ["1", "loop", "main", "18", "returned 3"]);
    assertMatch(
      rows[2]?.join("|") ?? "",
      /^2\|loop\|main\|2[0-9]{3}\|unfinished; its last line is torn$/,
    );
    assertEquals(rows[3], ["3", "loop", "0", "nothing was written"]);
    const json = await dustrun("runs", "--store", store, "--json", "--last", "2");
    const listed = json.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals(listed.map(({ run, status }) => [run, status]), [[2, "unfinished"], [
      3,
      "empty",
    ]]);
  });
});

Deno.test("commands that take a log report what is wrong with its name", async () => {
  await withStore([3], async (store) => {
    const cases: readonly (readonly [string, number, RegExp])[] = [
      ["@1", 2, /DR1307.*has 1 run, and none is @1/],
      ["17", 2, /DR1307/],
      [`${store}/absent.jsonl`, 2, /DR1305.*no such file/],
      [store, 2, /DR1305.*folder/],
    ];
    for (const command of ["verify", "checkpoint"]) {
      for (const [reference, exit, expected] of cases) {
        const answer = await dustrun(command, reference, "--store", store);
        assertMatch(answer.stderr, expected);
        assertStrictEquals(answer.exit, exit);
      }
    }
    const none = await dustrun("runs", "--store", `${store}/none`);
    assertEquals([none.exit, none.stdout], [0, ""]);
    assertMatch(none.stderr, /there are no runs in/);
  });
});

Deno.test("a log of the first form is refused by name by every command, and keeps its number", async () => {
  await withStore([3], async (store, [path = ""]) => {
    Deno.copyFileSync(FORM_1, path);
    const refused = [
      ...["verify", "checkpoint", "audit", "resume", "replay", "explain", "state", "export"]
        .map((command) => [command, path]),
      ["diff", path, path],
      ["check-certificate", path],
      ["run", HELLO, "--log", path],
    ];
    for (const words of refused) {
      const { exit, stdout, stderr } = await dustrun(...words);
      assertEquals([exit, stdout], [6, ""], words.join(" "));
      assertMatch(stderr, /DR1321.*dustrun-log\/1[\s\S]*help: dustrun 0\.1\.0 reads it/);
    }
    assertStrictEquals(Deno.readTextFileSync(path), Deno.readTextFileSync(FORM_1));
    const runs = await dustrun("runs", "--store", store);
    assertMatch(runs.stdout, /\n1 +loop +dustrun-log\/1, of dustrun 0\.1\.0\n$/);
    const audit = await dustrun("audit", "--store", store);
    assertMatch(audit.stdout, /damaged at line 1: the log has the form dustrun-log\/1/);
    assertStrictEquals((await dustrun(HELLO, "--store", store)).exit, 0);
    assertMatch((await dustrun("runs", "--store", store)).stdout, /\n2 +program/);
  });
});

Deno.test("check-certificate tells a proof from what is none, and whose statement it is about", async () => {
  const folder = Deno.makeTempDirSync();
  const log = `${folder}/s.jsonl`, cert = `${folder}/s.cert`;
  const question = (latest: number) => [SCHEDULE, "-e", "schedule", "--arg", `latest=${latest}`];
  assertStrictEquals((await dustrun(...question(14), "--log", log)).exit, 10);
  const file = await dustrun("export", log, "--format", "certificate");
  assertEquals([file.exit, file.stderr], [0, ""]);
  Deno.writeTextFileSync(cert, file.stdout);
  const digest = /"certificate":"(sha256:[0-9a-f]{64})"/.exec(Deno.readTextFileSync(log))?.[1];
  const expected = {
    verdict: "proof",
    proc: "schedule",
    conflict: [0, 1, 2].map((n) => `body[${n}]`),
  };
  const cases: readonly (readonly [readonly string[], number, object])[] = [
    [[log], 0, { ...expected, statement: "program", event: 4, digest, isRecorded: true }],
    [[cert], 0, { ...expected, statement: "own" }],
    [[cert, ...question(14)], 0, { ...expected, statement: "program" }],
    [[cert, ...question(13)], 1, { ...expected, statement: "other" }],
  ];
  for (const [words, exit, report] of cases) {
    const json = await dustrun("check-certificate", ...words, "--json");
    assertEquals([json.exit, json.stderr], [exit, ""], words.join(" "));
    assertEquals(JSON.parse(json.stdout), { certificate: words[0], ...report });
    const text = await dustrun("check-certificate", ...words);
    assertEquals([text.exit, text.stderr], [exit, ""]);
    assertMatch(text.stdout, /: proof: schedule has no configuration; /);
    // A certificate that is not that of a program names statements as the file does.
    const { statement } = JSON.parse(json.stdout);
    const last = statement !== "program"
      ? "body[2]"
      : "schedule.dir.json:28, Plan::Φ::schedule, statement 3";
    assert(text.stdout.includes(`\n  ${last}\n`), text.stdout);
  }
  const changed: readonly (readonly [string, RegExp])[] = [
    [file.stdout.replace('"int",14', '"int",18'), /: no proof: a case is left/],
    [file.stdout.replace('"int",14', '"int",014'), /: refused: /],
    [`[${file.stdout}`, /: refused: /],
  ];
  for (const [text, verdict] of changed) {
    Deno.writeTextFileSync(cert, text);
    const answer = await dustrun("check-certificate", cert);
    assertEquals([answer.exit, answer.stderr], [6, ""]);
    assertMatch(answer.stdout, verdict);
  }
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("check-certificate and export refuse a log without a refutation, and words that do not fit", async () => {
  const folder = Deno.makeTempDirSync();
  const log = `${folder}/hello.jsonl`, cert = `${folder}/s.cert`, cut = `${folder}/cut.jsonl`;
  assertStrictEquals((await dustrun(HELLO, "--simulate", "--log", log)).exit, 0);
  Deno.writeTextFileSync(cut, Deno.readTextFileSync(log).split("\n").slice(0, 3).join("\n") + "\n");
  const body = '[["x","int",0,9]],[["var",0],["int",10],["le",1,0]],[["body[0]",2]]';
  const refutation = '["dustrun-phi-refutation/3",[2],[],[[2]]]';
  Deno.writeTextFileSync(cert, `["dustrun-phi-certificate/1","main",${body},${refutation}]`);
  const refused: readonly (readonly [readonly string[], number, RegExp])[] = [
    [["check-certificate", log], 5, /DR1303.*the run has refuted no process/],
    [["export", log, "--format", "certificate"], 5, /DR1303.*the run has refuted no process/],
    [["check-certificate", cut], 7, /DR1309.*no outcome, and no refuted process/],
    [["export", log, "--format", "certificate", "--follow"], 5, /DR1303.*about the end of a run/],
    [["check-certificate", log, HELLO], 5, /DR1303.*that it records/],
    [["check-certificate", log, "--arg", "x=1"], 5, /DR1303.*that it records/],
    [["check-certificate", cert, HELLO], 5, /DR1303.*main names no Φ process/],
  ];
  for (const [words, exit, expected] of refused) {
    const answer = await dustrun(...words);
    assertMatch(answer.stderr, expected, words.join(" "));
    assertEquals([answer.exit, answer.stdout], [exit, ""], words.join(" "));
  }
  assertStrictEquals((await dustrun("check-certificate", cert)).exit, 0);
  Deno.removeSync(folder, { recursive: true });
});
