/**
 * Doing something again whenever files change, until the process is interrupted.
 *
 * @module
 */
import { folderOf } from "../../api/files.ts";
import { shownLines } from "../text/shown.ts";
import { Fault, renderFault } from "./fault.ts";
import { type Io, unreadable } from "./io.ts";

/** An editor writes a file in several steps: changes within this time are one. */
const SETTLED_MS = 100;

/** Calls `act` at once, and after every change of the files or folders. A fault of it is shown, and ends nothing. */
export async function watchFiles(
  paths: readonly string[],
  act: () => Promise<void>,
  io: Io,
): Promise<never> {
  const changes = changesOf(paths);
  for (;;) {
    try {
      await act();
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      io.stderr(renderFault(cause.report));
    }
    io.stderr(shownLines(["watching for changes; Ctrl-C ends it"]));
    await changes.next();
  }
}

/** An event for each change, once the files have been quiet for a while. */
async function* changesOf(paths: readonly string[]): AsyncGenerator<void, never> {
  const watcher = watching(paths);
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

/** A file is watched by its folder: an editor may put a new file in its place. */
function watching(paths: readonly string[]): Deno.FsWatcher {
  try {
    return Deno.watchFs(
      paths.map((path) => Deno.statSync(path).isDirectory ? path : folderOf(path)),
    );
  } catch (cause) {
    throw unreadable(paths.join(", "), cause);
  }
}
