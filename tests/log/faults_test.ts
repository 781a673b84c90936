/**
 * Disk faults while a log is written or recovered: acknowledged events are in the log, `verify` gives the right verdict,
 * and the next opening continues without help.
 *
 * `Disk` fails at the n-th operation (write, sync, truncate, keeping a tail) for n = 1, 2, 3 … until a run gets through, and then
 * again at the m-th operation of the recovery. It covers what a real system cannot be made to do on demand: short writes, a full
 * disk in the middle of a block, a sync that fails and loses data, a loss of power that keeps any part of what was
 * written. `kill_test.ts` covers the rest with real processes and files: that the host's calls are the ones modelled here.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import type { Event } from "../../dvm/event/event.ts";
import { decodeLine } from "../../store/codec/decode_event.ts";
import { MemoryFile } from "../../store/file/byte_file.ts";
import { LogWriter } from "../../store/log/writer.ts";
import { openForAppend, type TornTails } from "../../store/log/recover.ts";
import { verifyLog } from "../../store/log/verify.ts";
import { Disk, type Fault } from "../support/faulty_file.ts";
import { realizedLog } from "../support/sample_logs.ts";
import { sized, testSize } from "../support/size.ts";

/** The events of a realized run, checkpoints left out: two blocks, then intents and receipts. */
const EVENTS: readonly Event[] = new TextDecoder().decode(realizedLog(520)).trimEnd().split("\n")
  .map((line) => {
    const decoded = decodeLine(line);
    assert(decoded.ok);
    return decoded.value;
  }).filter((event) => event.kind !== "checkpoint");

const OUTCOME = EVENTS.findIndex(({ kind }) => kind === "outcome");
const FAULTS: readonly Fault[] = ["short-write", "disk-full", "io-error", "crash"];
const SURVIVALS = testSize() !== "quick" ? [0, 0.3, 0.77, 1] : [0.3];
/** A recovery is over after six operations at most: keep, cut, sync, write, sync, and the first write of what follows. */
const RECOVERY_OPERATIONS = sized({ quick: 2, ci: 7 });

/** What processes have done so far, and what was reported to them. */
class Story {
  readonly disk: Disk;
  readonly #kept: Uint8Array[] = [];
  /** Bytes whose durability was acknowledged. */
  acknowledged = 0;

  constructor(survives: number) {
    this.disk = new Disk(survives);
  }

  /** A process that begins or continues the run, as far as it gets. */
  process(): "finished" | "stopped" {
    try {
      const writer = this.#open();
      const done = this.#eventsWritten();
      for (const [index, event] of EVENTS.entries()) {
        if (index < done) continue;
        writer.append({ ...event, seq: writer.seq } as Event);
        // What realization does: the outcome is sealed and durable, then every intent and receipt is.
        if (index === OUTCOME) writer.finish();
        if (index >= OUTCOME) this.#acknowledge(writer);
      }
      writer.finish();
      this.#acknowledge(writer);
      return "finished";
    } catch (cause) {
      assertMatch(String(cause), /Crash|os error/);
      return "stopped";
    }
  }

  /** What an onlooker finds between two processes. */
  check(where: string): void {
    const content = this.disk.content();
    const verdict = verifyLog(new MemoryFile(content));
    assert(verdict.status !== "damaged", where);
    assert(content.length >= this.acknowledged, `${where}: acknowledged bytes are missing`);
    const lines = new TextDecoder().decode(content).split("\n").length - 1;
    assertStrictEquals(verdict.events, lines, where);
    const isTorn = content.length > 0 && content.at(-1) !== 0x0a;
    assertStrictEquals(verdict.status === "torn", isTorn, where);
    if (verdict.status === "complete") {
      assertStrictEquals(this.#eventsWritten(), EVENTS.length, where);
    }
  }

  /** Every event once, in order, whatever was recovered in between. */
  checkWhole(where: string): void {
    const verdict = verifyLog(new MemoryFile(this.disk.content()));
    assertStrictEquals(verdict.status, "complete", `${where}: ${JSON.stringify(verdict)}`);
    const kinds = this.#linesWritten().map(({ kind }) => kind).filter(isOfRun);
    assertEquals(kinds, EVENTS.map(({ kind }) => kind), where);
  }

  #acknowledge(writer: LogWriter): void {
    writer.sync();
    this.acknowledged = this.disk.content().length;
  }

  #open(): LogWriter {
    const aside: TornTails = {
      kept: () => this.#kept,
      keep: (tail) => this.disk.operate(() => void this.#kept.push(tail)),
    };
    const file = this.disk.open();
    const opened = openForAppend(file, aside);
    if (opened.ok) return opened.value.writer;
    assertStrictEquals(opened.failure.code, "empty-log");
    file.truncate(0); // a run that never began is run again: in the store, as a new one
    return new LogWriter(file);
  }

  #eventsWritten(): number {
    return this.#linesWritten().filter(({ kind }) => isOfRun(kind)).length;
  }

  #linesWritten(): Event[] {
    const lines = new TextDecoder().decode(this.disk.content()).split("\n").slice(0, -1);
    return lines.map((line) => {
      const decoded = decodeLine(line);
      assert(decoded.ok, line);
      return decoded.value;
    });
  }
}

function isOfRun(kind: string): boolean {
  return kind !== "checkpoint" && kind !== "recovered";
}

// covers: EFF-17
Deno.test("a log survives a fault at any operation, and a second one while it recovers", () => {
  let stories = 0;
  for (const survives of SURVIVALS) {
    for (const fault of FAULTS) {
      for (let n = 1, happened = true; happened; n++) {
        for (let m = 1, again = true; again; m++) {
          const where =
            `${fault} at operation ${n}, then at ${m} of the recovery; ${survives} survives`;
          const story = new Story(survives);
          story.disk.plan(fault, n);
          story.process();
          happened = story.disk.heal();
          story.check(where);
          story.disk.plan(fault, m);
          story.process();
          again = story.disk.heal() && happened && m < RECOVERY_OPERATIONS;
          story.check(where);
          assertStrictEquals(story.process(), "finished", where);
          story.checkWhole(where);
          stories++;
        }
      }
    }
  }
  assert(stories > sized({ quick: 50, ci: 500 }), `${stories} stories`);
});
