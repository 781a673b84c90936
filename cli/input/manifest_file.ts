/**
 * Finds the environment manifest of a command, and reports its faults.
 *
 * @module
 */
import { Bug } from "../../api/bug.ts";
import type { CommonOptions, ProgramOptions } from "../spec/options.ts";
import type { Manifest } from "./manifest.ts";
import { Fault, type FaultReport, faultToJson, renderFault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";

/** The manifest that is used where none is named. */
const DEFAULT_PATH = "dustrun.jsonc";

/** What `--env FILE` declares, or `dustrun.jsonc` if there is one; nothing otherwise. Every fault is reported. */
export async function readManifest(
  args: Pick<ProgramOptions, "env"> & Pick<CommonOptions, "json">,
  io: Io,
): Promise<Manifest> {
  const path = args.env ?? (isFile(DEFAULT_PATH) ? DEFAULT_PATH : undefined);
  if (path === undefined) return { environment: {}, limits: {} };
  const text = io.readText(path);
  // Loaded when there is a manifest: the parser is a package of its own.
  const { parseManifest } = await import("./manifest.ts");
  const manifest = parseManifest(text, path);
  if (manifest.ok) return manifest.value;
  throw withOthersReported(manifest.failure, args, io);
}

/** The last fault, which ends the command; the others are reported. */
function withOthersReported(
  faults: readonly FaultReport[],
  args: Pick<CommonOptions, "json">,
  io: Io,
): Fault {
  const last = faults[faults.length - 1];
  if (last === undefined) throw new Bug("a manifest is refused without a fault");
  for (const fault of faults.slice(0, -1)) {
    io.stderr(args.json ? faultToJson(fault) : renderFault(fault));
  }
  return new Fault(last);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false; // absent or not accessible: then it is not used
  }
}
