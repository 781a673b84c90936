/**
 * `dustrun verify --ledger` and the auditors' verifier say the same about seal ledgers, changed ones too, and about notes of them.
 *
 * @module
 */
import { assert, assertMatch, assertStrictEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { dustrun } from "../../support/memory_io.ts";
import { needing } from "../../support/needs.ts";
import { sized, testSeed } from "../../support/size.ts";
import { entry, linesOf } from "../planted/ledger_checks.ts";
import { hex, rootOf, sha256 } from "./independent_writer.ts";
import { PYTHON, SCRIPT } from "./judges.ts";
import { inclusionPath, noteKey, noteText, proofText, signedNote } from "./notes.ts";

const KEY = noteKey("example.org/runs");
const ENTRIES = ["70", "größer\n😀", "", "\ud800", "a"].map((payload, index) =>
  entry(index, payload)
);
const LINES = linesOf(ENTRIES);
const ENCODER = new TextEncoder();
const LEAVES = LINES.map((line) => sha256(Uint8Array.of(0), ENCODER.encode(line)));
const ID = hex(LEAVES[0] ?? sha256()).slice(0, 32);
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");
const changed = (at: number) => linesOf(ENTRIES.with(at, entry(at, "other")));

function note(size: number, { origin = `${KEY.name}/${ID}`, root = size, keys = [KEY] } = {}) {
  return signedNote(noteText(origin, size, rootOf(LEAVES.slice(0, root))), keys);
}

/** A ledger, what is compared with it, and the exit code; `undefined`: the verifiers must agree. */
type Case = readonly [
  ledger: string | Uint8Array,
  note: string | undefined,
  exit: 0 | 6 | 7 | undefined,
];

const CASES: readonly Case[] = [
  [text(LINES), undefined, 0],
  [text(LINES), note(5), 0],
  [text(LINES), note(1), 0],
  [text(LINES.slice(0, 2)), note(2), 0],
  [text(changed(4)), note(4), 0],
  [text(LINES.slice(0, 2)), note(3), 7],
  ["", undefined, 7],
  ["", note(1), 7],
  [text(LINES).slice(0, -1), note(2), 7],
  [text(changed(2)), note(3), 6],
  [text(changed(0)), note(3), 6],
  [text(linesOf(ENTRIES.toSpliced(1, 1))), note(3), 6],
  [text(linesOf(ENTRIES.toReversed())), note(5), 6],
  [text(LINES), note(3, { root: 2 }), 6],
  [text(LINES), note(3, { keys: [noteKey("example.org/other")] }), 6],
  [text(LINES), note(3, { origin: `${KEY.name}/run/${ID}` }), 6],
  [text(LINES), note(3, { origin: `${KEY.name}/${"0".repeat(32)}` }), 6],
  [text(LINES), note(3, { origin: `other/${ID}` }), 6],
  [text(LINES), note(3).replace("\n3\n", "\n2\n"), 6],
  [text(LINES), "hello\n", 6],
  [text(LINES.with(1, LINES[1]?.replace("größer", "gr\\u00f6ßer") ?? "")), undefined, 6],
  [text(LINES.toSpliced(2, 1)), undefined, 6],
  [text(LINES).replace('"entry":0', '"entry":-0'), undefined, 6],
];

/** The same ledger with one byte changed. */
function* changedBytes(random: Random, every: number): Generator<Case> {
  const whole = ENCODER.encode(text(LINES));
  for (let at = random.below(every); at < whole.length; at += every) {
    yield [whole.with(at, (whole[at] ?? 0) ^ (1 << random.below(8))), undefined, undefined];
  }
}

Deno.test(needing({
  name: "both verifiers say the same about ledgers, notes of them, and changed ones",
  needs: [PYTHON],
  fn: async () => {
    const folder = Deno.makeTempDirSync();
    const [ledger, against] = [`${folder}/led`, `${folder}/note`];
    const random = new Random(testSeed("ledgers", 16));
    const every = sized({ quick: 700, ci: 90 });
    const cases = CASES.filter((_, index) => index % sized({ quick: 4, ci: 1 }) === 0);
    let refused = 0;
    for (
      const [index, [content, written, exit]] of [
        ...cases,
        ...changedBytes(random, every),
      ].entries()
    ) {
      Deno.writeFileSync(ledger, typeof content === "string" ? ENCODER.encode(content) : content);
      const words = ["--ledger", ledger];
      if (written !== undefined) {
        Deno.writeTextFileSync(against, written);
        words.push("--against", against, "--key", KEY.verifier);
      }
      const own = await dustrun("verify", ...words);
      const other = new Deno.Command("python3", { args: [SCRIPT, ...words] }).outputSync();
      const told = `${own.stdout}${own.stderr}${new TextDecoder().decode(other.stdout)}`;
      assertStrictEquals(other.code, own.exit, `case ${index}: ${told}`);
      if (exit !== undefined) assertStrictEquals(own.exit, exit, `case ${index}: ${told}`);
      if (own.exit === 6) refused++;
    }
    assert(refused > cases.length / 4, `${refused}`);
    Deno.removeSync(folder, { recursive: true });
  },
}));

Deno.test(needing({
  name: "verify_log.py --proof accepts the entries of a ledger, and nothing else that is signed",
  needs: [PYTHON],
  fn() {
    const folder = Deno.makeTempDirSync();
    const prove = (proof: string) => {
      Deno.writeTextFileSync(`${folder}/proof`, proof);
      const args = [SCRIPT, "--proof", `${folder}/proof`, "--key", KEY.verifier];
      const { code, stdout } = new Deno.Command("python3", { args }).outputSync();
      return { code, told: new TextDecoder().decode(stdout) };
    };
    const leaf = (index: number) => ENCODER.encode(LINES[index]);
    const path = inclusionPath(LEAVES, 1);
    const genuine = prove(proofText(leaf(1), 1, path, note(5)));
    assertMatch(genuine.told, new RegExp(`^included: line 2 of 5 of ${KEY.name}/${ID}, signed by`));
    assertStrictEquals(genuine.code, 0);
    const alone = (content: string, origin = `${KEY.name}/${ID}`) => {
      const bytes = ENCODER.encode(content);
      const root = sha256(Uint8Array.of(0), bytes);
      return proofText(bytes, 0, [], signedNote(noteText(origin, 1, root), [KEY]));
    };
    assertStrictEquals(prove(alone(LINES[0] ?? "")).code, 0);
    const forged = [
      proofText(leaf(2), 1, path, note(5)),
      proofText(leaf(1), 2, path, note(5)),
      proofText(leaf(1), 1, path.slice(1), note(5)),
      proofText(leaf(1), 1, path, note(4)),
      alone(LINES[1] ?? ""), // it says that it is another entry
      alone(LINES[0] ?? "", `${KEY.name}/run/${ID}`),
      alone(`${LINES[0]}\n`),
      alone((LINES[0] ?? "").replace('"payload":"70"', '"payload":"71"')),
      alone('{"kind":"closed","run":9}'),
      alone("hello"),
    ];
    for (const [index, proof] of forged.entries()) {
      const { code, told } = prove(proof);
      assertStrictEquals(code, 6, `forgery ${index}: ${told}`);
      assertMatch(told, /^damaged: rule /);
    }
    Deno.removeSync(folder, { recursive: true });
  },
}));
