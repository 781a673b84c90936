/**
 * What names mean in a program of the model: processes by path, the ends of binds, and what statements contain and call.
 *
 * @module
 */
import { callsIn, type Expression } from "./expression.ts";
import type { ModelBind, ModelForge, ModelProc, ModelProgram, Statement } from "./program.ts";
import type { Rules } from "./rules.ts";

/** One broken rule: where in the artifact, and the kind of failure it is. */
export interface Violation {
  readonly at: number;
  readonly kind: "DirValidate" | "Inadmissible";
}

/** What a call's path or a bind's end means. */
export type Target =
  | { readonly kind: "proc"; readonly proc: ModelProc }
  | { readonly kind: "intrinsic" }
  | { readonly kind: "missing" };

/** Resolves a path in the forge of a process. */
export type Resolve = (path: string) => Target;

export const INTRINSICS = ["q_alloc", "q_move", "q_use", "q_consume"];

/** What a name looks like. */
export const IDENTIFIER = /^(?!(?:true|false|match)$)[A-Za-z_][A-Za-z0-9_]*$/;

/** Every process of a program, in document order. */
export function procsOf(program: ModelProgram): readonly ModelProc[] {
  return program.forges.flatMap(({ procs }) => procs);
}

/** What a path means: in its own forge, else in exactly one place elsewhere; else an intrinsic; else nothing. */
export function resolveIn(program: ModelProgram, forge: string, path: string): Target {
  const [name = "", regime, ...forgePath] = path.split("::").reverse();
  const named = procsOf(program).filter((proc) =>
    proc.name === name && (regime === undefined || proc.regime === regime) &&
    (forgePath.length === 0 || proc.forge === forgePath.reverse().join("::"))
  );
  const own = named.filter((proc) => proc.forge === forge);
  const candidates = own.length > 0 ? own : named;
  const [found] = candidates;
  if (found !== undefined && candidates.length === 1) return { kind: "proc", proc: found };
  if (found === undefined && INTRINSICS.includes(path)) return { kind: "intrinsic" };
  return { kind: "missing" };
}

/** The statements of a block and of the blocks in it, in document order. */
export function allStatements(block: readonly Statement[]): Statement[] {
  return block.flatMap((statement) => [statement, ...blocksIn(statement).flatMap(allStatements)]);
}

/** The blocks of one statement. */
export function blocksIn(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case "If":
      return [statement.then, statement.otherwise ?? []];
    case "While":
    case "For":
      return [statement.body];
    default:
      return [];
  }
}

/** The expressions of one statement. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  if (statement.kind === "For") return [statement.start, statement.end];
  return "expr" in statement && statement.expr !== undefined ? [statement.expr] : [];
}

/** The processes that a process calls directly. */
export function calleesOf(program: ModelProgram, proc: ModelProc): readonly ModelProc[] {
  return allStatements(proc.body).flatMap(expressionsOf).flatMap(callsIn).flatMap((call) => {
    const target = resolveIn(program, proc.forge, call.callee);
    return target.kind === "proc" ? [target.proc] : [];
  });
}

/** Whether running a process may have an effect, its own or through calls (EFF-15). */
export function isEffectful(
  program: ModelProgram,
  proc: ModelProc,
  rules: Rules,
  seen: readonly ModelProc[] = [],
): boolean {
  if (seen.includes(proc)) return false;
  const hasOwn = allStatements(proc.body).some((statement) =>
    statement.kind === "Effect" && statement.effect !== "expr"
  );
  if (hasOwn || rules.breaks("effects through calls not counted")) return hasOwn;
  return calleesOf(program, proc).some((callee) =>
    isEffectful(program, callee, rules, [...seen, proc])
  );
}

/** The bind that connects two processes, whichever of them calls. */
export function bindBetween(
  program: ModelProgram,
  caller: ModelProc,
  callee: ModelProc,
  rules: Rules,
): ModelBind | undefined {
  for (const forge of program.forges) {
    for (const bind of forge.binds) {
      const source = endOf(program, forge, bind.source);
      const target = endOf(program, forge, bind.target);
      if (source === caller && target === callee) return bind;
      const isReverse = source === callee && target === caller;
      if (isReverse && !rules.breaks("a bind serves its source only")) return bind;
    }
  }
  return undefined;
}

/** The process at an end of a bind: of the same forge, unless the path names another. */
export function endOf(
  program: ModelProgram,
  forge: ModelForge,
  path: string,
): ModelProc | undefined {
  const target = resolveIn(program, forge.name, path);
  if (target.kind !== "proc") return undefined;
  const isOwn = target.proc.forge === forge.name || path.split("::").length > 2;
  return isOwn ? target.proc : undefined;
}
