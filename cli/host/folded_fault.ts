/**
 * A fault on a terminal. The runtime loads what `cli.ts` may import before the first line runs; what folds needs a package, so it is
 * imported from here.
 *
 * @module
 */
import type { Shown } from "../text/shown.ts";
import { type FaultReport, renderFault } from "./fault.ts";

/** The fault as text, in lines of at most `columns` columns. */
export async function renderFolded(report: FaultReport, columns: number): Promise<Shown> {
  const { fold } = await import("../text/width.ts");
  return renderFault(report, (line) => fold(line, columns));
}
