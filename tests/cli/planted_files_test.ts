/**
 * Links, FIFOs and folders that somebody planted under the names that dustrun chooses itself: what a link points to is not changed, no
 * FIFO is waited for, and the run either does without the file or reports what is in its place.
 *
 * @module
 */
import { assert, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { fromFileUrl, join } from "../../std/path.ts";
import { LOOP_PROGRAM } from "../support/loop_program.ts";
import { dustrun } from "../support/memory_io.ts";
import { needing, tool } from "../support/needs.ts";

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

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
