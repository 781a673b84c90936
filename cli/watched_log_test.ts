import assert from "node:assert/strict";
import { MemoryFile } from "../mod.ts";
import { hostIo, type Io } from "./io.ts";
import { watching } from "./watched_log.ts";

function readSlowly(size: number, isStderrTerminal: boolean): string {
  let shown = "";
  const io: Io = { ...hostIo(), isStderrTerminal, stderr: (text) => void (shown += text) };
  const log = new MemoryFile(new Uint8Array(size));
  watching(log, { io, what: "replay" }, (watched) => {
    const chunk = new Uint8Array(1_000_000);
    const from = performance.now();
    for (let at = 0; at < size; at += chunk.length) {
      if (at > size / 2) { while (performance.now() - from < 1_100); }
      watched.read(chunk, at);
    }
  });
  return shown;
}

Deno.test("watching() shows megabytes on a terminal once it takes long, and takes them away", () => {
  assert.equal(readSlowly(4_000_000, true), "\rreplay, MB: 4 of 4\r\u001b[K");
});

Deno.test("watching() shows nothing elsewhere", () => {
  assert.equal(readSlowly(4_000_000, false), "");
});
