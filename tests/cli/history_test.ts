/**
 * The commands that look at what happened, as words in and text out.
 *
 * @module
 */
import { join } from "../../std/path.ts";
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { dustrun } from "../support/memory_io.ts";
import { eventOfLine, recordFixture, sealedLog } from "../support/recorded_fixtures.ts";
import { fixtures } from "../support/fixtures.ts";

const PROGRAMS = new URL("../../fixtures/programs/", import.meta.url).pathname;

/** A folder with the log of a fixture, and one with an effect changed and new checkpoints. */
async function withLogs(use: (paths: { good: string; bad: string }) => Promise<void>) {
  const folder = Deno.makeTempDirSync();
  const fixture = fixtures().find(({ name }) => name === "hello");
  assert(fixture !== undefined);
  const { log, lines } = recordFixture(fixture);
  const paths = { good: join(folder, "good.jsonl"), bad: join(folder, "bad.jsonl") };
  Deno.writeFileSync(paths.good, log.content());
  const changed = lines.map((line) =>
    line.includes('"kind":"effect"') ? line.replaceAll("Dust", "Rust") : line
  );
  Deno.writeFileSync(paths.bad, sealedLog(changed.map(eventOfLine)).content());
  try {
    await use(paths);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

// covers: REP-03, REP-04, REP-05
Deno.test("dustrun replay exits 0 for a log that is reproduced, 1 for one that is not, and realizes nothing", async () => {
  await withLogs(async ({ good, bad }) => {
    for (const words of [["replay", good], ["--replay", good], [`--replay=${good}`]]) {
      const { exit, stdout, stderr } = await dustrun(...words);
      assertEquals({ exit, stderr }, { exit: 0, stderr: "" });
      assertMatch(stdout, /^\S+good\.jsonl: reproduced: \d+ events, returned\n$/);
    }
    const told = await dustrun("replay", bad, "--context", "1");
    assertStrictEquals(told.exit, 1);
    assertMatch(told.stdout, /diverges at event 4 \(line 5, byte \d+\)/);
    assertMatch(told.stdout, /--> program\.dir\.json:14, Hello::K::main, statement 1\n/);
    assertMatch(
      told.stdout,
      /field {4}value: expected "Hello, Dust!", recorded "Hello, Rust!"/,
    );
    assertMatch(told.stdout, /cause {4}executor or log/);
    const report = JSON.parse((await dustrun("replay", bad, "--json")).stdout);
    assertStrictEquals(report.seq, 4);
    assertStrictEquals(report.cause.class, "executor or log");
  });
});

Deno.test("dustrun replay exits 7 for a log that stops early, and 6 for one without a header", async () => {
  await withLogs(async ({ good }) => {
    const lines = Deno.readTextFileSync(good).split("\n");
    Deno.writeTextFileSync(good, lines.slice(0, 5).map((line) => `${line}\n`).join(""));
    const short = await dustrun("replay", good);
    assertStrictEquals(short.exit, 7);
    assertMatch(short.stdout, /stops after 5 lines\nthe run would continue with 5 leave_proc/);
    Deno.writeTextFileSync(good, lines.slice(1).join("\n"));
    const headless = await dustrun("replay", good);
    assertStrictEquals(headless.exit, 6);
    assertMatch(headless.stderr, /error\[DR1308\]/);
  });
});

Deno.test("dustrun replay of a summary trace needs the program, and of a log refuses other input", async () => {
  const trace = `${PROGRAMS}fibonacci/trace.json`;
  const program = `${PROGRAMS}fibonacci/program.dir.json`;
  assertStrictEquals((await dustrun("replay", trace)).exit, 5);
  assertStrictEquals((await dustrun("--replay", trace, program)).exit, 0);
  const other = await dustrun("replay", trace, `${PROGRAMS}hello/program.dir.json`);
  assertStrictEquals(other.exit, 1);
  assertMatch(other.stdout, /diverges at effects\.events\[0\]\.payload/);
  await withLogs(async ({ good }) => {
    assertStrictEquals((await dustrun("replay", good, "--arg", "n=3")).exit, 5);
    assertStrictEquals(
      (await dustrun("replay", good, `${PROGRAMS}hello/program.dir.json`)).exit,
      0,
    );
  });
});

// covers: REP-06
Deno.test("dustrun diff exits 0 for equal logs and 1 for different ones, in text and JSON", async () => {
  await withLogs(async ({ good, bad }) => {
    const same = await dustrun("diff", good, good);
    assertStrictEquals(same.exit, 0);
    assertMatch(same.stdout, /are equivalent/);
    const different = await dustrun("diff", good, bad);
    assertStrictEquals(different.exit, 1);
    assertMatch(different.stdout, /\n- +4 effect .*Hello, Dust!.*\n\+ +4 effect .*Hello, Rust!/);
    const sides = await dustrun("diff", "--view", "side", good, bad);
    assertMatch(sides.stdout, /\n4 effect +\| 4 effect\n/);
    const { report } = JSON.parse((await dustrun("diff", "--json", good, bad)).stdout);
    assertEquals(report.counts, { effects: { changed: 1, onlyLeft: 0, onlyRight: 0 } });
    assertStrictEquals((await dustrun("diff", "--ignore", "effect", good, bad)).exit, 0);
    const trace = `${PROGRAMS}hello/trace.json`;
    assertStrictEquals((await dustrun("diff", good, trace)).exit, 0);
    assertStrictEquals((await dustrun("diff", bad, trace)).exit, 1);
    assertStrictEquals((await dustrun("diff", "--level", "bytes", bad, trace)).exit, 5);
  });
});

Deno.test("control characters of a program do not reach the terminal through replay and diff", async () => {
  await withLogs(async ({ good, bad }) => {
    const lines = Deno.readTextFileSync(bad).trimEnd().split("\n");
    const evil = lines.map((line) => line.replaceAll("Rust", "\u202eR\\u001b[2J"));
    Deno.writeFileSync(bad, sealedLog(evil.map(eventOfLine)).content());
    for (const words of [["replay", bad], ["diff", good, bad], ["diff", "--json", good, bad]]) {
      const { stdout } = await dustrun(...words);
      assert(!stdout.includes("\u001b") && !stdout.includes("\u202e"));
    }
  });
});

Deno.test("dustrun state shows the state after any event, in text and JSON, and reports a missing position", async () => {
  await withLogs(async ({ good }) => {
    const text = await dustrun("state", good, "--at", "effect:0");
    assertStrictEquals(text.exit, 0, text.stderr);
    assertMatch(text.stdout, /^4 effect .*\ntick 1, execution; effects 1,/);
    assertMatch(text.stdout, /\n {2}at return 0\n/);
    assertMatch(text.stdout, /\n\* 0 emit "Hello, Dust!" \(tick 1\)\n/);
    const json = await dustrun("state", good, "--at", "4", "--json");
    const view = JSON.parse(json.stdout);
    assertStrictEquals(view.event.seq, 4);
    assertStrictEquals(view.frames[0].proc, "Hello::K::main");
    for (const at of ["99", "tick:99", "effect:1", "proc:other", "x", "tick:x"]) {
      const none = await dustrun("state", good, "--at", at);
      assertStrictEquals(none.exit, 5, at);
      assertMatch(none.stderr, /error\[DR1303\]/);
    }
    Deno.truncateSync(good, 30);
    assertStrictEquals((await dustrun("state", good)).exit, 7);
    Deno.writeTextFileSync(good, "no log\n");
    assertStrictEquals((await dustrun("state", good)).exit, 2);
  });
});

Deno.test("dustrun export writes events, dustviz lines, the summary trace and CSV", async () => {
  await withLogs(async ({ good }) => {
    const trace = Deno.readTextFileSync(`${PROGRAMS}hello/trace.json`);
    assertStrictEquals((await dustrun("export", good, "--format", "trace")).stdout, trace);
    assertStrictEquals(
      (await dustrun("export", good, "--format", "csv")).stdout,
      'index,tick,kind,proc,at,payload,value\n0,1,emit,main,body[0],"Hello, Dust!","{""String"":""Hello, Dust!""}"\n',
    );
    assertStrictEquals(
      (await dustrun("export", good, "--format", "dustviz")).stdout,
      '{"kind":"enter_proc","proc":"main"}\n{"kind":"stmt_exec","proc":"main","stmt_index":0}\n',
    );
    const followed = await dustrun("export", good, "--follow");
    assertStrictEquals(followed.exit, 0);
    const semantic = Deno.readTextFileSync(good).split("\n")
      .filter((line) => !line.includes('"kind":"checkpoint"'));
    assertStrictEquals(followed.stdout, semantic.join("\n"));
    assertStrictEquals((await dustrun("export", good, "--format", "trace", "--follow")).exit, 5);
    Deno.truncateSync(good, Deno.statSync(good).size - 500);
    assertStrictEquals((await dustrun("export", good, "--format", "trace")).exit, 7);
    Deno.writeTextFileSync(good, "{}\n");
    assertStrictEquals((await dustrun("export", good)).exit, 2);
  });
});

Deno.test("dustrun runs filters, and shows arguments, mode, size and time on request", async () => {
  const folder = Deno.makeTempDirSync();
  const store = ["--store", `${folder}/store`];
  const program = (name: string) =>
    new URL(`../../fixtures/programs/${name}/program.dir.json`, import.meta.url).pathname;
  Deno.copyFileSync(program("fibonacci"), `${folder}/fib.dir.json`);
  await dustrun(
    "--simulate",
    `${folder}/fib.dir.json`,
    "-e",
    "fibonacci",
    "--arg",
    "n=7",
    ...store,
  );
  await dustrun("--realize", "emit=log", program("hello"), ...store);
  await dustrun("--simulate", program("invariant_broken"), ...store);
  const listed = async (...words: readonly string[]) => {
    const { exit, stdout } = await dustrun("runs", ...words, ...store);
    assertStrictEquals(exit, 0);
    return stdout.trimEnd().split("\n").slice(1);
  };
  const numbers = (lines: readonly string[]) => lines.map((line) => Number(/^[0-9]+/.exec(line)));
  assertEquals(numbers(await listed()), [1, 2, 3]);
  assertEquals(numbers(await listed("--program", "fib")), [1]);
  assertEquals(numbers(await listed("--outcome", "returned")), [1, 2]);
  assertEquals(numbers(await listed("--outcome", "returned", "--last", "1")), [2]);
  const [first = "", second = ""] = await listed("--long");
  assertMatch(first, /^1 +fib +fibonacci\(n: 7\) +simulate +[0-9]+ +[0-9.]+ kB +returned 13$/);
  assertMatch(
    second,
    /^2 +program +main\(\) +realize +[0-9]+ +[0-9.]+ kB +20[0-9-]+T[0-9:.]+Z +returned 0$/,
  );
  const none = await dustrun("runs", "--outcome", "nothing", ...store);
  assertMatch(none.stderr, /there are no such runs/);
});
