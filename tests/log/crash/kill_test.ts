/**
 * Real processes, really killed: SIGKILL at the n-th system call on the log, the sinks or their folders (by `strace`), and at random
 * times. The kernel keeps its page cache, so this shows that the order of the process's operations is right; what a loss of
 * power does is `crash_test.ts`.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotStrictEquals,
  assertStrictEquals,
} from "../../../std/assert.ts";
import { proc, program } from "../../support/program.ts";
import { LOOP_PROGRAM } from "../../support/loop_program.ts";
import { dustrun as inProcess } from "../../support/memory_io.ts";
import { sized, testSeed } from "../../support/size.ts";
import { Random } from "../../../campaign/random.ts";
import { needing, strace } from "../../support/needs.ts";

const CLI = new URL("../../../cli.ts", import.meta.url).pathname;
const STRACE = strace();
const GROUPS = [1, 7, 64];

/** Emitted, observed and sealed in longer and shorter turns; payloads differ. */
const DUE = [["emit", 12], ["seal", 8], ["observe", 1], ["emit", 2], ["seal", 1]].flatMap(
  ([kind, count], turn) =>
    Array.from({ length: Number(count) }, (_, index) => ({
      kind: String(kind),
      payload: `effect ${turn}.${index}`,
    })),
);

/** A folder with the program in it. */
function workFolder(): string {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  const body = DUE.map(({ kind, payload }) => `${kind} ${JSON.stringify(payload)}`);
  Deno.writeTextFileSync(
    `${folder}/p.dir.json`,
    program(proc("K::main() -> i64", ...body, "return 0")),
  );
  return folder;
}

function dustrun(folder: string, words: readonly string[], under: readonly string[] = []) {
  const [command = "", ...args] = [
    ...under,
    Deno.execPath(),
    ...["run", "--no-prompt", "-R", "-W", CLI],
    ...words,
  ];
  return new Deno.Command(command, {
    args,
    cwd: folder,
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  });
}

/** The system calls that change something or make it durable. */
const CALLS = ["openat", "write", "fdatasync", "fsync", "symlink", "mkdir", "unlink"] as const;

/** The n-th of one system call on what realization touches. */
interface CallToKill {
  readonly call: (typeof CALLS)[number];
  readonly n: number;
}

/** A command line that is killed at a system call. */
function killedAt(
  folder: string,
  { call, n }: CallToKill,
  words: readonly string[],
): Deno.CommandOutput {
  const paths = [
    ".",
    "out.txt",
    "out.txt.claim",
    ".dustrun",
    ".dustrun/runs",
    ".dustrun/runs/000001-p.jsonl",
    ".dustrun/seals.jsonl",
  ].flatMap((path) => ["-P", path === "." ? folder : `${folder}/${path}`]);
  return dustrun(folder, words, [
    ...["strace", "-f", "-o", "/dev/null", ...paths],
    ...["-e", `trace=${call}`, "-e", `inject=${call}:signal=KILL:when=${n}`],
  ]).outputSync();
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function payloads(kind: string): string[] {
  return DUE.filter((due) => due.kind === kind).map(({ payload }) => payload);
}

function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return "";
    throw cause;
  }
}

/** What the sinks hold, whole lines only. */
function held(folder: string): { readonly emitted: string[]; readonly sealed: string[] } {
  const lines = (path: string) => read(`${folder}/${path}`).split("\n").slice(0, -1);
  return {
    emitted: lines("out.txt"),
    sealed: lines(".dustrun/seals.jsonl").map((line) => JSON.parse(line).payload),
  };
}

/** A command line in this process, against the folder's only run. */
async function later(folder: string, command: string, ...words: readonly string[]) {
  const [run] = await Array.fromAsync(logsIn(folder));
  return await inProcess(command, run ?? `${folder}/.dustrun/runs/none`, ...words);
}

async function* logsIn(folder: string): AsyncGenerator<string> {
  try {
    for await (const { name } of Deno.readDir(`${folder}/.dustrun/runs`)) {
      if (name.endsWith(".jsonl")) yield `${folder}/.dustrun/runs/${name}`;
    }
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
  }
}

interface EffectForTest {
  readonly kind: string;
  readonly payload: string;
  readonly state: string;
}

/** The audit of a folder's only run. */
async function audit(folder: string) {
  const { exit, stdout } = await later(folder, "audit", "--json");
  const effects: readonly EffectForTest[] = stdout === "" ? [] : JSON.parse(stdout).effects;
  return { exit, effects };
}

/** After a kill: the audit claims nothing false about any effect, and nothing exists that it does not report. */
async function assertAuditTrue(folder: string): Promise<void> {
  const { effects } = await audit(folder);
  const { emitted, sealed } = held(folder);
  for (const { kind, payload, state } of effects) {
    const isThere = (kind === "emit" ? emitted : sealed).includes(payload);
    if (state === "realized" && kind !== "observe") assert(isThere, `${payload} is not there`);
    if (state === "proposed") assert(!isThere, `${payload} is there`);
  }
  if (effects.length === 0) assertEquals([emitted, sealed], [[], []]);
}

/** Finishes the run, if it has an outcome, and compares. */
async function assertFinished(folder: string, what: string): Promise<void> {
  await assertAuditTrue(folder);
  const resumed = await later(folder, "resume");
  const { emitted, sealed } = held(folder);
  if (resumed.exit !== 0) {
    assertMatch(resumed.stderr, /DR1305|DR1309/, `${what}: ${resumed.stderr}`);
    assertEquals([emitted, sealed], [[], []], what);
  } else {
    const due = { emitted: payloads("emit"), sealed: payloads("seal") };
    assertEquals({ emitted, sealed }, due, what);
    assertStrictEquals((await audit(folder)).exit, 0, what);
  }
  Deno.removeSync(folder, { recursive: true });
}

