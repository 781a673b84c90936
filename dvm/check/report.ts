/**
 * Collects what the checks find. Every violation becomes a diagnostic with its marks; the collection hands them out in
 * document order, so that the order of the checks does not show.
 *
 * @module
 */
import type { Diagnostic, Mark } from "../diagnostic/failure.ts";
import { bindMark, placeMark, procMark, stmtMark } from "../diagnostic/mark.ts";
import { REGISTRY } from "../diagnostic/registry.ts";
import type { Bind, Clause, Program } from "../dir/model.ts";
import type { Place } from "../dir/place.ts";
import type { Span } from "../expr/ast.ts";
import type { At, Violation } from "../typing/violation.ts";

/** A diagnostic and where it sorts. */
interface Entry {
  readonly artifact: number;
  readonly offset: number;
  readonly within: number;
  readonly diagnostic: Diagnostic;
}

/** The violations found so far. */
export class Report {
  readonly #program: Program;
  readonly #entries: Entry[] = [];
  readonly #seen = new Set<string>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** Adds a violation at a statement or process. */
  add(at: At, violation: Violation): void {
    const offset = at.stmt?.offset ?? at.param?.place.offset ?? at.proc.place.offset;
    const artifact = at.proc.place.artifact;
    this.#push(
      { artifact, offset, within: at.span?.start ?? 0 },
      violation,
      this.#markAt(at, violation.label),
    );
  }

  /** Adds a violation at a declaration, or at a part of its text. */
  addAt(place: Place, text: string, violation: Violation, span?: Span): void {
    const mark = placeMark(this.#program, place, text, violation.label);
    this.#push(
      { artifact: place.artifact, offset: place.offset, within: span?.start ?? 0 },
      violation,
      span === undefined ? mark : { ...mark, span: { start: span.start, end: span.end } },
    );
  }

  /** Adds a violation at a clause of a contract. */
  addAtClause(bind: Bind, clause: Clause, violation: Violation): void {
    const { artifact, offset } = clause.place;
    const mark = bindMark(this.#program, bind, violation.label, clause);
    this.#push({ artifact, offset, within: 0 }, violation, mark);
  }

  /** Everything found, in document order. */
  inOrder(): readonly Diagnostic[] {
    return [...this.#entries]
      .sort((a, b) => a.artifact - b.artifact || a.offset - b.offset || a.within - b.within)
      .map((entry) => entry.diagnostic);
  }

  #push(at: Omit<Entry, "diagnostic">, violation: Violation, main: Mark): void {
    const { code, message, help, origin } = violation;
    // A loop's body is walked twice by some checks: what is found again is the same violation.
    const key = `${code} ${at.artifact} ${at.offset} ${at.within} ${message}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const story = origin === undefined ? {} : { origin: this.#markAt(origin.at, origin.label) };
    const diagnostic: Diagnostic = {
      code,
      kind: REGISTRY[code].kind,
      message,
      main,
      ...story,
      help,
    };
    this.#entries.push({ ...at, diagnostic });
  }

  #markAt(at: At, label: string): Mark {
    if (at.stmt === undefined) return procMark(this.#program, at.proc, label, at.param);
    const within = at.expr === undefined ? undefined : {
      expr: at.expr,
      span: at.span ?? { start: 0, end: at.expr.text.length },
    };
    return stmtMark(this.#program, at.proc, at.stmt, label, within);
  }
}
