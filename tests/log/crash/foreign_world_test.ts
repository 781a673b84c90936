/**
 * Other programs use the same files: they append, truncate, rename, replace and link them, while effects are realized and between an intent
 * and its resumption.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../../std/assert.ts";
import { dustrun } from "../../support/memory_io.ts";
import { proc, program } from "../../support/program.ts";
import { cutAfterIntent } from "../../support/sample_logs.ts";
import { sized } from "../../support/size.ts";

/** A folder with a program that emits these lines. */
function workFolder(lines: readonly string[]) {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  const body = lines.map((line) => `emit ${JSON.stringify(line)}`);
  Deno.writeTextFileSync(
    `${folder}/p.dir.json`,
    program(proc("K::main() -> i64", ...body, "return 0")),
  );
  const out = `${folder}/out.txt`;
  const log = `${folder}/run.jsonl`;
  const words = [`${folder}/p.dir.json`, "--log", log, "--realize", `emit=file:${out}`];
  return { folder, out, log, words };
}

type Work = ReturnType<typeof workFolder>;

/** A run that was killed directly after its first intent was durable: nothing was written yet. The file has one line of somebody else. */
async function killedAfterIntent(group = 1): Promise<Work> {
  const work = workFolder(["one", "two"]);
  Deno.writeTextFileSync(work.out, "before\n");
  assertStrictEquals((await dustrun(...work.words, "--group", String(group))).exit, 0);
  cutAfterIntent(work.log);
  Deno.truncateSync(work.out, "before\n".length);
  return work;
}

const read = (path: string) => Deno.readTextFileSync(path);

// covers: EFF-03
Deno.test("lines that another program appends meanwhile and the effects are all there, each once", async () => {
  const effects = sized({ quick: 60, ci: 300 });
  const foreign = sized({ quick: 40, ci: 200 });
  const work = workFolder(Array.from({ length: effects }, (_, index) => `effect ${index}`));
  Deno.writeTextFileSync(work.out, "");
  const other = anotherProgram(work.out, foreign);
  const { exit, stderr } = await dustrun(...work.words);
  assertStrictEquals((await other.status).code, 0);
  assertStrictEquals(exit, 0, stderr);
  const lines = read(work.out).trimEnd().split("\n");
  const isForeign = (line: string) => !line.startsWith("effect");
  const first = lines.findIndex(isForeign);
  assert(first > 0 && lines.slice(first).some((line) => !isForeign(line)), "one after the other");
  assertStrictEquals(lines.length, effects + foreign);
  assertStrictEquals(new Set(lines).size, effects + foreign);
  const { exit: audited, stdout } = await dustrun("audit", work.log);
  assertStrictEquals(audited, 0, stdout);
  Deno.removeSync(work.folder, { recursive: true });
});

/** A process that appends lines one at a time, from when the first effect is in the file. */
function anotherProgram(path: string, lines: number): Deno.ChildProcess {
  const script = 'until grep -q effect "$1"; do :; done; ' +
    'for line in $(seq "$2"); do echo "line $line of another program" >> "$1"; done';
  return new Deno.Command("sh", { args: ["-c", script, "sh", path, String(lines)] }).spawn();
}

