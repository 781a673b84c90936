/**
 * The sentences of failures that concern files, ports and devices.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { handleHelp } from "../check/handle_help.ts";
import type { IoFailure } from "./io_failure.ts";

/** What happened, in one sentence. */
export function ioMessage(failure: IoFailure): string {
  switch (failure.kind) {
    case "wrong_memory": {
      const { operation, memory, isMapped } = failure;
      return isMapped
        ? `${operation} takes allocated memory, and ${memory} is a device`
        : `${operation} takes the memory of a device, and ${memory} was allocated`;
    }
    case "missing_entry": {
      const { name, param } = failure;
      return `the environment has no ${placeOf(failure)} ${quoted(name)} for ${param.name}`;
    }
    case "missing_file": {
      const { name, isListed } = failure;
      return isListed
        ? `the file ${quoted(name)} does not exist`
        : `the environment has no file ${quoted(name)}`;
    }
    case "missing_port":
      return `the environment has no port ${failure.port}`;
    case "unknown_mode":
      return `${quoted(failure.mode)} is no mode of a file`;
    case "mode_not_allowed": {
      const { name, mode, modes } = failure;
      return `the environment allows ${quoted(name)} the modes ${spelled(modes)}, not ${mode}`;
    }
    case "wrong_mode":
      return `${failure.operation} of ${failure.file}, which is open in mode ${failure.mode}`;
    case "closed_file":
      return `${failure.file} is used after it was closed`;
    case "left_open":
      return `the run ends while ${failure.file}, ${quoted(failure.opened.name)}, is open`;
    case "written_again":
      return `the run has written to ${quoted(failure.name)}, and opens it with w`;
    case "write_limit":
      return `write of ${failure.size} bytes, ${failure.limit} at most`;
    case "script_exhausted": {
      const { port, reads } = failure;
      return `the port ${port} has ${reads === 1 ? "1 value" : `${reads} values`}, all read`;
    }
    case "outside_device": {
      const { address, device } = failure;
      if (device === undefined) return `no device is at address ${address}`;
      const { name, base, size } = device;
      const last = base + size - 1;
      return `the 8 bytes at address ${address} are not all in ${name}, whose last is at ${last}`;
    }
    default:
      return unreachable(failure);
  }
}

/** The smallest fix, one line. */
export function ioHelp(failure: IoFailure): string {
  switch (failure.kind) {
    case "missing_entry":
      return `list it under ${placeOf(failure)}s in the environment manifest`;
    case "missing_file":
      return failure.isListed
        ? "create it before the run, or write it in the run first"
        : "list it under files in the environment manifest";
    case "missing_port":
      return "list it under ports in the environment manifest";
    case "mode_not_allowed":
      return `open it with ${
        spelled(failure.modes)
      }, or allow the mode in the environment manifest`;
    case "wrong_memory":
    case "unknown_mode":
    case "wrong_mode":
    case "closed_file":
    case "left_open":
    case "written_again":
      return handleHelp(failure);
    case "write_limit":
      return "write it in several pieces";
    case "script_exhausted":
      return "list more values for the port in the environment manifest, or read fewer";
    case "outside_device":
      return "use an address that a device of the environment manifest has";
    default:
      return unreachable(failure);
  }
}

/** What the argument of a parameter names. */
function placeOf({ param: { type } }: Extract<IoFailure, { kind: "missing_entry" }>): string {
  return type.kind === "handle" && type.name === "Port" ? "port" : "device";
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function spelled(modes: string): string {
  return [...modes].join(", ");
}
