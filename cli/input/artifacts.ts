/**
 * The artifacts of a program, read from the files that the command line names.
 *
 * @module
 */
import type { ArtifactSource } from "../../api/program.ts";
import type { ProgramOptions } from "../spec/options.ts";
import type { Io } from "../host/io.ts";
import { WANTED } from "./file_gate.ts";
import { readArtifact, readText } from "./text_file.ts";

/**
 * Reads the program at `path` with what the options link to it. Artifacts are named by file name alone: no path may appear in a
 * log.
 */
export function readArtifacts(
  path: string,
  args: Pick<ProgramOptions, "link"> & Partial<Pick<ProgramOptions, "semantics">>,
  io: Io,
): ArtifactSource[] {
  return [path, ...args.link].map((file) => ({
    name: fileName(file),
    text: args.semantics === "host-0.1"
      ? readText(file, WANTED.program, io)
      : readArtifact(file, io),
  }));
}

/** The last part of a path, with slashes or backslashes. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
