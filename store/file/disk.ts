/**
 * The file system interface of realization. Tests replace it by a simulated disk that loses what was not synced.
 *
 * @module
 */
import type { Readable } from "./byte_file.ts";
import { type ByteStream, openDevice } from "./device.ts";
import { undefinedIfMissing } from "./host_error.ts";
import { syncFolder } from "./host_file.ts";
import { fileAt, type FileNumber } from "./identity.ts";
import { openRegularFile } from "./open_regular.ts";
import { openSinkFile, type SinkFile } from "./sink_file.ts";
import { absolutePath, fileNameOf, folderOf, pathInside } from "./path.ts";

/** What a path names; `absent` if nothing. */
export type PathKind = "absent" | "file" | "folder" | "device";

/** Files and folders. Errors of the host are thrown unchanged. */
export interface Disk {
  /** What `path` names, symbolic links followed. */
  kindOf(path: string): PathKind;
  /** The regular file that `path` names, links not followed; `undefined` if it names none. */
  identityOf(path: string): FileNumber | undefined;
  /** The canonical absolute path of a file, whether it exists or will be created. */
  resolve(path: string): string;
  /**
   * Opens or creates a regular file to append to; returns the reason if something else has its name. A new name is durable only after
   * `syncFolder` of its folder.
   */
  openSink(path: string): SinkFile | string;
  /** Opens a device for writing. */
  openDevice(path: string): ByteStream;
  /** Opens a regular file for reading; `undefined` if there is none, or something else has its name. Never waits. */
  openToRead(path: string): Readable | undefined;
  /** The text of a symbolic link; `undefined` if `path` names none. What it points to is not looked at. */
  readLink(path: string): string | undefined;
  /** Makes a symbolic link whose text this is; throws `AlreadyExists` if anything has this name. */
  makeLink(path: string, text: string): void;
  /** Removes a file or link. */
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
  identityOf(path) {
    const found = fileAt(path);
    return found === "other" ? undefined : found;
  },
  resolve(path) {
    const real = undefinedIfMissing(() => Deno.realPathSync(path));
    if (real !== undefined) return real;
    const folder = undefinedIfMissing(() => Deno.realPathSync(folderOf(path)));
    return folder === undefined ? absolutePath(path) : pathInside(folder, fileNameOf(path));
  },
  openSink: openSinkFile,
  openDevice,
  openToRead: openRegularFile,
  readLink(path) {
    const info = undefinedIfMissing(() => Deno.lstatSync(path));
    return info?.isSymlink === true ? undefinedIfMissing(() => Deno.readLinkSync(path)) : undefined;
  },
  makeLink: (path, text) => Deno.symlinkSync(text, path),
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
