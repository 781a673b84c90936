/**
 * A test that cannot fail proves nothing. Each of these bugs is planted in a copy of the code, and the crash tests must find it.
 *
 * @module
 */
import { assertRejects, assertStrictEquals } from "../../../std/assert.ts";
import { operationsOf, runCrashTests } from "./crash_trials.ts";
import { subjectFrom } from "./scenario.ts";
import { assertPlantable, plant, type PlantedBug, REAL_ROOT } from "../planted/plant.ts";
import { sized } from "../../support/size.ts";
import { Random } from "../../../campaign/random.ts";

const BUGS: readonly PlantedBug[] = [
  {
    name: "the intent is not made durable before the act",
    file: "realize/perform_effects.ts",
    text: "  journal.sync();\n  const performed",
    becomes: "  const performed",
  },
  {
    name: "the act comes before the intent",
    file: "realize/perform_effects.ts",
    text:
      '  journal.record({ kind: "effect_intended", first, last, sink: name, position, inode });\n  journal.sync();\n  const performed = sink.perform(session.batch({ first, last }));\n',
    becomes:
      '  const performed = sink.perform(session.batch({ first, last }));\n  journal.record({ kind: "effect_intended", first, last, sink: name, position, inode });\n  journal.sync();\n',
  },
  {
    name: "the sink is not made durable",
    file: "realize/perform_effects.ts",
    text: "  const reason = sink.sync();",
    becomes: "  const reason: string | undefined = undefined;",
  },
  {
    name: "the wrong file is made durable: the log instead of the sink",
    file: "realize/perform_effects.ts",
    text: "  const reason = sink.sync();",
    becomes: "  const reason: string | undefined = void journal.sync();",
  },
  {
    name: "a receipt is given before the sink is durable, and made durable at once",
    file: "realize/perform_effects.ts",
    text: "  const reason = sink.sync();",
    becomes:
      "  session.recordReceipt(sink, { first, last, end: performed.end });\n  journal.sync();\n  const reason = sink.sync();\n  if (reason === undefined) return undefined;",
  },
  {
    name: "the end of the realization is not made durable",
    file: "realize/journal.ts",
    text: "    this.#log.finish();\n    this.#log.sync();",
    becomes: "    this.#log.finish();",
  },
  {
    name: "the folder of a new sink is forgotten",
    file: "realize/sink_files.ts",
    text: "      disk.syncFolder(folderOf(path)); //",
    becomes: "      //",
  },
  {
    name: "the folder of a sink is synced only by the process that made the file",
    file: "realize/sink_files.ts",
    text: "      disk.syncFolder(folderOf(path)); //",
    becomes:
      "      if (file.size() === 0 && disk.readLink(`${path}.claim`) === undefined) disk.syncFolder(path); //",
  },
  {
    name: "the folder of the log is forgotten",
    file: "realize/first_realization.ts",
    text: "  disk.syncFolder(folderOf(path));",
    becomes: "",
  },
  {
    name: "bytes whose end the host does not say count as not written",
    file: "realize/sink_writes.ts",
    text:
      "      written += count; // before anything else can fail\n      const now = file.appendedEnd();",
    becomes: "      const now = file.appendedEnd();\n      written += count;",
  },
  {
    name: "a partial line is trusted",
    file: "realize/tail_content.ts",
    text: 'if (common === expected.length) return { kind: "whole" };',
    becomes: 'if (common > 0) return { kind: "whole" };',
  },
  {
    name: "a partial line is left where it is",
    file: "realize/tail_content.ts",
    text: '    return common === 0 ? { kind: "none" } : { kind: "beginning", length: common };',
    becomes: '    return { kind: "none" };',
  },
  {
    name: "a sync that failed is taken as done by resume",
    file: "realize/file_sink.ts",
    text: "    if (isSuspect) this.#file.rewrite(",
    becomes: "    if (isSuspect && size < 0) this.#file.rewrite(",
  },
  {
    name: "a sync that failed is taken as done by resume, in the ledger",
    file: "realize/ledger_sink.ts",
    text: "    if (isSuspect) { for (",
    becomes: "    if (isSuspect && position < 0) { for (",
  },
  {
    name: "a torn ledger entry is not cut",
    file: "realize/ledger_end.ts",
    text: "  file.truncate(at);",
    becomes: "",
  },
  {
    name: "ledger entries of other runs are taken for those of this one",
    file: "realize/sealed_batch.ts",
    text: "    const meant = byKey.get(entry.key) ??",
    becomes: "    const meant = effects[pieces.length] ?? byKey.get(entry.key) ??",
  },
  {
    name: "off by one at a group's end: its last effect is not looked for",
    file: "realize/settle_intent.ts",
    text: "sink.inspect(intent, session.batch(intent), isSuspect)",
    becomes:
      "sink.inspect(intent, session.batch({ first: intent.first, last: Math.max(intent.last - 1, 0) }), isSuspect)",
  },
  {
    name: "off by one at a group's end: one effect too many is confirmed",
    file: "realize/settle_intent.ts",
    text: "Math.min(next - 1, last)",
    becomes: "Math.min(next, last)",
  },
  {
    name: "off by one in the ledger's memory",
    file: "realize/ledger_sink.ts",
    text: "present: pieces.length, end",
    becomes: "present: Math.max(0, pieces.length - 1), end",
  },
  {
    name: "resume performs without looking",
    file: "realize/settle_intent.ts",
    text: "sink.inspect(intent, session.batch(intent), isSuspect)",
    becomes: '({ kind: "known", present: 0 })',
  },
  {
    name: "resume confirms without looking",
    file: "realize/settle_intent.ts",
    text: "sink.inspect(intent, session.batch(intent), isSuspect)",
    becomes: '({ kind: "known", present: session.batch(intent).effects.length })',
  },
  {
    name: "nobody claims a file",
    file: "realize/sink_claim.ts",
    text: "  const claim = claimPath(path);\n  const text",
    becomes:
      "  if (disk !== undefined) return undefined;\n  const claim = claimPath(path);\n  const text",
  },
  {
    name: "a claim is given up with an intent open",
    file: "realize/realize.ts",
    text: "isFinished && !session.hasOpenIntent(sink)",
    becomes: 'sink !== ""',
  },
  {
    name: "what a crash left in part is not completed",
    file: "realize/file_sink.ts",
    text: "if (found > 0 && found < expected.length) {",
    becomes: "if (found > 0 && found < 0) {",
  },
  {
    name: "what is found after a crash is not made durable",
    file: "realize/file_sink.ts",
    text: '    this.#file.sync();\n    return { kind: "known"',
    becomes: '    return { kind: "known"',
  },
  {
    name: "what is found in a ledger after a crash is not made durable",
    file: "realize/ledger_sink.ts",
    text: "    this.#file.sync();\n    const last",
    becomes: "    const last",
  },
  {
    name: "a claim is not made durable",
    file: "realize/sink_claim.ts",
    text: "  disk.syncFolder(folderOf(path));",
    becomes: "",
  },
  {
    name: "all realizations have the same occurrence, and so the same keys",
    file: "file/host_facts.ts",
    text: "bytesToHex(crypto.getRandomValues(new Uint8Array(16)))",
    becomes: "bytesToHex(new Uint8Array(16))",
  },
  {
    name: "the log's torn tail is trusted",
    file: "log/blocks.ts",
    text: "    return { offset: offset + searched, length: source.size() - offset - searched };",
    becomes: "    return { offset: source.size(), length: 0 };",
  },
];

