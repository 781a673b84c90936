/**
 * Consent: a file is written to because the user named it, or because it belongs to what the user named. What a manifest or a log
 * names on its own needs `--allow-sink`.
 *
 * @module
 */
import { HOST_DISK } from "../../api/files.ts";
import { folderOf } from "../../api/paths.ts";
import type { Environment } from "../../api/input.ts";
import { isOwnRun } from "../../api/runs.ts";
import { parseRealizer } from "../../api/routes.ts";
import { shellWord } from "../../api/visible.ts";
import { Fault } from "../host/fault.ts";
import type { ConsentOption, StoreOption } from "../spec/options.ts";
import { manifestPath } from "./manifest_file.ts";
import { isPlainlyInside } from "./plain_path.ts";
import { ledgerOf } from "./store_folder.ts";

type Consenting = ConsentOption & StoreOption;

/** Refuses a manifest's sinks outside of its folder, or below a name that begins with a dot, unless the user allows them. */
export function requireManifestConsent(
  args: Consenting & { readonly env: string | undefined; readonly realize: readonly string[] },
  { realizers = [], inputs = [] }: Pick<Environment, "realizers" | "inputs">,
): void {
  const manifest = manifestPath(args);
  if (manifest === undefined) return;
  const folder = folderOf(HOST_DISK.resolve(manifest));
  const spelled = new Set(args.realize.map((word) => word.split("=", 1)[0]));
  const named = [
    ...realizers.flatMap(({ effect, realizer }) => spelled.has(effect) ? [] : [realizer]),
    ...inputs.flatMap(({ sink }) => sink ?? []),
  ];
  const refused = named.flatMap((realizer) => {
    const path = pathOf(realizer);
    if (path === undefined || isPlainlyInside(path, folder) || isAllowed(path, args)) return [];
    return [path];
  });
  if (refused.length > 0) throw refusal(refused, { who: manifest, command: "dustrun … " });
}

/** The sinks of a log that need consent and have none: none if this store began the run. */
export function unconsentedSinks(
  sinks: readonly string[],
  { args, path, occurrence }: {
    readonly args: Consenting;
    /** Absolute path of the log. */
    readonly path: string;
    readonly occurrence: string;
  },
): string[] {
  const paths = sinks.flatMap((sink) => pathOf(sink) ?? []).filter((at) => !isAllowed(at, args));
  return paths.length === 0 || isOwnRun(path, occurrence) ? [] : [...new Set(paths)];
}

/** The fault for sinks without consent, with the command that gives it. */
export function refusal(
  paths: readonly string[],
  { who, command }: { readonly who: string; readonly command: string },
): Fault {
  const options = paths.map((path) => `--allow-sink ${shellWord(path)}`).join(" ");
  return new Fault({
    code: "DR1322",
    message: `${who} names ${paths.join(", ")}, and the command line does not`,
    place: paths[0] ?? who,
    help: `if that is meant: ${command}${options}`,
  });
}

function isAllowed(path: string, args: Consenting): boolean {
  const ledger = HOST_DISK.resolve(ledgerOf(args));
  return path === ledger || args.allowSink.some((allowed) => HOST_DISK.resolve(allowed) === path);
}

/** The canonical path of a sink that is a file; `undefined` for streams and the log. */
function pathOf(realizer: string): string | undefined {
  const parsed = parseRealizer(realizer);
  return parsed.ok && "path" in parsed.value ? HOST_DISK.resolve(parsed.value.path) : undefined;
}
