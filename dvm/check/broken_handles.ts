/**
 * What every run does wrong with a handle, as data and as violations.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Operation } from "../dir/model.ts";
import type { FileMode } from "../event/event.ts";
import type { At, Origin, Violation } from "../typing/violation.ts";
import type { Int64 } from "../value/int64.ts";
import type { CertainFile, CertainHolder } from "./certain_handles.ts";
import { handleHelp } from "./handle_help.ts";

/** A violation that every run meets. `name` is what the program calls the handle there. */
export type Broken =
  & { readonly at: At }
  & (
    | {
      readonly kind: "use_after_free" | "double_free";
      readonly holder: CertainHolder;
      readonly name: string;
    }
    /** Of a holder that no name has, where `name` is absent. */
    | { readonly kind: "leak"; readonly holder: CertainHolder; readonly name: string | undefined }
    | {
      readonly kind: "outside_region";
      readonly holder: CertainHolder;
      readonly size: Int64;
      readonly width: Int64;
    }
    /** Allocated memory where that of a device is taken; without `holder`, the reverse. */
    | {
      readonly kind: "wrong_memory";
      readonly holder: CertainHolder | undefined;
      readonly operation: Operation;
      readonly name: string;
    }
    | {
      readonly kind: "closed_file";
      readonly file: CertainFile;
      readonly closed: At;
      readonly name: string;
    }
    | {
      readonly kind: "wrong_mode";
      readonly file: CertainFile;
      readonly mode: FileMode;
      readonly operation: Operation;
      readonly name: string;
    }
    | { readonly kind: "left_open"; readonly file: CertainFile }
    | { readonly kind: "unknown_mode"; readonly word: string }
    | { readonly kind: "written_again"; readonly file: string; readonly written: At }
  );

/** The violation of a broken rule, in words. */
export function violationOf(broken: Broken): Violation {
  switch (broken.kind) {
    case "use_after_free":
    case "double_free":
    case "leak":
    case "outside_region":
      return memoryViolation(broken);
    case "wrong_memory": {
      const { operation, name, holder } = broken;
      const isMapped = holder === undefined;
      return {
        code: "DR0915",
        message: isMapped
          ? `${operation} takes allocated memory, and ${name} is a device, in every run`
          : `${operation} takes the memory of a device, and ${name} was allocated, in every run`,
        label: isMapped ? "this belongs to a device" : "this was allocated",
        help: handleHelp({ kind: "wrong_memory", isMapped }),
        origin: isMapped || holder.freed !== undefined ? [] : [madeAt(holder)],
      };
    }
    case "closed_file": {
      const { name, file, closed } = broken;
      return {
        code: "DR0910",
        message: `${name} is used after it was closed, in every run`,
        label: "used here",
        help: handleHelp(broken),
        origin: [{ at: closed, label: "it was closed here" }, openedAt(file)],
      };
    }
    case "wrong_mode": {
      const { operation, name, mode, file } = broken;
      return {
        code: "DR0911",
        message: `${operation} of ${name}, which is open in mode ${mode}, in every run`,
        label: "not in this mode",
        help: handleHelp(broken),
        origin: [openedAt(file)],
      };
    }
    case "left_open": {
      const { file } = broken;
      return {
        code: "DR0912",
        message: `the run ends while ${file.label} is open, in every run`,
        label: `${file.label} is open`,
        help: handleHelp({ kind: "left_open", file: file.label }),
        origin: [openedAt(file)],
      };
    }
    case "unknown_mode": {
      const message = `${JSON.stringify(broken.word)} is no mode of a file`;
      return { code: "DR0911", message, label: message, help: handleHelp(broken) };
    }
    case "written_again":
      return {
        code: "DR0916",
        message: `the run has written to ${JSON.stringify(broken.file)}, and opens it with w`,
        label: "begins with an empty file",
        help: handleHelp(broken),
        origin: [{ at: broken.written, label: "it was written here" }],
      };
    default:
      return unreachable(broken);
  }
}

function memoryViolation(
  broken: Extract<
    Broken,
    { kind: "use_after_free" | "double_free" | "leak" | "outside_region" }
  >,
): Violation {
  const { holder } = broken;
  const { freed } = holder;
  const help = handleHelp(broken);
  const story = freed === undefined
    ? [madeAt(holder)]
    : [{ at: freed, label: "it was freed here" }, madeAt(holder)];
  switch (broken.kind) {
    case "use_after_free":
      return {
        code: "DR0906",
        message: `${broken.name} is used after it was freed, in every run`,
        label: "used here",
        help,
        origin: story,
      };
    case "double_free":
      return {
        code: "DR0907",
        message: `${broken.name} is freed twice, in every run`,
        label: "freed again here",
        help,
        origin: story,
      };
    case "leak": {
      const { name } = broken;
      return {
        code: "DR0908",
        message: name === undefined
          ? "memory leak: what this makes is bound to no name, in every run"
          : `memory leak: ${name} still holds its region, in every run`,
        label: name === undefined ? "no name holds it" : `${name} is lost here`,
        help,
        origin: story,
      };
    }
    case "outside_region": {
      const { width, size } = broken;
      return {
        code: "DR0909",
        message: `access to ${width} bytes of a region that has ${size}, in every run`,
        label: `its region has ${size} bytes`,
        help,
        origin: [{ at: holder.origin, label: "its holder was made here" }],
      };
    }
    default:
      return unreachable(broken);
  }
}

function madeAt({ origin }: CertainHolder): Origin {
  return { at: origin, label: "it was made here" };
}

function openedAt({ origin }: CertainFile): Origin {
  return { at: origin, label: "it was opened here" };
}
