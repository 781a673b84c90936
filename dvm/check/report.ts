/**
 * Collects the violations of static rules. Each becomes a diagnostic with marks, and all are returned in document order, which does
 * not depend on the order of the checks.
 *
 * @module
 */
import { diagnostic } from "../diagnostic/diagnostic.ts";
import type { Diagnostic, Mark } from "../diagnostic/failure.ts";
import { bindMark, type MarkNote, placeMark, procMark, stmtMark } from "../diagnostic/mark.ts";
import type { Bind, Clause, DeclaredTypes, Proc, Program } from "../dir/model.ts";
import type { Place } from "../dir/place.ts";
import type { Span } from "../expr/ast.ts";
import type { At, Origin, Violation } from "../typing/violation.ts";

/** The diagnostic of a violation, and the process it is in; `undefined` for a declaration outside of processes. */
export interface Reported {
  readonly diagnostic: Diagnostic;
  readonly proc: Proc | undefined;
}

/** The position that orders violations. */
interface Position {
  readonly artifact: number;
  readonly offset: number;
  readonly within: number;
}

/** The violations found so far. */
export class Report {
  readonly #program: Program;
  readonly #entries: (Position & Reported)[] = [];
  readonly #seen = new Set<string>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** The types that the program declares. */
  get types(): DeclaredTypes {
    return this.#program.types;
  }

  /** Adds a violation at a statement or process. */
  add(at: At, violation: Violation): void {
    const offset = at.stmt?.offset ?? at.param?.place.offset ?? at.proc.place.offset;
    const artifact = at.proc.place.artifact;
    this.#push(
      { artifact, offset, within: at.span?.start ?? 0, proc: at.proc },
      violation,
      this.#markAt(at, mainNote(violation)),
    );
  }

  /** Adds a violation at a declaration, or at a part of its text. */
  addAt(place: Place, text: string, violation: Violation, span?: Span): void {
    const mark = placeMark(this.#program, place, text, mainNote(violation));
    this.#push(
      { artifact: place.artifact, offset: place.offset, within: span?.start ?? 0, proc: undefined },
      violation,
      span === undefined ? mark : { ...mark, span: { start: span.start, end: span.end } },
    );
  }

  /** Adds a violation at a clause of a contract. */
  addAtClause(bind: Bind, clause: Clause, violation: Violation): void {
    const { artifact, offset } = clause.place;
    const mark = bindMark(this.#program, bind, mainNote(violation), clause);
    this.#push({ artifact, offset, within: 0, proc: undefined }, violation, mark);
  }

  /** Everything found, in document order. */
  inOrder(): readonly Reported[] {
    return [...this.#entries]
      .sort((a, b) => a.artifact - b.artifact || a.offset - b.offset || a.within - b.within);
  }

  #push(at: Position & Pick<Reported, "proc">, violation: Violation, main: Mark): void {
    const { code, message, help, origin } = violation;
    const origins = [origin ?? []].flat();
    const marks = [main, ...origins.map((one) => this.#originMark(one))];
    // Some checks walk the body of a loop twice: the same code at the same places is the same violation.
    const key = JSON.stringify([code, at.artifact, at.offset, at.within, marks.map(placeOf)]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#entries.push({ ...at, diagnostic: diagnostic(code, { message, marks, help }) });
  }

  #originMark({ at, label }: Origin): Mark {
    const note = { role: "origin", label } as const;
    return "bind" in at ? bindMark(this.#program, at.bind, note) : this.#markAt(at, note);
  }

  #markAt(at: At, note: MarkNote): Mark {
    if (at.stmt === undefined) return procMark(this.#program, at.proc, note, at.param);
    const within = at.expr === undefined ? undefined : {
      expr: at.expr,
      span: at.span ?? { start: 0, end: at.expr.text.length },
    };
    return stmtMark(this.#program, at.proc, at.stmt, note, within);
  }
}

/** The place of a mark, by which violations are distinguished. */
function placeOf({ artifact, path, line, column, span }: Mark): Partial<Mark> {
  return { artifact, path, line, column, ...(span === undefined ? {} : { span }) };
}

function mainNote({ label }: Violation): MarkNote {
  return { role: "main", label };
}
