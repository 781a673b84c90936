/**
 * The smallest fix of each violation of the rules for handles, found by `check` or by a run.
 *
 * @module
 */
import { DEFAULT_LIMITS } from "../base/limits.ts";
import { unreachable } from "../base/result.ts";
import type { FileMode } from "../event/event.ts";
import type { Int64 } from "../value/int64.ts";

/** A violation of the rules for handles, as far as its fix depends on it. */
export type HandleFault =
  | { readonly kind: "use_after_free" | "double_free" | "closed_file" }
  | { readonly kind: "unknown_mode" | "written_again" }
  /** `name` has the holder that leaks; it may have none. */
  | { readonly kind: "leak"; readonly name: string | undefined }
  /** The bytes that are moved. */
  | { readonly kind: "outside_region"; readonly width: Int64 }
  /** Whether the memory belongs to a device. */
  | { readonly kind: "wrong_memory"; readonly isMapped: boolean }
  /** How the file was opened. */
  | { readonly kind: "wrong_mode"; readonly mode: FileMode }
  /** What names the file. */
  | { readonly kind: "left_open"; readonly file: string };

/** One line. */
export function handleHelp(fault: HandleFault): string {
  switch (fault.kind) {
    case "use_after_free":
      return "free it after its last use, or copy it first: let q = p";
    case "double_free":
      return "remove one of the two, or copy it first: let q = p";
    case "leak":
      return fault.name === undefined
        ? "bind it to a name with let, and free that"
        : `free ${fault.name} before, or return it`;
    case "outside_region":
      return fault.width > DEFAULT_LIMITS.max_memory
        ? "move fewer bytes at once"
        : `allocate at least ${fault.width} bytes`;
    case "wrong_memory":
      return fault.isMapped
        ? "use mmio_read and mmio_write"
        : "use load and store, or pass the memory of a device";
    case "closed_file":
      return "close it after its last use, once";
    case "unknown_mode":
      return 'write "r", "w" or "a"';
    case "wrong_mode":
      return `open it with ${MODES_OF[fault.mode]}`;
    case "left_open":
      return `close ${fault.file} before the run ends`;
    case "written_again":
      return "open it with a";
    default:
      return unreachable(fault);
  }
}

/** The modes that the other operation needs. */
const MODES_OF: { readonly [mode in FileMode]: string } = { r: "w or a", w: "r", a: "r" };
