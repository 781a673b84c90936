/**
 * Files under names that dustrun chooses itself. Somebody else may have put a link, a FIFO or a device there: following it would change
 * or read another file, and opening a FIFO may wait forever. So what is there is looked at first.
 *
 * @module
 */
import { undefinedIfMissing } from "./host_error.ts";

/** Whether a regular file is at the path. Throws if something else is, a link included. */
export function isRegularFile(path: string): boolean {
  const kind = kindAt(path);
  if (kind === "absent" || kind === "file") return kind === "file";
  throw new Deno.errors.InvalidData(`${path} is a ${kind}, not a regular file`);
}

/** What is at a path, links not followed. */
export function kindAt(path: string): "absent" | "file" | "link" | "folder" | "device or pipe" {
  const info = undefinedIfMissing(() => Deno.lstatSync(path));
  if (info === undefined) return "absent";
  if (info.isFile) return "file";
  if (info.isSymlink) return "link";
  return info.isDirectory ? "folder" : "device or pipe";
}

/** Whether what is at the path, which must be something, is a regular file without content. */
export function isEmptyFile(path: string): boolean {
  const { isFile, size } = Deno.lstatSync(path);
  return isFile && size === 0;
}
