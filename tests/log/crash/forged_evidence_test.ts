/**
 * Ledgers, files and receipts changed by somebody who knows the format and makes every digest right again: `audit` compares each of
 * them with the others.
 *
 * @module
 */
import { assertMatch, assertNotStrictEquals, assertStrictEquals } from "../../../std/assert.ts";
import { effectKey } from "../../../store/realize/effect_key.ts";
import { digestOf, type LedgerEntry } from "../../../store/realize/ledger.ts";
import { dustrun } from "../../support/memory_io.ts";
import { proc, program } from "../../support/program.ts";
import { eventOfLine, sealedLog } from "../../support/recorded_fixtures.ts";

/** A folder with a finished run: two lines in a file, three entries in a ledger. */
async function finishedRun() {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  const body = ['emit "one"', 'seal "a"', 'seal "b"', 'emit "two"', 'seal "c"', "return 0"];
  Deno.writeTextFileSync(`${folder}/p.dir.json`, program(proc("K::main() -> i64", ...body)));
  const at = (name: string) => `${folder}/${name}`;
  const words = ["--realize", `emit=file:${at("out.txt")}`, "--store", at("s"), "--group", "9"];
  const { exit, stderr } = await dustrun(at("p.dir.json"), "--log", at("run.jsonl"), ...words);
  assertStrictEquals(exit, 0, stderr);
  return { folder, log: at("run.jsonl"), out: at("out.txt"), ledger: at("s/seals.jsonl") };
}

type Run = Awaited<ReturnType<typeof finishedRun>>;

/** Changes the entries of a ledger, and makes numbers and digests right again. */
function forgeLedger({ ledger }: Run, change: (entries: LedgerEntry[]) => LedgerEntry[]): void {
  const lines = Deno.readTextFileSync(ledger).trimEnd().split("\n");
  let before = "";
  const forged = change(lines.map((line): LedgerEntry => JSON.parse(line))).map((entry, index) => {
    const { run, effect, kind, payload, key } = entry;
    const digest = digestOf(payload);
    const line = JSON.stringify({ entry: index, run, effect, kind, payload, digest, key, before });
    before = digestOf(line);
    return `${line}\n`;
  });
  Deno.writeTextFileSync(ledger, forged.join(""));
}

/** Changes the receipts of a log, and makes its checkpoints right again. */
function forgeLog({ log }: Run, from: string | RegExp, to: string): void {
  const text = Deno.readTextFileSync(log);
  const forged = typeof from === "string" ? text.replaceAll(from, to) : text.replace(from, to);
  assertNotStrictEquals(forged, text, `${from} is not in the log`);
  const events = forged.trimEnd().split("\n").map(eventOfLine);
  Deno.writeFileSync(log, sealedLog(events).content());
}

/** Changes members of the first entry. */
const changeFirst = (members: Partial<LedgerEntry>) => (run: Run) =>
  forgeLedger(
    run,
    ([first, ...rest]) => first === undefined ? [] : [{ ...first, ...members }, ...rest],
  );

/** Adds an entry for another effect of the run, with its key. */
const addEntry = (members: Partial<LedgerEntry> & Pick<LedgerEntry, "effect">) => (run: Run) =>
  forgeLedger(run, (entries) => {
    const [first] = entries;
    if (first === undefined) return entries;
    return [...entries, { ...first, ...members, key: effectKey(first.run, members.effect) }];
  });

const swapped = (entries: LedgerEntry[], a: number, b: number) => {
  const [first, second] = [entries[a], entries[b]];
  return first === undefined || second === undefined
    ? entries
    : entries.with(a, second).with(b, first);
};

