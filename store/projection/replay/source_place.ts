/**
 * Tracks the current place in the program during a replay: the open processes, from the events that enter and leave them. The
 * program is loaded only when a place is requested.
 *
 * @module
 */
import { procMark, stmtMark } from "../../../dvm/diagnostic/mark.ts";
import { load } from "../../../dvm/load/load.ts";
import { splitPlace, type StatementPlace } from "../../../dvm/dir/reference.ts";
import type { ArtifactSource, Proc, Program, Stmt } from "../../../dvm/dir/model.ts";
import { findStmt } from "../../../dvm/dir/statement_paths.ts";
import type { Mark } from "../../../dvm/diagnostic/failure.ts";
import type { Event } from "../../../dvm/event/event.ts";

/** Constraints whose places are kept, the latest ones: an event mostly decides one that was added just before. */
const CONSTRAINTS_KEPT = 1_024;

/** Tracks the open processes of an execution. */
export class SourcePlace {
  readonly #artifacts: readonly ArtifactSource[];
  /** The references of the open processes, by thread. */
  readonly #threads = new Map<number, string[]>();
  /** The place of the statement that added each constraint. */
  readonly #constraints = new Map<string, string>();

  constructor(artifacts: readonly ArtifactSource[]) {
    this.#artifacts = artifacts;
  }

  /** Number of open processes of the first thread. */
  get depth(): number {
    return this.#threads.get(0)?.length ?? 0;
  }

  /** Adds the next event. */
  add(event: Event): void {
    if (event.kind === "leave_proc") this.#openIn(event).pop();
    if (event.kind === "enter_proc") this.#openIn(event).push(event.proc);
    if (event.kind === "constraint_added") this.#keepPlace(event.id, event.at);
  }

  /** The place that an event concerns; `undefined` if there is none or the program does not load. */
  markOf(event: Event | undefined): Mark | undefined {
    const loaded = load(this.#artifacts);
    if (event === undefined || !loaded.ok) return undefined;
    const program = loaded.value;
    const at = this.#placeOf(event);
    const proc = procWith(program, at?.proc ?? this.#referenceOf(event));
    if (proc === undefined) return undefined;
    const stmt = at === undefined ? undefined : findStmt(proc, at.path)?.stmt;
    return stmt === undefined
      ? procMark(program, proc, { role: "main", label: "in here" })
      : mark(program, proc, stmt);
  }

  #placeOf(event: Event): StatementPlace | undefined {
    const at = "at" in event
      ? event.at
      : "id" in event
      ? this.#constraints.get(event.id)
      : undefined;
    return at === undefined ? undefined : splitPlace(at);
  }

  #referenceOf(event: Event): string | undefined {
    if (event.kind === "enter_proc") return event.proc;
    return this.#openIn(event).at(-1) ?? ("proc" in event ? event.proc : undefined);
  }

  #openIn(event: Event): string[] {
    const thread = "thread" in event ? event.thread ?? 0 : 0;
    const open = this.#threads.get(thread) ?? [];
    this.#threads.set(thread, open);
    return open;
  }

  #keepPlace(id: string, at: string): void {
    this.#constraints.set(id, at);
    const [oldest] = this.#constraints.keys();
    if (this.#constraints.size > CONSTRAINTS_KEPT && oldest !== undefined) {
      this.#constraints.delete(oldest);
    }
  }
}

function procWith(program: Program, reference: string | undefined): Proc | undefined {
  return program.procs.find((proc) => proc.reference === reference);
}

function mark(program: Program, proc: Proc, stmt: Stmt): Mark {
  return stmtMark(program, proc, stmt, { role: "main", label: "at this statement" });
}
