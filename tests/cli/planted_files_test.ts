/**
 * Links, FIFOs and folders that somebody planted under the names that dustrun chooses itself: what a link points to is not changed, no
 * FIFO is waited for, and the run either does without the file or reports what is in its place.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { fromFileUrl, join } from "../../std/path.ts";
import { LOOP_PROGRAM } from "../support/loop_program.ts";
import { dustrun } from "../support/memory_io.ts";
import { needing, tool } from "../support/needs.ts";
import { proc, program as asProgram } from "../support/program.ts";

const CLI = fromFileUrl(new URL("../../cli.ts", import.meta.url));
const HELLO = fromFileUrl(new URL("../../fixtures/tour/hello.dir.json", import.meta.url));

/** What can have such a name, with the file that a link points to. */
const PLANTS = {
  "a link to a file": (path: string, victim: string) => Deno.symlinkSync(victim, path),
  "a link to nothing": (path: string, victim: string) => Deno.symlinkSync(`${victim}.new`, path),
  "a FIFO": (path: string) =>
    assert(new Deno.Command("mkfifo", { args: [path] }).outputSync().success),
  "a folder": (path: string) => Deno.mkdirSync(path),
};

/** Names in a store with one run, and command lines that look at them, with their exit codes. */
const NAMES: readonly (readonly [string, readonly (readonly [readonly string[], number])[]])[] = [
  ["log", [
    [["--simulate", HELLO], 2],
    [["verify"], 2],
    [["audit"], 2],
    [["checkpoint"], 2],
    [["runs", "rm", "1"], 2],
    [["runs"], 2],
  ]],
  ["runs/000002-hello.jsonl", [
    [["--simulate", HELLO], 0],
    [["runs"], 0],
    [["verify", "@"], 0],
    [["audit"], 1],
  ]],
  ["runs/000002-p.jsonl.snapshots", [[["--arg", "rounds=3", "--simulate", "PROGRAM"], 0], [[
    "state",
    "@",
  ], 0], [["verify"], 0]]],
  ["runs/000001-hello.jsonl.torn", [[["resume", "1"], 2], [["verify", "1"], 7]]],
];

for (const [kind, plant] of Object.entries(PLANTS)) {
  Deno.test(needing({
    name: `${kind} under a name that dustrun chooses changes nothing and hangs nothing`,
    needs: [tool("mkfifo")],
    async fn() {
      for (const [name, commands] of NAMES) {
        const folder = Deno.makeTempDirSync();
        const [store, victim, program]: readonly string[] = ["store", "victim", "p.dir.json"].map((
          each,
        ) => join(folder, each));
        assert(store !== undefined && victim !== undefined && program !== undefined);
        Deno.writeTextFileSync(program, LOOP_PROGRAM.text);
        Deno.writeTextFileSync(victim, "");
        assertStrictEquals((await dustrun("--simulate", HELLO, "--store", store)).exit, 0);
        const path = join(store, name);
        if (name === "log") Deno.removeSync(path);
        if (name.endsWith(".torn")) {
          const log = join(store, "runs/000001-hello.jsonl");
          Deno.writeTextFileSync(log, `{"seq"`, { append: true });
        }
        plant(path, victim);
        for (const [words, exit] of commands) {
          const line: readonly string[] = words.map((word) => word === "PROGRAM" ? program : word);
          const { exit: code, stderr, stdout } = await dustrun(...line, "--store", store);
          assertStrictEquals(code, exit, `${name}: ${line.join(" ")}\n${stderr}${stdout}`);
          if (exit === 2) assertMatch(stderr, /DR130[56].*not a regular file/);
        }
        assertStrictEquals(Deno.readTextFileSync(victim), "", name);
        assert(!exists(`${victim}.new`), name);
        Deno.removeSync(folder, { recursive: true });
      }
    },
  }));
}

