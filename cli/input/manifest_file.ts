/**
 * Finds the environment manifest of a command, reads the files that it lists, and reports its faults.
 *
 * @module
 */
import { HOST_DISK } from "../../api/files.ts";
import type { EnvironmentInput } from "../../api/inputs.ts";
import type { CommonOptions, ProgramOptions } from "../spec/options.ts";
import type { Manifest } from "./manifest.ts";
import type { FaultReport } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { reportButLast } from "./faults.ts";
import { foundUpwards } from "./found_upwards.ts";
import { WANTED } from "./file_gate.ts";
import { readText } from "./text_file.ts";

/** The manifest that is used where none is named. */
const DEFAULT_PATH = "dustrun.jsonc";

/**
 * What `--env FILE` declares, or `dustrun.jsonc` if there is one; nothing otherwise. What the run can read is read now, once. Every fault
 * is reported.
 */
export async function readManifest(
  args: Pick<ProgramOptions, "env"> & Pick<CommonOptions, "json">,
  io: Io,
): Promise<Pick<Manifest, "environment" | "limits">> {
  const path = manifestPath(args);
  if (path === undefined) return { environment: {}, limits: {} };
  const text = readText(path, WANTED.manifest, io);
  // Loaded when there is a manifest: the parser is a package of its own.
  const { parseManifest } = await import("./manifest.ts");
  const manifest = parseManifest(text, path);
  if (!manifest.ok) throw reportButLast(manifest.failure, args, io);
  const { environment, limits, inputs: declared } = manifest.value;
  if (declared.length === 0) return { environment, limits };
  const { readInputFile } = await import("./input_file.ts");
  const faults: FaultReport[] = [];
  const inputs = declared.flatMap((entry): readonly EnvironmentInput[] => {
    if (entry.kind === "known") return [entry.input];
    const read = readInputFile(entry, HOST_DISK.resolve(path));
    if (read.ok) return [read.value];
    faults.push(read.failure);
    return [];
  });
  if (faults.length > 0) throw reportButLast(faults, args, io);
  return { environment: { ...environment, inputs }, limits };
}

/** The manifest of a command: what `--env` names, or the nearest `dustrun.jsonc` from the working folder upwards. */
export function manifestPath({ env }: Pick<ProgramOptions, "env">): string | undefined {
  return env ?? foundUpwards(DEFAULT_PATH, "file");
}
