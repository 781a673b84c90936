/**
 * The artifacts of a program, read from the files that the command line names.
 *
 * @module
 */
import { pathInside } from "../../api/paths.ts";
import { Fault } from "../host/fault.ts";
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

/** The program at a path; of a folder, every `*.dir.json` in it, in the order of their names. Names that begin with a dot are skipped, as by a shell. */
export function programsAt(path: string): readonly string[] {
  if (!isFolder(path)) return [path];
  const programs = programsIn(path);
  if (programs.length > 0) return programs;
  throw new Fault({
    code: "DR1305",
    message: "it is a folder without a program, *.dir.json",
    place: path,
    help: "name a program, or a folder with programs",
  });
}

function programsIn(folder: string): string[] {
  const entries = [...Deno.readDirSync(folder)].sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap(({ name, isDirectory }) => {
    if (name.startsWith(".")) return [];
    const path = pathInside(folder, name);
    if (isDirectory) return programsIn(path);
    return name.endsWith(".dir.json") ? [path] : [];
  });
}

function isFolder(path: string): boolean {
  try {
    return path !== "-" && Deno.statSync(path).isDirectory;
  } catch {
    return false; // reading it says why
  }
}

/** The last part of a path, with slashes or backslashes. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
