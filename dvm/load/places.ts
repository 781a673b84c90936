/**
 * The places that events name, as people read them.
 *
 * @module
 */
import type { ArtifactSource, Proc, Program, Stmt } from "../dir/model.ts";
import { procPath } from "../dir/lookup.ts";
import { renderPlace, statementNumber } from "../dir/notation.ts";
import { findStmt, type Located } from "../dir/statement_paths.ts";
import { splitPlace } from "../dir/reference.ts";
import { stmtsOf } from "../dir/walk.ts";
import { positionAt } from "../text/position.ts";
import { load } from "./load.ts";

/** Names the places of one program: `ledger.dir.json:29, Bank::K::transfer, statement 7`. */
export class Places {
  readonly #program: () => Program | undefined;
  #loaded: { readonly program: Program | undefined } | undefined;
  #byReference: ReadonlyMap<string, Proc> | undefined;

  /** Of the program that these artifacts are, which is loaded when the first place is asked for. */
  static of(artifacts: readonly ArtifactSource[]): Places {
    return new Places(() => {
      const loaded = load(artifacts);
      return loaded.ok ? loaded.value : undefined;
    });
  }

  /** Of a program; `undefined` where there is none to find a place in. */
  constructor(program: () => Program | undefined) {
    this.#program = program;
  }

  /** The statement that an event names, `main.body[2]`; only its process where the program is not known. */
  statement(at: string): string {
    const split = splitPlace(at);
    if (split === undefined) return at;
    const stmt = this.#stmt(split.proc, split.path);
    return stmt === undefined ? split.proc : this.#nameOf(stmt.proc, stmt.stmt);
  }

  /** A statement by its path in the process `reference`, or in one that it calls: a member of a conflict. */
  within(reference: string, path: string): string {
    return this.find(reference, path) ?? reference;
  }

  /** The same; `undefined` where the program does not have it. */
  find(reference: string, path: string): string | undefined {
    const located = this.#stmt(reference, path);
    return located === undefined ? undefined : this.#nameOf(located.proc, located.stmt);
  }

  /** What a DIR path leads to, `forges[0].procs[1].body[2]`; `undefined` where the program does not say. */
  path(path: string): string | undefined {
    const program = this.#get();
    const proc = program?.procs.find(({ place }) =>
      path === place.path || path.startsWith(`${place.path}.`)
    );
    if (proc === undefined) return undefined;
    const within = path.slice(proc.place.path.length + 1);
    const stmt = stmtsOf(proc).find((each) => each.path === within);
    return this.#nameOf(proc, stmt);
  }

  #stmt(reference: string, path: string): Located | undefined {
    this.#byReference ??= new Map(
      (this.#get()?.procs ?? []).map((proc) => [proc.reference, proc] as const),
    );
    const proc = this.#byReference.get(reference);
    return proc === undefined ? undefined : findStmt(proc, path);
  }

  #get(): Program | undefined {
    this.#loaded ??= { program: this.#program() };
    return this.#loaded.program;
  }

  #nameOf(proc: Proc, stmt: Stmt | undefined): string {
    const artifact = this.#get()?.artifacts[proc.place.artifact];
    const offset = stmt?.offset ?? proc.place.offset;
    return renderPlace({
      artifact: artifact?.name ?? "",
      line: positionAt(artifact?.text ?? "", offset).line,
      proc: procPath(proc),
      ...(stmt === undefined ? {} : { statement: statementNumber(proc, stmt) }),
    });
  }
}
