/**
 * Somebody changes the files of a killed run before anybody looks at it: a sink, the ledger, the log, or the log of the store is
 * truncated, renamed, replaced, or something that is no file. Real processes, as a process that opens the wrong thing may wait for ever.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { undefinedIfMissing } from "../../../store/file/host_error.ts";
import { needing, strace, tool } from "../../support/needs.ts";
import { assertHeld } from "./after_kill.ts";
import { KillFolder } from "./kill_folder.ts";
import type { Effect } from "./killed_program.ts";
import { FILE_AND_LEDGER, sinkOf } from "./layout.ts";
import { bundled } from "./traced_process.ts";

/** What somebody does to the file at a path. */
interface Change {
  readonly what: string;
  readonly make: (path: string) => void;
  /** Whether `resume` then finishes the run as if nothing had happened. */
  readonly isHarmless?: true;
  readonly needsRoot?: true;
}

const CHANGES: readonly Change[] = [
  { what: "nothing", make: () => {}, isHarmless: true },
  {
    what: "a second name",
    make: (path) => Deno.linkSync(path, `${Deno.makeTempDirSync()}/second`),
    isHarmless: true,
  },
  {
    what: "truncation",
    make: (path) => Deno.truncateSync(path, Deno.statSync(path).size >> 1),
  },
  { what: "another name", make: (path) => moveAway(path) },
  { what: "an equal file", make: (path) => Deno.copyFileSync(moveAway(path), path) },
  { what: "a link to it", make: (path) => Deno.symlinkSync(moveAway(path), path) },
  {
    what: "a link to nothing",
    make: (path) => {
      moveAway(path);
      Deno.symlinkSync("nothing", path);
    },
  },
  {
    what: "a folder",
    make: (path) => {
      moveAway(path);
      Deno.mkdirSync(path);
    },
  },
  { what: "a pipe", make: (path) => special(path, "p") },
  { what: "a device", make: (path) => special(path, "c", "1", "3"), needsRoot: true },
];

/** Renames a file; returns its new name. */
function moveAway(path: string): string {
  Deno.renameSync(path, `${path}.old`);
  return `${path}.old`;
}

/** A pipe or a device in the place of a file. */
function special(path: string, ...kind: readonly string[]): void {
  moveAway(path);
  assert(new Deno.Command("mknod", { args: [path, ...kind] }).outputSync().success);
}

const SINKS = ["a.txt", ".dustrun/seals.jsonl"];
const FILES = [...SINKS, ".dustrun/runs/000001-p.jsonl", ".dustrun/log"];

/** A folder whose run was killed between its last effects on the file and their receipt; the ledger has entries already. */
async function killedRun(script: string): Promise<KillFolder> {
  const folder = new KillFolder({ script, layout: FILE_AND_LEDGER, group: 7 });
  await folder.interruptRun((operations) => {
    const last = operations.findLastIndex(({ call, path }) =>
      call === "write" && path.endsWith("a.txt")
    );
    return operations[last + 1];
  });
  return folder;
}

/** A command as a real process, which must end by itself. */
async function ended(folder: KillFolder, words: readonly string[]) {
  const child = folder.untraced([...words, "--store", folder.store]).spawn();
  const guard = setTimeout(() => child.kill("SIGKILL"), 60_000);
  const { code, signal, stderr } = await child.output();
  clearTimeout(guard);
  assertStrictEquals(signal, null, `it hangs: ${words.join(" ")}`);
  return { code, stderr: new TextDecoder().decode(stderr) };
}

/** The effects for which the log has a receipt; none where the log is no file. */
function receipts(folder: KillFolder): readonly Effect[] {
  if (undefinedIfMissing(() => Deno.lstatSync(folder.log))?.isFile !== true) return [];
  const lines = Deno.readTextFileSync(folder.log).split("\n").slice(0, -1);
  const ranges = lines.map((line) => JSON.parse(line)).filter(({ kind }) =>
    kind === "effect_realized"
  );
  return ranges.flatMap(({ first, last }) => folder.effects.slice(first, last + 1));
}

/** Asserts that every receipt that was added is for an effect that is there once, in a regular file. */
function assertTrue(folder: KillFolder, before: readonly Effect[]): number {
  const added = receipts(folder).slice(before.length);
  for (const { kind, payload } of added) {
    const sink = sinkOf(folder.layout, kind);
    if (sink === "log") continue;
    const path = sink === "ledger" ? `${folder.store}/seals.jsonl` : `${folder.path}/${sink}`;
    assert(Deno.lstatSync(path).isFile, `a receipt for ${payload} in what is no file`);
    const times = folder.held(sink).filter((line) => line === payload).length;
    assertStrictEquals(times, 1, `a receipt for ${payload}`);
  }
  return added.length;
}

// covers: EFF-03, EFF-09
Deno.test(needing({
  name:
    "whatever becomes of the files of a killed run, no command waits for ever, and no receipt is false",
  needs: [strace(), tool("mknod")],
  size: "ci",
  fn: async () => {
    const script = await bundled();
    for (const file of FILES) {
      for (const { what, make, isHarmless, needsRoot } of CHANGES) {
        if (needsRoot === true && Deno.uid() !== 0) continue;
        const folder = await killedRun(script);
        const path = `${folder.path}/${file}`;
        make(path);
        const isOther = undefinedIfMissing(() => Deno.lstatSync(path))?.isFile === false;
        const before = receipts(folder);
        const resume = ["resume", folder.log, "--allow-sink", `${folder.path}/a.txt`];
        const codes: number[] = [];
        for (const words of [["verify"], ["audit"], ["runs"], resume, ["audit"]]) {
          const { code, stderr } = await ended(folder, words);
          assert(code !== 4, `${file}, ${what}, ${words[0]}: ${stderr}`);
          codes.push(code);
        }
        const added = assertTrue(folder, before);
        const [, , , resumed, audited] = codes;
        if (SINKS.includes(file) && isOther) assertEquals([resumed, added], [7, 0], what);
        if (isHarmless === true) {
          assertEquals([resumed, audited], [0, 0], `${file}: ${what}`);
          assertHeld(folder);
        }
        folder.remove();
      }
    }
  },
}));
