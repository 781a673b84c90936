/**
 * Saves torn tails beside the log from which they were cut: `LOG.torn`, then `LOG.2.torn` and so on.
 *
 * @module
 */
import { writeAll } from "../file/byte_file.ts";
import { AppendableFile, syncFolder } from "../file/host_file.ts";
import { folderOf } from "../file/path.ts";
import { isRegularFile } from "../file/regular_file.ts";
import type { TornTails } from "../log/recover.ts";

/** The torn tails of the log at `path`. */
export function tornTailsOf(path: string): TornTails {
  const kept = () => savedTails(path);
  return {
    kept,
    keep(tail) {
      const temporary = `${path}.torn.${crypto.randomUUID()}`;
      const file = AppendableFile.create(temporary);
      try {
        writeAll(file, tail);
        file.sync();
      } finally {
        file.close();
      }
      Deno.renameSync(temporary, tailPath(path, kept().length + 1));
      syncFolder(folderOf(path));
    },
  };
}

function savedTails(path: string): Uint8Array[] {
  const tails: Uint8Array[] = [];
  for (;;) {
    const next = tailPath(path, tails.length + 1);
    if (!isRegularFile(next)) return tails;
    tails.push(Deno.readFileSync(next));
  }
}

function tailPath(path: string, number: number): string {
  return number === 1 ? `${path}.torn` : `${path}.${number}.torn`;
}
