/**
 * Kills at file operations of `run`, `resume` and `audit`: at all of them, or at some.
 *
 * @module
 */
import { assert, assertEquals } from "../../../std/assert.ts";
import type { Random } from "../../../campaign/random.ts";
import { assertHeld, assertTruthful, audited, finish } from "./after_kill.ts";
import { type Contents, type Killed, KillFolder } from "./kill_folder.ts";
import {
  type Choice,
  type FileOperation,
  killedAt,
  named,
  operationsOf,
  type TracedCommand,
} from "./traced_process.ts";

/** Runs to kill. */
export interface Campaign extends Killed {
  readonly choose: Choice;
  readonly random: Random;
}

/** Processes that SIGKILL ended, by command; those that had ended before are not counted. */
export interface CommandKills {
  run: number;
  resume: number;
  audit: number;
  /** Resumptions that began after a resumption was killed, and were killed as well. */
  secondResume: number;
  /** How often an effect was in doubt afterwards. */
  doubts: number;
}

/** No kills. */
function noKills(): CommandKills {
  return { run: 0, resume: 0, audit: 0, secondResume: 0, doubts: 0 };
}

/** Kills runs of one layout and size of groups; throws at the first effect that is lost, doubled or falsely reported. */
export async function killAll(campaign: Campaign): Promise<CommandKills> {
  const { choose, random } = campaign;
  const folder = new KillFolder(campaign);
  const trials = new Trials(folder, random);
  const fresh = folder.contents();
  const middle = await trials.killRuns(fresh, choose);
  const interrupted = await trials.interrupt(fresh, middle);
  await trials.killResumptions(interrupted, choose);
  await trials.killAudits(interrupted, choose);
  folder.remove();
  return trials.counts;
}

class Trials {
  readonly counts = noKills();
  readonly #folder: KillFolder;
  readonly #random: Random;

  constructor(folder: KillFolder, random: Random) {
    this.#folder = folder;
    this.#random = random;
  }

  /** Kills runs; returns the operation after the middle one of those that perform effects. */
  async killRuns(fresh: Contents, choose: Choice): Promise<FileOperation> {
    const command = this.#folder.process(this.#folder.runWords());
    const operations = await this.#operationsOf(command);
    assertHeld(this.#folder);
    for (const operation of choose(operations, "run")) {
      this.#folder.restore(fresh);
      if (await this.#kill(command, operation)) this.counts.run++;
      await this.#check(command, operation);
    }
    const acts = operations.flatMap(({ call, path }, index) =>
      call === "write" && !/\/runs\/|\/log$/.test(path) ? [index] : []
    );
    const after = operations[(acts[acts.length >> 1] ?? 0) + 1];
    assert(after !== undefined);
    return after;
  }

  /** A run that was killed between an effect and its receipt. */
  async interrupt(fresh: Contents, operation: FileOperation): Promise<Contents> {
    this.#folder.restore(fresh);
    const command = this.#folder.process(this.#folder.runWords());
    assert(await this.#kill(command, operation), "the run ended before it was killed");
    return this.#folder.contents();
  }

  async killResumptions(interrupted: Contents, choose: Choice): Promise<void> {
    const command = this.#folder.process(["resume", this.#folder.log]);
    const operations = await this.#operationsOf(command);
    for (const operation of choose(operations, "resume")) {
      this.#folder.restore(interrupted);
      if (await this.#kill(command, operation)) this.counts.resume++;
      const second = operations[this.#random.below(operations.length)];
      if (second !== undefined && await this.#kill(command, second)) this.counts.secondResume++;
      await this.#check(command, operation);
    }
  }

  /** Kills audits, of a run that was interrupted; they change nothing. */
  async killAudits(interrupted: Contents, choose: Choice): Promise<void> {
    const folder = this.#folder;
    const command = folder.process(["audit", "--json", folder.log]);
    folder.restore(interrupted);
    const expected = await audited(folder);
    for (const operation of choose((await operationsOf(command)).operations, "audit")) {
      folder.restore(interrupted);
      const { isKilled } = await killedAt(command, operation);
      if (isKilled) this.counts.audit++;
      folder.forgetShown();
      assertUnchanged(folder.contents(), interrupted);
    }
    assertEquals(await audited(folder), expected);
  }

  async #operationsOf(command: TracedCommand): Promise<readonly FileOperation[]> {
    const { ended, operations } = await this.#amongOthers(() => operationsOf(command));
    assert(ended.code === 0 || ended.code === 7, ended.stderr);
    return operations;
  }

  async #kill(command: TracedCommand, operation: FileOperation): Promise<boolean> {
    const { isKilled } = await this.#amongOthers(() => killedAt(command, operation));
    return isKilled;
  }

  /** Another program appends to the shared file while a process runs. */
  async #amongOthers<T>(start: () => Promise<T>): Promise<T> {
    if (this.#folder.layout.shared === undefined) return await start();
    const timer = setInterval(() => this.#folder.appendForeignLine(), 1);
    try {
      return await start();
    } finally {
      clearInterval(timer);
    }
  }

  async #check({ words }: TracedCommand, operation: FileOperation): Promise<void> {
    await named(words, operation, async () => {
      await assertTruthful(this.#folder);
      this.counts.doubts += await finish(this.#folder);
    });
  }
}

function assertUnchanged(now: Contents, before: Contents): void {
  assertEquals([...now.keys()].sort(), [...before.keys()].sort());
  for (const [path, content] of before) {
    if (!path.endsWith("shown.txt")) assertEquals(now.get(path), content, path);
  }
}
