/**
 * Which file a name or a handle refers to. Two names of one file have one identity; a file that takes the place of another has
 * its own.
 *
 * @module
 */
import { undefinedIfMissing } from "./host_error.ts";

/** A file of this host, whatever its names. */
export interface FileNumber {
  /** The number of the device. */
  readonly device: number;
  /** The number of the file on the device; `undefined` where the host has none. */
  readonly inode: number | undefined;
}

/** The identity in what the host says about a file. */
export function identityOf({ dev, ino }: Pick<Deno.FileInfo, "dev" | "ino">): FileNumber {
  return { device: dev, inode: ino ?? undefined };
}

/** Whether two identities are known to be one file. */
export function isSameFile(a: FileNumber, b: FileNumber): boolean {
  return a.inode !== undefined && a.inode === b.inode && a.device === b.device;
}

/** Whether two identities are known to be two files. */
export function isOtherFile(a: FileNumber, b: FileNumber): boolean {
  if (a.device !== b.device) return true;
  return a.inode !== undefined && b.inode !== undefined && a.inode !== b.inode;
}

/** The regular file that has this name, links not followed; `other` if something else has it, `undefined` if nothing. */
export function fileAt(path: string): FileNumber | "other" | undefined {
  const info = undefinedIfMissing(() => Deno.lstatSync(path));
  if (info === undefined) return undefined;
  return info.isFile ? identityOf(info) : "other";
}
