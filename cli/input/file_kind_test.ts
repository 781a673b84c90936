import { assertStrictEquals } from "../../std/assert.ts";
import { linesOf } from "../../tests/support/recorded_fixtures.ts";
import { loopLog } from "../../tests/support/loop_log.ts";
import { MANIFEST_MEMBERS } from "./manifest_members.ts";
import { type FileKind, HEAD_BYTES, kindOf } from "./file_kind.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const kindOfText = (text: string) => kindOf(bytesOf(text));

Deno.test("kindOf() names each kind of file by its beginning", () => {
  const table: readonly (readonly [string, FileKind])[] = [
    ["", "empty"],
    ['{"forges": []}', "artifact"],
    ['\ufeff {"forges": [', "artifact"],
    ['{"version": 1, "forges": [', "artifact"],
    ['{"seq":0,"kind":"run_started","format":"dustrun-log/2"', "log"],
    ['{"seq":0,"ki', "log"],
    ['{"returned": {"Int": 0}, "effects": {"events": []}, "time": {"tick": 1}}', "trace"],
    ['{"error": {"kind": "Runtime", "message": "m"}}', "trace"],
    ['// a\n{"name": "a", "dir": "a.dir.json"}', "fixture"],
    ['/* {"forges": 1} */ {"cases": [{"returned": 1}]}', "fixture"],
    ['{"tick_us": 1, "limits": {"dir": 1}}', "manifest"],
    ...MANIFEST_MEMBERS.map((name): readonly [string, FileKind] => [`{"${name}": {}}`, "manifest"]),
    ["example.org/run/0f\n4\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "note"],
    ["c2sp.org/tlog-proof@v1\nindex 1\n", "proof"],
    ['["dustrun-phi-certificate/1","main",[', "certificate"],
    ["example.org/runs+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7h\n", "verifier key"],
    ["PRIVATE+KEY+a+c74f20a3+AYEK\n", "signer key"],
    ['{"tick_us": 1, "other": 2}', "text"],
    ['{"a": {"forges": 1}}', "text"],
    ['["forges"]', "text"],
    ["forge Hello { }", "text"],
    ["caf\u00e9 \u2192 \u03a6", "text"],
    ["a\0b", "binary"],
    ["a\0b\0", "text"],
    ['["a\0b"]', "text"],
    ["\0{\0}", "text"],
    ["\u0001\0\u0002\0", "binary"],
    ["\u0001\u0002\u0003 PNG", "binary"],
    [`"${"\u0001x".repeat(9)}`, "binary"],
  ];
  for (const [text, kind] of table) assertStrictEquals(kindOfText(text), kind, text);
  assertStrictEquals(kindOf(bytesOf("x".repeat(200)).with(3, 0xe9)), "text");
  assertStrictEquals(kindOf(Uint8Array.of(0xe9)), "text"); // of another encoding
  assertStrictEquals(kindOf(Uint8Array.of(0xff, 0xfe, 0x14, 0x04)), "text"); // UTF-16, beyond Latin
  assertStrictEquals(kindOf(Uint8Array.of(0xfe, 0xff, 0, 1, 0, 2)), "binary"); // the mark alone makes no text
});

Deno.test("kindOf() recognizes a log with any byte changed and any line missing", () => {
  const lines = linesOf(loopLog(3));
  const bytes = bytesOf(lines.map((line) => `${line}\n`).join(""));
  for (let at = 0; at < Math.min(bytes.length, HEAD_BYTES); at += 7) {
    assertStrictEquals(kindOf(bytes.with(at, (bytes[at] ?? 0) ^ 1)), "log", `byte ${at}`);
  }
  for (const at of lines.keys()) {
    assertStrictEquals(kindOfText(lines.toSpliced(at, 1).join("\n")), "log", `line ${at}`);
  }
});
