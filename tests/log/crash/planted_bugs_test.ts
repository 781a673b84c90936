/**
 * A test that cannot fail proves nothing. Each of these bugs is planted in a copy of the code, and the crash tests must find it.
 *
 * @module
 */
import { assertStrictEquals, assertThrows } from "../../../std/assert.ts";
import { operationsOf, runCrashTests } from "./crash_trials.ts";
import { subjectFrom } from "./scenario.ts";
import { plant, type PlantedBug, REAL_ROOT } from "../planted/plant.ts";
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
      '  journal.record({ kind: "effect_intended", first, last, sink: name, position });\n  journal.sync();\n  const performed = sink.perform({ run, effects });\n',
    becomes:
      '  const performed = sink.perform({ run, effects });\n  journal.record({ kind: "effect_intended", first, last, sink: name, position });\n  journal.sync();\n',
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
      "  session.recordReceipt(sink, { first, last });\n  journal.sync();\n  const reason = sink.sync();\n  if (reason === undefined) return undefined;",
  },
  {
    name: "the end of the realization is not made durable",
    file: "realize/journal.ts",
    text: "    this.#log.finish();\n    this.#log.sync();",
    becomes: "    this.#log.finish();",
  },
  {
    name: "the folder of a new sink is forgotten",
    file: "realize/file_sink.ts",
    text: "    disk.syncFolder(folderOf(path));",
    becomes: "",
  },
  {
    name: "the folder of a sink is synced only by the process that made the file",
    file: "realize/file_sink.ts",
    text: "    disk.syncFolder(folderOf(path));",
    becomes:
      "    if (file.size() === 0 && !disk.openToRead(`${path}.claim`)) disk.syncFolder(path);",
  },
  {
    name: "the folder of the log is forgotten",
    file: "realize/first_realization.ts",
    text: "  disk.syncFolder(folderOf(path));",
    becomes: "",
  },
  {
    name: "a partial line is trusted",
    file: "realize/file_sink.ts",
    text: "found.length === expected.length &&",
    becomes: "found.length > 0 &&",
  },
  {
    name: "a partial line is left where it is",
    file: "realize/file_sink.ts",
    text: "    if (!isPresent && found.length > 0) this.#file.truncate(position);",
    becomes: "",
  },
  {
    name: "a sink that was cut back is not made durable again",
    file: "realize/file_sink.ts",
    text: '    this.#file.sync();\n    return { kind: "known"',
    becomes: '    return { kind: "known"',
  },
  {
    name: "what was refused is left half written",
    file: "realize/file_sink.ts",
    text: "      file.truncate(position);",
    becomes: "",
  },
  {
    name: "a sync that failed is taken as done by resume",
    file: "realize/file_sink.ts",
    text: "!(isSuspect && size === end)",
    becomes: "true",
  },
  {
    name: "a sync that failed is taken as done by resume, in the ledger",
    file: "realize/ledger_sink.ts",
    text: "isSuspect && others === 0 && present > 0",
    becomes: "isSuspect && false",
  },
  {
    name: "a torn ledger entry is not cut",
    file: "realize/ledger.ts",
    text: "    file.truncate(end);",
    becomes: "",
  },
  {
    name: "ledger entries of other runs are taken for those of this one",
    file: "realize/ledger_sink.ts",
    text: "key === effectKey(run, expected.index)",
    becomes: "key.length === effectKey(run, expected.index).length",
  },
  {
    name: "off by one at a group's end: its last effect is not looked for",
    file: "realize/settle_intent.ts",
    text: "const effects = plan.effects.slice(intent.first, intent.last + 1);",
    becomes: "const effects = plan.effects.slice(intent.first, Math.max(intent.last, 1));",
  },
  {
    name: "off by one at a group's end: one effect too many is confirmed",
    file: "realize/settle_intent.ts",
    text: "Math.min(end - 1, last)",
    becomes: "Math.min(end, last)",
  },
  {
    name: "off by one in the ledger's memory",
    file: "realize/ledger_sink.ts",
    text: '    return { kind: "known", present };',
    becomes: '    return { kind: "known", present: Math.max(0, present - 1) };',
  },
  {
    name: "resume performs without looking",
    file: "realize/settle_intent.ts",
    text: "const inspection = sink.inspect(intent, { run, effects }, isSuspect);",
    becomes:
      'const inspection = [intent, effects, run, isSuspect].length > 4 ? sink.inspect(intent, { run, effects }, isSuspect) : { kind: "known" as const, present: 0 };',
  },
  {
    name: "resume confirms without looking",
    file: "realize/settle_intent.ts",
    text: "const inspection = sink.inspect(intent, { run, effects }, isSuspect);",
    becomes:
      'const inspection = { kind: "known" as const, present: effects.length, run, isSuspect };',
  },
  {
    name: "nobody claims a file",
    file: "realize/sink_claim.ts",
    text: "  const earlier = parseClaim(",
    becomes: "  if (disk !== undefined) return undefined;\n  const earlier = parseClaim(",
  },
  {
    name: "a claim is given up with an intent open",
    file: "realize/realize.ts",
    text: "isFinished && !session.hasOpenIntent(sink)",
    becomes: 'sink !== ""',
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
  const trials = runCrashTests(await subjectFrom(REAL_ROOT), new Random(1));
  console.log(`${trials} trials`);
});

const everyNth = sized({ quick: 12, ci: 1 });
for (const bug of BUGS.filter((_, index) => index % everyNth === 0)) {
  Deno.test(`the crash tests find a planted bug: ${bug.name}`, async () => {
    const subject = await subjectFrom(plant(bug));
    // The bug shows only after a crash: a run that is not interrupted succeeds.
    operationsOf(subject, { effects: 7, groupSize: 3, sinks: "mixed" }, false);
    assertThrows(() => runCrashTests(subject, new Random(1)));
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
