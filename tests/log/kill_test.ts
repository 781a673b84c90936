/**
 * Real processes that write a real log and are killed, or whose system calls fail. `faults_test.ts` goes through every
 * operation of a modelled disk; this test shows that the host's files behave like the model where a process dies, and that the
 * errors of the host arrive. It cannot show what a loss of power does.
 *
 * With `strace`, the n-th `write` or `fdatasync` of the log is where the kill or the error comes; without it, kills come when a
 * number of acknowledgements has been read.
 *
 * @module
 */
import { TextLineStream } from "../../std/streams.ts";
import { fromFileUrl } from "../../std/path.ts";
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { AppendableFile, openForAppend, ReadableFile, tornTailsOf, verifyLog } from "../../mod.ts";
import { sized, testSize } from "../support/size.ts";
import { needing, strace } from "../support/needs.ts";

const PROCESS = fromFileUrl(new URL("./logging_process.ts", import.meta.url));
const ROUNDS = "1500";
const STRACE = strace();

function denoArguments(path: string): string[] {
  return ["run", "--no-check", "--allow-read", "--allow-write", PROCESS, path, ROUNDS];
}

interface Told {
  /** The last size that was reported to the process as durable. */
  readonly acknowledged: number;
  readonly isFinished: boolean;
}

function told(stdout: string): Told {
  const sizes = stdout.split("\n").filter((line) => /^[0-9]+$/.test(line)).map(Number);
  return { acknowledged: sizes.at(-1) ?? 0, isFinished: stdout.includes("finished") };
}

/** Runs the process with one injected fault, `kill` or the name of an error. */
function runWith(path: string, call: "write" | "fdatasync", how: string, n: number): Told {
  const inject = how === "kill" ? "signal=KILL" : `error=${how}`;
  const { stdout } = new Deno.Command("strace", {
    args: [
      "-f",
      ...["-o", "/dev/null", "-P", path, "-e", "trace=write,fdatasync"],
      ...["-e", `inject=${call}:${inject}:when=${n}`, Deno.execPath(), ...denoArguments(path)],
    ],
    stderr: "null",
  }).outputSync();
  return told(new TextDecoder().decode(stdout));
}

/** Kills the process after `n` acknowledgements, or waits for it to finish. */
async function killAfter(path: string, n: number): Promise<Told> {
  const process = new Deno.Command(Deno.execPath(), {
    args: denoArguments(path),
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const lines: string[] = [];
  let isKilled = false;
  const output = process.stdout.pipeThrough(new TextDecoderStream());
  for await (const line of output.pipeThrough(new TextLineStream())) {
    lines.push(line);
    if (isKilled || lines.length < n) continue;
    isKilled = true;
    try {
      process.kill("SIGKILL");
    } catch {
      // The process has already ended.
    }
  }
  await process.status;
  return told(lines.join("\n"));
}

/** What must hold of the log that a process has left behind. `whole` is what it would have written. */
function check(
  path: string,
  whole: Uint8Array,
  { acknowledged, isFinished }: Told,
  where: string,
): void {
  const left = Deno.readFileSync(path);
  assert(left.length >= acknowledged, `${where}: acknowledged bytes are missing`);
  assertEquals(left, whole.subarray(0, left.length), `${where}: it is no prefix`);
  const log = new ReadableFile(path);
  const { status } = verifyLog(log);
  log.close();
  assertStrictEquals(status === "complete", left.length === whole.length, `${where}: ${status}`);
  if (isFinished) assertStrictEquals(status, "complete", where);
  assert(status !== "damaged", where);
  const file = AppendableFile.open(path);
  const opened = openForAppend(file, tornTailsOf(path));
  if (opened.ok) opened.value.writer.finish();
  file.close();
  if (!opened.ok) return assertStrictEquals(opened.failure.code, "empty-log", where);
  const again = new ReadableFile(path);
  const verdict = verifyLog(again);
  again.close();
  // A log that lacks nothing but its last checkpoint has got it now.
  const lines = left.subarray(0, left.lastIndexOf(0x0a) + 1);
  const hasOutcome = new TextDecoder().decode(lines).includes('"kind":"outcome"');
  assertStrictEquals(verdict.status, hasOutcome ? "complete" : "prefix", where);
}

async function withFolder(
  test: (folder: string, whole: Uint8Array) => void | Promise<void>,
): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    assert((await killAfter(`${folder}/whole`, Infinity)).isFinished);
    await test(folder, Deno.readFileSync(`${folder}/whole`));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("a killed process leaves a log that shows how far it got", async () => {
  await withFolder(async (folder, whole) => {
    for (let n = 0; n < sized({ quick: 2, ci: 6 }); n++) {
      const path = `${folder}/${n}`;
      check(path, whole, await killAfter(path, n + 1), `killed after ${n + 1} acknowledgements`);
    }
  });
});

Deno.test(needing({
  name: "a process whose n-th write or sync of the log is killed or refused leaves a valid log",
  needs: [STRACE],
  size: "ci",
  async fn() {
    await withFolder((folder, whole) => {
      const cases = [["write", "kill"], ["write", "ENOSPC"], ["fdatasync", "kill"], [
        "fdatasync",
        "EIO",
      ]] as const;
      for (const [call, how] of cases) {
        for (let n = 1, isFinished = false; !isFinished; n += testSize() !== "quick" ? 1 : 3) {
          const path = `${folder}/${call}-${how}-${n}`;
          const answer = runWith(path, call, how, n);
          check(path, whole, answer, `${how} at ${call} ${n}`);
          ({ isFinished } = answer);
          assert(n < 30);
        }
      }
    });
  },
}));
