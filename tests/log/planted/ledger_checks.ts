/**
 * What seal ledgers must do: chain their entries, be attested by notes, prove entries, and show an audit what is wrong with them. The
 * expected hashes are computed without the code of the store.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { MemoryFile } from "../../../mod.ts";
import { isConsistent } from "../../../store/tree/check_proof.ts";
import { base64ToBytes } from "../../../dvm/value/base64.ts";
import { hex, rootOf, sha256 } from "../second_verifier/independent_writer.ts";
import { inclusionPath } from "../second_verifier/notes.ts";

/** The code of ledgers. */
export interface LedgerCode {
  readonly ledger: typeof import("../../../store/realize/ledger.ts");
  readonly tree: typeof import("../../../store/runs/ledger_tree.ts");
  readonly audit: typeof import("../../../store/projection/audit/ledger_contents.ts");
}

/** Loads the code from the folder that has `store/` in it. */
export async function ledgersFrom(root: string): Promise<LedgerCode> {
  const load = (file: string) => import(`${root}store/${file}`);
  return {
    ledger: await load("realize/ledger.ts"),
    tree: await load("runs/ledger_tree.ts"),
    audit: await load("projection/audit/ledger_contents.ts"),
  };
}

/** Throws if a ledger does something else than it must. */
export function checkLedgers(code: LedgerCode): void {
  checkWriting(code);
  checkDamage(code);
  checkNotes(code);
  checkProofs(code);
  checkAudit(code);
}

const RUN = "0123456789abcdef0123456789abcdef";
const ENCODER = new TextEncoder();
const digest = (text: string) => hex(sha256(ENCODER.encode(text)));

/** An entry without what follows from its place and payload. */
export interface Entry {
  readonly effect: number;
  readonly payload: string;
  readonly run: string;
  readonly kind: string;
  readonly key: string;
}

/** An entry of the run. */
export function entry(effect: number, payload: string, members: Partial<Entry> = {}): Entry {
  return { effect, payload, run: RUN, kind: "seal", key: digest(`${RUN}:${effect}`), ...members };
}

/** The lines of a ledger, without LF, with every number and digest right. */
export function linesOf(entries: readonly Entry[]): string[] {
  let before = "";
  return entries.map(({ run, effect, kind, payload, key }, index) => {
    const digested = `sha256:${digest(payload)}`;
    const line = JSON.stringify({
      entry: index,
      run,
      effect,
      kind,
      payload,
      digest: digested,
      key,
      before,
    });
    before = `sha256:${digest(line)}`;
    return line;
  });
}

const ENTRIES = ["70", "größer\n😀", "", "a", "70"].map((payload, index) =>
  entry(2 * index, payload)
);
const LINES = linesOf(ENTRIES);
const LEAVES = LINES.map((line) => sha256(Uint8Array.of(0), ENCODER.encode(line)));

function fileOf(lines: readonly string[], rest = ""): MemoryFile {
  return new MemoryFile(ENCODER.encode(lines.map((line) => `${line}\n`).join("") + rest));
}

function checkWriting({ ledger }: LedgerCode): void {
  const effects = ENTRIES.map(({ effect, kind, payload }) => ({ index: effect, kind, payload }));
  const [first, rest] = [effects.slice(0, 2), effects.slice(2)];
  const written = ledger.ledgerLines({ entries: 0, digest: "" }, { run: RUN, effects: first });
  const end = { entries: 2, digest: `sha256:${digest(LINES[1] ?? "")}` };
  const all = [...written, ...ledger.ledgerLines(end, { run: RUN, effects: rest })];
  assertEquals(all, LINES.map((line) => `${line}\n`));
  const checked = ledger.checkLedger(fileOf(LINES));
  assert(checked.ok);
  assertStrictEquals(checked.value.digest, `sha256:${digest(LINES.at(-1) ?? "")}`);
}

