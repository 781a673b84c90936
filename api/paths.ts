/**
 * Paths of the host, as text.
 *
 * @module
 */
export { fileNameOf, folderOf, pathInside } from "../store/file/path.ts";
