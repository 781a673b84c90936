/**
 * Time in the model: the tick counter, and every open upper bound, looked at before each statement begins and before it
 * completes (CTR-05, TIM-01, TIM-02, TIM-05, TIM-06; semantics.md, "Time", and second round, "Binds").
 *
 * @module
 */
import type { ModelBind, ModelClause, ModelProc } from "./program.ts";
import { type Rules, RunFailure } from "./rules.ts";

/** What bounds a run. */
export interface ModelLimits {
  readonly ticks: number;
  readonly depth: number;
  /** Bytes. */
  readonly memory: number;
  readonly tickUs: number;
}

/** The bounds that are open while a process runs. */
interface OpenBounds {
  readonly start: number;
  /** Its deadlines in microseconds, in written order. */
  readonly deadlines: readonly bigint[];
  /** The latency clauses of the call, in written order. */
  readonly clauses: readonly ModelClause[];
}

/** The ticks of a run, all threads together. */
export interface RunTicks {
  ticks: number;
}

/** The ticks of one thread. */
export class Clock {
  readonly #rules: Rules;
  readonly #limits: ModelLimits;
  readonly #open: OpenBounds[] = [];
  readonly #run: RunTicks;
  /** Of this thread, with those of the threads that it has joined. */
  ticks = 0;

  constructor(rules: Rules, limits: ModelLimits, run: RunTicks) {
    this.#rules = rules;
    this.#limits = limits;
    this.#run = run;
  }

  /** One tick more. */
  count(): void {
    this.ticks++;
    this.#run.ticks++;
  }

  /** The ticks of a thread that was joined. */
  add(ticks: number): void {
    this.ticks += ticks;
  }

  /** Undoes what was counted since: for a planted bug. */
  rewind(ticks: number): void {
    this.#run.ticks -= this.ticks - ticks;
    this.ticks = ticks;
  }

  /** A process begins to run, called over some binds or none. */
  enter(proc: ModelProc, binds: readonly ModelBind[]): void {
    this.#open.push({
      start: this.#now(),
      deadlines: proc.uses.flatMap(({ resource, args }) => {
        const deadline = args.find(({ name }) => name === "deadline_us")?.value;
        return resource === "Timer" && typeof deadline === "bigint" ? [deadline] : [];
      }),
      clauses: binds.flatMap(({ clauses }) => clauses.filter(({ key }) => key === "latency_us")),
    });
  }

  /** The innermost process has ended: what it took in microseconds, and its clauses. */
  leave(): { readonly cost: bigint; readonly clauses: readonly ModelClause[] } {
    const bounds = this.#open.pop();
    const cost = bounds === undefined ? 0n : this.#cost(bounds, this.#now());
    return { cost, clauses: bounds?.clauses ?? [] };
  }

  /** The innermost process has returned: its deadlines once more, where a planted bug looks at nothing else. */
  checkDeadlines(): void {
    const bounds = this.#open.at(-1);
    if (bounds === undefined || this.#rules.breaks("deadlines ignored")) return;
    if (bounds.deadlines.some((deadline) => this.#cost(bounds, this.#now()) > deadline)) late();
  }

  /** A statement may begin only if its tick keeps every open bound. */
  begin(): void {
    this.#look(this.#now() + 1);
  }

  /** A statement completes: by now it may have executed others. */
  complete(): void {
    this.#look(this.#now() + 1);
    this.count();
  }

  #now(): number {
    const isCommon = this.#rules.breaks("a bound counts the ticks of all threads");
    return isCommon ? this.#run.ticks : this.ticks;
  }

  /** The innermost bound first, the limit of ticks last. */
  #look(ticks: number): void {
    const isOver = this.#run.ticks + 1 > this.#limits.ticks;
    if (isOver && this.#rules.breaks("max_ticks fails before every time bound")) overLimit();
    const order = this.#rules.breaks("the outermost time bound fails first")
      ? this.#open
      : this.#open.toReversed();
    for (const bounds of order) {
      const cost = this.#cost(bounds, ticks);
      const checks = [
        () => this.#lookAtDeadlines(bounds, cost),
        () => this.#lookAtClauses(bounds, cost),
      ];
      if (this.#rules.breaks("contract clauses fail before Timer")) checks.reverse();
      for (const check of checks) check();
    }
    if (isOver) overLimit();
  }

  #lookAtDeadlines({ deadlines }: OpenBounds, cost: bigint): void {
    if (this.#rules.breaks("deadlines ignored")) return;
    if (this.#rules.breaks("a deadline is looked at after the process only")) return;
    if (deadlines.some((deadline) => cost > deadline)) late();
  }

  #lookAtClauses({ clauses }: OpenBounds, cost: bigint): void {
    if (this.#rules.breaks("time bounds are looked at after the call only")) return;
    if (clauses.some((clause) => !keepsUpperSide(cost, clause, this.#rules))) {
      latencyBroken(this.#rules);
    }
  }

  #cost({ start }: OpenBounds, ticks: number): bigint {
    const us = this.#rules.breaks("a tick is one microsecond") ? 1 : this.#limits.tickUs;
    return BigInt((ticks - start) * us);
  }
}

/** Whether a cost so far can still keep a clause. */
function keepsUpperSide(cost: bigint, { op, value }: ModelClause, rules: Rules): boolean {
  const bound = BigInt(/^[0-9]+$/.test(value) ? value : "0");
  if (op === "<") return cost < bound || isOnEdge(cost, bound, rules);
  return op === "<=" || op === "==" ? cost <= bound : true;
}

/** Whether a final cost keeps a clause, its lower side included. */
export function keeps(cost: bigint, { op, value }: ModelClause, rules: Rules): boolean {
  const bound = BigInt(/^[0-9]+$/.test(value) ? value : "0");
  switch (op) {
    case "<":
      return cost < bound || isOnEdge(cost, bound, rules);
    case "<=":
      return cost <= bound;
    case ">":
      return cost > bound;
    case ">=":
      return cost >= bound;
    default:
      return cost === bound;
  }
}

function isOnEdge(cost: bigint, bound: bigint, rules: Rules): boolean {
  return cost === bound && rules.breaks("a bound includes its end");
}

/** Whether a clause bounds from below alone. */
export function isLower({ op }: ModelClause): boolean {
  return op === ">" || op === ">=";
}

function late(): never {
  throw new RunFailure("TimeViolation", "deadline");
}

function overLimit(): never {
  throw new RunFailure("Runtime", "tick limit");
}

function latencyBroken(rules: Rules): never {
  const kind = rules.breaks("a broken contract is Inadmissible")
    ? "Inadmissible"
    : "ContractViolation";
  throw new RunFailure(kind, "latency");
}
