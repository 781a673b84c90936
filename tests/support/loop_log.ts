/**
 * Logs of any length, for tests of what must not depend on it.
 *
 * @module
 */
import {
  executeToLog,
  LogWriter,
  MemoryFile,
  type Readable,
  type SnapshotFile,
} from "../../mod.ts";

/** Four events for each of `n` rounds, and an effect in every sixteenth. */
export const LOOP_PROGRAM =
  `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[
  {"name":"n","ty":"i64"}],"uses":[],"ret":"i64","qualifiers":[],"locals":[],"body":[
  {"Let":{"name":"sum","expr":"0"}},
  {"For":{"var":"i","start":"0","end":"n","body":[
    {"Assign":{"target":"sum","expr":"(sum Add i) BitAnd 65535"}},
    {"If":{"condition":"(i BitAnd 15) Eq 0","then_body":[{"Effect":{"kind":"emit","payload":"sum"}}],"else_body":null}}]}},
  {"Return":{"expr":"sum"}}]}]}],"types":[]}`;

/** The log of `n` rounds. */
export function loopLog(n: number, snapshots?: SnapshotFile): MemoryFile {
  const log = new MemoryFile();
  const artifacts = [{ name: "loop.dir.json", text: LOOP_PROGRAM }];
  const kept = snapshots === undefined ? {} : { snapshots };
  executeToLog({ artifacts, input: { args: { n } }, ...kept }, new LogWriter(log));
  return log;
}

/** A log that counts what is read of it. */
export class CountedFile implements Readable {
  readonly #inner: Readable;
  bytes = 0;

  constructor(inner: Readable) {
    this.#inner = inner;
  }

  size(): number {
    return this.#inner.size();
  }

  read(into: Uint8Array, at: number): number {
    const count = this.#inner.read(into, at);
    this.bytes += count;
    return count;
  }

  close(): void {}
}
