/**
 * Statements by path: `body[3].then_body[0]` within a process, `Φ::callee.body[0]` within one it calls.
 *
 * @module
 */
import { reachableProcs } from "./lookup.ts";
import type { Block, Proc, Stmt } from "./model.ts";

/** A statement and its process. */
export interface Located {
  readonly proc: Proc;
  readonly stmt: Stmt;
}

/** The statement at `path`, relative to `proc`; `undefined` if there is none. */
export function findStmt(proc: Proc, path: string): Located | undefined {
  const bodyAt = path.search(/(^|\.)body\[/);
  if (bodyAt < 0) return undefined;
  const owner = path.slice(0, bodyAt);
  const within = owner === "" ? path : path.slice(bodyAt + 1);
  const home = owner === ""
    ? proc
    : reachableProcs(proc).find((reached) => `${reached.regime}::${reached.name}` === owner);
  const stmt = home === undefined ? undefined : stmtIn(home.body, within);
  return home === undefined || stmt === undefined ? undefined : { proc: home, stmt };
}

/** The statement at a path: each of its steps names a block and the index in it, `then_body[0]`. */
function stmtIn(body: Block, path: string): Stmt | undefined {
  let block: Block | undefined = body;
  let stmt: Stmt | undefined;
  for (const step of path.split(".")) {
    const bracket = step.indexOf("[");
    if (stmt !== undefined) block = blockNamed(stmt, step.slice(0, bracket));
    stmt = block?.[Number(step.slice(bracket + 1, -1))];
    if (stmt === undefined) return undefined;
  }
  return stmt?.path === path ? stmt : undefined;
}

function blockNamed(stmt: Stmt, name: string): Block | undefined {
  return stmt.kind === "If" && name === "else_body" ? stmt.elseBody : blocksOf(stmt)[0];
}

/** The blocks directly inside a statement. */
export function blocksOf(stmt: Stmt): readonly Block[] {
  switch (stmt.kind) {
    case "If":
      return stmt.elseBody === undefined ? [stmt.thenBody] : [stmt.thenBody, stmt.elseBody];
    case "While":
    case "For":
      return [stmt.body];
    default:
      return NO_BLOCKS;
  }
}

const NO_BLOCKS: readonly Block[] = [];
