import {
  assert,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStrictEquals,
} from "../../std/assert.ts";
import { dustrun, dustrunOn } from "../../tests/support/memory_io.ts";
import { needing } from "../../tests/support/needs.ts";
import { phi } from "../../tests/support/program.ts";

const PROGRAMS = new URL("../../fixtures/programs/", import.meta.url).pathname;
const HELLO = `${PROGRAMS}hello/program.dir.json`;
const ALL_EFFECTS = `${PROGRAMS}all_effects/program.dir.json`;

/** A fresh store, and the log of its run of a number. */
function freshStore() {
  const store = Deno.makeTempDirSync();
  const log = (number: number) => {
    const [path] = [...Deno.readDirSync(`${store}/runs`)].filter(({ name }) =>
      name.startsWith(String(number).padStart(6, "0"))
    );
    return Deno.readTextFileSync(`${store}/runs/${path?.name}`);
  };
  return { store, log };
}

// covers: EFF-09, EFF-10
Deno.test("run: stdout holds what the program emits, a line each, and nothing else", async () => {
  const { store } = freshStore();
  const ran = await dustrun(HELLO, "--store", store);
  assertEquals(ran, {
    exit: 0,
    stdout: "Hello, Dust!\n",
    stderr: "returned 0; 1 effect realized; 1 tick; run 1\n",
  });
  const quiet = await dustrun("--quiet", HELLO, "--store", store);
  assertEquals(quiet, { exit: 0, stdout: "Hello, Dust!\n", stderr: "" });
});

// covers: EFF-07
Deno.test("run: every mode records every effect", async () => {
  const { store, log } = freshStore();
  await dustrun(ALL_EFFECTS, "--store", store);
  await dustrun("--simulate", ALL_EFFECTS, "--store", store);
  const effectsOf = (text: string) => text.match(/"kind":"effect",.*/g);
  assert((effectsOf(log(1))?.length ?? 0) >= 3);
  assertEquals(effectsOf(log(2)), effectsOf(log(1)));
  assertMatch(log(1), /"realization_finished".*"complete"/);
  assertNotMatch(log(2), /effect_intended|effect_realized|realization_finished/);
});

// covers: EFF-08
Deno.test("run --simulate writes the log and nothing else", async () => {
  const { store } = freshStore();
  const simulated = await dustrun("--simulate", ALL_EFFECTS, "--store", store);
  assertStrictEquals(simulated.exit, 0);
  assertEquals([...Deno.readDirSync(store)].map(({ name }) => name).sort(), ["log", "runs"]);
});

Deno.test("run --emit-trace has stdout to itself: what would go there is recorded only", async () => {
  const { store, log } = freshStore();
  const traced = await dustrun("--emit-trace", HELLO, "--store", store);
  assertEquals(JSON.parse(traced.stdout).effects.events, [
    { kind: "emit", payload: "Hello, Dust!" },
  ]);
  assertMatch(log(1), /"effect_realized".*"sink":"log"/);
  const both = await dustrun("--emit-trace", HELLO, "--realize", "emit=stdout", "--store", store);
  assertStrictEquals(both.exit, 5);
  const beside = `${store}/out.txt`;
  await dustrun("--emit-trace", HELLO, "--realize", `emit=file:${beside}`, "--store", store);
  assertStrictEquals(Deno.readTextFileSync(beside), "Hello, Dust!\n");
});

Deno.test("run --log - streams the log, and does nothing irreversible", async () => {
  const { store } = freshStore();
  const streamed = await dustrun(ALL_EFFECTS, "--log", "-", "--store", store);
  assertStrictEquals(streamed.exit, 0);
  const kinds = streamed.stdout.trim().split("\n").map((line) => JSON.parse(line).kind);
  assertStrictEquals(kinds[0], "run_started");
  assertStrictEquals(kinds.at(-1), "checkpoint");
  assertEquals([...Deno.readDirSync(store)], []);
  const refused = await dustrun(HELLO, "--log", "-", "--realize", "emit=file:x");
  assertStrictEquals(refused.exit, 5);
});

