import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { MemoryFile } from "../file/byte_file.ts";
import type { HostFacts } from "../file/host_facts.ts";
import type { FileIdentity } from "../file/shared_file.ts";
import { readHistory, readStoreTree } from "./store_history.ts";
import { encodeStoreLine, parseStoreLine } from "./store_line.ts";
import { type StoreFile, StoreLog } from "./store_log.ts";

/** A log in memory, with its lock noted. */
class StoreInMemory extends MemoryFile implements StoreFile {
  isLocked = false;
  room = Infinity;

  readonly identity: FileIdentity;

  constructor(identity: FileIdentity, content?: Uint8Array) {
    super(content);
    this.identity = identity;
  }

  exclusively<T>(use: () => T): T {
    assert(!this.isLocked);
    this.isLocked = true;
    try {
      return use();
    } finally {
      this.isLocked = false;
    }
  }

  override write(bytes: Uint8Array): number {
    assert(this.isLocked, "appended without the lock");
    const count = super.write(bytes.subarray(0, this.room));
    if (count < bytes.length) throw new Deno.errors.WriteZero("the disk is full");
    return count;
  }

  get text(): string {
    return new TextDecoder().decode(this.content());
  }
}

const HERE = { inode: 7, birth: "2026-11-29T00:00:00.000Z" };
const ROOT = "a".repeat(64);
const IDENTITY = "c".repeat(64);

/** Facts that repeat: the n-th occurrence has n in its last digits. */
function countedFacts(from = 0): HostFacts {
  let count = from;
  return {
    clock: () => "2026-11-29T03:04:05.678Z",
    newOccurrence: () => (++count).toString(16).padStart(32, "0"),
  };
}

function begin(log: StoreLog, facts = countedFacts(100)): number {
  const begun = log.append(({ last }) => {
    const run = last + 1;
    const file = `${String(run).padStart(6, "0")}-x.jsonl`;
    const occurrence = facts.newOccurrence().replace(/^0{8}/, String(run).padStart(8, "0"));
    return { kind: "begun", run, file, occurrence };
  });
  assert(begun.ok, begun.ok ? "" : begun.failure.reason);
  return begun.value.run;
}

/** A log with two runs, the first of them closed and removed. */
function sample(): StoreInMemory {
  const file = new StoreInMemory(HERE);
  const log = new StoreLog(file, () => 0, countedFacts());
  assertEquals([begin(log), begin(log)], [1, 2]);
  const outcome = { identity: IDENTITY, outcome: "returned" };
  assert(log.close(1, { blocks: 1, root: IDENTITY, ...outcome }).ok);
  assert(log.close(1, { blocks: 2, root: ROOT, ...outcome }).ok);
  assert(log.append(() => ({ kind: "removed", run: 1 })).ok);
  return file;
}

Deno.test("a store's log is read as it was written", () => {
  const file = sample();
  const read = readHistory(file);
  assert(read.ok && read.value !== undefined);
  const { names, runs, last, lines, torn } = read.value;
  assertEquals(names, [{ id: "1".padStart(32, "0"), from: 0, ...HERE }]);
  assertEquals([last, lines, torn], [2, 6, 0]);
  assertEquals(runs.get(1)?.closed.map(({ blocks }) => blocks), [1, 2]);
  assertEquals([...runs.values()].map(({ removed }) => removed), [true, false]);
  for (const line of file.text.trimEnd().split("\n")) {
    const parsed = parseStoreLine(line);
    assert(parsed !== undefined);
    assertStrictEquals(encodeStoreLine(parsed), line);
  }
  const tree = readStoreTree(file);
  assert(tree.ok && tree.value !== undefined);
  assertStrictEquals(tree.value.root.length, 64);
});

Deno.test("a store's log cut at any byte is continued after its last whole line, without a number twice", () => {
  const whole = sample().content();
  for (let length = 0; length <= whole.length; length++) {
    const file = new StoreInMemory(HERE, whole.subarray(0, length));
    const before = readHistory(file);
    assert(before.ok);
    const last = before.value?.last ?? 0;
    assertStrictEquals(begin(new StoreLog(file, () => 0, countedFacts(50))), last + 1);
    const after = readHistory(file);
    assert(after.ok && after.value !== undefined, `cut at ${length}`);
    assertEquals([after.value.last, after.value.torn], [last + 1, 0]);
  }
});

