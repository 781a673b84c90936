import {
  assertEquals,
  assertMatch,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
} from "../../std/assert.ts";
import { AppendableFile } from "../../mod.ts";
import { dustrun } from "../../tests/support/memory_io.ts";
import { proc, program } from "../../tests/support/program.ts";
import { cutAfterIntent } from "../../tests/support/sample_logs.ts";

const PROGRAMS = new URL("../../fixtures/programs/", import.meta.url).pathname;
const ALL_EFFECTS = `${PROGRAMS}all_effects/program.dir.json`;
const SILENT = `${PROGRAMS}gcd/program.dir.json`;

/** A folder with a program that emits and seals in turns. */
function workFolder() {
  const folder = Deno.makeTempDirSync();
  const text = program(
    proc("K::main() -> i64", 'emit "a"', 'seal "b"', 'emit "c"', 'seal "d"', "return 0"),
  );
  Deno.writeTextFileSync(`${folder}/p.dir.json`, text);
  return {
    program: `${folder}/p.dir.json`,
    store: `${folder}/store`,
    out: `${folder}/out.txt`,
    folder,
  };
}

function logOf(store: string): string {
  const names = [...Deno.readDirSync(`${store}/runs`)].map(({ name }) => name).sort();
  return `${store}/runs/${names[0]}`;
}

/** Leaves what a crash after the first intent leaves: the log up to there, and the claim on the file, whose text is returned. */
function crashAfterIntent({ log, out }: { readonly log: string; readonly out: string }): string {
  const run = /"occurrence":"([0-9a-f]+)"/.exec(cutAfterIntent(log))?.[1];
  const claim = `dustrun-claim:${run}:${log}`;
  Deno.symlinkSync(claim, `${out}.claim`);
  return claim;
}

function sealed(path: string): string[] {
  return Deno.readTextFileSync(path).trim().split("\n").map((line) => JSON.parse(line).payload);
}

// covers: EFF-11, EFF-05
Deno.test("an effect that its sink refuses ends the realization; resume goes on from there", async () => {
  const { program, store, out, folder } = workFolder();
  const ledger = `${folder}/seals.jsonl`;
  Deno.writeTextFileSync(ledger, "this is no ledger\n");
  const words = ["--store", store, "--realize", `emit=file:${out}`];
  const refused = await dustrun(program, ...words, "--realize", `seal=ledger:${ledger}`);
  assertStrictEquals(refused.exit, 7);
  assertMatch(refused.stderr, /DR1310.*ledger:.*damaged.*0 of 4 effects performed/);
  const traced = await dustrun(
    program,
    ...words,
    "--emit-trace",
    "--realize",
    `seal=ledger:${ledger}`,
  );
  assertStrictEquals(traced.exit, 7);
  const { error, effects } = JSON.parse(traced.stdout);
  assertStrictEquals(error.kind, "EffectViolation");
  assertStrictEquals(effects, undefined);
  Deno.removeSync(ledger);
  const resumed = await dustrun("resume", "1", "--store", store);
  assertStrictEquals(resumed.exit, 0, resumed.stderr);
  assertMatch(resumed.stderr, /1: complete; 4 effects realized/);
  assertStrictEquals(Deno.readTextFileSync(out), "a\nc\n");
  assertEquals(sealed(ledger), ["b", "d"]);
});

Deno.test("suggested commands quote the path of the log for a shell", async () => {
  const { program, store, out, folder } = workFolder();
  const log = `${folder}/it's $(a) log.jsonl`;
  const quoted = `'${folder}/it'\\''s $(a) log.jsonl'`;
  const sink = `emit=file:${folder}/missing/out.txt`;
  const failed = await dustrun(program, "--store", store, "--log", log, "--realize", sink);
  const command =
    `dustrun resume ${quoted} --store ${store} --allow-sink ${folder}/missing/out.txt`;
  assertStringIncludes(failed.stderr, `${command} continues from there`);
  const again = await dustrun(program, "--store", store, "--log", log, "--realize", sink);
  assertStringIncludes(again.stderr, `dustrun audit ${quoted} says what is left to do`);
  const resumed = await dustrun("resume", log, "--store", store);
  assertStringIncludes(resumed.stderr, `dustrun resume ${quoted} --store ${store} --allow-sink `);
  const allowed = await dustrun("resume", log, "--store", store, "--allow-sink", out);
  assertStringIncludes(
    allowed.stderr,
    `${quoted} --store ${store} --allow-sink ${out} --allow-sink `,
  );
});

