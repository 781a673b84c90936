/**
 * What paths mean in a program of the model: callees, the ends of binds, and which processes a run reaches (DIR-25, BND-03,
 *
 *
 * @module
 */
import { callsIn, type ExpressionOf } from "./expression.ts";
import {
  allStatements,
  expressionsOf,
  type ModelBind,
  type ModelForge,
  type ModelProc,
  type ModelProgram,
  procsOf,
} from "./program.ts";
import type { Rules } from "./rules.ts";

/** What a call's path means. An ambiguous path is a missing one (second round, "Binds"). */
export type Target =
  | { readonly kind: "proc"; readonly proc: ModelProc }
  | { readonly kind: "intrinsic" }
  | { readonly kind: "operation"; readonly name: string }
  | { readonly kind: "missing"; readonly isAmbiguous: boolean };

/** Operations on quantum resources. */
export const INTRINSICS: readonly string[] = ["q_alloc", "q_move", "q_use", "q_consume"];

/** Operations that are effects. */
const WRITES: readonly string[] = ["write", "io_write", "mmio_write"];

/** Operations, where no process has the name. */
const OPERATIONS: readonly string[] = [
  "alloc",
  "free",
  "load",
  "store",
  "open",
  "read",
  "close",
  "io_read",
  "mmio_read",
  "spawn",
  "join",
  "mutex_new",
  "mutex_lock",
  "mutex_unlock",
  ...WRITES,
];

/** A program with the rules that it is read by: everything that asks what a path means. */
export class Lookup {
  readonly program: ModelProgram;
  readonly rules: Rules;
  readonly #targets = new Map<string, Target>();
  #binds: readonly ResolvedBind[] | undefined;

  constructor(program: ModelProgram, rules: Rules) {
    this.program = program;
    this.rules = rules;
  }

  /** What a path means for a process: first in its forge, else in exactly one other place; else an intrinsic. */
  target(from: ModelProc | ModelForge, path: string): Target {
    const key = `${from.home.artifact} ${from.home.forge} ${path}`;
    const target = this.#targets.get(key) ?? this.#target(from, path);
    this.#targets.set(key, target);
    return target;
  }

