/**
 * The places that the diagnostics of failures with files, ports and devices point at: the offence, and what came before it.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Mark } from "../diagnostic/failure.ts";
import { procMark, stmtMark } from "../diagnostic/mark.ts";
import type { Program } from "../dir/model.ts";
import type { Located } from "../dir/statement_paths.ts";
import type { IoFailure } from "./io_failure.ts";
import { ioMessage } from "./io_message.ts";

/** The marks of a failure, the offence itself first, then the story from its end to its beginning. */
export function ioMarks(program: Program, failure: IoFailure): readonly Mark[] {
  const earlier = (at: Located | undefined, label: string): readonly Mark[] =>
    at === undefined ? [] : [stmtMark(program, at.proc, at.stmt, { role: "origin", label })];
  const main = (label: string) => ({ role: "main", label } as const);
  switch (failure.kind) {
    case "missing_entry": {
      const { proc, param } = failure;
      return [procMark(program, proc, main(`${param.name} is not there`), param)];
    }
    case "missing_file":
    case "missing_port":
    case "unknown_mode":
    case "mode_not_allowed":
    case "write_limit":
    case "outside_device":
      return [stmtMark(program, failure.proc, failure.stmt, main(ioMessage(failure)))];
    case "script_exhausted": {
      const { proc, stmt, last } = failure;
      return [
        stmtMark(program, proc, stmt, main(ioMessage(failure))),
        ...earlier(last, "the last value was read here"),
      ];
    }
    case "wrong_memory": {
      const { proc, stmt, isMapped, origin } = failure;
      const label = isMapped ? "this belongs to a device" : "this was allocated";
      return [
        stmtMark(program, proc, stmt, main(label)),
        ...earlier(origin, "it was made here"),
      ];
    }
    case "wrong_mode":
      return [
        stmtMark(program, failure.proc, failure.stmt, main("not in this mode")),
        ...earlier(failure.origin, "it was opened here"),
      ];
    case "closed_file":
      return [
        stmtMark(program, failure.proc, failure.stmt, main("used here")),
        ...earlier(failure.closed, "it was closed here"),
        ...earlier(failure.origin, "it was opened here"),
      ];
    case "left_open": {
      const { proc, stmt, file, opened } = failure;
      const label = main(`${file} is open`);
      return [
        stmt === undefined ? procMark(program, proc, label) : stmtMark(program, proc, stmt, label),
        ...earlier(opened.origin, "it was opened here"),
      ];
    }
    case "written_again":
      return [
        stmtMark(program, failure.proc, failure.stmt, main("begins with an empty file")),
        ...earlier(failure.written, "it was written here"),
      ];
    default:
      return unreachable(failure);
  }
}
