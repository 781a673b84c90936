/**
 * What an operation that every run executes does to the handles of which all is known, and which rules it breaks.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Operation } from "../dir/model.ts";
import { fileModeOf } from "../event/file_mode.ts";
import type { CallExpr, Expr } from "../expr/ast.ts";
import type { At } from "../typing/violation.ts";
import type { Int64 } from "../value/int64.ts";
import type { Broken } from "./broken_handles.ts";
import {
  type CertainFile,
  type CertainHandle,
  type CertainHolder,
  handleOf,
  type WalkedFrame,
} from "./certain_handles.ts";

/** The bytes that load and store move. */
const WIDTH = 8;

/** Follows operations, in the order in which every run executes them. */
export class CertainOperations {
  /** The rules that every run breaks. */
  readonly found: Broken[] = [];
  readonly #opened: CertainFile[] = [];
  /** Where each file was first written, by its name. */
  readonly #written = new Map<string, At>();

  /** An operation, its arguments, and the handle that it makes. `label` is what the program calls that. */
  operate(
    frame: WalkedFrame,
    at: At,
    { name, call: { args }, label }: {
      readonly name: Operation;
      readonly call: CallExpr;
      readonly label: string;
    },
  ): CertainHandle | undefined {
    const [first, second, third] = args;
    switch (name) {
      case "alloc":
        return {
          kind: "holder",
          origin: at,
          size: literalOf(first),
          freed: undefined,
          isSettled: false,
        };
      case "free":
        this.#free(at, this.#allocated(frame, at, name, first), textOf(first));
        return undefined;
      case "load":
      case "store":
        this.#access(at, this.#allocated(frame, at, name, first), WIDTH, textOf(first));
        return undefined;
      case "open":
        return this.#open(at, first, second, label);
      case "close": {
        const file = this.#file(frame, at, first);
        if (file !== undefined) file.closed = at;
        return undefined;
      }
      case "read":
      case "write": {
        const buffer = this.#allocated(frame, at, name, second);
        const file = this.#file(frame, at, first);
        this.#checkMode(at, file, name, textOf(first));
        this.#access(at, buffer, literalOf(third), textOf(second));
        if (name === "write" && file?.name !== undefined && !this.#written.has(file.name)) {
          this.#written.set(file.name, at);
        }
        return undefined;
      }
      case "mmio_read":
      case "mmio_write": {
        const holder = handleOf(frame, first);
        if (holder?.kind !== "holder") return undefined;
        this.#add(
          { kind: "wrong_memory", at, holder, operation: name, name: textOf(first) },
          holder,
        );
        return undefined;
      }
      case "io_read":
      case "io_write":
      case "join":
      case "mutex_new":
      case "mutex_lock":
      case "mutex_unlock":
        return undefined;
      default:
        return unreachable(name);
    }
  }

  /** A name is passed, copied or returned. Returns its handle, if that can be used. */
  use(frame: WalkedFrame, at: At, expr: Expr): CertainHandle | undefined {
    const handle = handleOf(frame, expr);
    return handle?.kind === "holder" ? this.#live(at, handle, textOf(expr)) : handle;
  }

  /** A name ends, or a value is bound to none. */
  lose(at: At, handle: CertainHandle | undefined, name: string | undefined): void {
    if (handle?.kind === "holder" && handle.freed === undefined) {
      this.#add({ kind: "leak", at, holder: handle, name }, handle);
    }
  }

  /** The run ends. */
  end(at: At): void {
    for (const file of this.#opened) {
      if (file.closed === undefined) this.#add({ kind: "left_open", at, file }, file);
    }
  }

  #open(at: At, path: Expr | undefined, word: Expr | undefined, label: string): CertainFile {
    const name = path?.kind === "string" ? path.value : undefined;
    const mode = word?.kind === "string" ? fileModeOf(word.value) : undefined;
    if (word?.kind === "string" && mode === undefined) {
      this.found.push({ kind: "unknown_mode", at, word: word.value });
    }
    const written = name === undefined ? undefined : this.#written.get(name);
    if (name !== undefined && written !== undefined && mode === "w") {
      this.found.push({ kind: "written_again", at, file: name, written });
    }
    const isSettled = this.found.at(-1)?.at === at;
    const file = { origin: at, name, mode, label, closed: undefined, isSettled };
    const opened: CertainFile = { kind: "file", ...file };
    this.#opened.push(opened);
    return opened;
  }

  /** The holder of an argument that names allocated memory. */
  #allocated(
    frame: WalkedFrame,
    at: At,
    operation: Operation,
    arg: Expr | undefined,
  ): CertainHolder | undefined {
    const handle = handleOf(frame, arg);
    if (handle?.kind === "device") {
      const name = textOf(arg);
      this.#add({ kind: "wrong_memory", at, holder: undefined, operation, name }, handle);
    }
    return handle?.kind === "holder" ? handle : undefined;
  }

  #free(at: At, holder: CertainHolder | undefined, name: string): void {
    if (holder === undefined) return;
    if (holder.freed !== undefined) this.#add({ kind: "double_free", at, holder, name }, holder);
    holder.freed = at;
  }

  #access(at: At, holder: CertainHolder | undefined, width: Int64 | undefined, name: string): void {
    if (holder === undefined || this.#live(at, holder, name) === undefined) return;
    const { size } = holder;
    if (size !== undefined && width !== undefined && size >= 0 && width > size) {
      this.#add({ kind: "outside_region", at, holder, size, width }, holder);
    }
  }

  #live(at: At, holder: CertainHolder, name: string): CertainHolder | undefined {
    if (holder.freed === undefined) return holder;
    this.#add({ kind: "use_after_free", at, holder, name }, holder);
    return undefined;
  }

  /** The file of an argument, which must be open. */
  #file(frame: WalkedFrame, at: At, arg: Expr | undefined): CertainFile | undefined {
    const file = handleOf(frame, arg);
    if (file?.kind !== "file") return undefined;
    if (file.closed === undefined) return file;
    this.#add({ kind: "closed_file", at, file, closed: file.closed, name: textOf(arg) }, file);
    return undefined;
  }

  #checkMode(
    at: At,
    file: CertainFile | undefined,
    operation: "read" | "write",
    name: string,
  ): void {
    const mode = file?.mode;
    if (file === undefined || mode === undefined) return;
    if ((mode === "r") === (operation === "read")) return;
    this.#add({ kind: "wrong_mode", at, file, mode, operation, name }, file);
  }

  /** Adds a violation, if it is the first of its handle, which is kept as it is now. */
  #add(broken: Broken, handle: CertainHandle): void {
    if (handle.isSettled) return;
    handle.isSettled = true;
    const holder = "holder" in broken && broken.holder;
    this.found.push(holder ? { ...broken, holder: { ...holder } } : broken);
  }
}

/** The value of an integer literal. */
function literalOf(expr: Expr | undefined): Int64 | undefined {
  return expr?.kind === "int" ? expr.value : undefined;
}

function textOf(expr: Expr | undefined): string {
  return expr?.kind === "name" ? expr.name : "it";
}
