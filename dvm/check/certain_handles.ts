/**
 * Handles whose state is the same in every run, the names that have them, and what makes them unknown.
 *
 * @module
 */
import type { Proc, Stmt } from "../dir/model.ts";
import { blocksOf } from "../dir/statement_paths.ts";
import { exprTextsOf } from "../dir/walk.ts";
import type { FileMode } from "../event/event.ts";
import type { Expr } from "../expr/ast.ts";
import { namesOf } from "../expr/walk.ts";
import type { At } from "../typing/violation.ts";
import type { Int64 } from "../value/int64.ts";

/** A handle of which all that matters is the same in every run. */
export type CertainHandle = CertainHolder | CertainFile | CertainDevice;

/** A holder of allocated memory. */
export interface CertainHolder {
  readonly kind: "holder";
  /** Where it was made. */
  readonly origin: At;
  /** The bytes of its region; `undefined` where they are not known. */
  readonly size: Int64 | undefined;
  /** Where it was freed; `undefined` while it is live. */
  freed: At | undefined;
  /** It was reported, or may be live in one run and freed in another: nothing more is said of it. */
  isSettled: boolean;
}

/** A file, of whatever name. All copies of its handle are one. */
export interface CertainFile {
  readonly kind: "file";
  /** Where it was opened. */
  readonly origin: At;
  /** Its name in the environment, and its mode; `undefined` where they are not literals. */
  readonly name: string | undefined;
  readonly mode: FileMode | undefined;
  /** What the program calls it where it is opened. */
  readonly label: string;
  /** Where it was closed; `undefined` while it is open. */
  closed: At | undefined;
  /** It was reported, or may be open in one run and closed in another. */
  isSettled: boolean;
}

/** The memory of a device, which an argument of the entry names. */
export interface CertainDevice {
  readonly kind: "device";
  /** It was reported. */
  isSettled: boolean;
}

/** How control continues: `stop` where it is not the same in every run. */
export type Flow = "next" | "break" | "continue" | "return" | "stop";

/** A process while it is walked. A parameter names the holder of the caller, a local has its own. */
export interface WalkedFrame {
  readonly proc: Proc;
  readonly params: ReadonlyMap<number, CertainHandle>;
  readonly locals: Map<number, CertainHandle>;
  /** What the caller gets. */
  returned: CertainHandle | undefined;
}

/** The handle that an expression names. */
export function handleOf(
  { params, locals }: WalkedFrame,
  expr: Expr | undefined,
): CertainHandle | undefined {
  if (expr === undefined) return undefined;
  if (expr.kind !== "name") return undefined;
  return locals.get(expr.slot) ?? params.get(expr.slot);
}

/** Every handle that an expression mentions may be ended by it or may not. */
export function forget(frame: WalkedFrame, expr: Expr): void {
  for (const name of namesOf(expr)) {
    const handle = handleOf(frame, name);
    if (handle !== undefined) handle.isSettled = true;
  }
}

/** The same for a statement that not every run executes alike. It may leave the block too. */
export function forgetIn(frame: WalkedFrame, stmt: Stmt): Flow {
  for (const { expr } of exprTextsOf(stmt)) forget(frame, expr);
  if (stmt.kind === "Assign") {
    const handle = frame.locals.get(stmt.slot);
    if (handle?.kind === "holder") handle.isSettled = true;
    frame.locals.delete(stmt.slot);
  }
  let flow: Flow = "next";
  for (const block of blocksOf(stmt)) {
    for (const inner of block) {
      const isLeaving = inner.kind === "Return" || inner.kind === "Break" ||
        inner.kind === "Continue" || forgetIn(frame, inner) === "stop";
      if (isLeaving) flow = "stop";
    }
  }
  return flow;
}
