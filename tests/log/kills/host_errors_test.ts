/**
 * Errors of the host in real processes: refused system calls, a file system that is full, files of another user. Whatever fails, nothing
 * false is reported and no process hangs; once the fault is gone, `resume` finishes the run.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { needing, type NeedyTest, strace, tool } from "../../support/needs.ts";
import { testSeed } from "../../support/size.ts";
import { assertHeld, assertTruthful, finish } from "./after_kill.ts";
import { KillFolder } from "./kill_folder.ts";
import { FILE_AND_LEDGER, LAYOUTS } from "./layout.ts";
import { bundled, type FileOperation, operationsOf, refusedAt } from "./traced_process.ts";
import { someOf } from "./whole_campaign.ts";

/** The runtime asks for these, too, and not about files of a run; a failing `close` would leave the file open. */
const NOT_REFUSED = ["close", "fcntl", "ioctl", "poll"];
/** A full disk refuses these. */
const GROWING = ["openat", "write", "mkdir", "symlink"];

// covers: EFF-05, EFF-09, EFF-11
Deno.test(needing({
  name:
    "a process for which any file operation fails misreports nothing, and resume finishes its run",
  needs: [strace()],
  size: "ci",
  fn: async () => {
    const script = await bundled();
    const random = new Random(testSeed("host errors", 5));
    let refused = 0;
    for (const layout of LAYOUTS.filter(({ shared }) => shared === undefined)) {
      const folder = new KillFolder({ script, layout, group: 7 });
      const fresh = folder.contents();
      const run = folder.process(folder.runWords());
      const { operations } = await operationsOf(run);
      const failing = operations.filter(({ call }) => !NOT_REFUSED.includes(call));
      const growing = operations.filter(({ call }) => GROWING.includes(call));
      const trials: readonly (readonly [readonly FileOperation[], string])[] = [
        [someOf(failing, 6, random), "EIO"],
        [someOf(failing.filter(({ isChange }) => isChange), 4, random), "EIO"],
        [someOf(growing, 4, random), "ENOSPC"],
      ];
      for (const [chosen, error] of trials) {
        for (const operation of chosen) {
          const what = `${error} at ${operation.call} ${operation.n}, ${layout.name}`;
          folder.restore(fresh);
          const { code, stderr } = await refusedAt(run, operation, error);
          // What only removes a claim or looks for one that is there no more may fail unnoticed.
          assert([0, 2, 7].includes(code), `${what}: ${code}: ${stderr}`);
          await checked(what, folder);
          refused++;
        }
      }
      folder.remove();
    }
    assert(refused >= 60);
  },
}));

// covers: EFF-05, EFF-09, EFF-11
Deno.test(needing({
  name:
    "a resumption, an audit or an abandonment for which any file operation fails misreports nothing",
  needs: [strace()],
  size: "ci",
  fn: async () => {
    const random = new Random(testSeed("host errors", 6));
    const folder = new KillFolder({ script: await bundled(), layout: FILE_AND_LEDGER, group: 7 });
    await folder.interruptRun((operations) =>
      operations.findLast(({ path }) => path.endsWith("seals.jsonl"))
    );
    const interrupted = folder.contents();
    for (
      const [words, most] of [
        [["resume", folder.log], 12],
        [["audit", "--json", folder.log], 12],
        [["verify", "--store", folder.store], 6],
        [["abandon", folder.log, "--why", "a test"], 6],
      ] as const
    ) {
      const command = folder.process(words);
      const failing = (await operationsOf(command)).operations
        .filter(({ call }) => !NOT_REFUSED.includes(call));
      for (const operation of someOf(failing, most, random)) {
        const what = `EIO at ${operation.call} ${operation.n} of ${words[0]}`;
        folder.restore(interrupted);
        const { code, stderr } = await refusedAt(command, operation, "EIO");
        assert([0, 2, 7].includes(code), `${what}: ${code}: ${stderr}`);
        if (words[0] === "abandon") await assertTruthful(folder);
        else {
          folder.forgetShown();
          await checked(what, folder);
        }
      }
    }
    folder.remove();
  },
}));

