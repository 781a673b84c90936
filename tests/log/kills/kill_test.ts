/**
 * Real processes, really killed: SIGKILL at file operations (by `strace`) and at random times. The kernel keeps its page cache, so
 * this shows that the order of the process's operations is right; what a loss of power does is `tests/log/crash/crash_test.ts`.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotStrictEquals,
  assertRejects,
  assertStrictEquals,
} from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { undefinedIfMissing } from "../../../store/file/host_error.ts";
import { LOOP_PROGRAM } from "../../support/loop_program.ts";
import { dustrun } from "../../support/memory_io.ts";
import { needing, strace } from "../../support/needs.ts";
import { sized, testSeed } from "../../support/size.ts";
import { fromFileUrl } from "../../../std/path.ts";
import { assertPlantable, plant, type PlantedBug, REAL_ROOT } from "../planted/plant.ts";
import { assertTruthful, finish } from "./after_kill.ts";
import { KillFolder } from "./kill_folder.ts";
import { killAll } from "./kill_campaign.ts";
import { FILE_AND_LEDGER } from "./layout.ts";
import { bundled, type Choice } from "./traced_process.ts";
import { killEverywhere, someOf } from "./whole_campaign.ts";

const CLI = new URL("../../../cli.ts", import.meta.url).pathname;
const STRACE = strace();
const folderToKill = () => new KillFolder({ script: CLI, layout: FILE_AND_LEDGER, group: 1 });

// covers: EFF-03, EFF-05, EFF-09
Deno.test(needing({
  name:
    "a process killed at any file operation loses, repeats and misreports nothing, whatever its sinks",
  needs: [STRACE],
  size: "ci",
  fn: async () => {
    const { kills, rows } = await killEverywhere({
      script: await bundled(),
      seed: testSeed("kill", 99),
      choose: (random) => (operations) => someOf(operations, 3, random),
    });
    console.log(`${kills} processes killed`);
    assert(kills >= 200);
    assert(rows.some(({ doubts }) => doubts > 0), "nothing was ever in doubt");
  },
}));

const INTENT =
  '  journal.record({ kind: "effect_intended", first, last, sink: name, position, inode });\n  journal.sync();\n';
const ACT = "  const performed = sink.perform(session.batch({ first, last }));\n";
const ACT_BEFORE_INTENT: PlantedBug = {
  name: "an effect is performed before its intent is recorded",
  file: "realize/perform_effects.ts",
  text: INTENT + ACT,
  becomes: ACT + INTENT,
};

Deno.test("the bug of this file can be planted", () => assertPlantable(ACT_BEFORE_INTENT));

/** dustrun in one file, with the bug. */
function plantedBundle(): string {
  const { file } = ACT_BEFORE_INTENT;
  const planted = plant(ACT_BEFORE_INTENT);
  const map = `${fromFileUrl(planted)}map.json`;
  const imports = { [`${REAL_ROOT}store/${file}`]: `${planted}store/${file}` };
  Deno.writeTextFileSync(map, JSON.stringify({ imports }));
  const script = `${fromFileUrl(planted)}dustrun.js`;
  const args = ["bundle", "--quiet", "--import-map", map, "--output", script, CLI];
  const { success, stderr } = new Deno.Command(Deno.execPath(), { args }).outputSync();
  assert(success, new TextDecoder().decode(stderr));
  return script;
}

Deno.test(needing({
  name: `kills of real processes find a planted bug: ${ACT_BEFORE_INTENT.name}`,
  needs: [STRACE],
  size: "ci",
  fn: async () => {
    const killed = {
      script: plantedBundle(),
      layout: FILE_AND_LEDGER,
      group: 1,
      random: new Random(1),
    };
    const choose: Choice = (operations, command) =>
      command === "run" ? operations.filter(({ isChange }) => isChange).slice(-40) : [];
    const { cause } = await assertRejects(() => killAll({ ...killed, choose }), Error, "killed at");
    assertMatch(String(cause), /is there|audit: 1/);
  },
}));

Deno.test("a process killed at a random time is finished by resume", async () => {
  const random = new Random(testSeed("kill", 99));
  for (let index = 0; index < sized({ quick: 1, ci: 20 }); index++) {
    const folder = folderToKill();
    const child = folder.untraced(folder.runWords()).spawn();
    await new Promise((resolve) => setTimeout(resolve, 60 + random.below(140)));
    try {
      child.kill("SIGKILL");
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause; // it had ended already
    }
    await child.output();
    await assertTruthful(folder);
    await finish(folder);
    folder.remove();
  }
});

// covers: EFF-08
Deno.test(needing({
  name: "under simulation no sink is opened or written",
  needs: [STRACE],
  size: "ci",
  fn: () => {
    const folder = folderToKill();
    const trace = Deno.makeTempFileSync();
    const calls = "trace=openat,open,creat,write,mkdir,unlink,rename";
    const under = ["strace", "-f", "-y", "-o", trace, "-e", calls];
    const realizers = { emit: "file:a.txt", seal: "ledger:seals.jsonl" };
    Deno.writeTextFileSync(`${folder.path}/dustrun.jsonc`, JSON.stringify({ realizers }));
    const words = ["--simulate", "p.dir.json"];
    const { code, stdout } = folder.untraced(words, under).outputSync();
    assertStrictEquals(code, 0);
    assertMatch(new TextDecoder().decode(stdout), /^status: /);
    const lines = Deno.readTextFileSync(trace).split("\n");
    assert(lines.some((line) => line.includes("000001-p.jsonl")), "the log was not traced");
    for (const sink of ["a.txt", "seals.jsonl", ".claim"]) {
      assertEquals(lines.filter((line) => line.includes(sink) && /open|creat/.test(line)), []);
    }
    const changing = lines.filter((line) =>
      line.includes(`"${folder.path}/`) && /O_WRONLY|O_RDWR|O_CREAT|mkdir|unlink|rename/.test(line)
    );
    for (const line of changing) assertMatch(line, /\/\.dustrun(\/runs|\/log"|")/, line);
    Deno.removeSync(trace);
    folder.remove();
  },
}));

Deno.test("an interrupted run leaves a log whose lines are all valid but for a torn last one", async () => {
  const folder = folderToKill();
  const { path, log } = folder;
  Deno.writeTextFileSync(`${path}/p.dir.json`, LOOP_PROGRAM.text);
  const child = folder.untraced(["--arg", "rounds=4000000", "p.dir.json"]).spawn();
  let hasEnded = false;
  const ended = child.status.then(() => hasEnded = true);
  const size = () => undefinedIfMissing(() => Deno.statSync(log))?.size ?? 0;
  while (size() < 10_000 && !hasEnded) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  child.kill("SIGINT");
  await ended;
  await Promise.all([child.stdout.cancel(), child.stderr.cancel()]);
  assertNotStrictEquals((await child.status).code, 0);
  const { exit, stdout } = await dustrun("verify", log);
  assertStrictEquals(exit, 7, stdout);
  // The signal may arrive between two writes or in the middle of one.
  assertMatch(stdout, /valid prefix of [0-9]+ events|torn: [0-9]+ valid events/);
  assertStrictEquals((await dustrun("resume", log)).exit, 7);
  folder.remove();
});
