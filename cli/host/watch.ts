/**
 * Doing something again whenever files change, until the process is interrupted.
 *
 * @module
 */
import { folderOf } from "../../api/paths.ts";
import { shownLines } from "../text/shown.ts";
import { Fault, renderFault } from "./fault.ts";
import { type Io, unreadable } from "./io.ts";

/** An editor writes a file in several steps: changes within this time are one. */
const SETTLED_MS = 100;

/**
 * Calls `act` at once, and after every change of the files or folders. A fault of it is shown, and ends nothing. No change of a folder is
 * seen any more once it was removed or replaced: that is a fault, and ends it.
 */
export async function watchFiles(
  paths: readonly string[],
  act: () => Promise<void>,
  io: Io,
): Promise<never> {
  const folders = paths.map(watchedFolder), changes = changesOf(watching(folders));
  for (;;) {
    try {
      await act();
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      io.stderr(renderFault(cause.report));
    }
    io.stderr(shownLines(["watching for changes; Ctrl-C ends it"]));
    await changes.next();
    folders.forEach(refuseGone);
  }
}

/** An event for each change, once the files have been quiet for a while. */
async function* changesOf(watcher: Deno.FsWatcher): AsyncGenerator<void, never> {
  let isChanged = false, wake = () => {};
  (async () => {
    for await (const { kind } of watcher) {
      if (kind === "access") continue;
      isChanged = true;
      wake();
    }
  })();
  for (;;) {
    if (!isChanged) await new Promise<void>((resolve) => wake = resolve);
    while (isChanged) {
      isChanged = false;
      await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    }
    yield;
  }
}

/** Begins at once: what changes while files are read for the first time is a change. */
function watching(folders: readonly WatchedFolder[]): Deno.FsWatcher {
  const paths = folders.map(({ path }) => path);
  try {
    return Deno.watchFs(paths);
  } catch (cause) {
    throw unreadable(paths.join(", "), cause);
  }
}

/** A folder as it was when watching began. */
interface WatchedFolder {
  readonly path: string;
  readonly info: Deno.FileInfo;
}

/** The folder itself, or that of a file: an editor may put a new file in its place. */
function watchedFolder(path: string): WatchedFolder {
  try {
    const info = Deno.statSync(path);
    if (info.isDirectory) return { path, info };
    const folder = folderOf(path);
    return { path: folder, info: Deno.statSync(folder) };
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function refuseGone({ path, info }: WatchedFolder): void {
  let now: Deno.FileInfo;
  try {
    now = Deno.statSync(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (now.ino === info.ino && now.dev === info.dev) return;
  throw new Fault({
    code: "DR1305",
    message: "the folder was replaced while it was watched",
    place: path,
    help: "begin again: changes of the new one are not seen",
  });
}
