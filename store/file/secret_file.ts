/**
 * Files with a secret: nobody but their owner may read them.
 *
 * @module
 */
import { decodeText } from "./decode_text.ts";
import { syncFolder } from "./host_file.ts";
import { folderOf } from "./path.ts";
import { writeAll } from "./byte_file.ts";

/** The bits of a mode that let group and others in. */
const OTHERS = 0o077;

/** Creates a file that only its owner can read, durably; throws `AlreadyExists` if there is one. */
export function createSecretFile(path: string, text: string): void {
  const file = Deno.openSync(path, { write: true, createNew: true, mode: 0o600 });
  try {
    writeAll({ write: (part) => file.writeSync(part) }, new TextEncoder().encode(text));
    file.syncSync();
  } finally {
    file.close();
  }
  syncFolder(folderOf(path));
}

/** The text of a secret file; `undefined` if its mode lets others read it. Windows has no modes, so nothing is refused there. */
export function readSecretFile(path: string): string | undefined {
  const file = Deno.openSync(path, { read: true });
  try {
    const { mode, size } = file.statSync();
    if (mode !== null && (mode & OTHERS) !== 0) return undefined;
    const bytes = new Uint8Array(Math.min(size, SECRET_BYTES_MAX));
    const count = file.readSync(bytes) ?? 0;
    return decodeText(bytes.subarray(0, count));
  } finally {
    file.close();
  }
}

/** A secret is a line. */
const SECRET_BYTES_MAX = 4_096;