function checkDamage({ ledger }: LedgerCode): void {
  const [first = "", second = "", ...others] = LINES;
  const renumbered = second.replace('"entry":1', '"entry":4');
  const damaged: readonly (readonly string[])[] = [
    [first, ...others],
    [second, first],
    [first, renumbered],
    [first, second.replace(/"before":"sha256:..../, '"before":"sha256:0000')],
    [first.replace('"payload":"70"', '"payload":"71"')],
    [first.replace('"entry":0', '"entry":0.0')],
    [first.replace('"entry":0', '"entry": 0')],
    [`${first} `],
    [first.replace('"payload":"70"', '"payload":"\\u0037\\u0030"')],
  ];
  for (const lines of damaged) assert(!ledger.checkLedger(fileOf(lines)).ok, lines.join("\n"));
}

/** The note about the first entries, as it must be. */
function noteOf(size: number) {
  const store = hex(LEAVES[0] ?? sha256()).slice(0, 32);
  const origin = `me/${store}`;
  const root = hex(rootOf(LEAVES.slice(0, size)));
  return { origin, store, size, root, signature: "checked" as const, written: `note ${size}\n` };
}

function treeOf({ tree }: LedgerCode, lines: readonly string[], rest = "") {
  const read = tree.readLedgerTree(fileOf(lines, rest));
  assert(read.ok && read.value !== undefined);
  return read.value;
}

function checkNotes(code: LedgerCode): void {
  const whole = treeOf(code, LINES);
  const { origin, size, root, store } = noteOf(LINES.length);
  assertEquals(code.tree.noteOfLedger(whole, "me"), { origin, size, root });
  assertStrictEquals(treeOf(code, LINES, '{"entry":5').torn, 10);
  for (let attested = 1; attested <= LINES.length; attested++) {
    const compared = code.tree.compareWithLedgerNote(whole, noteOf(attested));
    assertEquals(compared, { ok: true, value: { beyond: LINES.length - attested } });
  }
  const compare = (lines: readonly string[], note = noteOf(4)) => {
    const compared = code.tree.compareWithLedgerNote(treeOf(code, lines), note);
    return compared.ok ? "" : compared.failure.code;
  };
  const changed = (at: number) => linesOf(ENTRIES.with(at, entry(2 * at, "other")));
  assertEquals(
    [
      compare(LINES.slice(0, 3)),
      compare(changed(0)),
      compare(changed(2)),
      compare(changed(4)),
      compare(linesOf(ENTRIES.toSpliced(1, 1))),
      compare(LINES, { ...noteOf(4), store: store.replaceAll(/./g, "0") }),
    ],
    ["shorter-store", "other-store", "rewritten-store", "", "rewritten-store", "other-store"],
  );
}

function checkProofs(code: LedgerCode): void {
  const { proveEntry, proveLedgerGrowth } = code.tree;
  const tree = treeOf(code, LINES);
  const source = fileOf(LINES);
  for (let size = 1; size <= LINES.length; size++) {
    const note = noteOf(size);
    for (let index = 0; index < size; index++) {
      const proof = proveEntry(source, { tree, entry: index, note });
      assert(proof.ok);
      assertEquals(proof.value, {
        leaf: ENCODER.encode(LINES[index]),
        index,
        hashes: inclusionPath(LEAVES.slice(0, size), index).map(hex),
        note: note.written,
      });
      const older = noteOf(index + 1);
      const growth = proveLedgerGrowth(tree, older, note);
      assert(growth.ok);
      const [head = "", written] = growth.value.split("\n\n");
      const [old, ...hashes] = head.split("\n");
      assertEquals([old, written], [`old ${index + 1}`, note.written]);
      const path = hashes.map((hash) => hex(base64ToBytes(hash) ?? sha256()));
      assert(isConsistent(older, note, path));
    }
    assert(!proveEntry(source, { tree, entry: size, note }).ok, "an entry after the note");
  }
  const note = noteOf(3);
  const unsigned = { ...note, signature: "unsigned" } as const;
  assert(!proveEntry(source, { tree, entry: 0, note: unsigned }).ok);
  assert(!proveLedgerGrowth(tree, noteOf(1), unsigned).ok);
  assert(!proveLedgerGrowth(tree, noteOf(4), note).ok, "a note that is later");
  const forged = { ...note, root: noteOf(2).root };
  assert(!proveEntry(source, { tree, entry: 0, note: forged }).ok);
  assert(!proveLedgerGrowth(tree, noteOf(1), forged).ok);
  assert(!proveLedgerGrowth(tree, { ...noteOf(1), root: note.root }, note).ok);
}

function checkAudit({ audit }: LedgerCode): void {
  const contents = (...entries: readonly Entry[]) =>
    new audit.LedgerContents("/led", fileOf(linesOf(entries)));
  const effect = { index: 1, kind: "seal", payload: "a" };
  const found = (...entries: readonly Entry[]) => contents(...entries).presenceOf(effect, RUN).kind;
  const good = entry(1, "a");
  assertEquals(contents(entry(0, "x"), good).presenceOf(effect, RUN), {
    kind: "present",
    entry: 1,
  });
  assertEquals(
    [
      found(),
      found(entry(2, "a")),
      found({ ...good, payload: "b" }),
      found({ ...good, kind: "emit" }),
      found({ ...good, key: digest(`${RUN}:2`) }),
      found({ ...good, run: RUN.toUpperCase() }),
    ],
    Array(6).fill("absent"),
  );
  const faults = (...entries: readonly Entry[]) =>
    contents(...entries).faultsOf(RUN, (index) => index < 3)
      .map((fault) => /again|after|key|intend/.exec(fault)?.[0]).join();
  assertEquals(
    [
      faults(entry(0, "x"), good, entry(2, "y")),
      faults(good, good),
      faults(good, entry(0, "x")),
      faults({ ...good, key: digest(`${RUN}:2`) }),
      faults(entry(3, "z")),
      contents(good, entry(0, "x", { run: "other" })).summary(RUN).ofRun,
    ],
    ["", "again", "after", "key", "intend", 1],
  );
}
