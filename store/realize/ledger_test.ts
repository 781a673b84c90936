import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { MemoryFile } from "../file/byte_file.ts";
import { checkLedger, entriesFrom, findEnd, ledgerLines, parseEntry } from "./ledger.ts";

const EMPTY = { entries: 0, digest: "" };
const batch = (key: string, ...payloads: readonly string[]) => ({
  run: "sha256:run",
  key,
  effects: payloads.map((payload, index) => ({ index, kind: "seal", payload })),
});

function ledgerOf(...payloads: readonly string[]): MemoryFile {
  const text = ledgerLines(EMPTY, batch("k", ...payloads)).join("");
  return new MemoryFile(new TextEncoder().encode(text));
}

const textOf = (file: MemoryFile) => new TextDecoder().decode(file.content());

Deno.test("ledgerLines() chains entries, across batches too", () => {
  const file = ledgerOf("a", "b");
  const end = findEnd(file);
  assert(end.ok);
  for (const line of ledgerLines(end.value, batch("l", "c"))) {
    file.write(new TextEncoder().encode(line));
  }
  const entries = [...entriesFrom(file, 0)];
  assertEquals(entries.map(({ entry, payload, key }) => [entry, payload, key]), [
    [0, "a", "k"],
    [1, "b", "k"],
    [2, "c", "l"],
  ]);
  const checked = checkLedger(file);
  assert(checked.ok && checked.value.entries === 3);
});

Deno.test("parseEntry() accepts one spelling only", () => {
  const [line = ""] = ledgerLines(EMPTY, batch("k", "größer\n😀"));
  const spelled = line.slice(0, -1);
  assertStrictEquals(parseEntry(spelled)?.payload, "größer\n😀");
  for (
    const wrong of ["", "{}", "[]", "null", `${spelled} `, spelled.replace(":0,", ":0.0,"), "{"]
  ) assertStrictEquals(parseEntry(wrong), undefined, wrong);
});

// covers: EFF-17
Deno.test("checkLedger() finds every changed byte, removed and exchanged entry", () => {
  const text = textOf(ledgerOf("a", "b", "c"));
  const check = (changed: string) => checkLedger(new MemoryFile(new TextEncoder().encode(changed)));
  const lines = text.trimEnd().split("\n");
  // The last entry has no successor: what only it says of run and key is held by the logs' receipts.
  const held = text.length - (lines[2]?.length ?? 0);
  for (let at = 0; at < held; at++) {
    const changed = `${text.slice(0, at)}${text[at] === "0" ? "1" : "0"}${text.slice(at + 1)}`;
    assertStrictEquals(check(changed).ok, false, `byte ${at}`);
  }
  assertStrictEquals(check(`${lines[1]}\n${lines[2]}\n`).ok, false);
  assertStrictEquals(check(`${lines[0]}\n${lines[2]}\n`).ok, false);
  assertStrictEquals(check(`${lines[1]}\n${lines[0]}\n`).ok, false);
});

Deno.test("findEnd() cuts what a writer that died has left, and refuses what no writer leaves", () => {
  const whole = ledgerOf("a".repeat(100_000), "b");
  const size = whole.size();
  whole.write(new TextEncoder().encode('{"entry":2,"ru'));
  const end = findEnd(whole);
  assert(end.ok);
  assertEquals([end.value.entries, whole.size()], [2, size]);
  const nothing = new MemoryFile(new TextEncoder().encode('{"entry":0'));
  assertEquals(findEnd(nothing), { ok: true, value: EMPTY });
  assertStrictEquals(findEnd(new MemoryFile(new TextEncoder().encode("my notes\n"))).ok, false);
});
