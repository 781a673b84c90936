/**
 * Failures that concern files, ports and devices, as data.
 *
 * @module
 */
import type { Operation, Param, Proc, Stmt } from "../dir/model.ts";
import type { Located } from "../dir/statement_paths.ts";
import type { FileMode } from "../event/event.ts";
import type { OpenFile } from "../event/io_state.ts";
import type { Int64 } from "../value/int64.ts";

/** Why an operation on a file, a port or a device ends a run, or an argument that names one. */
export type IoFailure =
  /** `memory` belongs to a device and the operation takes allocated memory; or, unless `isMapped`, the reverse. */
  | {
    readonly kind: "wrong_memory";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly operation: Operation;
    readonly memory: string;
    readonly isMapped: boolean;
    /** Where allocated memory was made. */
    readonly origin: Located | undefined;
  }
  /** The entry is given the name of a port or device that the environment does not have. */
  | {
    readonly kind: "missing_entry";
    readonly proc: Proc;
    readonly param: Param;
    readonly name: string;
  }
  /** The environment does not list the file; or it does, and the file does not exist. */
  | {
    readonly kind: "missing_file";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly name: string;
    readonly isListed: boolean;
  }
  | {
    readonly kind: "missing_port";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly port: string;
  }
  | {
    readonly kind: "unknown_mode";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly mode: string;
  }
  /** The environment allows the modes `modes`. */
  | {
    readonly kind: "mode_not_allowed";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly name: string;
    readonly mode: FileMode;
    readonly modes: string;
  }
  /** The file was opened in a mode that the operation does not go with. */
  | {
    readonly kind: "wrong_mode";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly operation: Operation;
    readonly file: string;
    readonly mode: FileMode;
    readonly origin: Located;
  }
  | {
    readonly kind: "closed_file";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly file: string;
    readonly closed: Located;
    readonly origin: Located;
  }
  /** The run ends, at `stmt` or at the end of the entry, and the file is open. */
  | {
    readonly kind: "left_open";
    readonly proc: Proc;
    readonly stmt: Stmt | undefined;
    readonly file: string;
    readonly opened: OpenFile;
  }
  /** `w` would take back what the run has written to the file. */
  | {
    readonly kind: "written_again";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly name: string;
    readonly written: Located;
  }
  | {
    readonly kind: "write_limit";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly size: number;
    readonly limit: number;
  }
  /** The script of the port had `reads` values. */
  | {
    readonly kind: "script_exhausted";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly port: string;
    readonly reads: number;
    /** Where the last of them was read. */
    readonly last: Located | undefined;
  }
  /** No device has eight bytes at the address; `device` is the one that has the first of them. */
  | {
    readonly kind: "outside_device";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly address: Int64;
    readonly device:
      | { readonly name: string; readonly base: number; readonly size: number }
      | undefined;
  };

/** Whether a failure is one of these. */
export function isIoFailure(failure: { readonly kind: string }): failure is IoFailure {
  return Object.hasOwn(KINDS, failure.kind);
}

const KINDS: { readonly [kind in IoFailure["kind"]]: true } = {
  wrong_memory: true,
  missing_entry: true,
  missing_file: true,
  missing_port: true,
  unknown_mode: true,
  mode_not_allowed: true,
  wrong_mode: true,
  closed_file: true,
  left_open: true,
  written_again: true,
  write_limit: true,
  script_exhausted: true,
  outside_device: true,
};
