/**
 * Paths of the host. Every command uses them, and `node:path` takes longer to load than a small command takes to run.
 *
 * @module
 */

/** Which separators and roots a path has. */
export type PathStyle = "posix" | "windows";

const HOST_STYLE: PathStyle = Deno.build.os === "windows" ? "windows" : "posix";

const ROOTS: { readonly [S in PathStyle]: RegExp } = {
  posix: /^\/*/,
  windows: /^(?:[A-Za-z]:)?[\\/]*/,
};
const SEPARATORS: { readonly [S in PathStyle]: RegExp } = { posix: /\/+/, windows: /[\\/]+/ };

/** The folder of a path: everything before its last part; `.` for a single name, the root for a root. */
export function folderOf(path: string, style = HOST_STYLE): string {
  const [root = ""] = ROOTS[style].exec(path) ?? [];
  const name = fileNameOf(path, style);
  const head = path.slice(root.length, path.lastIndexOf(name));
  const folder = root + (name === "" ? "" : withoutEndSeparators(head, style));
  return folder === "" ? "." : folder;
}

/** The last part of a path; empty for a root. */
export function fileNameOf(path: string, style = HOST_STYLE): string {
  const [root = ""] = ROOTS[style].exec(path) ?? [];
  return withoutEndSeparators(path.slice(root.length), style).split(SEPARATORS[style]).at(-1) ?? "";
}

/** The path of a name inside a folder. */
export function pathInside(folder: string, name: string, style = HOST_STYLE): string {
  if (folder === "" || folder === ".") return name;
  if (ROOTS[style].exec(folder)?.[0] === folder) return `${folder}${name}`;
  return `${withoutEndSeparators(folder, style)}${style === "windows" ? "\\" : "/"}${name}`;
}

/** A path relative to a folder, without `.` and `..` where these can be resolved. */
export function joinedPath(folder: string, path: string): string {
  return globalThis.process.getBuiltinModule("node:path").join(folder, path);
}

/** An absolute path with the same meaning, without `.` and `..`. Nothing needs to exist there. */
export function absolutePath(path: string): string {
  return globalThis.process.getBuiltinModule("node:path").resolve(path);
}

function withoutEndSeparators(path: string, style: PathStyle): string {
  let end = path.length;
  while (path[end - 1] === "/" || (style === "windows" && path[end - 1] === "\\")) end--;
  return path.slice(0, end);
}
