/**
 * One changed event, anywhere in the log of any fixture: replay and diff name exactly that event, whether or not the log's
 * checkpoints were made to fit again.
 *
 * @module
 */
import { assert, assertStrictEquals } from "../../std/assert.ts";
import { diffLogs, MemoryFile, replayLog } from "../../mod.ts";
import { fixtures, readOptional } from "../support/fixtures.ts";
import {
  changedLine,
  eventOfLine,
  logOfLines,
  type RecordedFixture,
  recordedFixtures,
  sealedLog,
} from "../support/recorded_fixtures.ts";
import { Random } from "../../campaign/random.ts";
import { sized, testSeed } from "../support/size.ts";

const COUNT = sized({ quick: 100, ci: 1_000 });

/** A log with one event changed. */
interface Tampered {
  readonly original: MemoryFile;
  readonly changed: MemoryFile;
  readonly seq: number;
  readonly told: string;
}

/** Lines that execution yields: neither the header nor what it loads, nor checkpoints. */
function changeable({ lines }: RecordedFixture): number[] {
  return lines.flatMap((line, seq) =>
    /^\{"seq":[0-9]+,"kind":"(?:run_started|program_loaded|input_loaded|checkpoint)"/.test(line)
      ? []
      : [seq]
  );
}

function tamper(
  recorded: RecordedFixture,
  seq: number,
  random: Random,
): Tampered {
  const line = changedLine(recorded.lines[seq] ?? "", random);
  const lines = recorded.lines.with(seq, line);
  const isSealed = random.oneIn(2);
  return {
    original: recorded.log,
    changed: isSealed ? sealedLog(lines.map(eventOfLine)) : logOfLines(lines),
    seq,
    told: `${recorded.fixture.name}, ${isSealed ? "sealed" : "unsealed"}: ${line}`,
  };
}

function* tamperings(): Generator<Tampered> {
  const random = new Random(testSeed("divergence", 20_261_125));
  const all = recordedFixtures().filter((recorded) => changeable(recorded).length > 0);
  for (let count = 0; count < COUNT; count++) {
    const recorded = random.pick(all);
    yield tamper(recorded, random.pick(changeable(recorded)), random);
  }
}

// covers: REP-03, REP-04
Deno.test(`replay and diff name the one changed event of ${COUNT} logs`, () => {
  for (const { original, changed, seq, told } of tamperings()) {
    const replayed = replayLog(changed);
    assert(replayed.ok && replayed.value.verdict === "diverged", told);
    assertStrictEquals(replayed.value.seq, seq, told);
    const compared = diffLogs(original, changed, { level: "trace" });
    const [first] = compared.differences;
    assertStrictEquals((first?.left ?? first?.right)?.seq, seq, told);
  }
});

// covers: REP-03
Deno.test("every prefix of every fixture log that ends at an event boundary replays, and reports where it stopped", () => {
  const random = new Random(testSeed("prefixes", 7));
  for (const { fixture, lines } of recordedFixtures()) {
    const outcome = lines.findIndex((line) => line.includes(',"kind":"outcome",'));
    for (let length = 0; length <= lines.length; length++) {
      const isTried = sized({ quick: random.below(lines.length) < 12 ? 1 : 0, ci: 1 }) === 1;
      if (!isTried && length > 4 && length < outcome - 2) continue;
      const replayed = replayLog(logOfLines(lines.slice(0, length)));
      const told = `${fixture.name}, ${length} of ${lines.length} lines`;
      assert(replayed.ok, told);
      assertStrictEquals(replayed.value.verdict, length > outcome ? "reproduced" : "prefix", told);
      if (replayed.value.verdict !== "prefix") continue;
      assertStrictEquals(replayed.value.stoppedAt, length, told);
      const { next } = replayed.value;
      if (next !== undefined) assertStrictEquals(next.seq, length, told);
    }
  }
});

// covers: REP-03
Deno.test("every log among the fixtures still replays", () => {
  let count = 0;
  for (const { name, folder } of fixtures()) {
    const kept = readOptional(new URL("log.jsonl", folder));
    if (kept === undefined) continue;
    const replayed = replayLog(new MemoryFile(new TextEncoder().encode(kept)));
    assert(replayed.ok && replayed.value.verdict === "reproduced", name);
    count++;
  }
  assert(count > 20);
});
