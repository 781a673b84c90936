/**
 * The clock of the naive interpreter: at each look it goes through every open bound. semantics.md, second round, Binds: "Of several at
 * one tick: the innermost call first, there `Timer` before clauses in written order, `max_ticks` last. Lower sides (`>`, `>=`, the
 * lower side of `==`) are decided on return."
 *
 * @module
 */
import type { ForgeTree, ProcTree } from "../../../campaign/artifact.ts";
import type { TimeBug } from "./bugs.ts";

/** The failure of a run: its code, and the paths of the bound and of the statement that decide it, where it has them. */
export class NaiveFailure extends Error {
  readonly code: string;
  readonly bound: string | undefined;
  readonly at: string | undefined;

  constructor(code: string, { bound, at }: { readonly bound?: string; readonly at?: string }) {
    super(code);
    this.code = code;
    this.bound = bound;
    this.at = at;
  }
}

/** A bind with its path in the artifact. */
export interface OpenBind {
  readonly path: string;
  readonly contract: ForgeTree["binds"][number]["contract"];
}

interface Deadline {
  readonly path: string;
  readonly us: number;
}

/** A process that has been entered, with what bounds it. */
interface Open {
  readonly start: number;
  readonly deadlines: readonly Deadline[];
  /** The latency clauses of its binds, in order. */
  readonly clauses: readonly OpenClause[];
}

interface OpenClause {
  readonly path: string;
  readonly clause: Clause;
}

/** Ticks, and the bounds that are open. */
export class NaiveClock {
  ticks = 0;
  readonly #open: Open[] = [];
  readonly #maxTicks: number;
  readonly #tickUs: number;
  readonly #bug: TimeBug | undefined;

  constructor(maxTicks: number, tickUs: number, bug: TimeBug | undefined) {
    this.#maxTicks = maxTicks;
    this.#tickUs = bug === "a tick is one microsecond" ? 1 : tickUs;
    this.#bug = bug;
  }

  enter(proc: ProcTree, path: string, binds: readonly OpenBind[]): void {
    const deadlines = proc.uses.flatMap(({ resource, args }, index): Deadline[] => {
      const [, literal] = Array.isArray(args[0]) ? args[0] : [];
      const isNumber = typeof literal === "object" && literal !== null && "Int" in literal;
      if (resource !== "Timer" || !isNumber) return [];
      return [{ path: `${path}.uses[${index}]`, us: Number(literal["Int"]) }];
    });
    const clauses = binds.flatMap(({ path, contract }) =>
      contract.map((clause, index) => ({ path: `${path}.contract[${index}]`, clause }))
    );
    this.#open.push({ start: this.ticks, deadlines, clauses });
  }

  /** Looks at every open bound as if `ticks` more had passed, for the statement `at`. */
  look(ticks: number, at: string): void {
    const now = this.ticks + ticks;
    const isOver = now > this.#maxTicks;
    if (isOver && this.#bug === "max_ticks decides first") throw new NaiveFailure("DR1101", { at });
    const inner = [...this.#open].reverse();
    const order = this.#bug === "the outermost bound decides" ? this.#open : inner;
    for (const open of order) {
      const cost = (now - open.start) * this.#tickUs;
      const checks = [
        () => this.#lookAtDeadlines(open, cost, at),
        () => this.#lookAtClauses(open, cost, at),
      ];
      if (this.#bug === "clauses decide before Timer") checks.reverse();
      for (const check of checks) check();
    }
    if (isOver) throw new NaiveFailure("DR1101", { at });
  }

  /** The innermost process has returned: the lower sides of its clauses. */
  leave(): void {
    const open = this.#open.pop();
    if (open === undefined) return;
    const cost = (this.ticks - open.start) * this.#tickUs;
    if (this.#bug === "a deadline is decided after the process only") {
      const late = open.deadlines.find(({ us }) => cost > us);
      if (late !== undefined) throw new NaiveFailure("DR0791", { bound: late.path });
    }
    const isLowerIgnored = this.#bug === "lower sides are ignored";
    const broken = open.clauses.find(({ clause }) =>
      !(isLowerIgnored ? keepsUpperSide(clause, cost) : keeps(clause, cost))
    );
    if (broken !== undefined) throw new NaiveFailure("DR0691", { bound: broken.path });
  }

  /** A failure passes through a call. */
  passFailure(failure: NaiveFailure): NaiveFailure {
    const open = this.#open.pop();
    if (this.#bug !== "a lower side replaces the failure of the callee") return failure;
    const cost = (this.ticks - (open?.start ?? 0)) * this.#tickUs;
    const broken = open?.clauses.find(({ clause }) => !keeps(clause, cost));
    return broken === undefined ? failure : new NaiveFailure("DR0691", { bound: broken.path });
  }

  #lookAtDeadlines({ deadlines }: Open, cost: number, at: string): void {
    if (this.#bug === "a deadline is decided after the process only") return;
    const late = deadlines.find(({ us }) => cost > us);
    if (late !== undefined) throw new NaiveFailure("DR0791", { bound: late.path, at });
  }

  #lookAtClauses({ clauses }: Open, cost: number, at: string): void {
    if (this.#bug === "latency is decided after the call only") return;
    const isBroken = ({ clause }: OpenClause) =>
      !keepsUpperSide(clause, cost + (this.#bug === "a bound excludes its end" ? 1 : 0));
    const broken = this.#bug === "the last clause decides"
      ? clauses.findLast(isBroken)
      : clauses.find(isBroken);
    if (broken !== undefined) throw new NaiveFailure("DR0691", { bound: broken.path, at });
  }
}

type Clause = OpenBind["contract"][number];

function keepsUpperSide({ key, op, value }: Clause, cost: number): boolean {
  if (key !== "latency_us") return true;
  if (op === "<") return cost < Number(value);
  return op === "<=" || op === "==" ? cost <= Number(value) : true;
}

function keeps(clause: Clause, cost: number): boolean {
  const { key, op, value } = clause;
  if (key !== "latency_us") return true;
  if (op === ">") return cost > Number(value);
  if (op === ">=") return cost >= Number(value);
  return op === "==" ? cost === Number(value) : keepsUpperSide(clause, cost);
}