Deno.test("run --log FILE replaces what is not precious: a realized log with --force only", async () => {
  const { store } = freshStore();
  const log = `${store}/a.jsonl`;
  assertStrictEquals((await dustrun("--simulate", HELLO, "--log", log)).exit, 0);
  assertStrictEquals((await dustrun(HELLO, "--log", log)).exit, 0);
  const first = Deno.readTextFileSync(log);
  const words = [[], ["--simulate"], ["--simulate", "--force"], ["--emit-trace"]];
  for (const more of words) {
    const kept = await dustrun(...more, HELLO, "--log", log);
    assertStrictEquals(kept.exit, 2, more.join(" "));
    assertMatch(kept.stderr, /DR1306.*effects were realized/);
    assertStrictEquals(Deno.readTextFileSync(log), first);
  }
  assertStrictEquals((await dustrun("--force", HELLO, "--log", log)).exit, 0);
  // What the host did is another occurrence; the run itself is the same.
  const resolved = (text: string) =>
    text.split("\n").filter((line) => !/"host":true|"seq":12/.test(line));
  assertEquals(resolved(Deno.readTextFileSync(log)), resolved(first));
  Deno.writeTextFileSync(log, first.split("\n").slice(0, -5).join("\n") + "\n");
  const refused = await dustrun(HELLO, "--log", log);
  assertStrictEquals(refused.exit, 2);
  assertMatch(refused.stderr, /DR1306.*effects are not all realized/);
  assertStrictEquals((await dustrun(HELLO, "--force", "--log", log)).exit, 2);
  Deno.writeTextFileSync(log, "my novel\n");
  assertStrictEquals((await dustrun(HELLO, "--log", log)).exit, 2);
  assertStrictEquals(Deno.readTextFileSync(log), "my novel\n");
});

Deno.test("run --realize names its mistakes", async () => {
  for (const word of ["emit", "emit=", "emit=printer", "print=stdout", "emit=file:", "=stdout"]) {
    const refused = await dustrun(HELLO, "--realize", word);
    assertStrictEquals(refused.exit, 5, word);
    assertMatch(refused.stderr, /DR1303/);
  }
});

const SCHEDULE = new URL("../../fixtures/tour/schedule.dir.json", import.meta.url).pathname;

/** `dustrun --all` of the tour's Φ process, in a store where nothing may appear. */
async function listed(...words: readonly string[]) {
  const { store } = freshStore();
  const answer = await dustrun(...words, "-e", "schedule", SCHEDULE, "--store", store);
  assertEquals([...Deno.readDirSync(store)], []);
  return answer;
}

// covers: PHI-08
Deno.test("run --all lists configurations in canonical order, each once, and realizes nothing", async () => {
  const all = await listed("--all", "10", "--arg", "latest=16", "--json");
  assertEquals([all.exit, all.stderr], [0, ""]);
  const [end, ...rows] = all.stdout.trim().split("\n").map((line) => JSON.parse(line)).reverse();
  assertEquals(end, { end: "all", count: 3 });
  assertEquals(
    rows.reverse().map(({ configuration }) => configuration.shift.Struct.fields),
    [[8, 7], [8, 8], [9, 7]].map(([start, hours]) => ({
      start: { Int: start },
      hours: { Int: hours },
    })),
  );
  assertEquals(rows.map(({ configuration }) => configuration.latest.Int), [16, 16, 16]);
  const two = await listed("--all", "2", "--arg", "latest=16");
  assertStrictEquals(two.exit, 0);
  assertStrictEquals(
    two.stdout,
    "shift: Shift{start: 8, hours: 7}, latest: 16\nshift: Shift{start: 8, hours: 8}, latest: 16\n",
  );
  assertStrictEquals(two.stderr, "2 configurations; there are more\n");
  assertMatch((await listed("--all", "4", "--arg", "latest=16")).stderr, /; there are no more\n/);
});

Deno.test("run --all reports when there is none, and when the budget is exhausted", async () => {
  const none = await listed("--all", "2", "--arg", "latest=14");
  assertEquals(none, { exit: 10, stdout: "", stderr: "no configuration exists\n" });
  const endings = { 40: /undecided within max_work 40/, 300: /there are more, but which is next/ };
  for (const [maxWork, end] of Object.entries(endings)) {
    const cut = await listed("--all", "1000", "--max-work", maxWork);
    assertStrictEquals(cut.exit, 14);
    assertMatch(cut.stderr, end);
    const json = await listed("--all", "1000", "--max-work", maxWork, "--json");
    const lines = json.stdout.trim().split("\n");
    assertEquals(JSON.parse(lines.at(-1) ?? ""), {
      end: maxWork === "40" ? "undecided" : "unordered",
      count: lines.length - 1,
    });
  }
});

