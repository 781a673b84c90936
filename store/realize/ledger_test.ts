import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { MemoryFile } from "../file/byte_file.ts";
import { effectKey } from "./effect_key.ts";
import { checkLedger, type LedgerEntry, ledgerLines, parseEntry } from "./ledger.ts";
import { recoverLedgerEnd } from "./ledger_end.ts";

const EMPTY = { entries: 0, digest: "" };
const batch = (run: string, ...payloads: readonly string[]) => ({
  run,
  effects: payloads.map((payload, index) => ({ index, kind: "seal", payload })),
});

function ledgerOf(...payloads: readonly string[]): MemoryFile {
  const text = ledgerLines(EMPTY, batch("k", ...payloads)).join("");
  return new MemoryFile(new TextEncoder().encode(text));
}

const textOf = (file: MemoryFile) => new TextDecoder().decode(file.content());

Deno.test("ledgerLines() chains entries across batches", () => {
  const file = ledgerOf("a", "b");
  const end = recoverLedgerEnd(file);
  assert(end.ok);
  for (const line of ledgerLines(end.value, batch("l", "c"))) {
    file.write(new TextEncoder().encode(line));
  }
  const entries: LedgerEntry[] = [];
  const checked = checkLedger(file, (entry) => entries.push(entry));
  assertEquals(entries.map(({ entry, payload, key }) => [entry, payload, key]), [
    [0, "a", effectKey("k", 0)],
    [1, "b", effectKey("k", 1)],
    [2, "c", effectKey("l", 0)],
  ]);
  assert(checked.ok && checked.value.entries === 3);
});

Deno.test("parseEntry() accepts only the canonical spelling", () => {
  const [line = ""] = ledgerLines(EMPTY, batch("k", "größer\n😀"));
  const spelled = line.slice(0, -1);
  assertStrictEquals(parseEntry(spelled)?.payload, "größer\n😀");
  for (
    const wrong of ["", "{}", "[]", "null", `${spelled} `, spelled.replace(":0,", ":0.0,"), "{"]
  ) assertStrictEquals(parseEntry(wrong), undefined, wrong);
});

Deno.test("parseEntry() accepts a changed line only if it is spelled as its content is", () => {
  const [line = ""] = ledgerLines({ entries: 12, digest: "" }, batch("k", "7"));
  const parts = ["", ...'"\\0159-.{}, \u007fé😀', "00", "\\n", "\\u0041", '":"', "1e2", "\ud83d"];
  let accepted = 0;
  for (let at = 0; at < line.length; at++) {
    for (const removed of [0, 1, 2]) {
      for (const part of parts) {
        const changed = line.slice(0, at) + part + line.slice(at + removed, -1);
        const entry = parseEntry(changed);
        if (entry === undefined) continue;
        accepted++;
        assertStrictEquals(JSON.stringify(entry), changed);
        assertEquals<unknown>(entry, JSON.parse(changed));
      }
    }
  }
  assert(accepted > 1_000, `${accepted}`);
});

// covers: EFF-17
Deno.test("checkLedger() finds every changed byte and every removed or exchanged entry", () => {
  const text = textOf(ledgerOf("a", "b", "c"));
  const check = (changed: string) => checkLedger(new MemoryFile(new TextEncoder().encode(changed)));
  const lines = text.trimEnd().split("\n");
  // The last entry has no successor, so its run and key are checked by the receipts in the log instead.
  const checkedBytes = text.length - (lines[2]?.length ?? 0);
  for (let at = 0; at < checkedBytes; at++) {
    const changed = `${text.slice(0, at)}${text[at] === "0" ? "1" : "0"}${text.slice(at + 1)}`;
    assertStrictEquals(check(changed).ok, false, `byte ${at}`);
  }
  assertStrictEquals(check(`${lines[1]}\n${lines[2]}\n`).ok, false);
  assertStrictEquals(check(`${lines[0]}\n${lines[2]}\n`).ok, false);
  assertStrictEquals(check(`${lines[1]}\n${lines[0]}\n`).ok, false);
});

Deno.test("recoverLedgerEnd() removes a torn entry, and changes nothing that is no ledger", () => {
  const whole = ledgerOf("a".repeat(100_000), "b");
  const size = whole.size();
  whole.write(new TextEncoder().encode('{"entry":2,"ru'));
  const end = recoverLedgerEnd(whole);
  assert(end.ok);
  assertEquals([end.value.entries, whole.size()], [2, size]);
  const nothing = new MemoryFile(new TextEncoder().encode('{"entry":0'));
  assertEquals(recoverLedgerEnd(nothing), { ok: true, value: EMPTY });
  const entry = textOf(ledgerOf("a"));
  for (
    const text of ["my notes\n", "my notes", "{", '{"entry":7', `${entry}my notes`, `${entry}{}`]
  ) {
    const file = new MemoryFile(new TextEncoder().encode(text));
    const isTorn = text === "{";
    assertStrictEquals(recoverLedgerEnd(file).ok, isTorn, text);
    assertStrictEquals(textOf(file), isTorn ? "" : text);
  }
});
