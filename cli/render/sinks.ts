/**
 * Names the files that effects are about to go to.
 *
 * @module
 */
import { parseRealizer } from "../../api/routes.ts";
import type { Io } from "../host/io.ts";
import type { CommonOptions } from "../spec/options.ts";
import { shownLines } from "../text/shown.ts";

/** Says which files will be written to; nothing where no sink is a file. `folder` is left out of paths below it. */
export function tellSinks(
  sinks: readonly string[],
  { args, io, folder }: {
    readonly args: Pick<CommonOptions, "quiet" | "json">;
    readonly io: Io;
    readonly folder?: string;
  },
): void {
  if (args.quiet || args.json) return;
  const paths = sinks.flatMap((sink) => {
    const parsed = parseRealizer(sink);
    return parsed.ok && "path" in parsed.value ? [parsed.value.path] : [];
  });
  if (paths.length === 0) return;
  const names = [...new Set(paths)].map((path) =>
    folder === undefined ? path : path.replace(`${folder}/`, "")
  );
  io.stderr(shownLines([`writes to ${names.join(", ")}`]));
}