const FORGERIES: readonly {
  readonly what: string;
  readonly forge: (run: Run) => void;
  readonly exit: number;
  readonly finding: RegExp;
}[] = [
  {
    what: "another payload",
    forge: changeFirst({ payload: "z" }),
    exit: 1,
    finding: /entry 0 has its place and another content/,
  },
  {
    what: "another kind",
    forge: changeFirst({ kind: "emit" }),
    exit: 1,
    finding: /entry 0 has its place and another content/,
  },
  {
    what: "another key",
    forge: changeFirst({ key: effectKey("x", 1) }),
    exit: 1,
    finding: /entry 0 has not the key of effect 1/,
  },
  {
    what: "another run",
    forge: changeFirst({ run: "0".repeat(32) }),
    exit: 1,
    finding: /effect 1 was realized .* no entry with its key/,
  },
  {
    what: "a missing entry in the middle",
    forge: (run) => forgeLedger(run, (entries) => entries.toSpliced(1, 1)),
    exit: 1,
    finding: /effect 2 was realized .* no entry with its key/,
  },
  {
    what: "a missing last entry",
    forge: (run) => forgeLedger(run, (entries) => entries.slice(0, -1)),
    exit: 1,
    finding: /effect 4 was realized .* no entry with its key/,
  },
  {
    what: "a doubled entry",
    forge: (run) => forgeLedger(run, (entries) => [...entries, ...entries.slice(0, 1)]),
    exit: 1,
    finding: /entry 3 is effect 1 again, which is entry 0/,
  },
  {
    what: "entries in another order",
    forge: (run) => forgeLedger(run, (entries) => swapped(entries, 0, 1)),
    exit: 1,
    finding: /entry 1 is effect 1, after effect 2/,
  },
  {
    what: "an entry that the run has no effect for",
    forge: addEntry({ effect: 9 }),
    exit: 1,
    finding: /entry 3 is effect 9, which the log did not intend for it/,
  },
  {
    what: "an effect that went elsewhere",
    forge: addEntry({ effect: 3, kind: "emit", payload: "two" }),
    exit: 1,
    finding: /entry 3 is effect 3, which the log did not intend for it/,
  },
  {
    what: "a changed entry whose chain was left as it was",
    forge: ({ ledger }) =>
      Deno.writeTextFileSync(
        ledger,
        Deno.readTextFileSync(ledger).replace('"payload":"b"', '"payload":"y"'),
      ),
    exit: 6,
    finding: /damaged at line 2/,
  },
  {
    what: "another line in the file",
    forge: ({ out }) => Deno.writeTextFileSync(out, "one\ntwx\n"),
    exit: 1,
    finding: /effect 3 was realized .* other content at byte 4/,
  },
  {
    what: "a file that was cut",
    forge: ({ out }) => Deno.truncateSync(out, 4),
    exit: 1,
    finding: /effect 3 was realized/,
  },
  {
    what: "a file that is gone",
    forge: ({ out }) => Deno.removeSync(out),
    exit: 1,
    finding: /does not exist/,
  },
  {
    what: "a pipe in place of the file",
    forge: ({ out }) => {
      Deno.removeSync(out);
      new Deno.Command("mkfifo", { args: [out] }).outputSync();
    },
    exit: 7,
    finding: /unknown: whether 2 realized effects are in .* not a regular file/,
  },
  {
    what: "a link in place of the ledger",
    forge: ({ ledger }) => {
      Deno.renameSync(ledger, `${ledger}.moved`);
      Deno.symlinkSync(`${ledger}.moved`, ledger);
    },
    exit: 7,
    finding: /unknown: whether 3 realized effects are in .* not a regular file/,
  },
  {
    what: "a receipt with another place",
    forge: (run) => forgeLog(run, '"position":8}', '"position":7}'),
    exit: 1,
    finding: /effect 3 was realized/,
  },
  {
    what: "a receipt before the beginning of the file",
    forge: (run) => forgeLog(run, '"position":8}', '"position":1}'),
    exit: 1,
    finding: /effect 3 was realized .* other content at byte 0/,
  },
  {
    what: "intents and receipts for another file",
    forge: (run) => {
      Deno.copyFileSync(run.out, `${run.out}.copy`);
      forgeLog(run, `file:${run.out}","position"`, `file:${run.out}.copy","position"`);
    },
    exit: 6,
    finding: /emit of effect 0 goes to .*copy, and .*out.txt was recorded for it/,
  },
  {
    what: "a pipe where a file was cut",
    forge: (run) => {
      Deno.truncateSync(run.out, 4);
      forgeLog(run, /("sink":"file:[^"]*","position":)[0-9]+(?:,"inode":[0-9]+)?/g, "$1-1");
    },
    exit: 7,
    finding: /unknown: whether 2 realized effects are in .*: it was no regular file then/,
  },
  {
    what: "a sink that cannot be",
    forge: (run) => forgeLog(run, /"file:[^"]*"/g, '"file:a\\u0000b"'),
    exit: 7,
    finding: /unknown: whether 2 realized effects are in file:a.b is unknown: this is no sink/,
  },
  {
    what: "a sink without a name",
    forge: (run) => forgeLog(run, /"file:[^"]*"/g, '"file:"'),
    exit: 7,
    finding: /unknown: whether 2 realized effects are in file: is unknown: this is no sink/,
  },
  {
    what: "no sinks",
    forge: (run) => forgeLog(run, /"sinks":\[[^\]]*\]/, '"sinks":[]'),
    exit: 6,
    finding: /the log is damaged at line \d+: it has sinks for none; the effects are emit, seal/,
  },
  {
    what: "a sink for a kind that is none",
    forge: (run) => forgeLog(run, '"effect":"emit","sink"', '"effect":"other","sink"'),
    exit: 6,
    finding: /it has sinks for other, seal; the effects are emit, seal/,
  },
  {
    what: "another occurrence",
    forge: (run) => {
      const [, occurrence = ""] =
        /"occurrence":"([0-9a-f]+)"/.exec(Deno.readTextFileSync(run.log)) ?? [];
      forgeLog(run, occurrence, "f".repeat(32));
    },
    exit: 1,
    finding: /effect 1 was realized .* no entry with its key/,
  },
];

for (const { what, forge, exit, finding } of FORGERIES) {
  // covers: EFF-17
  Deno.test(`audit finds forged evidence: ${what}`, async () => {
    const run = await finishedRun();
    const before = await dustrun("audit", run.log);
    assertStrictEquals(before.exit, 0, before.stdout);
    forge(run);
    const { exit: found, stdout } = await dustrun("audit", run.log);
    assertMatch(stdout, finding);
    assertStrictEquals(found, exit);
    const isLogDamaged = stdout.includes("the log is damaged");
    assertStrictEquals((await dustrun("verify", run.log)).exit, isLogDamaged ? 6 : 0);
    Deno.removeSync(run.folder, { recursive: true });
  });
}
