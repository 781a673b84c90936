/**
 * Which files a run may have to open after its log: derived from the texts alone, before anything in them is decoded.
 *
 * @module
 */
import type { ArtifactSource } from "../../api/program.ts";
import { EFFECT_KINDS, type Realizer, type Routes } from "../../api/routes.ts";

/**
 * Whether realizing the program may need a file. An artifact can hold an effect of a kind only if it spells the kind, plainly or
 * with an escape of JSON; where it spells none that goes to a file, and no file, port or device of the environment has a file as its sink,
 * the run needs no further permission.
 */
export function mayNeedFiles(artifacts: readonly ArtifactSource[], routes: Routes): boolean {
  const operations = [...routes.operations?.values() ?? []];
  return operations.some(isFile) || EFFECT_KINDS.some((kind) =>
    isFile(routes[kind]) &&
    artifacts.some(({ text }) => text.includes(kind) || text.includes("\\u"))
  );
}

function isFile({ kind }: Realizer): boolean {
  return kind === "file" || kind === "ledger";
}
