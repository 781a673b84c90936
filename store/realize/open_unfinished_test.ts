import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { cutAfterIntent, realizedLog } from "../../tests/support/sample_logs.ts";
import { attestableLog } from "../attest/attestable_log.ts";
import { MemoryFile } from "../file/byte_file.ts";
import { HOST_DISK } from "../file/disk.ts";
import { closedLogOf } from "../log/closed_log.ts";
import { openUnfinished } from "./open_unfinished.ts";

/** A log that counts what is read of it. */
class CountedLog extends MemoryFile {
  bytesRead = 0;

  override read(into: Uint8Array, at: number): number {
    const count = super.read(into, at);
    this.bytesRead += count;
    return count;
  }
}

Deno.test("openUnfinished() reads a log once, finds what is left to do, and how the log ends", () => {
  const path = `${Deno.makeTempDirSync()}/run.jsonl`;
  Deno.writeFileSync(path, realizedLog(2_000));
  const file = new CountedLog(new TextEncoder().encode(cutAfterIntent(path)));
  const size = file.size();
  const opened = openUnfinished({
    file,
    path,
    tornTails: { kept: () => [], keep: () => {} },
    disk: HOST_DISK,
  });
  assert(opened.ok);
  const { effects, progress, outcome, identity } = opened.value;
  assertStrictEquals(effects.length, 2);
  assertStrictEquals(progress.state(0).kind, "intended");
  assertStrictEquals(progress.state(1).kind, "proposed");
  assertStrictEquals(outcome.effects, 2);
  assert(identity !== undefined);
  const closed = closedLogOf(opened.value);
  assert(file.bytesRead < 1.1 * size, `${file.bytesRead} of ${size}`);
  const read = attestableLog(file);
  assert(read.ok);
  const { verdict: { blocks, root }, tree, outcome: status } = read.value;
  assert(tree.outcome !== undefined && status !== undefined);
  assertEquals(closed, { blocks, root, identity: tree.outcome.identity, outcome: status });
});
