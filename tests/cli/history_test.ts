/**
 * The commands that look at what happened, as words in and text out.
 *
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { dustrun } from "../support/memory_io.ts";
import { recordFixture } from "../support/recorded_fixtures.ts";
import { fixtures } from "../support/fixtures.ts";

const PROGRAMS = new URL("../../fixtures/programs/", import.meta.url).pathname;

/** A folder with the log of a fixture, and one with an effect changed. */
async function withLogs(use: (paths: { good: string; bad: string }) => Promise<void>) {
  const folder = Deno.makeTempDirSync();
  const fixture = fixtures().find(({ name }) => name === "hello");
  assert.ok(fixture !== undefined);
  const { log, lines } = recordFixture(fixture);
  const paths = { good: join(folder, "good.jsonl"), bad: join(folder, "bad.jsonl") };
  Deno.writeFileSync(paths.good, log.content());
  const changed = lines.map((line) =>
    line.includes('"kind":"effect"') ? line.replaceAll("Dust", "Rust") : line
  );
  Deno.writeTextFileSync(paths.bad, changed.map((line) => `${line}\n`).join(""));
  try {
    await use(paths);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

// covers: REP-03, REP-04, REP-05
Deno.test("dustrun replay answers 0 for a log that is reproduced, 1 for one that is not, and realizes nothing", async () => {
  await withLogs(async ({ good, bad }) => {
    for (const words of [["replay", good], ["--replay", good], [`--replay=${good}`]]) {
      const { exit, stdout, stderr } = await dustrun(...words);
      assert.deepEqual({ exit, stderr }, { exit: 0, stderr: "" });
      assert.match(stdout, /^\S+good\.jsonl: reproduced: \d+ events, returned\n$/);
    }
    const told = await dustrun("replay", bad, "--context", "1");
    assert.equal(told.exit, 1);
    assert.match(told.stdout, /diverges at event 3 \(line 4, byte \d+\)/);
    assert.match(told.stdout, /--> program\.dir\.json:\d+:\d+ forges\[0\]\.procs\[0\]\.body\[0\]/);
    assert.match(
      told.stdout,
      /field {4}value\.String: expected "Hello, Dust!", recorded "Hello, Rust!"/,
    );
    assert.match(told.stdout, /cause {4}log damaged/);
    const report = JSON.parse((await dustrun("replay", bad, "--json")).stdout);
    assert.equal(report.seq, 3);
    assert.equal(report.cause.class, "log damaged");
  });
});

Deno.test("dustrun replay answers 7 for a log that stops early, and 6 for one without a header", async () => {
  await withLogs(async ({ good }) => {
    const lines = Deno.readTextFileSync(good).split("\n");
    Deno.writeTextFileSync(good, lines.slice(0, 4).map((line) => `${line}\n`).join(""));
    const short = await dustrun("replay", good);
    assert.equal(short.exit, 7);
    assert.match(short.stdout, /stops after 4 lines\nthe run would go on with 4 leave_proc/);
    Deno.writeTextFileSync(good, lines.slice(1).join("\n"));
    const headless = await dustrun("replay", good);
    assert.equal(headless.exit, 6);
    assert.match(headless.stderr, /error\[DR1308\]/);
  });
});

Deno.test("dustrun replay of a summary trace needs the program, and of a log refuses other input", async () => {
  const trace = `${PROGRAMS}fibonacci/trace.json`;
  const program = `${PROGRAMS}fibonacci/program.dir.json`;
  assert.equal((await dustrun("replay", trace)).exit, 5);
  assert.equal((await dustrun("--replay", trace, program)).exit, 0);
  const other = await dustrun("replay", trace, `${PROGRAMS}hello/program.dir.json`);
  assert.equal(other.exit, 1);
  assert.match(other.stdout, /diverges at effects\.events\[0\]\.payload/);
  await withLogs(async ({ good }) => {
    assert.equal((await dustrun("replay", good, "--arg", "n=3")).exit, 5);
    assert.equal((await dustrun("replay", good, `${PROGRAMS}hello/program.dir.json`)).exit, 0);
  });
});

// covers: REP-06
Deno.test("dustrun diff answers 0 for the same and 1 for different, in text and JSON", async () => {
  await withLogs(async ({ good, bad }) => {
    const same = await dustrun("diff", good, good);
    assert.equal(same.exit, 0);
    assert.match(same.stdout, /are equivalent/);
    const different = await dustrun("diff", good, bad);
    assert.equal(different.exit, 1);
    assert.match(different.stdout, /\n- +3 effect .*Hello, Dust!.*\n\+ +3 effect .*Hello, Rust!/);
    const sides = await dustrun("diff", "--view", "side", good, bad);
    assert.match(sides.stdout, /\n3 effect +\| 3 effect\n/);
    const { report } = JSON.parse((await dustrun("diff", "--json", good, bad)).stdout);
    assert.deepEqual(report.counts, { effects: { changed: 1, onlyLeft: 0, onlyRight: 0 } });
    assert.equal((await dustrun("diff", "--ignore", "effect", good, bad)).exit, 0);
    const trace = `${PROGRAMS}hello/trace.json`;
    assert.equal((await dustrun("diff", good, trace)).exit, 0);
    assert.equal((await dustrun("diff", bad, trace)).exit, 1);
    assert.equal((await dustrun("diff", "--level", "bytes", bad, trace)).exit, 5);
  });
});

Deno.test("what a program wrote cannot command the terminal through replay and diff", async () => {
  await withLogs(async ({ good, bad }) => {
    const evil = Deno.readTextFileSync(bad).replaceAll("Rust", "\u202eR\\u001b[2J");
    Deno.writeTextFileSync(bad, evil);
    for (const words of [["replay", bad], ["diff", good, bad], ["diff", "--json", good, bad]]) {
      const { stdout } = await dustrun(...words);
      assert.ok(!stdout.includes("\u001b") && !stdout.includes("\u202e"));
    }
  });
});

Deno.test("dustrun state shows the state behind any event, in text and JSON, and says what is not there", async () => {
  await withLogs(async ({ good }) => {
    const text = await dustrun("state", good, "--at", "effect:0");
    assert.equal(text.exit, 0, text.stderr);
    assert.match(text.stdout, /^3 effect .*\ntick 1, execution; effects 1,/);
    assert.match(text.stdout, /\n {2}at return 0\n/);
    assert.match(text.stdout, /\n {2}0 emit Hello, Dust! \(tick 1\)\n/);
    const json = await dustrun("state", good, "--at", "3", "--json");
    const view = JSON.parse(json.stdout);
    assert.equal(view.event.seq, 3);
    assert.equal(view.frames[0].proc, "Hello::K::main");
    for (const at of ["99", "tick:99", "effect:1", "proc:other", "x", "tick:x"]) {
      const none = await dustrun("state", good, "--at", at);
      assert.equal(none.exit, 5, at);
      assert.match(none.stderr, /error\[DR1303\]/);
    }
    Deno.truncateSync(good, 30);
    assert.equal((await dustrun("state", good)).exit, 5);
    Deno.writeTextFileSync(good, "no log\n");
    assert.equal((await dustrun("state", good)).exit, 6);
  });
});

Deno.test("dustrun export writes events, dustviz lines, the summary trace and CSV", async () => {
  await withLogs(async ({ good }) => {
    const trace = Deno.readTextFileSync(`${PROGRAMS}hello/trace.json`);
    assert.equal((await dustrun("export", good, "--format", "trace")).stdout, trace);
    assert.equal(
      (await dustrun("export", good, "--format", "csv")).stdout,
      'index,tick,kind,proc,at,payload,value\n0,1,emit,main,body[0],"Hello, Dust!","{""String"":""Hello, Dust!""}"\n',
    );
    assert.equal(
      (await dustrun("export", good, "--format", "dustviz")).stdout,
      '{"kind":"enter_proc","proc":"main"}\n{"kind":"stmt_exec","proc":"main","stmt_index":0}\n',
    );
    const followed = await dustrun("export", good, "--follow");
    assert.equal(followed.exit, 0);
    const semantic = Deno.readTextFileSync(good).split("\n").slice(0, -2).join("\n");
    assert.equal(followed.stdout, `${semantic}\n`);
    assert.equal((await dustrun("export", good, "--format", "trace", "--follow")).exit, 5);
    Deno.truncateSync(good, Deno.statSync(good).size - 200);
    assert.equal((await dustrun("export", good, "--format", "trace")).exit, 7);
    Deno.writeTextFileSync(good, "{}\n");
    assert.equal((await dustrun("export", good)).exit, 6);
  });
});
