/**
 * Files under names that dustrun chooses itself. Somebody else may have put a link, a FIFO or a device there: following it would change
 * or read another file, and opening a FIFO may wait forever. So what stands there is looked at first.
 *
 * @module
 */

/** Whether a regular file stands at the path. Throws where something else does, a link included. */
export function isRegularFile(path: string): boolean {
  const kind = kindAt(path);
  if (kind === "absent" || kind === "file") return kind === "file";
  throw new Deno.errors.InvalidData(`${path} is a ${kind}, not a regular file`);
}

/** What stands at a path, links not followed. */
export function kindAt(path: string): "absent" | "file" | "link" | "folder" | "device or pipe" {
  try {
    const { isFile, isSymlink, isDirectory } = Deno.lstatSync(path);
    if (isFile) return "file";
    if (isSymlink) return "link";
    return isDirectory ? "folder" : "device or pipe";
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return "absent";
    throw cause;
  }
}

/** Whether a regular file without content stands at the path, which something must. */
export function isEmptyFile(path: string): boolean {
  const { isFile, size } = Deno.lstatSync(path);
  return isFile && size === 0;
}