async function checked(what: string, folder: KillFolder): Promise<void> {
  try {
    await assertTruthful(folder);
    await finish(folder);
  } catch (cause) {
    throw new Error(what, { cause });
  }
}

/** A process of a run; `under` is the command that starts it. */
async function run(folder: KillFolder, under: readonly string[] = []) {
  const { code, stderr } = await folder.untraced(folder.runWords(), under).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

function mustSucceed(program: string, ...args: readonly string[]): void {
  const { success, stderr } = new Deno.Command(program, { args: [...args] }).outputSync();
  assert(success, new TextDecoder().decode(stderr));
}

/** A test that only root can run; elsewhere it is ignored. */
function asRoot(test: NeedyTest): Deno.TestDefinition {
  if (Deno.uid() === 0) return needing(test);
  return { name: `${test.name} (needs root)`, ignore: true, fn: test.fn };
}

/** A file system of this many bytes in memory. Not every host lets its tests mount one. */
const MOUNT = tool("unshare", "--mount", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt");

// covers: EFF-05, EFF-11
Deno.test(asRoot({
  name: "on a file system that is full at any byte a run fails, and resume finishes it later",
  needs: [MOUNT],
  size: "ci",
  fn: async () => {
    const script = await bundled();
    const codes: number[] = [];
    for (const group of [1, 7]) {
      for (let pages = 1; pages <= 9; pages++) {
        const folder = new KillFolder({ script, layout: FILE_AND_LEDGER, group });
        const room = (size: string) =>
          mustSucceed("mount", "-t", "tmpfs", "-o", `remount,size=${size}`, folder.path);
        const before = folder.contents();
        mustSucceed("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path);
        try {
          folder.restore(before);
          // A page is the unit in which space is given, and the files that are there already have some.
          room(`${(pages + 3) * 4}k`);
          const { code, stderr } = await run(folder);
          codes.push(code);
          assert([0, 2, 7].includes(code), stderr);
          if (code !== 0) assertMatch(stderr, /No space left on device/);
          await assertTruthful(folder);
          room("1m");
          await finish(folder);
        } finally {
          mustSucceed("umount", folder.path);
          folder.remove();
        }
      }
    }
    assertEquals([0, 2, 7].filter((code) => !codes.includes(code)), [], `not all of: ${codes}`);
  },
}));

/** Another user, without any right to the files of this one. */
const NOBODY = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
const [SETPRIV = "", ...AS_NOBODY] = NOBODY;

// covers: EFF-05, EFF-11
Deno.test(asRoot({
  name:
    "files of another user are refused and not changed; once they are allowed, resume finishes the run",
  needs: [tool(SETPRIV, ...AS_NOBODY, "true")],
  size: "ci",
  fn: async () => {
    const script = await bundled();
    const cases: readonly (readonly [path: string, mode: number, code: number])[] = [
      ["a.txt", 0o600, 7],
      ["a.txt", 0o444, 7],
      [".dustrun/seals.jsonl", 0o600, 7],
      [".dustrun/log", 0o600, 2],
      [".dustrun/runs", 0o755, 2],
    ];
    for (const [path, mode, expected] of cases) {
      const folder = new KillFolder({ script, layout: FILE_AND_LEDGER, group: 7 });
      const target = `${folder.path}/${path}`;
      Deno.mkdirSync(`${folder.store}/runs`, { recursive: true });
      if (/jsonl|log$/.test(path)) Deno.writeTextFileSync(target, "");
      mustSucceed("chmod", "-R", "a+rwX", folder.path);
      Deno.chmodSync(target, mode);
      const before = folder.contents().get(target);
      const { code, stderr } = await run(folder, NOBODY);
      assertStrictEquals(code, expected, `${path}: ${stderr}`);
      assertMatch(stderr, /ermission denied/);
      assertEquals(folder.contents().get(target), before);
      await assertTruthful(folder);
      Deno.chmodSync(target, 0o777);
      await finish(folder);
      assertHeld(folder);
      folder.remove();
    }
  },
}));