Deno.test("the crash tests find no bug in the code as it is", async () => {
  const trials = await runCrashTests(await subjectFrom(REAL_ROOT), new Random(1));
  console.log(`${trials} trials`);
});

Deno.test("every bug of this file can be planted", () => {
  for (const bug of BUGS) assertPlantable(bug);
});

const everyNth = sized({ quick: 12, ci: 1 });
for (const bug of BUGS.filter((_, index) => index % everyNth === 0)) {
  Deno.test(`the crash tests find a planted bug: ${bug.name}`, async () => {
    const subject = await subjectFrom(plant(bug));
    // The bug shows only after a crash: a run that is not interrupted succeeds.
    await operationsOf(subject, { effects: 7, groupSize: 3, sinks: "mixed" }, false);
    await assertRejects(() => runCrashTests(subject, new Random(1)));
  });
}

/** Whether a second opening for writing is refused while the first one lasts. */
async function isLocked(root: string): Promise<boolean> {
  const path = Deno.makeTempFileSync();
  const { AppendableFile }: typeof import("../../../store/file/host_file.ts") = await import(
    new URL("store/file/host_file.ts", root).href
  );
  const file = AppendableFile.open(path);
  try {
    AppendableFile.open(path).close();
    return false;
  } catch (cause) {
    return cause instanceof Deno.errors.Busy;
  } finally {
    file.close();
  }
}

Deno.test({
  name:
    "two processes on one log or ledger: the second is refused, and the crash tests notice if it is not",
  ignore: !("tryLockSync" in Deno.FsFile.prototype), // older runtimes wait for the lock instead
  fn: async () => {
    assertStrictEquals(await isLocked(REAL_ROOT), true);
    const bug = plant({
      name: "no lock is taken",
      file: "file/host_file.ts",
      text: "    lockOrThrow(file);",
      becomes: "",
    });
    assertStrictEquals(await isLocked(bug), false);
  },
});
