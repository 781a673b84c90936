/**
 * The format of findings that a command line asks for.
 *
 * @module
 */
import { Fault } from "../host/fault.ts";
import type { OptionsOf } from "../spec/command_spec.ts";
import type { CommonOptions, FINDINGS_OPTION } from "../spec/options.ts";

/** A format for programs; `undefined` for text and `--json`. */
export type FindingFormat = "sarif" | "github" | "jsonl";

/** The format of `--format`, which excludes `--json`. */
export function formatAsked(
  { format, json }: OptionsOf<readonly [typeof FINDINGS_OPTION]> & Pick<CommonOptions, "json">,
): FindingFormat | undefined {
  if (format === undefined || format === "text") return undefined;
  if (!json) return format;
  throw new Fault({
    code: "DR1303",
    message: `--json and --format ${format} are two forms of one answer`,
    place: "--format",
    help: "keep one of the two",
  });
}
