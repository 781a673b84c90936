/**
 * Damaged and incomplete logs: every command that takes a log refuses a damaged one, and no comparison calls an incomplete run
 * equivalent.
 *
 * @module
 */
import { join } from "../../std/path.ts";
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { dustrun } from "../support/memory_io.ts";
import { loopLog } from "../support/loop_log.ts";
import { eventOfLine, linesOf, sealedLog } from "../support/recorded_fixtures.ts";
import { sized, testSeed } from "../support/size.ts";
import { Random } from "../../campaign/random.ts";

/** Four blocks; the last one is short. */
const WHOLE = linesOf(loopLog(850));

const isCheckpoint = (line: string) => line.includes('"kind":"checkpoint"');
const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

/** The line with one digit changed: the event remains well-formed. */
function flipped(line: string): string {
  return line.replace(
    /"set":\{"[a-z]+":\{"Int":([0-9])/,
    (all, digit) => all.slice(0, -1) + (digit === "9" ? "8" : Number(digit) + 1),
  );
}

/** An event with a value, in the first block and in the last one. */
const PLACES = [
  WHOLE.findIndex((line) => flipped(line) !== line),
  WHOLE.findLastIndex((line) => flipped(line) !== line),
];

/** Each class of damage, at an event. */
const DAMAGES: { readonly [name: string]: (at: number) => string } = {
  "a changed byte in an event": (at) => textOf(WHOLE.with(at, flipped(WHOLE[at] ?? ""))),
  "a changed byte in a checkpoint": (at) => {
    const checkpoint = WHOLE.findIndex((line, index) => index > at && isCheckpoint(line));
    const changed = (WHOLE[checkpoint] ?? "").replace(
      /"root":"./,
      (head) => head.slice(0, -1) + (head.endsWith("0") ? "1" : "0"),
    );
    return textOf(WHOLE.with(checkpoint, changed));
  },
  "a program in the header that does not load": () =>
    textOf(WHOLE.map((line, index) => index === 1 ? line.replace("Assign", "Assigm") : line)),
  "nothing but a checkpoint": () => textOf(WHOLE.filter(isCheckpoint).slice(0, 1)),
  "a cut line": (at) => textOf(WHOLE.with(at, (WHOLE[at] ?? "").slice(0, 40))),
  "a removed line": (at) => textOf(WHOLE.toSpliced(at, 1)),
  "a doubled line": (at) => textOf(WHOLE.toSpliced(at, 0, WHOLE[at] ?? "")),
  "swapped lines": (at) =>
    textOf(WHOLE.with(at, WHOLE[at + 1] ?? "").with(at + 1, WHOLE[at] ?? "")),
  "garbage after the end": () => `${textOf(WHOLE)}garbage\n`,
};

/** Every command that takes a log, as words. `step` needs a terminal and is tested in `step_terminal_test.ts`. */
function commandsOn(log: string, intact: string): readonly (readonly string[])[] {
  const note = noteOf(intact);
  return [
    ["verify", log],
    ["verify", log, "--against", note],
    ["checkpoint", log],
    ["prove", log, "--event", "3", "--note", note],
    ["audit", log],
    ["resume", log],
    ["abandon", log, "--why", "test"],
    ["replay", log],
    ["--replay", log],
    ["explain", log],
    ["state", log],
    ["diff", log, intact],
    ["diff", intact, log],
    ["diff", "--level", "bytes", log, intact],
    ["diff", log, log],
    ...["events", "dustviz", "dustviz-constraints", "csv", "trace"].map((
      format,
    ) => ["export", log, "--format", format]),
  ];
}

/** Where the note about a log is. */
function noteOf(log: string): string {
  return `${log}.note`;
}

Deno.test("every command that takes a log refuses every class of damage with exit code 6", async () => {
  const folder = Deno.makeTempDirSync();
  const intact = join(folder, "intact.jsonl"), log = join(folder, "damaged.jsonl");
  Deno.writeTextFileSync(intact, textOf(WHOLE));
  const key = join(folder, "key");
  assertStrictEquals((await dustrun("keygen", "example.org/runs", key)).exit, 0);
  const note = await dustrun("checkpoint", intact, "--sign", key);
  Deno.writeTextFileSync(noteOf(intact), note.stdout);
  for (const words of commandsOn(intact, intact)) {
    assertStrictEquals((await dustrun(...words)).exit, 0, words.join(" "));
  }
  for (const [name, damage] of Object.entries(DAMAGES)) {
    for (const at of PLACES) {
      const text = damage(at);
      assert(text !== textOf(WHOLE), name);
      Deno.writeTextFileSync(log, text);
      for (const words of commandsOn(log, intact)) {
        for (const json of [[], ["--json"]]) {
          if (words[0] === "export" && json.length > 0) continue;
          const { exit, stdout, stderr } = await dustrun(...words, ...json);
          const claim = `${words.join(" ")}: ${name} at line ${at + 1}`;
          assertStrictEquals(exit, 6, `${claim}: ${stdout.slice(0, 200)}${stderr}`);
          if (!["verify", "audit"].includes(words[0] ?? "")) assertMatch(stderr, /DR1308/, claim);
        }
      }
      assertStrictEquals(Deno.readTextFileSync(log), text, "nothing was changed");
    }
  }
});

Deno.test("every changed byte of the header's block that verify refuses is damage to whatever reads that block", async () => {
  const log = join(Deno.makeTempDirSync(), "damaged.jsonl");
  const lines = linesOf(loopLog(3));
  const header = textOf(lines.slice(0, lines.findIndex(isCheckpoint) + 1));
  const bytes = new TextEncoder().encode(textOf(lines));
  let refused = 0;
  for (let at = 0; at < header.length; at += 17) {
    Deno.writeFileSync(log, bytes.with(at, (bytes[at] ?? 0) ^ 1));
    if ((await dustrun("verify", log)).exit !== 6) continue;
    refused++;
    for (const words of [["state", log], ["state", log, "--at", "4"], ["replay", log]]) {
      const { exit, stderr } = await dustrun(...words);
      assertStrictEquals(exit, 6, `byte ${at}: ${words.join(" ")}: ${stderr}`);
    }
  }
  assert(refused > 50, `${refused}`);
});

Deno.test("random damage is refused by every command, by state and step from its block on, with snapshots and without", async () => {
  const random = new Random(testSeed("random damage of logs", 15));
  const folder = Deno.makeTempDirSync();
  const paths = { intact: join(folder, "intact.jsonl"), log: join(folder, "damaged.jsonl") };
  const lines = linesOf(loopLog(6_000));
  const intact = new TextEncoder().encode(textOf(lines));
  Deno.writeFileSync(paths.intact, intact);
  const key = join(folder, "key");
  await dustrun("keygen", "example.org/runs", key);
  const note = await dustrun("checkpoint", paths.intact, "--sign", key);
  Deno.writeTextFileSync(noteOf(paths.intact), note.stdout);
  assertStrictEquals((await dustrun("state", paths.intact)).exit, 0);
  const snapshots = Deno.readFileSync(`${paths.intact}.snapshots`);
  assert(snapshots.length > 0);
  const ends = blockEnds(lines);
  for (let round = 0; round < sized({ quick: 3, ci: 30 }); round++) {
    const { at, bytes } = damaged(intact, random);
    Deno.writeFileSync(paths.log, bytes);
    const claim = `round ${round}, byte ${at}`;
    if ((await dustrun("verify", paths.log)).exit === 7) continue; // the last line is torn
    for (const words of commandsOn(paths.log, paths.intact)) {
      Deno.writeFileSync(`${paths.log}.snapshots`, snapshots);
      assertStrictEquals((await dustrun(...words)).exit, 6, `${claim}: ${words.join(" ")}`);
    }
    const block = ends.findIndex(({ offset }) => at < offset);
    for (const [index, { seq }] of ends.entries()) {
      for (const cached of [true, false]) {
        if (cached) Deno.writeFileSync(`${paths.log}.snapshots`, snapshots);
        else Deno.writeFileSync(`${paths.log}.snapshots`, new Uint8Array());
        const { exit } = await dustrun("state", paths.log, "--at", `${seq}`);
        assertStrictEquals(exit, index < block ? 0 : 6, `${claim}: state at ${seq}, ${cached}`);
      }
    }
  }
});

/** The ends of the blocks of a log, checkpoints included: byte offset, and number of the checkpoint. */
function blockEnds(lines: readonly string[]): { readonly offset: number; readonly seq: number }[] {
  let offset = 0;
  return lines.flatMap((line, seq) => {
    offset += line.length + 1;
    return isCheckpoint(line) ? [{ offset, seq }] : [];
  });
}

/** Bytes of which one was changed, removed, doubled or exchanged with the next. */
function damaged(bytes: Uint8Array, random: Random): { at: number; bytes: Uint8Array } {
  for (;;) {
    const at = random.below(bytes.length - 1);
    const [byte = 0, next = 0] = bytes.subarray(at, at + 2);
    const replaced = [
      [byte ^ (1 << random.below(8)), next],
      [next],
      [byte, byte, next],
      [next, byte],
    ][random.below(4)] ?? [];
    const changed = Uint8Array.from([
      ...bytes.subarray(0, at),
      ...replaced,
      ...bytes.subarray(at + 2),
    ]);
    if (byte !== next) return { at, bytes: changed };
  }
}

Deno.test("a valid log that no execution of its program gives has no state, and verify finds nothing", async () => {
  const log = join(Deno.makeTempDirSync(), "reordered.jsonl");
  const events = linesOf(loopLog(40)).map(eventOfLine);
  const at = events.findIndex(({ kind }) => kind === "effect");
  const [effect, before] = [events[at], events[at - 1]];
  assert(effect !== undefined && before !== undefined);
  Deno.writeFileSync(log, sealedLog(events.with(at - 1, effect).with(at, before)).content());
  assertStrictEquals((await dustrun("verify", log)).exit, 0);
  const { exit, stderr } = await dustrun("state", log);
  assertStrictEquals(exit, 6);
  assertMatch(stderr, /DR1325[^]*:[0-9]+, byte[^]*dustrun --replay/);
  assertStrictEquals((await dustrun("--replay", log)).exit, 1);
});

Deno.test("diff of long logs refuses damage in what is read, and everywhere with --full", async () => {
  const folder = Deno.makeTempDirSync();
  const paths = { intact: join(folder, "intact.jsonl"), log: join(folder, "damaged.jsonl") };
  const lines = linesOf(loopLog(36_000));
  const intact = textOf(lines);
  assert(intact.length > 8 * 1024 * 1024, `${intact.length} bytes are a long log`);
  Deno.writeTextFileSync(paths.intact, intact);
  for (const from of [3, 60_000, lines.length - 20]) {
    const at = lines.findIndex((line, index) => index >= from && flipped(line) !== line);
    Deno.writeTextFileSync(paths.log, textOf(lines.with(at, flipped(lines[at] ?? ""))));
    const exitOf = async (...words: readonly string[]) => (await dustrun("diff", ...words)).exit;
    assertStrictEquals(await exitOf("--full", paths.log, paths.intact), 6);
    assertStrictEquals(await exitOf("--full", paths.log, paths.log), 6);
    assertStrictEquals(await exitOf("--level", "bytes", paths.intact, paths.log), 6);
    for (const level of ["observational", "trace"]) {
      assertStrictEquals(await exitOf("--level", level, paths.log, paths.log), 0, "equal bytes");
    }
    const checkpoint = lines.findIndex((line, index) => index >= from && isCheckpoint(line));
    const zeros = (lines[checkpoint] ?? "").replace(
      /"block":"[0-9a-f]+/,
      `"block":"${"0".repeat(64)}`,
    );
    Deno.writeTextFileSync(paths.log, textOf(lines.with(checkpoint, zeros)));
    assertStrictEquals(await exitOf(paths.log, paths.intact), 6);
    assertStrictEquals(await exitOf("--level", "trace", paths.intact, paths.log), 6);
  }
});

Deno.test("diff never calls an incomplete run equivalent, and names the incomplete side", async () => {
  const folder = Deno.makeTempDirSync();
  const paths = { whole: join(folder, "whole.jsonl"), part: join(folder, "part.jsonl") };
  const outcome = WHOLE.findIndex((line) => line.includes('"kind":"outcome"'));
  Deno.writeTextFileSync(paths.whole, textOf(WHOLE));
  Deno.writeTextFileSync(paths.part, textOf(WHOLE.slice(0, outcome)));
  const sides = [
    [[paths.whole, paths.part], ["right"]],
    [[paths.part, paths.whole], ["left"]],
    [[paths.part, paths.part], ["left", "right"]],
  ] as const;
  for (const [operands, incomplete] of sides) {
    for (const level of ["observational", "trace"]) {
      const words = ["diff", "--level", level, ...operands];
      const text = await dustrun(...words);
      assertStrictEquals(text.exit, 7, words.join(" "));
      assertMatch(text.stdout, /note: .*part\.jsonl is incomplete: it has no outcome/);
      const json = await dustrun(...words, "--json");
      const { report } = JSON.parse(json.stdout);
      assertEquals([json.exit, report.same, report.incomplete], [7, false, incomplete]);
    }
  }
  const bytes = await dustrun("diff", "--level", "bytes", paths.part, paths.part);
  assertStrictEquals(bytes.exit, 0, "equal files");
});