function emitTo(folder: string): readonly string[] {
  return ["--realize", `emit=file:${folder}/out.txt`, "p.dir.json"];
}

// covers: EFF-03, EFF-09
Deno.test(needing({
  name: "a process killed at any system call is finished by resume, every effect exactly once",
  needs: [STRACE],
  size: "ci",
  fn: async () => {
    let killed = 0;
    for (const group of GROUPS) {
      const step = sized({ quick: 60, ci: group === 1 ? 3 : 2 });
      for (const call of CALLS.slice(0, sized({ quick: 2, ci: CALLS.length }))) {
        for (let n = sized({ quick: 9, ci: 1 });; n += step) {
          const folder = workFolder();
          const words = ["--group", String(group), ...emitTo(folder)];
          const { success } = killedAt(folder, { call, n }, words);
          await assertFinished(folder, `group ${group}, ${call} ${n}`);
          if (success) break; // there are no calls behind the last one
          killed++;
        }
      }
    }
    console.log(`${killed} processes killed`);
    assert(killed >= sized({ quick: 3, ci: 90 }));
  },
}));

// covers: EFF-03
Deno.test(needing({
  name: "a resume that is killed is finished by the next one",
  needs: [STRACE],
  size: "ci",
  fn: async () => {
    for (let n = 1; n <= sized({ quick: 1, ci: 8 }); n++) {
      const folder = workFolder();
      killedAt(folder, { call: "write", n: 9 }, emitTo(folder));
      for (const call of ["fdatasync", "write"] as const) {
        killedAt(folder, { call, n }, ["resume", "1"]);
      }
      await assertFinished(folder, `second kill at ${n}`);
    }
  },
}));

Deno.test("a process killed at a random time is finished by resume", async () => {
  const random = new Random(testSeed("kill", 99));
  for (let index = 0; index < sized({ quick: 1, ci: 20 }); index++) {
    const folder = workFolder();
    const child = dustrun(folder, emitTo(folder)).spawn();
    await new Promise((resolve) => setTimeout(resolve, 60 + random.below(140)));
    try {
      child.kill("SIGKILL");
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause; // it had ended already
    }
    await child.output();
    await assertFinished(folder, `kill ${index}`);
  }
});

// covers: EFF-03, EFF-05
Deno.test(needing({
  name: "a pipe is never written to twice without a decision, whenever the process is killed",
  needs: [STRACE],
  size: "ci",
  fn: async () => {
    for (let n = 3; n < sized({ quick: 4, ci: 14 }); n++) {
      const folder = workFolder();
      const first = textOf(killedAt(folder, { call: "fdatasync", n }, ["p.dir.json"]).stdout);
      const resumed = await later(folder, "resume");
      const shown = (first + resumed.stdout).split("\n").slice(0, -1);
      assertEquals(shown, payloads("emit").slice(0, shown.length), `call ${n}`);
      if (resumed.exit === 0) assertStrictEquals(shown.length, payloads("emit").length);
      else {
        assertStrictEquals(resumed.exit, 7);
        assertMatch(resumed.stderr, /DR1311/);
        const { effects } = await audit(folder);
        assertStrictEquals(effects.filter(({ state }) => state === "in_doubt").length, 1);
      }
      Deno.removeSync(folder, { recursive: true });
    }
  },
}));

// covers: EFF-08
Deno.test(needing({
  name: "under simulation no sink is opened or written",
  needs: [STRACE],
  size: "ci",
  fn: () => {
    const folder = workFolder();
    const trace = `${Deno.makeTempDirSync()}/calls`;
    const words = ["--simulate", ...emitTo(folder)];
    const calls = "trace=openat,open,creat,write,mkdir,unlink,rename";
    const under = ["strace", "-f", "-y", "-o", trace, "-e", calls];
    const { code, stdout } = dustrun(folder, words, under).outputSync();
    assertStrictEquals(code, 0);
    assertMatch(textOf(stdout), /^status: /);
    const lines = Deno.readTextFileSync(trace).split("\n");
    assert(lines.some((line) => line.includes("000001-p.jsonl")), "the log was not traced");
    for (const sink of ["out.txt", "seals.jsonl", ".claim"]) {
      assertEquals(lines.filter((line) => line.includes(sink) && /open|creat/.test(line)), []);
    }
    const changing = lines.filter((line) =>
      line.includes(`"${folder}/`) && /O_WRONLY|O_RDWR|O_CREAT|mkdir|unlink|rename/.test(line)
    );
    for (const line of changing) assertMatch(line, /\/\.dustrun(\/runs|\/log"|")/, line);
  },
}));

Deno.test("an interrupted run leaves a log whose lines are all valid but for a torn last one", async () => {
  const folder = workFolder();
  Deno.writeTextFileSync(`${folder}/p.dir.json`, LOOP_PROGRAM.text);
  const child = dustrun(folder, ["--arg", "rounds=4000000", "p.dir.json"]).spawn();
  const log = `${folder}/.dustrun/runs/000001-p.jsonl`;
  let hasEnded = false;
  const ended = child.status.then(() => hasEnded = true);
  while (read(log).length < 10_000 && !hasEnded) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  child.kill("SIGINT");
  await ended;
  assertNotStrictEquals((await child.status).code, 0);
  const { exit, stdout } = await inProcess("verify", log);
  assertStrictEquals(exit, 7, stdout);
  // The signal may arrive between two writes or in the middle of one.
  assertMatch(stdout, /valid prefix of [0-9]+ events|torn: [0-9]+ valid events/);
  assertStrictEquals((await inProcess("resume", log)).exit, 7);
});
