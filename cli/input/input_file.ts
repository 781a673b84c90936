/**
 * Reads a file that a manifest lists. Its content becomes part of the log, so a manifest that somebody else wrote must not reach every file
 * of the user: only plain files below its own folder are read.
 *
 * @module
 */
import { HOST_DISK } from "../../api/files.ts";
import { folderOf } from "../../api/paths.ts";
import { type EnvironmentInput, fileInput, INPUT_BYTES_MAX } from "../../api/inputs.ts";
import type { Result } from "../../api/program.ts";
import type { FaultReport } from "../host/fault.ts";
import { unreadable } from "../host/io.ts";
import type { DeclaredFile } from "./manifest_inputs.ts";
import { hasLink, isPlainlyInside } from "./plain_path.ts";

/** The file with its content, as far as the run can read it; `manifest` is the canonical path of the manifest. */
export function readInputFile(
  { path, file }: DeclaredFile,
  manifest: string,
): Result<EnvironmentInput, FaultReport> {
  try {
    const at = HOST_DISK.resolve(path);
    if (!isPlainlyInside(at, folderOf(manifest))) {
      return refused(
        "DR1406",
        path,
        `${path} is not a plain file below the folder of the manifest`,
        {
          help: "copy it there, without a leading dot, and not as a link",
        },
      );
    }
    if (hasLink(at, folderOf(manifest))) {
      return refused("DR1406", path, `${path} is a link to nothing`, {
        help: "remove the link; a file that is not there has no content",
      });
    }
    if (!file.modes.includes("r")) {
      return { ok: true, value: fileInput({ ...file, content: new Uint8Array() }) };
    }
    const { size, isFile } = Deno.statSync(at);
    if (!isFile) return refused("DR1305", path, `${path} is not a file`);
    if (size > INPUT_BYTES_MAX) {
      return refused("DR1305", path, `${path} has ${size} bytes, more than ${INPUT_BYTES_MAX}`);
    }
    return { ok: true, value: fileInput({ ...file, content: Deno.readFileSync(at) }) };
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return { ok: true, value: fileInput(file) };
    throw unreadable(path, cause);
  }
}

function refused(
  code: FaultReport["code"],
  place: string,
  message: string,
  { help }: { readonly help: string } = { help: "dustrun help environment shows the manifest" },
): Result<never, FaultReport> {
  return { ok: false, failure: { code, message, place, help } };
}
