/**
 * Each of these bugs is planted in a copy of `store/`, and the checks of ledgers must find it.
 *
 * @module
 */
import { assertThrows } from "../../../std/assert.ts";
import { sized } from "../../support/size.ts";
import { checkLedgers, ledgersFrom } from "./ledger_checks.ts";
import { plant, type PlantedBug, REAL_ROOT } from "./plant.ts";

const BUGS: readonly PlantedBug[] = [
  {
    name: "a leaf has the line feed of its line",
    file: "runs/ledger_tree.ts",
    text: "leafHash(bytes.subarray(0, -1))",
    becomes: "leafHash(bytes)",
  },
  {
    name: "the id is that of the last entry",
    file: "runs/ledger_tree.ts",
    text: "const [first] = leaves;",
    becomes: "const first = leaves.at(-1);",
  },
  {
    name: "an unfinished entry is not noticed",
    file: "runs/ledger_tree.ts",
    text: "torn: source.size() - end",
    becomes: "torn: 0",
  },
  {
    name: "an entry after the note is proven",
    file: "runs/ledger_tree.ts",
    text: " || entry >= note.size",
    becomes: "",
  },
  {
    name: "a proof leads to the root of the whole ledger",
    file: "runs/ledger_tree.ts",
    text: "proveInclusion(tree.leaves.slice(0, note.size), entry)",
    becomes: "proveInclusion(tree.leaves, entry)",
  },
  {
    name: "the entry of a proof has its line feed",
    file: "runs/ledger_tree.ts",
    text: "end: end - 1",
    becomes: "end",
  },
  {
    name: "a note that nobody signed proves an entry",
    file: "runs/ledger_tree.ts",
    text: 'if (note.signature === "unsigned") return failure({ code: "unsigned-note" });',
    becomes: "",
  },
  {
    name: "an entry is proven by a note that contradicts the ledger",
    file: "runs/ledger_tree.ts",
    text: "if (!compared.ok) return compared;",
    becomes: "",
  },
  {
    name: "a note about another ledger is accepted",
    file: "runs/ledger_tree.ts",
    text: "return compareLines({ leaves, idAt: () => id }, note);",
    becomes: "return compareLines({ leaves, idAt: () => note.store }, note);",
  },
  {
    name: "growth is proven backwards",
    file: "runs/store_proof.ts",
    text: 'if (older.size > note.size) return failure({ code: "later-note" });',
    becomes: "",
  },
  {
    name: "only the later note is compared with the ledger",
    file: "runs/store_proof.ts",
    text: "of [older, note].map(",
    becomes: "of [note].map(",
  },
  {
    name: "entries need not be numbered",
    file: "realize/ledger.ts",
    text: "if (entry.entry !== end.entries) {",
    becomes: "if (entry.entry < 0) {",
  },
  {
    name: "the chain is not checked",
    file: "realize/ledger.ts",
    text: "if (entry.before !== end.digest) return",
    becomes: 'if (entry.before === "x") return',
  },
  {
    name: "payloads are not checked",
    file: "realize/ledger.ts",
    text: "if (entry.digest !== digestOf(entry.payload)) return",
    becomes: 'if (entry.digest === "") return',
  },
  {
    name: "an entry may have any spelling",
    file: "realize/ledger.ts",
    text: "return encode(json) === line ? json : undefined;",
    becomes: "return json;",
  },
  {
    name: "a batch is chained to the wrong entry",
    file: "realize/ledger.ts",
    text: "    before = digestOf(line);",
    becomes: "",
  },
  {
    name: "an entry may have any key",
    file: "projection/audit/run_entries.ts",
    text: "const hasKey = key === effectKey(this.run, effect);",
    becomes: "const hasKey = true;",
  },
  {
    name: "an entry with another key is found",
    file: "projection/audit/ledger_contents.ts",
    text: "return entry.hasKey && ",
    becomes: "return ",
  },
  {
    name: "an entry of another kind is found",
    file: "projection/audit/ledger_contents.ts",
    text: "entry.kind === effect.kind && ",
    becomes: "",
  },
  {
    name: "an entry with another payload is found",
    file: "projection/audit/ledger_contents.ts",
    text: " && entry.payload === effect.payload",
    becomes: "",
  },
  {
    name: "a doubled entry is not noticed",
    file: "projection/audit/run_entries.ts",
    text: "const earlier = isNext ? undefined : this.find(effect);",
    becomes: "const earlier = isNext ? undefined : this.find(-1);",
  },
  {
    name: "the order of entries is not noticed",
    file: "projection/audit/run_entries.ts",
    text: "after effect ${last.effect}`",
    becomes: "after effect ${last.effect}`.slice(0, 0)",
  },
  {
    name: "an entry without an intent is not noticed",
    file: "projection/audit/ledger_contents.ts",
    text: "if (isDue(effect)) continue;",
    becomes: "continue;",
  },
  {
    name: "entries of another run count",
    file: "projection/audit/ledger_contents.ts",
    text: "if (run !== this.#latest?.run) {",
    becomes: "if (this.#latest === undefined) {",
  },
];

Deno.test("the checks find no bug in ledgers as they are", async () => {
  checkLedgers(await ledgersFrom(REAL_ROOT));
});

const everyNth = sized({ quick: 24, ci: 1 });
for (const bug of BUGS.filter((_, index) => index % everyNth === 0)) {
  Deno.test(`the checks find a bug planted in ledgers: ${bug.name}`, async () => {
    const code = await ledgersFrom(plant(bug));
    assertThrows(() => checkLedgers(code));
  });
}
