/**
 * Which paths a manifest may name on its own: those of plain files below its folder.
 *
 * @module
 */
import { HOST_DISK } from "../../api/files.ts";
import { fileNameOf, folderOf } from "../../api/paths.ts";

/** Whether a canonical path is below a folder, and no part of it below the folder begins with a dot. */
export function isPlainlyInside(path: string, folder: string): boolean {
  for (let at = path; at !== folder; at = folderOf(at)) {
    if (fileNameOf(at).startsWith(".") || folderOf(at) === at) return false;
  }
  return path !== folder;
}

/** Whether a part of a canonical path below a folder is a link: one that leads to nothing, and nobody knows where it will lead. */
export function hasLink(path: string, folder: string): boolean {
  for (let at = path; at !== folder; at = folderOf(at)) {
    if (HOST_DISK.readLink(at) !== undefined) return true;
  }
  return false;
}