// covers: EFF-12, EFF-13
Deno.test("a sink that cannot be had is found before the first effect is performed", async () => {
  const { program, store, out, folder } = workFolder();
  const missing = `${folder}/missing/out.txt`;
  const first = await dustrun(program, "--store", store, "--realize", `emit=file:${missing}`);
  assertStrictEquals(first.exit, 7);
  const second = await dustrun(
    program,
    ...["--store", store, "--realize", `emit=file:${out}`, "--realize", `seal=file:${missing}`],
  );
  assertStrictEquals(second.exit, 7);
  assertStrictEquals(
    Deno.readTextFileSync(out),
    "",
    "nothing is emitted before the seal is possible",
  );
  assertThrows(() => Deno.statSync(`${out}.claim`), Deno.errors.NotFound);
});

Deno.test("resume: running it twice changes nothing, and a run without effects has nothing to resume", async () => {
  const { program, store, out } = workFolder();
  await dustrun(program, "--store", store, "--realize", `emit=file:${out}`);
  const log = logOf(store);
  const before = [log, out, `${store}/seals.jsonl`].map((path) => Deno.readTextFileSync(path));
  for (let times = 0; times < 2; times++) {
    const resumed = await dustrun("resume", "@", "--store", store);
    assertEquals([resumed.exit, resumed.stdout], [0, ""]);
    assertMatch(resumed.stderr, /nothing was left to do; 4 effects realized/);
  }
  const after = [log, out, `${store}/seals.jsonl`].map((path) => Deno.readTextFileSync(path));
  assertEquals(after, before);
  await dustrun(SILENT, "--store", store, "--arg", "a=12", "--arg", "b=18", "-e", "gcd");
  assertMatch((await dustrun("resume", "@", "--store", store)).stderr, /nothing to realize/);
});

// covers: EFF-04
Deno.test("a process without effects touches nothing but its log", async () => {
  const { store, folder, program } = workFolder();
  await dustrun(SILENT, "--store", store, "-e", "gcd", "--arg", "a=12", "--arg", "b=18");
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
    program.split("/").at(-1),
    "store",
  ]);
  assertEquals([...Deno.readDirSync(store)].map(({ name }) => name).sort(), ["log", "runs"]);
});

