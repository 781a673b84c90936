import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { createHash } from "node:crypto";
import { LOOP_PROGRAM } from "../../tests/support/loop_program.ts";
import { MemoryFile } from "../file/byte_file.ts";
import { LogWriter } from "./writer.ts";
import { openForAppend, type TornTails } from "./recover.ts";
import { executeToLog } from "../runs/logged_execution.ts";
import { verifyLog } from "./verify.ts";

function logOf(rounds: number): MemoryFile {
  const file = new MemoryFile();
  executeToLog({ artifacts: [LOOP_PROGRAM], input: { args: { rounds } } }, new LogWriter(file));
  return file;
}

function memoryTails(...kept: Uint8Array[]): TornTails {
  return { kept: () => kept, keep: (tail) => void kept.push(tail) };
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

Deno.test("openForAppend() does not change a clean log", () => {
  const file = logOf(10);
  const before = file.content();
  const opened = openForAppend(file, memoryTails());
  assert(opened.ok);
  assertEquals(opened.value.recovered, []);
  assertStrictEquals(opened.value.found.outcome?.status, "returned");
  assertEquals(file.content(), before);
});

Deno.test("openForAppend() cuts off a torn tail, saves and records it; the log is then valid", () => {
  const whole = logOf(10).content();
  const last = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
  for (const end of [last + 1, last + 30, whole.length - 1]) {
    const file = new MemoryFile(whole.subarray(0, end));
    const tornTails = memoryTails();
    const opened = openForAppend(file, tornTails);
    assert(opened.ok);
    const tail = whole.slice(last, end);
    assertEquals(tornTails.kept(), [tail]);
    const [recovered] = opened.value.recovered;
    assertEquals([recovered?.cut, recovered?.sha256], [tail.length, sha256(tail)]);
    assertEquals(file.content().subarray(0, last), whole.subarray(0, last));
    opened.value.writer.finish();
    assertStrictEquals(verifyLog(file).status, "complete");
  }
});

Deno.test("openForAppend() records once a tail that a crashed recovery cut off and did not record", () => {
  const tail = new TextEncoder().encode('{"seq":17,"ki');
  const file = logOf(10);
  for (const expected of [1, 0]) {
    const opened = openForAppend(file, memoryTails(tail));
    assert(opened.ok);
    assertStrictEquals(opened.value.recovered.length, expected);
  }
});

Deno.test("openForAppend() saves once a tail that a crashed recovery saved and did not cut off", () => {
  const tail = new TextEncoder().encode('{"seq":17,"ki');
  const file = logOf(10);
  file.write(tail);
  const tornTails = memoryTails(tail);
  const opened = openForAppend(file, tornTails);
  assert(opened.ok);
  assertStrictEquals(tornTails.kept().length, 1);
  assertStrictEquals(opened.value.recovered.length, 1);
  // The same bytes torn again are another tail.
  file.write(tail);
  const again = openForAppend(file, tornTails);
  assert(again.ok);
  assertStrictEquals(tornTails.kept().length, 2);
  assertStrictEquals(again.value.recovered.length, 1);
});

Deno.test("openForAppend() refuses a damaged log and does not change it", () => {
  const content = logOf(10).content();
  content[200] = 0x21;
  const file = new MemoryFile(content.subarray(0, content.length - 5));
  const before = file.content();
  const tornTails = memoryTails();
  const opened = openForAppend(file, tornTails);
  assert(!opened.ok && opened.failure.code === "damaged-log");
  assertEquals(file.content(), before);
  assertEquals(tornTails.kept(), []);
});

Deno.test("openForAppend() refuses a log without a whole line", () => {
  for (const content of ["", '{"seq":0,"kind":"run_st']) {
    const opened = openForAppend(new MemoryFile(new TextEncoder().encode(content)), memoryTails());
    assert(!opened.ok && opened.failure.code === "empty-log");
  }
});