Deno.test("every changed byte of a store's log changes its root or is refused", () => {
  const whole = sample().content();
  const rootOf = (content: Uint8Array) => {
    const read = readStoreTree(new MemoryFile(content));
    return read.ok && read.value !== undefined ? read.value.root : undefined;
  };
  const root = rootOf(whole);
  for (let at = 0; at < whole.length; at++) {
    const changed = whole.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert(rootOf(changed) !== root, `byte ${at}`);
  }
});

Deno.test("a copy of a store takes another id before its next line, and keeps its numbers", () => {
  const whole = sample().content();
  for (
    const identity of [{ ...HERE, inode: 8 }, { ...HERE, birth: "2026-11-30T00:00:00.000Z" }, {}]
  ) {
    const copy = new StoreInMemory(identity, whole);
    const log = new StoreLog(copy, () => 0, countedFacts(60));
    assertEquals([begin(log), begin(log)], [3, 4]);
    const read = readHistory(copy);
    assert(read.ok && read.value !== undefined);
    assertEquals(read.value.names.map(({ from }) => from), [0, 6], "once");
    assertEquals(
      [2, 3, 4].map((run) =>
        read.ok && read.value?.runs.get(run)?.store === read.value?.names[1]?.id
      ),
      [false, true, true],
    );
  }
});

Deno.test("a line that finds no room is not there at all, and its number is free", () => {
  const file = sample();
  const log = new StoreLog(file, () => 0, countedFacts(70));
  const before = file.text;
  for (const room of [0, 1, 100]) {
    file.room = room;
    let refusal = "";
    try {
      begin(log);
    } catch (cause) {
      refusal = String(cause);
    }
    assertMatch(refusal, /disk is full/);
    assertStrictEquals(file.text, before);
    assert(!file.isLocked);
  }
  file.room = Infinity;
  assertStrictEquals(begin(log), 3);
});

/** Each changes one line of the sample, by its index, into one that breaks a rule. */
const BROKEN: readonly (readonly [number, RegExp, string, RegExp])[] = [
  [
    0,
    /"kind":"store","format":"dustrun-store\/1"/,
    `"kind":"store","format":"dustrun-store/2"`,
    /not a line/,
  ],
  [1, /"run":1/, `"run":2`, /run is 2 instead of 1/],
  [1, /"store":0/, `"store":1`, /store is 1/],
  [1, /"last":1/, `"last":2`, /last is 2 instead of 1/],
  [1, /000001-x/, "000002-x", /another number/],
  [1, /000001-x/, "../../x", /not a line/],
  [1, /"time":"2026/, `"time":"x026`, /not a line/],
  [2, /"occurrence":"00000002/, `"occurrence":"00000001`, /that of another run/],
  [2, /,"last"/, ` ,"last"`, /not a line/],
  [3, /"run":1/, `"run":3`, /did not begin/],
  [3, /"blocks":1/, `"blocks":3`, /fewer blocks/],
  [3, /"blocks":1/, `"blocks":2`, /another root/],
  [4, /"outcome":"returned"/, `"outcome":"failed"`, /another outcome/],
  [4, /"identity":"[a-c]*",/, "", /another outcome/],
  [4, /"identity":"c/, `"identity":"C`, /not a line/],
  [5, /"run":1/, `"run":7`, /did not begin/],
];

Deno.test("every broken rule of a store's log is reported with its line", () => {
  const lines = sample().text.trimEnd().split("\n");
  for (const [at, pattern, replacement, reason] of BROKEN) {
    const changed = lines.with(at, lines[at]?.replace(pattern, replacement) ?? "");
    assert(changed[at] !== lines[at], `${at} ${pattern}`);
    const read = readHistory(new MemoryFile(new TextEncoder().encode(`${changed.join("\n")}\n`)));
    assert(!read.ok, `${at} ${replacement}`);
    assertMatch(read.failure.reason, reason);
    const found = reason.source === "fewer blocks" || reason.source === "another root" ? 5 : at + 1;
    assertStrictEquals(read.failure.line, found);
  }
  const doubled = (at: number) => [...lines, lines[at]].join("\n") + "\n";
  for (const at of [0, 1, 3, 5]) {
    const read = readHistory(new MemoryFile(new TextEncoder().encode(doubled(at))));
    assert(!read.ok, `line ${at} twice`);
  }
  const headless = readHistory(
    new MemoryFile(new TextEncoder().encode(`${lines.slice(1).join("\n")}\n`)),
  );
  assert(!headless.ok && headless.failure.reason === "the first line does not name the store");
});
