/**
 * What realization needs of the host's file system. Tests put a disk in its place that forgets what was not synced.
 *
 * @module
 */
import type { Appendable, Readable } from "./byte_file.ts";
import { AppendableFile, ReadableFile, syncFolder } from "./host_file.ts";
import { absolutePath, fileNameOf, folderOf, pathInside } from "./path.ts";

/** Something that takes bytes and keeps none: a terminal, a pipe, a device. */
export interface ByteStream {
  /** Takes bytes; answers how many, which may be fewer than given. The host's refusal is thrown. */
  writeSync(bytes: Uint8Array): number;
}

/** What stands at a path. */
export type PathKind = "absent" | "file" | "folder" | "device";

/** Files and folders. The host's refusals are thrown as it gives them. */
export interface Disk {
  kindOf(path: string): PathKind;
  /** The one absolute path of what stands there, or will. */
  resolve(path: string): string;
  /** A new file, locked. Its name is durable after `syncFolder` of its folder only. */
  create(path: string): Appendable;
  /** A file that exists, locked: throws `Busy` while another process has it. */
  open(path: string): Appendable;
  /** An empty file, whatever was there before. */
  replace(path: string): Appendable;
  openDevice(path: string): ByteStream;
  /** A file that exists, to be read; `undefined` if there is none. */
  openToRead(path: string): Readable | undefined;
  remove(path: string): void;
  /** Makes a folder, which may exist. */
  makeFolder(path: string): void;
  /** Makes the names in a folder durable. */
  syncFolder(path: string): void;
}

/** The host's own file system. */
export const HOST_DISK: Disk = {
  kindOf(path) {
    const info = orAbsent(() => Deno.statSync(path));
    if (info === undefined) return "absent";
    if (info.isFile) return "file";
    return info.isDirectory ? "folder" : "device";
  },
  resolve(path) {
    const real = orAbsent(() => Deno.realPathSync(path));
    if (real !== undefined) return real;
    const folder = orAbsent(() => Deno.realPathSync(folderOf(path)));
    return folder === undefined ? absolutePath(path) : pathInside(folder, fileNameOf(path));
  },
  create: (path) => AppendableFile.create(path),
  open: (path) => AppendableFile.open(path),
  replace: (path) => AppendableFile.replace(path),
  openDevice: (path) => Deno.openSync(path, { write: true }),
  openToRead: (path) => orAbsent(() => new ReadableFile(path)),
  remove: (path) => Deno.removeSync(path),
  makeFolder: (path) => Deno.mkdirSync(path),
  syncFolder,
};

/** Makes a folder and those above it, as far as they are missing, and their names durable. */
export function makeFolders(disk: Disk, path: string): void {
  if (disk.kindOf(path) !== "absent") return;
  const above = folderOf(path);
  if (above !== path) makeFolders(disk, above);
  disk.makeFolder(path);
  disk.syncFolder(above);
}

function orAbsent<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw cause;
  }
}