Deno.test("run --all is for Φ processes, and excludes options that concern an execution", async () => {
  const refused = await dustrun("--all", "2", HELLO);
  assertStrictEquals(refused.exit, 15);
  assertMatch(refused.stderr, /DR1312.*K::main is executed/);
  for (
    const words of [
      ["--all", "0"],
      ["--all", "2", "--arg", "nix=1"],
      ["--all", "2", "--log", "-"],
      ["--all", "2", "--emit-trace"],
      ["--all", "2", "--semantics", "host-0.1"],
    ]
  ) {
    const answer = await listed(...words);
    assertEquals([answer.exit, answer.stdout], [5, ""], words.join(" "));
  }
});

// covers: EFF-05
Deno.test("an interrupted run says how to go on, and whoever does that gets each effect once", async () => {
  const { store } = freshStore();
  const out = `${store}/out.txt`, at = ["--store", store];
  const words = [ALL_EFFECTS, ...at, "--realize", `emit=file:${out}`];
  const whole = await dustrun(...words);
  assertStrictEquals(whole.exit, 0, whole.stderr);
  const expected = Deno.readTextFileSync(out);
  const told: string[] = [];
  for (let question = 1;; question++) {
    Deno.removeSync(out);
    const interruptedAt = { question, signal: "SIGINT" } as const;
    const { exit, stderr } = await dustrunOn({ isTerminal: false, interruptedAt }, words);
    if (exit === 0) break;
    assertStrictEquals(exit, 130, stderr);
    const [, done, next] = stderr.match(/DR1327\]: interrupted: (.*)\n {2}help: (.*)\n$/) ?? [];
    assert(done !== undefined && next !== undefined, stderr);
    told.push(done);
    const command = next.match(/dustrun (\w+ [^;]*?)(?: shows| continues)/)?.[1]?.split(" ") ?? [];
    const followed = await dustrun(...command);
    assertStrictEquals(followed.exit, 0, followed.stderr);
    if (command[0] === "state") await dustrun(...words); // what it also says
    assertStrictEquals(Deno.readTextFileSync(out), expected, done);
  }
  assertMatch(told[0] ?? "", /^after 0 ticks, before the outcome; no effect was performed$/);
  const counts = [0, 1, 2, 3, 4, 5, 6].map((count) => `${count} of 7 effects performed`);
  assertEquals(told.slice(-7), counts);
});

Deno.test(needing({
  name: "a signal stops a process while it resolves, and it says how to go on",
  needs: [],
  size: "ci",
  fn: async () => {
    const folder = Deno.makeTempDirSync();
    const names = Array.from({ length: 14 }, (_, index) => `x${index}`);
    const apart = names.flatMap((one, index) =>
      names.slice(0, index).map((two) => `${one} Ne ${two}`)
    );
    const few = names.map((name) => `${name} Lt 13`);
    const params = names.map((name) => `${name}: u8`).join(", ");
    Deno.writeTextFileSync(`${folder}/p.json`, phi(params, [...few, ...apart]));
    const cli = new URL("../../cli.ts", import.meta.url).pathname;
    const words = ["run", "-R", "-W", cli, "--simulate", "p.json", "--max-work", "2000000000"];
    const stopped = async (signal: "SIGINT" | "SIGTERM", seconds: number) => {
      const command = new Deno.Command(Deno.execPath(), {
        args: words,
        cwd: folder,
        stderr: "piped",
      });
      const child = command.spawn();
      await new Promise((resolve) => setTimeout(resolve, 1_000 * seconds));
      child.kill(signal);
      const { code, stderr } = await child.output();
      return { code, stderr: new TextDecoder().decode(stderr) };
    };
    for (
      const [signal, exit, code] of [["SIGINT", 130, "DR1327"], ["SIGTERM", 143, "DR1328"]] as const
    ) {
      let ended = await stopped(signal, 2); // a busy machine takes longer to start
      for (const seconds of [8, 30]) {
        if (ended.stderr === "") ended = await stopped(signal, seconds);
      }
      assertStrictEquals(ended.code, exit, ended.stderr);
      assertMatch(
        ended.stderr,
        new RegExp(`${code}.*no effect was performed\n.*dustrun state \\d+ shows`),
      );
    }
    assertStrictEquals((await dustrun("verify", "@", "--store", `${folder}/.dustrun`)).exit, 7);
    Deno.removeSync(folder, { recursive: true });
  },
}));
