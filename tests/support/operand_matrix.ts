/**
 * Every place of a command line that takes a file, and a file of every kind.
 *
 * @module
 */
import type { FileKind } from "../../cli/input/file_kind.ts";
import { dustrun } from "./memory_io.ts";
import { realizedLog } from "./sample_logs.ts";

const FIXTURES = new URL("../../fixtures", import.meta.url).pathname;
const HELLO = `${FIXTURES}/programs/hello/program.dir.json`;

/** A file by its name in the scratch folder, and its kind; `undefined` for what is no file that can be read. */
export const FILES: { readonly [name: string]: FileKind | undefined } = {
  missing: undefined,
  folder: undefined,
  empty: "empty",
  binary: "binary",
  latin1: "text",
  text: "text",
  marked: "artifact",
  program: "artifact",
  log: "log",
  trace: "trace",
  fixture: "fixture",
  manifest: "manifest",
  certificate: "certificate",
  note: "note",
  proof: "proof",
  vkey: "verifier key",
  key: "signer key",
  long: "text",
  "/dev/zero": "binary",
  "/dev/urandom": "binary",
};

/** Bytes of a file of text in the matrix; the file `long` is longer. */
export const LIMIT = 4 * 1024 * 1024;

/** A command line with one place for a file, `?`, and the kinds that it takes there. */
export interface Slot {
  readonly line: string;
  readonly takes: readonly FileKind[];
}

const LOG = ["log", "empty"] as const, TRACE = ["log", "trace", "empty"] as const;
const JSON_TEXT = ["artifact", "trace", "fixture", "manifest"] as const;

/** All of them. `%` is the scratch folder. */
export const SLOTS: readonly Slot[] = [
  { line: "check ?", takes: ["artifact"] },
  { line: "check % --link ?", takes: ["artifact"] },
  { line: "run --simulate --log - ?", takes: ["artifact"] },
  { line: "solve ? -e seats", takes: ["artifact"] },
  { line: "explore ? --logs 0", takes: ["artifact"] },
  { line: "run --simulate --log - % --env ?", takes: ["manifest"] },
  { line: "run --simulate --log - % --args ?", takes: JSON_TEXT },
  { line: "replay ?", takes: TRACE },
  { line: "replay log ?", takes: ["artifact"] },
  { line: "diff ? log", takes: TRACE },
  { line: "diff log ?", takes: TRACE },
  { line: "state ?", takes: LOG },
  { line: "explain ./?", takes: LOG },
  { line: "export ?", takes: LOG },
  { line: "audit ?", takes: LOG },
  { line: "verify ?", takes: LOG },
  { line: "verify --ledger ?", takes: ["empty"] },
  { line: "verify log --against ?", takes: ["note"] },
  { line: "verify log --against note --key ?", takes: ["verifier key"] },
  { line: "checkpoint ?", takes: LOG },
  { line: "checkpoint --ledger ?", takes: ["empty"] },
  { line: "checkpoint log --sign ?", takes: ["signer key"] },
  { line: "prove ? --event 3 --note note", takes: LOG },
  { line: "prove log --event 3 --note ?", takes: ["note"] },
  { line: "verify-proof ? --key vkey", takes: ["proof"] },
  { line: "verify-proof proof --key ?", takes: ["verifier key"] },
  { line: "check-certificate ?", takes: ["certificate", ...LOG] },
  { line: "check-certificate certificate ? -e seats", takes: ["artifact"] },
  { line: "conformance ?", takes: ["fixture"] },
  { line: "equiv ? --against trace", takes: ["artifact"] },
  { line: "equiv % --against ?", takes: TRACE },
  { line: "resume ?", takes: LOG },
  { line: "abandon ? --why test", takes: LOG },
];

/** The words of a slot with a file in its place; `at` gives the path of a file of the scratch folder. */
export function wordsOf({ line }: Slot, file: string, at: (name: string) => string): string[] {
  return line.split(" ").map((word) => {
    if (word === "%") return at("program");
    if (word.endsWith("?")) return file.startsWith("/") ? file : at(file);
    return Object.hasOwn(FILES, word) && word !== "check" ? at(word) : word;
  });
}

/** Writes a file of every kind into a folder. */
export async function writeFiles(folder: string): Promise<void> {
  const at = (name: string) => `${folder}/${name}`;
  const keep = async (name: string, ...words: readonly string[]) =>
    Deno.writeTextFileSync(at(name), (await dustrun(...words)).stdout);
  Deno.mkdirSync(at("folder"));
  Deno.writeFileSync(at("log"), realizedLog(600));
  Deno.writeTextFileSync(at("empty"), "");
  Deno.writeFileSync(at("binary"), Uint8Array.from({ length: 4_096 }, (_, index) => index % 251));
  Deno.writeFileSync(at("latin1"), Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x0a, 0x61, 0x62, 0x63));
  Deno.writeTextFileSync(at("text"), "hello\n");
  Deno.writeTextFileSync(at("long"), "many words\n".repeat(LIMIT / 10));
  Deno.copyFileSync(HELLO, at("program"));
  Deno.writeTextFileSync(at("marked"), `\ufeff${Deno.readTextFileSync(HELLO)}`);
  Deno.copyFileSync(`${FIXTURES}/programs/hello/trace.json`, at("trace"));
  Deno.writeTextFileSync(at("manifest"), '{"tick_us": 1}');
  Deno.writeTextFileSync(
    at("fixture"),
    JSON.stringify({ cases: [{ name: "a", dir: "program", expect: { status: "returned" } }] }),
  );
  await keep("vkey", "keygen", "example.org/runs", at("key"));
  await keep("note", "checkpoint", at("log"), "--sign", at("key"));
  await keep("proof", "prove", at("log"), "--event", "5", "--note", at("note"));
  const conflict = `${FIXTURES}/programs/phi_conflict/program.dir.json`;
  await dustrun("run", "--simulate", conflict, "-e", "seats", "--log", at("refuted"));
  await keep("certificate", "export", at("refuted"), "--format", "certificate");
}
