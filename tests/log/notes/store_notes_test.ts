/**
 * Notes about a store, and proofs from its log: what the commands write is accepted by Go's library, and what contradicts it is not.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStrictEquals } from "../../../std/assert.ts";
import { fromFileUrl, join } from "../../../std/path.ts";
import { GO_LIBRARY, judgedByGo, type Question } from "../../support/ask_go.ts";
import { sha256 } from "../../../store/file/sha256.ts";
import { dustrun } from "../../support/memory_io.ts";
import { needing } from "../../support/needs.ts";

const HELLO = fromFileUrl(new URL("../../../fixtures/tour/hello.dir.json", import.meta.url));

const SEALING = fromFileUrl(new URL("../../../fixtures/tour/ledger.dir.json", import.meta.url));

/** A store or a ledger with a note after every run that extended it, and a key. */
interface Desk {
  readonly at: (name: string) => string;
  /** The path of the store or ledger. */
  readonly attested: string;
  readonly key: string;
  /** What a command about it prints, which must succeed. */
  readonly print: (...words: string[]) => Promise<string>;
}

/** What notes are about, and a run that extends that. */
const ATTESTED = {
  store: { name: "store", runWords: () => [HELLO, "--simulate"] },
  ledger: {
    name: "store/seals.jsonl",
    runWords: (run: number) => [SEALING, "-e", "transfer", "--arg", `amount=${run}`],
  },
} as const;

/** A desk after some runs; removed afterwards. */
async function withNotes(
  kind: keyof typeof ATTESTED,
  runs: number,
  test: (desk: Desk) => Promise<void>,
): Promise<void> {
  const { name, runWords } = ATTESTED[kind];
  const folder = Deno.makeTempDirSync();
  const at = (name: string) => join(folder, name);
  const attested = at(name);
  const print = async (...words: string[]) => {
    const { exit, stdout, stderr } = await dustrun(...words, `--${kind}`, attested);
    assertStrictEquals(exit, 0, stderr + stdout);
    return stdout;
  };
  const { stdout: key } = await dustrun("keygen", "example.org/runs", at("key"));
  Deno.writeTextFileSync(at("vkey"), key);
  for (let run = 1; run <= runs; run++) {
    assertStrictEquals((await dustrun(...runWords(run), "--store", at("store"))).exit, 0);
    Deno.writeTextFileSync(at(`${run}.note`), await print("checkpoint", "--sign", at("key")));
  }
  await test({ at, attested, key: key.trimEnd(), print });
  Deno.removeSync(folder, { recursive: true });
}