/** What somebody does to the file between the intent and `resume`, and what must come of it. */
const EVENTS: readonly {
  readonly what: string;
  readonly group?: number;
  readonly act: (work: Work) => void;
  readonly exit: number;
  /** The file afterwards; `undefined` if it is not looked at. */
  readonly content?: string;
  readonly reason?: RegExp;
}[] = [
  { what: "nothing", act: () => {}, exit: 0, content: "before\none\ntwo\n" },
  {
    what: "lines that are none of ours",
    act: ({ out }) => append(out, "other\n"),
    exit: 0,
    content: "before\nother\none\ntwo\n",
  },
  {
    what: "our line, and then the process died",
    act: ({ out }) => append(out, "one\n"),
    exit: 0,
    content: "before\none\ntwo\n",
  },
  {
    what: "half of our line",
    act: ({ out }) => append(out, "on"),
    exit: 0,
    content: "before\none\ntwo\n",
  },
  {
    what: "half of a group",
    group: 2,
    act: ({ out }) => append(out, "one\nt"),
    exit: 0,
    content: "before\none\ntwo\n",
  },
  {
    what: "half of our line after another one",
    act: ({ out }) => append(out, "other\no"),
    exit: 0,
    content: "before\nother\none\ntwo\n",
  },
  {
    what: "an equal line among others",
    act: ({ out }) => append(out, "other\none\n"),
    exit: 7,
    content: "before\nother\none\n",
    reason: /something else was appended/,
  },
  {
    what: "our line and another one",
    act: ({ out }) => append(out, "one\nother\n"),
    exit: 7,
    content: "before\none\nother\n",
  },
  {
    what: "truncation",
    act: ({ out }) => Deno.truncateSync(out, 3),
    exit: 7,
    content: "bef",
    reason: /shorter/,
  },
  {
    what: "replacement by a file with our line",
    act: ({ out }) => {
      Deno.writeTextFileSync(`${out}.new`, "before\none\n");
      Deno.renameSync(`${out}.new`, out);
    },
    exit: 7,
    content: "before\none\n",
    reason: /replaced/,
  },
  {
    what: "renaming",
    act: ({ out }) => Deno.renameSync(out, `${out}.old`),
    exit: 7,
    content: "",
    reason: /replaced/,
  },
  {
    what: "a link in its place",
    act: ({ folder, out }) => {
      Deno.renameSync(out, `${folder}/victim.txt`);
      Deno.symlinkSync(`${folder}/victim.txt`, out);
    },
    exit: 7,
    content: "before\n",
    reason: /its name leads to .*victim.txt now/,
  },
  {
    what: "a link to nothing in its place",
    act: ({ folder, out }) => {
      Deno.removeSync(out);
      Deno.symlinkSync(`${folder}/victim.txt`, out);
    },
    exit: 7,
    reason: /not a regular file/,
  },
  {
    what: "a folder in its place",
    act: ({ out }) => {
      Deno.removeSync(out);
      Deno.mkdirSync(out);
    },
    exit: 7,
    reason: /not a regular file/,
  },
  {
    what: "a pipe in its place",
    act: ({ out }) => {
      Deno.removeSync(out);
      assert(new Deno.Command("mkfifo", { args: [out] }).outputSync().success);
    },
    exit: 7,
    reason: /not a regular file/,
  },
];

function append(path: string, text: string): void {
  Deno.writeTextFileSync(path, text, { append: true });
}

for (const { what, group, act, exit, content, reason } of EVENTS) {
  // covers: EFF-03, EFF-09
  Deno.test(`between an intent and resume: ${what}`, async () => {
    const work = await killedAfterIntent(group);
    act(work);
    const resumed = await dustrun(
      "resume",
      work.log,
      "--group",
      String(group ?? 1),
      "--allow-sink",
      work.out,
    );
    assertStrictEquals(resumed.exit, exit, resumed.stderr);
    assertMatch(resumed.stderr, reason ?? /./);
    if (content !== undefined) assertStrictEquals(read(work.out), content);
    const receipts = read(work.log).match(/"effect_realized"/g)?.length ?? 0;
    assertStrictEquals(receipts > 0, exit === 0, "a receipt, and the effect is not there");
    await dustrun("audit", work.log); // it must end as well, whatever is there
    Deno.removeSync(work.folder, { recursive: true });
  });
}

Deno.test("whatever has the name of a claim is not changed, nor what it points to", async () => {
  const makers: readonly ((claim: string, victim: string) => void)[] = [
    (claim) => Deno.writeTextFileSync(claim, "mine"),
    (claim) => Deno.writeTextFileSync(claim, ""),
    (claim) => Deno.writeTextFileSync(claim, '{"log":"/a","run":"b"}\n'),
    (claim, victim) => Deno.symlinkSync(victim, claim),
    (claim, victim) => Deno.linkSync(victim, claim),
    (claim) => Deno.mkdirSync(claim),
    (claim) => assert(new Deno.Command("mkfifo", { args: [claim] }).outputSync().success),
  ];
  for (const make of makers) {
    const work = workFolder(["one"]);
    const claim = `${work.out}.claim`;
    Deno.writeTextFileSync(`${work.folder}/victim`, "victim");
    make(claim, `${work.folder}/victim`);
    const before = Deno.lstatSync(claim);
    const { exit, stderr } = await dustrun(...work.words);
    assertStrictEquals(exit, 7);
    assertMatch(stderr, /is needed to claim it, and something else has that name; 0 of 1/);
    const after = Deno.lstatSync(claim);
    assertEquals([after.ino, after.size, after.mtime], [before.ino, before.size, before.mtime]);
    assertStrictEquals(read(`${work.folder}/victim`), "victim");
    assertStrictEquals(read(work.out), "");
    Deno.removeSync(claim, { recursive: true });
    assertStrictEquals((await dustrun("resume", work.log, "--allow-sink", work.out)).exit, 0);
    assertStrictEquals(read(work.out), "one\n");
    Deno.removeSync(work.folder, { recursive: true });
  }
});