Deno.test("resume refuses a log that is damaged, has no outcome, or is not there", async () => {
  const { program, store, out, folder } = workFolder();
  await dustrun(program, "--store", store, "--realize", `emit=file:${out}`);
  const text = Deno.readTextFileSync(logOf(store));
  const copy = `${folder}/copy.jsonl`;
  Deno.writeTextFileSync(copy, text.replace('"payload":"a"', '"payload":"z"'));
  assertStrictEquals((await dustrun("resume", copy)).exit, 6);
  Deno.writeTextFileSync(copy, `${text.split("\n").slice(0, 4).join("\n")}\n`);
  const unresolved = await dustrun("resume", copy);
  assertStrictEquals(unresolved.exit, 7);
  assertMatch(unresolved.stderr, /unless it was cut, none of the run's effects was performed/);
  Deno.writeTextFileSync(copy, "");
  assertStrictEquals((await dustrun("resume", copy)).exit, 7);
  assertStrictEquals((await dustrun("resume", `${folder}/nothing.jsonl`)).exit, 2);
  assertStrictEquals((await dustrun("resume", "9", "--store", store)).exit, 2);
  assertStrictEquals((await dustrun("resume", "@", "--in-doubt", "maybe")).exit, 5);
});

Deno.test({
  name: "two processes on one file or ledger: the second waits, or is refused with --no-wait",
  ignore: !("tryLockSync" in Deno.FsFile.prototype), // older runtimes wait for the log's lock instead
  fn: async () => {
    const { program, store, out } = workFolder();
    const words = [program, "--store", store, "--realize", `emit=file:${out}`];
    await dustrun(...words);
    for (const path of [out, `${store}/seals.jsonl`]) {
      const held = AppendableFile.open(path);
      const refused = await dustrun(...words, "--no-wait");
      assertStrictEquals(refused.exit, 7);
      assertMatch(refused.stderr, /another run is writing to it; 0 of 4/);
      const waiting = dustrun(...words);
      await new Promise((resolve) => setTimeout(resolve, 1_300));
      held.close();
      const { exit, stderr } = await waiting;
      assertStrictEquals(exit, 0);
      assertMatch(stderr, /waiting: another run is writing to (file|ledger):/);
    }
    const log = AppendableFile.open(logOf(store));
    assertStrictEquals((await dustrun("resume", "1", "--store", store)).exit, 2);
    log.close();
    for (const run of ["2", "4"]) {
      assertStrictEquals((await dustrun("resume", run, "--store", store)).exit, 0);
    }
    assertStrictEquals(Deno.readTextFileSync(out), "a\nc\n".repeat(5));
    assertEquals(sealed(`${store}/seals.jsonl`), Array(5).fill(["b", "d"]).flat());
  },
});

Deno.test("an interrupted run keeps its file until it is resumed", async () => {
  const { program, store, out } = workFolder();
  const words = [program, "--store", store, "--realize", `emit=file:${out}`];
  await dustrun(...words);
  const claim = crashAfterIntent({ log: logOf(store), out });
  Deno.writeTextFileSync(out, "");
  Deno.removeSync(`${store}/seals.jsonl`);
  const second = await dustrun(...words);
  assertStrictEquals(second.exit, 7);
  assertMatch(second.stderr, /an interrupted run claims it: first dustrun resume /);
  assertStrictEquals((await dustrun("resume", "1", "--store", store)).exit, 0);
  assertStrictEquals((await dustrun("resume", "2", "--store", store)).exit, 0);
  assertStrictEquals(Deno.readTextFileSync(out), "a\nc\na\nc\n");
  Deno.symlinkSync(`${claim}.gone`, `${out}.claim`);
  const third = await dustrun(...words);
  assertMatch(third.stderr, /cannot be read; remove .*claim/);
});

// covers: EFF-09
Deno.test("resume: an intent that has no length of its file is in doubt", async () => {
  const { program, store, out } = workFolder();
  await dustrun(program, "--store", store, "--realize", `emit=file:${out}`);
  const log = logOf(store);
  const cut = cutAfterIntent(log);
  Deno.writeTextFileSync(log, cut.replace(/"position":[0-9]+/, '"position":-1'));
  Deno.removeSync(`${store}/seals.jsonl`);
  const resume = (...words: readonly string[]) =>
    dustrun("resume", "1", "--store", store, ...words);
  const { exit, stderr } = await resume();
  assertStrictEquals(exit, 7, stderr);
  assertMatch(stderr, /the length of the file was not recorded/);
  assertStrictEquals((await resume("--in-doubt", "skip")).exit, 0);
  assertStrictEquals((await dustrun("verify", log)).exit, 0);
});

Deno.test("abandon closes a run for good: audit counts it as settled, and its file is free", async () => {
  const { program, store, out } = workFolder();
  const words = [program, "--store", store, "--realize", `emit=file:${out}`];
  await dustrun(...words);
  const log = logOf(store);
  crashAfterIntent({ log, out });
  assertStrictEquals((await dustrun("abandon", log)).exit, 5);
  assertStrictEquals((await dustrun("abandon", log, "--why", " ")).exit, 5);
  assertStrictEquals((await dustrun("audit", log)).exit, 7);
  const abandoned = await dustrun("abandon", log, "--why", "sold");
  assertMatch(abandoned.stderr, /: abandoned; 0 of 4 effects realized/);
  assertMatch(Deno.readTextFileSync(log), /"status":"abandoned","performed":0,"reason":"sold"/);
  const again = await dustrun("abandon", log, "--why", "again", "--json");
  assertMatch(again.stdout, /"wasClosed":true,"effects":4,"performed":0/);
  const resumed = await dustrun("resume", log);
  assertStrictEquals(resumed.exit, 0);
  assertMatch(resumed.stderr, /it was abandoned \(sold\); 0 effects realized/);
  assertStrictEquals((await dustrun("verify", log)).exit, 0);
  const audit = await dustrun("audit", log);
  assertStrictEquals(audit.exit, 0, audit.stdout);
  assertMatch(audit.stdout, /abandoned/);
  const second = await dustrun(...words);
  assertStrictEquals(second.exit, 0, second.stderr);
});

Deno.test("abandon refuses a run whose realization has not begun", async () => {
  const { program, store } = workFolder();
  await dustrun(program, "--store", store);
  const log = logOf(store);
  const text = Deno.readTextFileSync(log);
  Deno.writeTextFileSync(log, text.slice(0, text.indexOf('{"seq":', text.indexOf('"outcome"'))));
  const { exit, stderr } = await dustrun("abandon", log, "--why", "test");
  assertStrictEquals(exit, 7);
  assertMatch(stderr, /DR1309[^]*nothing to abandon/);
});

Deno.test("a run that realizes nothing has nothing to resume or abandon, and nothing to collect", async () => {
  const { program, store } = workFolder();
  await dustrun(program, "--simulate", "--store", store);
  const words = ["@", "--store", store];
  assertMatch((await dustrun("resume", ...words)).stderr, /^@: there is nothing to realize\n$/);
  const { exit, stderr } = await dustrun("abandon", ...words, "--why", "test");
  assertStrictEquals(exit, 0);
  assertMatch(stderr, /^@: there is nothing to abandon\n$/);
  const collected = await dustrun("runs", "gc", "--store", store);
  assertStrictEquals(collected.stdout, "crashes have left nothing behind\n");
});

Deno.test("one file cannot be two sinks, nor the log a sink", async () => {
  const { program, store, out, folder } = workFolder();
  const both = await dustrun(
    program,
    ...["--store", store, "--realize", `emit=file:${out}`, "--realize", `seal=ledger:${out}`],
  );
  assertMatch(both.stderr, /ledger:.*: file:.*out.txt is the same file; 0 of 4/);
  const log = `${folder}/run.jsonl`;
  const own = await dustrun(program, "--log", log, "--realize", `emit=file:${log}`);
  assertMatch(own.stderr, /it is the log of this run/);
  const shared = await dustrun(
    program,
    ...["--store", store, "--realize", `emit=file:${out}`],
    ...["--realize", `seal=file:${folder}/./out.txt`],
  );
  assertStrictEquals(shared.exit, 0, shared.stderr);
  assertStrictEquals(Deno.readTextFileSync(out), "a\nb\nc\nd\n");
  Deno.linkSync(out, `${folder}/second.txt`);
  const linked = await dustrun(
    program,
    ...["--store", store, "--group", "9", "--realize", `emit=file:${out}`],
    ...["--realize", `seal=file:${folder}/second.txt`],
  );
  assertStrictEquals(linked.exit, 0, linked.stderr);
  assertStrictEquals(Deno.readTextFileSync(out), "a\nb\nc\nd\na\nb\nc\nd\n");
  const fresh = `${folder}/fresh.jsonl`;
  await dustrun(program, "--simulate", "--log", fresh);
  Deno.linkSync(fresh, `${folder}/log.txt`);
  const twice = await dustrun(
    ...[program, "--log", `${folder}/log.txt`, "--realize", `emit=file:${fresh}`],
  );
  assertMatch(twice.stderr, /it is the log of this run/);
});

// covers: EFF-02, EFF-09
Deno.test("groups change how often the log is synced, and nothing else", async () => {
  const outs: string[] = [];
  for (const group of ["1", "3", "1000"]) {
    const { store, out } = workFolder();
    await dustrun(
      ALL_EFFECTS,
      ...["--store", store, "--group", group, "--realize", `emit=file:${out}`],
    );
    outs.push(Deno.readTextFileSync(out));
  }
  assertStrictEquals(new Set(outs).size, 1);
  assertStrictEquals((await dustrun(ALL_EFFECTS, "--group", "0")).exit, 5);
});

Deno.test("resume of a log that this store did not begin writes only to sinks that the user allows", async () => {
  const { program, store, out, folder } = workFolder();
  const words = [program, "--store", store, "--realize", `emit=file:${out}`];
  await dustrun(...words);
  const log = logOf(store);
  const cut = cutAfterIntent(log);
  Deno.truncateSync(out);
  Deno.removeSync(`${store}/seals.jsonl`);
  // A copy of the whole store, and the log alone: neither is the store that began the run.
  const clone = `${folder}/clone`;
  Deno.mkdirSync(`${clone}/runs`, { recursive: true });
  Deno.copyFileSync(`${store}/log`, `${clone}/log`);
  Deno.copyFileSync(log, `${clone}/runs/${log.split("/").at(-1)}`);
  Deno.writeTextFileSync(`${folder}/alone.jsonl`, cut);
  for (const foreign of [logOf(clone), `${folder}/alone.jsonl`]) {
    const { exit, stderr } = await dustrun("resume", foreign, "--store", store);
    assertStrictEquals(exit, 5);
    assertMatch(stderr, /DR1322.*the log names [^ ]*out.txt, and the command line does not/);
    assertMatch(stderr, /help: if that is meant: dustrun resume .* --allow-sink [^ ]*out.txt\n/);
    assertStrictEquals(Deno.readTextFileSync(out), "");
  }
  const other = await dustrun("resume", logOf(clone), "--store", store, "--allow-sink", folder);
  assertStrictEquals(other.exit, 5);
  const resumed = await dustrun("resume", log);
  assertStrictEquals(resumed.exit, 0);
  assertMatch(resumed.stderr, /^writes to [^ ]*out.txt, [^ ]*seals.jsonl\n/);
  assertStrictEquals(Deno.readTextFileSync(out), "a\nc\n");
});

Deno.test("a manifest's sinks are plain files below its folder; everything else needs --allow-sink", async () => {
  const { program, store, folder } = workFolder();
  Deno.mkdirSync(`${folder}/here/.git`, { recursive: true });
  Deno.symlinkSync(folder, `${folder}/here/up`);
  const manifest = `${folder}/here/dustrun.jsonc`;
  const run = (sink: string, ...words: readonly string[]) => {
    const emit = /^ledger:/.test(sink) ? sink : `file:${sink}`;
    Deno.writeTextFileSync(manifest, JSON.stringify({ realizers: { emit } }));
    return dustrun(program, "--store", store, "--env", manifest, ...words);
  };
  assertStrictEquals((await run(`${folder}/here/out.txt`)).exit, 0);
  const refused = [`${folder}/out.txt`, `${folder}/here/.git/config`, `${folder}/here/up/out.txt`];
  for (const sink of [...refused, `${folder}/here/.profile`, `${folder}/here/../out.txt`]) {
    const { exit, stderr } = await run(sink);
    assertStrictEquals(exit, 5, sink);
    assertMatch(stderr, /DR1322[^]*--allow-sink/);
    assertStrictEquals((await run(sink, "--simulate")).exit, 0);
    assertStrictEquals((await run(sink, "--realize", "emit=log")).exit, 0);
  }
  assertStrictEquals((await run(`${folder}/out.txt`, "--allow-sink", `${folder}/out.txt`)).exit, 0);
  assertStrictEquals((await run(`ledger:${store}/seals.jsonl`, "--realize", "seal=log")).exit, 0);
});
