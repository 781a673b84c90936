/**
 * Saves torn tails beside the log from which they were cut: `LOG.torn`, then `LOG.2.torn` and so on.
 *
 * @module
 */
import { syncFolder } from "../file/host_file.ts";
import { folderOf } from "../file/path.ts";
import type { TornTails } from "../log/recover.ts";

/** The torn tails of the log at `path`. */
export function tornTailsOf(path: string): TornTails {
  const kept = () => savedTails(path);
  return {
    kept,
    keep(tail) {
      const temporary = `${path}.torn.part`;
      Deno.writeFileSync(temporary, tail);
      const file = Deno.openSync(temporary, { read: true, write: true });
      try {
        file.syncSync();
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
    try {
      tails.push(Deno.readFileSync(tailPath(path, tails.length + 1)));
    } catch (cause) {
      if (cause instanceof Deno.errors.NotFound) return tails;
      throw cause;
    }
  }
}

function tailPath(path: string, number: number): string {
  return number === 1 ? `${path}.torn` : `${path}.${number}.torn`;
}
