/**
 * What a file is, judged by its beginning: a file of the wrong kind is named as what it is, and not as a damaged one of the right kind.
 *
 * @module
 */
import { MANIFEST_MEMBERS } from "./manifest_members.ts";

/** What a file is. `text` is any text, JSON included, that is none of the others. */
export type FileKind =
  | "artifact"
  | "log"
  | "trace"
  | "fixture"
  | "manifest"
  | "note"
  | "proof"
  | "certificate"
  | "verifier key"
  | "signer key"
  | "empty"
  | "binary"
  | "text";

/** As many bytes of a file as its kind is judged by. */
export const HEAD_BYTES = 65_536;

/** The kind of a file that begins with these bytes: at most {@link HEAD_BYTES}, and fewer only if it has no more. */
export function kindOf(head: Uint8Array): FileKind {
  if (head.length === 0) return "empty";
  const text = new TextDecoder().decode(head).replace(/^\ufeff/, ""); // a byte order mark is the fault of whoever reads the file
  if (isLogHead(text)) return "log"; // also a damaged one
  if (/^\s*\{\s*"forges"/.test(text)) return "artifact"; // nearly every one
  const known = kindOfNote(text) ?? kindOfJson(topLevelNames(text));
  return known ?? (isText(head) ? "text" : "binary");
}

/** Several marks, each enough on its own: one changed or missing line does not make a log something else. */
function isLogHead(text: string): boolean {
  const [first = ""] = text.split("\n", 1);
  return LOG_START.startsWith(first.slice(0, LOG_START.length)) && first.length > 1 ||
    /^\{"seq":[0-9]+,"kind":"/m.test(text) || first.includes('"format":"dustrun-log/');
}

const LOG_START = '{"seq":0,"kind":"run_started"';

function kindOfNote(text: string): FileKind | undefined {
  if (/^c2sp\.org\/tlog-proof@/.test(text)) return "proof";
  if (text.startsWith('["dustrun-phi-certificate/')) return "certificate";
  if (/^PRIVATE\+KEY\+/.test(text)) return "signer key";
  if (/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+\n?$/.test(text)) return "verifier key";
  return /^[^\s+]+\n[0-9]+\n[A-Za-z0-9+/]{43}=\n/.test(text) ? "note" : undefined;
}

const TRACE_NAMES = ["returned", "error", "effects", "time"];

function kindOfJson(names: readonly string[]): FileKind | undefined {
  const isAll = (known: readonly string[]) =>
    names.length > 0 && names.every((name) => known.includes(name));
  if (names.includes("forges")) return "artifact";
  if (names.includes("dir") || names.includes("cases")) return "fixture";
  if (isAll(TRACE_NAMES)) return "trace";
  return isAll(MANIFEST_MEMBERS) ? "manifest" : undefined;
}

/** The names of the members of the object that a text begins with, as far as the text goes; comments are skipped. */
function topLevelNames(text: string): string[] {
  const names: string[] = [];
  let depth = 0, name = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (token === ":" && depth === 1) names.push(name);
    else if (token.startsWith('"')) name = token.slice(1, -1);
  }
  return /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*\{/.test(text) ? names : [];
}

/** Brackets, colons, strings and comments. */
const TOKEN = /[{}[\]:]|"(?:[^"\\\n]|\\.)*"|\/\/.*|\/\*[^]*?\*\//g;

/**
 * Whether bytes are a text in UTF-8 or UTF-16: few of its characters are control characters or cannot be decoded, one in a hundred, or of a
 * short text one, and none is NUL. A text that begins as JSON, also after a torn byte order mark, may have a few of each. Its reader says
 * where it goes wrong, and that it is not UTF-8.
 */
function isText(head: Uint8Array): boolean {
  const text = new TextDecoder(encodingOf(head)).decode(head);
  const isJson = /^\ufffd{0,2}\s*["[{\d-]/.test(text);
  if (!isJson && text.includes("\0")) return false;
  // deno-lint-ignore no-control-regex -- these are looked for
  const odd = text.match(/[\0-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  return odd <= (isJson ? 8 : 1) || odd * 100 <= text.length;
}

/** UTF-16 where bytes have its byte order mark, or each second one is 0; else UTF-8. */
function encodingOf(head: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (head.length % 2 !== 0) return "utf-8";
  const [first, second] = head;
  const isZero = (half: number) => head.every((byte, at) => at % 2 !== half || byte === 0);
  if (first === 0xff && second === 0xfe || isZero(1)) return "utf-16le";
  return first === 0xfe && second === 0xff || isZero(0) ? "utf-16be" : "utf-8";
}
