/**
 * What holds along the paths of a body: both branches of an `If`, loops that run any number of times, `break`, `continue` and
 * `return`. Only the literal `true` counts as a known condition (TYP-11).
 *
 * The body is walked until another walk brings no loop anything new, then once more to report.
 *
 * @module
 */
import type { Block, ForStmt, IfStmt, Stmt, WhileStmt } from "../dir/model.ts";
import { blocksOf } from "../dir/statement_paths.ts";

/** What a check keeps along paths. States are changed in place. */
export interface PathFlow<S> {
  /** Begins a walk; what is found counts if it is the last. */
  readonly begin: (isLast: boolean) => S;
  readonly copy: (state: S) => S;
  /** Adds what holds on other paths that meet here; returns whether that was anything new. `stmt` is the branch that parted them. */
  readonly join: (into: S, from: S, stmt?: IfStmt) => boolean;
  /** Evaluates the expressions of a statement, then binds its name; returns whether control continues. */
  readonly execute: (stmt: Stmt, state: S) => boolean;
  /** A counted loop gives its variable the next value. */
  readonly nextRound: (stmt: ForStmt, state: S) => void;
  /** Control leaves these blocks, whose names end; `end` is the statement after which it does. */
  readonly leave: (blocks: readonly Block[], state: S, end: Stmt | undefined) => void;
  /** Control leaves the process, at a `return` or at the end of the body. */
  readonly finish: (state: S, end: Stmt | undefined) => void;
}

/** Follows every path of a body. */
export function followPaths<S>(body: Block, flow: PathFlow<S>): void {
  new PathFollower(flow).run(body);
}

/** A loop that is being walked. */
interface OpenLoop<S> {
  readonly stmt: Stmt;
  /** How many blocks are open around its body. */
  readonly depth: number;
  /** What holds at its breaks. */
  broken: S | undefined;
}

class PathFollower<S> {
  readonly #flow: PathFlow<S>;
  /** What holds before each evaluation of a loop's condition, as far as it is known. */
  readonly #heads = new Map<Stmt, S>();
  readonly #blocks: Block[] = [];
  readonly #loops: OpenLoop<S>[] = [];
  #hasGrown = false;

  constructor(flow: PathFlow<S>) {
    this.#flow = flow;
  }

  run(body: Block): void {
    if (hasLoop(body)) {
      do {
        this.#hasGrown = false;
        this.#walk(body, false);
      } while (this.#hasGrown);
    }
    this.#walk(body, true);
  }

  #walk(body: Block, isLast: boolean): void {
    const end = this.#block(body, this.#flow.begin(isLast));
    if (end !== undefined) this.#flow.finish(end, undefined);
  }

  /** Walks a block, changing `state`; `undefined` if control never reaches its end. */
  #block(block: Block, state: S): S | undefined {
    this.#blocks.push(block);
    let now: S | undefined = state;
    for (const stmt of block) {
      now = this.#statement(stmt, now);
      if (now === undefined) break;
    }
    this.#blocks.pop();
    return now;
  }

  /** Walks a block of a statement to the end of its scope. */
  #inner(block: Block, state: S): S | undefined {
    const end = this.#block(block, state);
    if (end !== undefined) this.#flow.leave([block], end, block.at(-1));
    return end;
  }

  #statement(stmt: Stmt, state: S): S | undefined {
    switch (stmt.kind) {
      case "While":
        return this.#while(stmt, state);
      case "For":
        return this.#for(stmt, state);
      default:
        if (!this.#flow.execute(stmt, state)) return undefined;
    }
    switch (stmt.kind) {
      case "If":
        return this.#branch(stmt, state);
      case "Break":
      case "Continue":
        this.#leaveLoop(stmt, state);
        return undefined;
      case "Return":
        this.#flow.finish(state, stmt);
        return undefined;
      default:
        return state;
    }
  }

  #branch(stmt: IfStmt, state: S): S | undefined {
    const then = this.#inner(stmt.thenBody, this.#flow.copy(state));
    const otherwise = stmt.elseBody === undefined ? state : this.#inner(stmt.elseBody, state);
    if (then === undefined || otherwise === undefined) return then ?? otherwise;
    this.#flow.join(then, otherwise, stmt);
    return then;
  }

  #while(stmt: WhileStmt, before: S): S | undefined {
    const state = this.#head(stmt, before);
    if (!this.#flow.execute(stmt, state)) return undefined;
    const { expr } = stmt.condition;
    const isEndless = expr.kind === "bool" && expr.value;
    return this.#rounds(stmt, state, isEndless ? undefined : this.#flow.copy(state));
  }

  #for(stmt: ForStmt, before: S): S | undefined {
    if (!this.#flow.execute(stmt, before)) return undefined;
    const state = this.#head(stmt, before);
    const after = this.#flow.copy(state);
    this.#flow.nextRound(stmt, state);
    return this.#rounds(stmt, state, after);
  }

  /** What holds at the head of a loop, whichever round begins. */
  #head(stmt: Stmt, before: S): S {
    const known = this.#heads.get(stmt);
    if (known === undefined) this.#heads.set(stmt, this.#flow.copy(before));
    else this.#flow.join(known, before);
    return this.#flow.copy(known ?? before);
  }

  /** Walks the body of a loop; what holds after the loop, given what holds if no further round begins. */
  #rounds(stmt: WhileStmt | ForStmt, state: S, after: S | undefined): S | undefined {
    const loop: OpenLoop<S> = { stmt, depth: this.#blocks.length, broken: undefined };
    this.#loops.push(loop);
    const end = this.#inner(stmt.body, state);
    this.#loops.pop();
    if (end !== undefined) this.#again(stmt, end);
    if (after === undefined || loop.broken === undefined) return after ?? loop.broken;
    this.#flow.join(after, loop.broken);
    return after;
  }

  #again(stmt: Stmt, state: S): void {
    const head = this.#heads.get(stmt);
    if (head !== undefined && this.#flow.join(head, state)) this.#hasGrown = true;
  }

  #leaveLoop(stmt: Stmt, state: S): void {
    const loop = this.#loops.at(-1);
    if (loop === undefined) return; // reported as such
    this.#flow.leave(this.#blocks.slice(loop.depth).reverse(), state, stmt);
    if (stmt.kind === "Continue") this.#again(loop.stmt, state);
    else if (loop.broken === undefined) loop.broken = state;
    else this.#flow.join(loop.broken, state);
  }
}

function hasLoop(block: Block): boolean {
  return block.some((stmt) =>
    stmt.kind === "While" || stmt.kind === "For" || blocksOf(stmt).some(hasLoop)
  );
}
