/**
 * The file system interface of realization. Tests replace it by a simulated disk that loses what was not synced.
 *
 * @module
 */
import type { Appendable, Readable } from "./byte_file.ts";
import { AppendableFile, ReadableFile, syncFolder } from "./host_file.ts";
import { absolutePath, fileNameOf, folderOf, pathInside } from "./path.ts";

/** A write-only stream: a terminal, a pipe, a device. */
export interface ByteStream {
  /** Writes bytes and returns how many were written, which may be fewer than given. Errors of the host are thrown. */
  writeSync(bytes: Uint8Array): number;
}

/** What a path names; `absent` if nothing. */
export type PathKind = "absent" | "file" | "folder" | "device";

/** Files and folders. Errors of the host are thrown unchanged. */
export interface Disk {
  /** What `path` names, symbolic links followed. */
  kindOf(path: string): PathKind;
  /** The canonical absolute path of a file, whether it exists or will be created. */
  resolve(path: string): string;
  /** Creates a file and locks it. Its name is durable only after `syncFolder` of its folder. */
  create(path: string): Appendable;
  /** Opens an existing file and locks it; throws `Busy` while another process has it open for writing. */
  open(path: string): Appendable;
  /** Opens a file empty, whether or not it exists. */
  replace(path: string): Appendable;
  /** Opens a device for writing. */
  openDevice(path: string): ByteStream;
  /** Opens an existing file for reading; `undefined` if there is none. */
  openToRead(path: string): Readable | undefined;
  /** Removes a file. */
  remove(path: string): void;
  /** Creates a folder. */
  makeFolder(path: string): void;
  /** Makes the entries of a folder durable. */
  syncFolder(path: string): void;
}

/** The host's own file system. */
export const HOST_DISK: Disk = {
  kindOf(path) {
    const info = undefinedIfMissing(() => Deno.statSync(path));
    if (info === undefined) return "absent";
    if (info.isFile) return "file";
    return info.isDirectory ? "folder" : "device";
  },
  resolve(path) {
    const real = undefinedIfMissing(() => Deno.realPathSync(path));
    if (real !== undefined) return real;
    const folder = undefinedIfMissing(() => Deno.realPathSync(folderOf(path)));
    return folder === undefined ? absolutePath(path) : pathInside(folder, fileNameOf(path));
  },
  create: (path) => AppendableFile.create(path),
  open: (path) => AppendableFile.open(path),
  replace: (path) => AppendableFile.replace(path),
  openDevice: (path) => Deno.openSync(path, { write: true }),
  openToRead: (path) => undefinedIfMissing(() => new ReadableFile(path)),
  remove: (path) => Deno.removeSync(path),
  makeFolder: (path) => Deno.mkdirSync(path),
  syncFolder,
};

/** Creates a folder and its missing parents, and makes their names durable. */
export function makeFolders(disk: Disk, path: string): void {
  if (disk.kindOf(path) !== "absent") return;
  const parent = folderOf(path);
  if (parent !== path) makeFolders(disk, parent);
  disk.makeFolder(path);
  disk.syncFolder(parent);
}

function undefinedIfMissing<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw cause;
  }
}
