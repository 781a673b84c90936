/**
 * A program as the upstream executor's own DIR model has it: five statements, expressions as text, no types and no links.
 * What that model does not keep (shapes, uses, binds) is checked while reading and then dropped here as well.
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

/** What every statement has. */
interface HostStmtBase {
  /** Offset of its JSON value in the artifact's text, in UTF-16 units. */
  readonly offset: number;
}

export interface HostLet extends HostStmtBase {
  readonly kind: "Let";
  readonly name: string;
  readonly expr: string;
}
export interface HostConstrain extends HostStmtBase {
  readonly kind: "Constrain";
  readonly predicate: string;
}
export interface HostProve extends HostStmtBase {
  readonly kind: "Prove";
  readonly name: string;
  readonly from: string;
}
/** An effect of any kind: the upstream executor looks at no kind. */
export interface HostEffect extends HostStmtBase {
  readonly kind: "Effect";
  readonly effect: string;
  readonly payload: string;
}
export interface HostReturn extends HostStmtBase {
  readonly kind: "Return";
  readonly expr: string;
}

/** Any statement. */
export type HostStmt = HostLet | HostConstrain | HostProve | HostEffect | HostReturn;

/** A statement as a reader would write it, on one line. */
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
