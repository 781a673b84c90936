/**
 * Tracks the current place in the program during a replay: the open processes, from the events that enter and leave them. The
 * program is loaded only when a place is requested.
 *
 * @module
 */
import { procMark, stmtMark } from "../../../dvm/diagnostic/mark.ts";
import { load } from "../../../dvm/load/load.ts";
import { findProc } from "../../../dvm/dir/lookup.ts";
import type { ArtifactSource, Proc, Program, Regime, Stmt } from "../../../dvm/dir/model.ts";
import { findStmt } from "../../../dvm/dir/statement_paths.ts";
import type { Mark } from "../../../dvm/diagnostic/failure.ts";
import type { Event } from "../../../dvm/event/event.ts";

/** An open process, as its `enter_proc` event names it. */
interface OpenProc {
  readonly forge: string;
  readonly regime: Regime;
  readonly name: string;
}

/** Tracks the open processes of an execution. */
export class SourcePlace {
  readonly #artifacts: readonly ArtifactSource[];
  readonly #open: OpenProc[] = [];

  constructor(artifacts: readonly ArtifactSource[]) {
    this.#artifacts = artifacts;
  }

  /** Number of open processes. */
  get depth(): number {
    return this.#open.length;
  }

  /** Adds the next event. */
  add(event: Event): void {
    if (event.kind === "leave_proc") this.#open.pop();
    if (event.kind === "enter_proc") {
      this.#open.push({ forge: event.forge, regime: event.regime, name: event.proc });
    }
  }

  /** The place that an event concerns; `undefined` if there is none or the program does not load. */
  markOf(event: Event | undefined): Mark | undefined {
    const loaded = load(this.#artifacts);
    if (event === undefined || !loaded.ok) return undefined;
    const program = loaded.value;
    const proc = this.#procOf(program, event);
    if (proc === undefined) return undefined;
    const stmt = "at" in event ? findStmt(proc, event.at)?.stmt : undefined;
    return stmt === undefined
      ? procMark(program, proc, { role: "main", label: "in here" })
      : mark(program, proc, stmt);
  }

  #procOf(program: Program, event: Event): Proc | undefined {
    if (event.kind === "enter_proc") {
      return findProc(program, { forge: event.forge, regime: event.regime, name: event.proc });
    }
    const top = this.#open[this.#open.length - 1];
    if (top !== undefined) return findProc(program, top);
    return "proc" in event ? program.procs.find(({ name }) => name === event.proc) : undefined;
  }
}

function mark(program: Program, proc: Proc, stmt: Stmt): Mark {
  return stmtMark(program, proc, stmt, { role: "main", label: "at this statement" });
}
