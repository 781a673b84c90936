/**
 * Logs that dustrun did not write: for any content of a file, commands that read it end with a result or a failure, never with a bug.
 *
 * @module
 */
import { assert, fail } from "../../std/assert.ts";
import {
  decodeEvent,
  diffLogs,
  explainLog,
  followLog,
  LogStates,
  MemoryFile,
  replayLog,
  summaryTraceText,
  viewState,
} from "../../mod.ts";
import { Random } from "../../campaign/random.ts";
import {
  changedLine,
  eventOfLine,
  logOfLines,
  recordedFixtures,
  sealedLog,
} from "../support/recorded_fixtures.ts";
import { sized, testSeed } from "../support/size.ts";

/** Everything that reads a log. */
async function lookBack(log: MemoryFile, other: MemoryFile): Promise<void> {
  replayLog(log);
  explainLog(log);
  for (const level of ["observational", "trace", "bytes"] as const) {
    diffLogs(log, other, { level, limit: 3 });
    diffLogs(other, log, { level, ignore: ["tick", "main", "effect"] });
  }
  const states = LogStates.open(log);
  if (states.ok) {
    for (const position of [{ kind: "end" }, { kind: "event", seq: 7 }] as const) {
      const there = states.value.at(position);
      if (there.ok) viewState(there.value);
    }
  }
  for (const piece of summaryTraceText(log)) if (!piece.ok) break;
  for await (const read of followLog(log, () => false)) if (!read.ok) break;
}

/** A log with one thing wrong with it. */
function spoiled(lines: readonly string[], random: Random): MemoryFile {
  const at = random.below(lines.length);
  const line = lines[at] ?? "";
  switch (random.below(7)) {
    case 0:
      return sealed(lines.with(at, changedLine(line, random)));
    case 1:
      return sealed(lines.toSpliced(at, 1));
    case 2:
      return sealed(lines.toSpliced(at, 0, line));
    case 3:
      return sealed(lines.toSpliced(random.below(lines.length), 0, line));
    case 4:
      return logOfLines(lines.slice(0, at));
    case 5: {
      const cut = random.below(line.length);
      return logOfLines(
        lines.with(
          at,
          line.slice(0, cut) + random.pick(['"', "7", "}", "é", ""]) + line.slice(cut + 1),
        ),
      );
    }
    default: {
      const bytes = logOfLines(lines).content();
      bytes[random.below(bytes.length)] = random.below(256);
      return new MemoryFile(bytes);
    }
  }
}

/** With new checkpoints where the events allow it. */
function sealed(lines: readonly string[]): MemoryFile {
  return lines.every((line) => decodeEvent(line).ok)
    ? sealedLog(lines.map(eventOfLine))
    : logOfLines(lines);
}

Deno.test("no damaged log makes a command that reads it fail with a bug", async () => {
  const random = new Random(testSeed("spoiled logs", 11));
  const all = [...recordedFixtures(), ...recordedFixtures({ semantics: "host-0.1" })]
    .filter(({ lines }) => lines.length < 200);
  for (let round = 0; round < sized({ quick: 150, ci: 2_500, full: 5_000 }); round++) {
    const { fixture, lines, log } = random.pick(all);
    const bad = spoiled(lines, random);
    try {
      await lookBack(bad, log);
    } catch (thrown) {
      fail(
        `round ${round}, ${fixture.name}: ${thrown}\n${new TextDecoder().decode(bad.content())}`,
      );
    }
  }
});

Deno.test("headers that name nothing, or too much, are reported as such", async () => {
  const [recorded] = recordedFixtures();
  assert(recorded !== undefined);
  const { lines, log } = recorded;
  const changes: readonly (readonly [RegExp, string])[] = [
    [/"artifacts":1/, '"artifacts":0'],
    [/"artifacts":1/, '"artifacts":9007199254740991'],
    [/"semantics":"spec"/, '"semantics":"host-0.1"'],
    [/"max_depth":[0-9]+/, '"max_depth":9007199254740991'],
    [/"max_ticks":[0-9]+/, '"max_ticks":0'],
    [/"tick_us":1/, '"tick_us":9007199254740991'],
    [/"entry":"main"/, '"entry":""'],
    [/"mode":"simulate"/, '"mode":"realize"'],
  ];
  for (const [part, instead] of changes) {
    const header = (lines[0] ?? "").replace(part, instead);
    await lookBack(sealed(lines.with(0, header)), log);
    await lookBack(sealed(lines.with(0, header).toSpliced(1, 1)), log);
    const asHost = header.replace('"semantics":"spec"', '"semantics":"host-0.1"');
    await lookBack(sealed(lines.with(0, asHost).toSpliced(1, 1)), log);
  }
});

Deno.test("a header whose inputs exclude each other is damage, and no run begins with it", async () => {
  const recorded = recordedFixtures().find(({ fixture }) => fixture.name === "files_and_devices");
  assert(recorded !== undefined);
  const { lines, log } = recorded;
  const inputs = lines.flatMap((line, at) => line.includes('"kind":"input_loaded"') ? [at] : []);
  for (const at of inputs.slice(1)) {
    const bad = sealed(lines.with(at, lines[at - 1] ?? ""));
    await lookBack(bad, log);
    const replayed = replayLog(bad);
    assert(!replayed.ok || replayed.value.damage !== undefined, String(at));
  }
});