Deno.test("a link in the place of a store, of its runs or of its ledger leads nowhere", () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  const [home, program] = [join(folder, "home"), join(folder, "p.dir.json")];
  const main = proc("K::main() -> i64", 'seal "a"', "return 0");
  Deno.writeTextFileSync(program, asProgram(main));
  for (const name of ["", "runs", "seals.jsonl", "log"]) {
    const place = join(folder, `place-${name}`), store = join(place, ".dustrun");
    Deno.mkdirSync(name === "" ? place : store, { recursive: true });
    Deno.mkdirSync(home);
    const isFile = /[.l]/.test(name);
    if (isFile) Deno.writeTextFileSync(join(home, "victim"), "");
    Deno.symlinkSync(isFile ? join(home, "victim") : home, join(store, name));
    const { code, stderr } = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "-A", CLI, program],
      cwd: place,
      env: { NO_COLOR: "1" },
    }).outputSync();
    assertMatch(new TextDecoder().decode(stderr), /DR13(?:06|10).*it is a link|is a link, not a/);
    assertStrictEquals(code, name === "seals.jsonl" ? 7 : 2);
    const left = [...Deno.readDirSync(home)].map((each) => each.name);
    assertEquals(left, isFile ? ["victim"] : [], name);
    if (isFile) assertStrictEquals(Deno.readTextFileSync(join(home, "victim")), "");
    Deno.removeSync(home, { recursive: true });
  }
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("nothing is appended to a log, a store's log or a ledger but what belongs into it", async () => {
  const folder = Deno.makeTempDirSync();
  const [store, program] = [join(folder, "store"), join(folder, "p.dir.json")];
  const main = proc("K::main() -> i64", 'emit "one"', 'seal "a"', "return 0");
  Deno.writeTextFileSync(program, asProgram(main));
  const run = (sink: string, store = join(folder, "other")) =>
    dustrun(program, "--store", store, "--realize", `emit=file:${sink}`);
  assertStrictEquals((await run(join(folder, "out"), store)).exit, 0);
  Deno.linkSync(join(store, "seals.jsonl"), join(folder, "second name"));
  const evidence = [
    [join(store, "log"), /it is the log of a store/],
    [join(store, "runs/000001-p.jsonl"), /it is the log of a run/],
    [join(folder, "second name"), /it is a ledger|is the same file/],
  ] as const;
  for (const [path, reason] of evidence) {
    const before = Deno.readTextFileSync(path);
    const { exit, stderr } = await run(path);
    assertMatch(stderr, reason);
    assertStrictEquals(exit, 7, stderr);
    assert(Deno.readTextFileSync(path).startsWith(before));
  }
  const lines = Deno.readTextFileSync(join(store, "log")).trimEnd().split("\n");
  for (const line of lines) JSON.parse(line);
  assertStrictEquals((await dustrun("verify", "--ledger", join(store, "seals.jsonl"))).exit, 0);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a store whose numbers are used up, or whose log ends with anything, is reported as what it is", async () => {
  const folder = Deno.makeTempDirSync();
  const store = join(folder, "store");
  const simulate = () => dustrun("--simulate", HELLO, "--store", store);
  Deno.mkdirSync(join(store, "runs"), { recursive: true });
  const last = join(store, "runs/999999999999999-x.jsonl");
  Deno.writeTextFileSync(last, "");
  const refused = await simulate();
  assertMatch(refused.stderr, /no run follows run 999999999999999/);
  assertStrictEquals(refused.exit, 2);
  Deno.removeSync(store, { recursive: true });
  assertStrictEquals((await simulate()).exit, 0);
  const log = join(store, "log");
  const before = Deno.readTextFileSync(log);
  for (const length of [1, 4_095, 4_096, 4_097, 10_000]) {
    Deno.writeTextFileSync(log, before + "x".repeat(length));
    assertStrictEquals((await dustrun("verify", "--store", store)).exit, 7, `${length}`);
    const { exit, stderr } = await simulate();
    assertStrictEquals(exit, 0, `${length}: ${stderr}`);
    assertStrictEquals((await dustrun("verify", "--store", store)).exit, 0, `${length}`);
    Deno.removeSync(join(store, "runs/000002-hello.jsonl"));
  }
  Deno.removeSync(folder, { recursive: true });
});

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