  #target(from: ModelProc | ModelForge, path: string): Target {
    const { rules } = this;
    const named = procsOf(this.program).filter((proc) =>
      isNamedBy(proc, path) &&
      (proc.home.artifact === from.home.artifact || !rules.breaks("linked forges are not searched"))
    );
    const own = named.filter(({ home }) => home === from.home);
    const isOwnFirst = own.length > 0 && !rules.breaks("own forge has no precedence");
    const candidates = isOwnFirst ? own : named;
    const [found] = candidates;
    const isChosen = candidates.length === 1 ||
      rules.breaks("the first of several callees is called");
    if (found !== undefined && isChosen) return { kind: "proc", proc: found };
    if (found === undefined && INTRINSICS.includes(path)) return { kind: "intrinsic" };
    if (found === undefined && OPERATIONS.includes(path)) return { kind: "operation", name: path };
    return { kind: "missing", isAmbiguous: found !== undefined };
  }

  /** What a call means; a memory statement is an operation in any program. */
  meaningOf(
    from: ModelProc,
    call: { readonly callee: string; readonly isStatement?: boolean },
  ): Target {
    const isStatement = call.isStatement &&
      !this.rules.breaks("a process named alloc is the statement");
    return isStatement ? { kind: "operation", name: call.callee } : this.target(from, call.callee);
  }

  /** The process that a path means for another, if it means one. */
  callee(from: ModelProc, path: string): ModelProc | undefined {
    const target = this.target(from, path);
    return target.kind === "proc" ? target.proc : undefined;
  }

  /** The call that `spawn` makes, where a call is one. */
  spawnedBy(from: ModelProc, call: ExpressionOf<"call">): ExpressionOf<"call"> | undefined {
    const [spawned] = call.args;
    const isSpawn = call.callee === "spawn" && this.meaningOf(from, call).kind === "operation";
    return isSpawn && spawned?.kind === "call" ? spawned : undefined;
  }

  /** The processes that a process calls directly. */
  calleesOf(proc: ModelProc): readonly ModelProc[] {
    const calls = allStatements(proc.body).flatMap(expressionsOf).flatMap(callsIn);
    const isHidden = this.rules.breaks("a spawned process is not reached");
    const hidden = isHidden ? calls.flatMap((call) => this.spawnedBy(proc, call) ?? []) : [];
    return calls.filter((call) => !hidden.includes(call)).flatMap((call) => {
      const target = this.meaningOf(proc, call);
      return target.kind === "proc" ? target.proc : [];
    });
  }

  /** Every process that can be reached from some, those included. */
  reachableFrom(from: readonly ModelProc[]): readonly ModelProc[] {
    const reached: ModelProc[] = [];
    const open = [...from];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (reached.includes(next)) continue;
      reached.push(next);
      for (const callee of this.calleesOf(next)) open.push(callee);
    }
    return reached;
  }

  /** Whether running a process may have an effect, its own or through calls (EFF-15). */
  isEffectful(proc: ModelProc): boolean {
    const isWrite = (one: ModelProc, callee: string) => {
      const target = this.target(one, callee);
      return target.kind === "operation" && WRITES.includes(target.name) &&
        !this.rules.breaks("writes are no effects of a process");
    };
    const hasOwn = (one: ModelProc) =>
      allStatements(one.body).some((statement) =>
        (statement.kind === "Effect" && statement.effect !== "expr") ||
        expressionsOf(statement).flatMap(callsIn).some(({ callee }) => isWrite(one, callee))
      );
    if (this.rules.breaks("effects through calls not counted")) return hasOwn(proc);
    return this.reachableFrom([proc]).some(hasOwn);
  }

  /** The process at an end of a bind: what a call of `regime::name` means there; a bare name is one of the same forge. */
  endOf(forge: ModelForge, path: string): ModelProc | undefined {
    const { rules } = this;
    const isQualified = path.includes("::");
    const all = procsOf(this.program).filter((proc) => isNamedBy(proc, path));
    const own = all.filter(({ home }) => home === forge.home);
    const mayLeave = isQualified
      ? path.split("::").length > 2 || !rules.breaks("a bind end stays in its forge")
      : rules.breaks("a bare bind end leaves its forge");
    const isOwnFirst = own.length > 0 && !rules.breaks("a bind end has no precedence in its forge");
    const candidates = isOwnFirst || !mayLeave ? own : all;
    const isChosen = candidates.length === 1 ||
      rules.breaks("an ambiguous bind end is the first candidate");
    return isChosen ? candidates[0] : undefined;
  }

  /** Every bind with the processes at its ends, in document order. */
  binds(): readonly ResolvedBind[] {
    this.#binds ??= this.program.forges.flatMap((forge) =>
      forge.binds.map((bind) => ({
        bind,
        source: this.endOf(forge, bind.source),
        target: this.endOf(forge, bind.target),
      }))
    );
    return this.#binds;
  }

  /** The binds that connect two processes, whichever of them calls; the contract of each applies to every call. */
  bindsBetween(caller: ModelProc, callee: ModelProc): readonly ResolvedBind[] {
    const there = this.binds().filter(({ source, target }) =>
      source === caller && target === callee
    );
    if (this.rules.breaks("a bind serves its source only") || caller === callee) return there;
    const back = this.binds().filter(({ source, target }) =>
      source === callee && target === caller
    );
    const isOne = there.length > 0 &&
      this.rules.breaks("only the bind in the direction of the call applies");
    return isOne ? there : [...there, ...back];
  }

  /** Whether a call takes its arguments from the caller (CTR-06, X-18). */
  takesArguments(caller: ModelProc, callee: ModelProc): boolean {
    if (caller.regime !== "K" || this.rules.breaks("linearity_enforced ignored")) return false;
    return this.bindsBetween(caller, callee).some(({ bind }) => {
      const stated = bind.clauses.filter(({ key }) => key === "linearity_enforced");
      return stated.length > 0 && stated.every(({ op, value }) => op === "==" && value === "true");
    });
  }

  /** Φ processes that are the source of a bind to a reached K process which does not call them. */
  gatesOf(reached: readonly ModelProc[]): readonly Gate[] {
    const gates = new Map<ModelProc, ModelBind[]>();
    for (const { bind, source, target } of this.binds()) {
      const isGate = source?.regime === "Φ" && target?.regime === "K" &&
        reached.includes(target) && !this.calleesOf(target).includes(source);
      if (isGate) gates.set(source, [...gates.get(source) ?? [], bind]);
    }
    return [...gates].map(([proc, binds]) => ({ proc, binds }));
  }
}

/** Whether a path, of which each part but the name may be missing, fits a process. */
function isNamedBy(proc: ModelProc, path: string): boolean {
  const [name, regime, ...forgePath] = path.split("::").reverse();
  return proc.name === name && (regime === undefined || proc.regime === regime) &&
    (forgePath.length === 0 || proc.forge === forgePath.reverse().join("::"));
}

/** A bind whose ends are known. */
export interface ResolvedBind {
  readonly bind: ModelBind;
  readonly source: ModelProc | undefined;
  readonly target: ModelProc | undefined;
}

/** A process that must be admissible before others run, and the binds that say so. */
export interface Gate {
  readonly proc: ModelProc;
  readonly binds: readonly ModelBind[];
}

const ATTRIBUTES = ["witness_transfer", "effects_allowed", "latency_us", "linearity_enforced"];

/** Whether a contract has an attribute that the language does not define (CTR-10). */
export function hasUnknownClause(bind: ModelBind): boolean {
  return bind.clauses.some(({ key }) => !ATTRIBUTES.includes(key));
}
