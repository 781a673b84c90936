/**
 * The program model of the upstream executor: five kinds of statements, expressions as text, no types and no links. Shapes, uses
 * and binds are checked while reading and not kept.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";

/** A program; at least one forge only after `validateHostProgram`. */
export interface HostProgram {
  readonly forges: readonly HostForge[];
}

/** A forge: a name and its processes. */
export interface HostForge {
  readonly name: string;
  readonly procs: readonly HostProc[];
}

/** A process. `regime` is any text until the program has been validated. */
export interface HostProc {
  readonly regime: string;
  readonly name: string;
  readonly paramNames: readonly string[];
  readonly body: readonly HostStmt[];
  /** Offset of its JSON value in the artifact's text, in UTF-16 units. */
  readonly offset: number;
}

/** The members of every statement. */
interface HostStmtBase {
  /** Offset of its JSON value in the artifact's text, in UTF-16 units. */
  readonly offset: number;
}

/** Binds a name to a value. */
export interface HostLet extends HostStmtBase {
  readonly kind: "Let";
  readonly name: string;
  readonly expr: string;
}
/** Requires a predicate. */
export interface HostConstrain extends HostStmtBase {
  readonly kind: "Constrain";
  readonly predicate: string;
}
/** Binds a name to a proof of a predicate. */
export interface HostProve extends HostStmtBase {
  readonly kind: "Prove";
  readonly name: string;
  readonly from: string;
}
/** An effect; the upstream executor accepts any kind. */
export interface HostEffect extends HostStmtBase {
  readonly kind: "Effect";
  readonly effect: string;
  readonly payload: string;
}
/** Returns a value. */
export interface HostReturn extends HostStmtBase {
  readonly kind: "Return";
  readonly expr: string;
}

/** Any statement. */
export type HostStmt = HostLet | HostConstrain | HostProve | HostEffect | HostReturn;

/** A statement in the notation of the language, on one line. */
export function renderHostStmt(stmt: HostStmt): string {
  switch (stmt.kind) {
    case "Let":
      return `let ${stmt.name} = ${stmt.expr}`;
    case "Constrain":
      return `constrain ${stmt.predicate}`;
    case "Prove":
      return `prove ${stmt.name} from ${stmt.from}`;
    case "Effect":
      return `${stmt.effect} ${stmt.payload}`;
    case "Return":
      return `return ${stmt.expr}`;
    default:
      return unreachable(stmt);
  }
}
