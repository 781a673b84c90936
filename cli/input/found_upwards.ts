/**
 * Files that are found from the working folder upwards, as `.git` is.
 *
 * @module
 */

/** More levels than any working folder has. */
const LEVELS_MAX = 64;

/**
 * The path of `name` in the working folder or the nearest folder above it that has one of the kind; `undefined` if none has. Above the
 * working folder, only what its owner owns counts, and no link: anybody may put files into `/tmp`. Folders that this process may not read end the search.
 */
export function foundUpwards(name: string, kind: "file" | "folder"): string | undefined {
  let path = name, folder = ".";
  for (let level = 0; level < LEVELS_MAX; level++) {
    const here = statOf(folder);
    if (here === undefined) return undefined;
    const found = level === 0 ? statOf(path) : statOf(path, Deno.lstatSync);
    const isOfKind = kind === "file" ? found?.isFile : found?.isDirectory;
    if (isOfKind === true && (level === 0 || found?.uid === statOf(".")?.uid)) return path;
    const above = statOf(`${folder}/..`);
    if (above === undefined || (above.ino === here.ino && above.dev === here.dev)) return undefined;
    folder = level === 0 ? ".." : `../${folder}`;
    path = `${folder}/${name}`;
  }
  return undefined;
}

/** What is at a path; `undefined` for nothing, and for what may not be looked at without asking the user. */
function statOf(path: string, stat = Deno.statSync): Deno.FileInfo | undefined {
  try {
    if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return undefined;
    return stat(path);
  } catch {
    return undefined;
  }
}