Deno.test("a store is attested, and its notes and proofs are checked with a key", async () => {
  await withNotes("store", 3, async ({ attested: store, at, print }) => {
    const vkey = ["--key", at("vkey")];
    assertMatch(
      Deno.readTextFileSync(at("2.note")),
      /^example\.org\/runs\/[0-9a-f]{32}\n5\n.{44}\n\n/,
    );
    assertMatch(
      await print("verify", "--against", at("2.note"), ...vkey),
      /attested: 5 lines, and not 2 lines after them \(signature checked\)/,
    );
    Deno.writeTextFileSync(at("proof"), await print("prove", "--run", "2", "--note", at("3.note")));
    const proven = await dustrun("verify-proof", at("proof"), ...vkey);
    assertMatch(proven.stdout, /^proven of example.*: line 5 of 7\n\{"kind":"closed","run":2,/);
    const json = await dustrun("verify-proof", at("proof"), ...vkey, "--json");
    assertEquals(JSON.parse(json.stdout).line, 4);
    const growth = await print("prove", "--since", at("1.note"), "--note", at("3.note"));
    assertMatch(growth, /^old 3\n(?:[A-Za-z0-9+/]{43}=\n)+\nexample\.org/);
    Deno.writeTextFileSync(at("growth"), growth);
    const grown = (older: string) => ["verify-proof", at("growth"), ...vkey, "--since", at(older)];
    const shown = await dustrun(...grown("1.note"));
    assertMatch(
      shown.stdout,
      /^proven of .*: its first 3 lines of 7 are those of the earlier note\n$/,
    );
    assertMatch((await dustrun(...grown("2.note"))).stderr, /DR1319.*do not lead/);
    assertMatch((await dustrun(...grown("1.note").slice(0, -2))).stderr, /DR1304[^]*--since/);
    assertMatch((await dustrun(...grown("1.note"), "--event", "1")).stderr, /DR1303[^]*--event/);
    Deno.writeTextFileSync(at("growth"), growth.replace(/^old 3\n.{5}/, "old 3\nAAAAA"));
    assertStrictEquals((await dustrun(...grown("1.note"))).exit, 6);
    const refusals: readonly (readonly [number, RegExp, readonly string[]])[] = [
      [7, /DR1320.*nothing of run 3/, ["prove", "--run", "3", "--note", at("2.note")]],
      [5, /DR1303.*fewer lines/, ["prove", "--since", at("3.note"), "--note", at("1.note")]],
      [5, /DR1304/, ["prove", "--note", at("1.note")]],
      [5, /DR1304/, ["prove", "--run", "1", "--since", at("1.note"), "--note", at("1.note")]],
      [5, /DR1303/, ["prove", "@", "--run", "1", "--note", at("1.note")]],
      [6, /DR1315.*no run of the key/, ["verify", "@", "--against", at("1.note")]],
    ];
    for (const [exit, message, words] of refusals) {
      const refused = await dustrun(...words, "--store", store);
      assertMatch(refused.stderr, message, words.join(" "));
      assertStrictEquals(refused.exit, exit, refused.stderr);
    }
    const text = Deno.readTextFileSync(at("proof"));
    const forged = text.replace(/^extra .*$/m, `extra ${btoa('{"kind":"closed","run":9}')}`);
    Deno.writeTextFileSync(at("proof"), forged);
    assertStrictEquals((await dustrun("verify-proof", at("proof"), ...vkey)).exit, 6);
    const unsigned = await print("checkpoint", "--name", "me");
    Deno.writeTextFileSync(at("unsigned"), unsigned);
    assertStrictEquals(
      (await dustrun("prove", "--run", "1", "--note", at("unsigned"), "--store", store)).exit,
      6,
    );
    assertStrictEquals((await dustrun("checkpoint", "--store", at("nowhere"))).exit, 2);
  });
});

Deno.test("a seal ledger is attested, and every rewrite of it contradicts its note", async () => {
  await withNotes("ledger", 3, async ({ at, attested: ledger, print }) => {
    const against = ["verify", "--against", at("2.note"), "--key", at("vkey")];
    assertMatch(Deno.readTextFileSync(at("2.note")), /^example\.org\/runs\/[0-9a-f]{32}\n2\n/);
    assertMatch(await print("verify"), /: 3 entries, chain unbroken\n$/);
    assertMatch(
      await print(...against),
      /attested: 2 entries, and not 1 entry after them \(signature checked\)/,
    );
    Deno.writeTextFileSync(
      at("proof"),
      await print("prove", "--entry", "1", "--note", at("2.note")),
    );
    const proven = await dustrun("verify-proof", at("proof"), "--key", at("vkey"));
    assertMatch(proven.stdout, /^proven of example.*: line 2 of 2\n\{"entry":1,"run":/);
    Deno.writeTextFileSync(
      at("growth"),
      await print("prove", "--since", at("1.note"), "--note", at("3.note")),
    );
    const grown = ["verify-proof", at("growth"), "--key", at("vkey"), "--since", at("1.note")];
    assertMatch((await dustrun(...grown)).stdout, /its first 1 line of 3 are those/);
    const text = Deno.readTextFileSync(ledger), lines = text.trimEnd().split("\n");
    const payloads = lines.map((line) => ({ ...JSON.parse(line) }));
    const chained = (entries: readonly Record<string, unknown>[]) => {
      let before = "";
      return entries.map((entry, index) => {
        const line = JSON.stringify({ ...entry, entry: index, before });
        before = `sha256:${sha256(line)}`;
        return `${line}\n`;
      }).join("");
    };
    const other = { payload: "999", digest: `sha256:${sha256("999")}` };
    assertStrictEquals(chained(payloads), text);
    const rewrites: readonly (readonly [string, number, RegExp])[] = [
      [chained(payloads.with(1, { ...payloads[1], ...other })), 6, /DR1316.*first 2 lines/],
      [chained(payloads.toSpliced(1, 1)), 6, /DR1316/],
      [chained(payloads.toSpliced(0, 1)), 6, /DR1315/],
      [chained(payloads.slice(0, 1)), 7, /DR1317.*1 of 2 attested lines/],
      [text.replace('"payload":"', '"payload":"9'), 6, /DR1308.*digest of the payload/],
      [text.slice(0, -1), 7, /DR1309.*unfinished/],
      ["", 7, /DR1309.*no entry/],
    ];
    for (const [content, exit, message] of rewrites) {
      Deno.writeTextFileSync(ledger, content);
      const refused = await dustrun(...against, "--ledger", ledger);
      assertMatch(refused.stderr, message);
      assertStrictEquals(refused.exit, exit, refused.stderr);
    }
    Deno.writeTextFileSync(ledger, text);
    const refusals: readonly (readonly [number, RegExp, readonly string[]])[] = [
      [7, /DR1320.*2 entries, and not entry 2/, ["prove", "--entry", "2", "--note", at("2.note")]],
      [5, /DR1303.*fewer entries/, ["prove", "--since", at("3.note"), "--note", at("1.note")]],
      [5, /DR1304/, ["prove", "--note", at("1.note")]],
      [6, /DR1314.*not a note about a ledger/, ["verify", "--against", ledger]],
    ];
    for (const [exit, message, words] of refusals) {
      const refused = await dustrun(...words, "--ledger", ledger);
      assertMatch(refused.stderr, message, words.join(" "));
      assertStrictEquals(refused.exit, exit, refused.stderr);
    }
  });
});

/** What is proven of a run, and the index of another leaf. */
interface Inclusion {
  readonly words: readonly string[];
  readonly wrongIndex: number;
}

/** Lets Go judge the note after every run, the inclusion of every run in it, and its consistency with every earlier note. */
async function judgeNotes(
  kind: keyof typeof ATTESTED,
  count: number,
  inclusionOf: (run: number) => Inclusion,
): Promise<void> {
  await withNotes(kind, count, async ({ at, key: Key, print }) => {
    const note = (run: number) => Deno.readTextFileSync(at(`${run}.note`));
    const accepted: Question[] = [], refused: Question[] = [];
    for (let run = 1; run <= count; run++) {
      accepted.push({ Kind: "note", Key, Text: note(run) });
      for (let earlier = 1; earlier <= run; earlier++) {
        const { words, wrongIndex } = inclusionOf(earlier);
        const Text = await print("prove", ...words, "--note", at(`${run}.note`));
        accepted.push({ Kind: "proof", Key, Text });
        const moved = Text.replace(/^index (.*)$/m, `index ${wrongIndex}`);
        refused.push({ Kind: "proof", Key, Text: moved });
        const since = ["--since", at(`${earlier}.note`), "--note", at(`${run}.note`)];
        const [old = ""] = (await print("prove", ...since)).split("\n\n");
        const Hashes = old.split("\n").slice(1);
        const pair = { Kind: "tree", Key, Text: note(run), Older: note(earlier) } as const;
        accepted.push({ ...pair, Hashes });
        if (Hashes.length > 0) refused.push({ ...pair, Hashes: Hashes.slice(1) });
      }
    }
    await judgedByGo({ accepted, refused });
  });
}

Deno.test(needing({
  name:
    "Go accepts the notes of a seal ledger, with inclusion and consistency proofs between all of them",
  needs: GO_LIBRARY,
  size: "ci",
  fn: () =>
    judgeNotes("ledger", 5, (run) => ({ words: ["--entry", `${run - 1}`], wrongIndex: run % 5 })),
}));

Deno.test(needing({
  name:
    "Go accepts the notes of a store, with inclusion and consistency proofs between all of them",
  needs: GO_LIBRARY,
  size: "ci",
  fn: () => judgeNotes("store", 6, (run) => ({ words: ["--run", `${run}`], wrongIndex: 0 })),
}));
