/**
 * `linearity_enforced`: after the hand-over any use of the value, or of what holds it or is held in it, is refused, also when
 * a callee handed over its parameter (CTR-06, BND-08, X-18; semantics.md, second round, "Binds"). Every path of a K process is
 * walked with the values that its names may be.
 *
 * @module
 */
import type { Binding, Names } from "./bindings.ts";
import type { Expression, ExpressionOf } from "./expression.ts";
import { anyOf, type Flow, freshFlow, holding, partOf, withParts } from "./flow.ts";
import type { Lookup } from "./lookup.ts";
import type { Meanings } from "./meaning.ts";
import { pathsThrough } from "./paths.ts";
import { expressionsOf, type ModelProc, type Statement, type StatementOf } from "./program.ts";
import type { Violation } from "./violation.ts";

/** Every use of what may be handed over. */
export function handedOverViolations(
  lookup: Lookup,
  meanings: Meanings,
  proc: ModelProc,
): readonly Violation[] {
  const reached = lookup.reachableFrom([proc]);
  const takes = reached.some((caller) =>
    lookup.calleesOf(caller).some((callee) => lookup.takesArguments(caller, callee))
  );
  if (proc.regime !== "K" || !takes) return [];
  const places = new Set<number>();
  new Walker(lookup, meanings, (at) => void places.add(at)).walk(
    proc,
    proc.params.map(() => freshFlow()),
    [],
  );
  return [...places].map((at) => ({ at, kind: "Inadmissible" }));
}

/** A statement, or one more round of a counted loop. */
type Step =
  | { readonly kind: "statement"; readonly statement: Statement }
  | { readonly kind: "round"; readonly statement: StatementOf<"For"> };

/** What a walk through a process comes to: the values it may return, and those it may hand over. */
interface Summary {
  readonly returned: Flow;
  readonly handed: readonly Flow[];
  /** Whether it uses what it has moved because two of these arguments may be one value. */
  readonly isFaulty: boolean;
  /** Whether some path of it ends. */
  readonly returns: boolean;
}

const CALLEE_PATHS_MAX = 24;

class Walker {
  readonly #lookup: Lookup;
  readonly #meanings: Meanings;
  readonly #fault: (at: number) => void;
  #isFaulty = false;

  constructor(lookup: Lookup, meanings: Meanings, fault: (at: number) => void) {
    this.#lookup = lookup;
    this.#meanings = meanings;
    this.#fault = fault;
  }

  /** Walks every path of a process with these arguments. `callers` are the processes that are being walked. */
  walk(proc: ModelProc, args: readonly Flow[], callers: readonly ModelProc[]): Summary {
    const { names } = this.#meanings.of(proc);
    const returned: Flow[] = [];
    const handed: Flow[] = [];
    const stepper = {
      itself: (statement: Statement): Step[][] => [[{ kind: "statement", statement }]],
      round: (statement: StatementOf<"For">): Step[] => [{ kind: "round", statement }],
      exit: (): Step[] => [],
    };
    // Of a callee few paths are looked at: it is walked anew for each call on each path.
    const paths = pathsThrough(proc.body, stepper);
    let returns = false;
    for (
      const { steps, leaves } of callers.length === 0 ? paths : paths.slice(0, CALLEE_PATHS_MAX)
    ) {
      const path = new PathWalk(this.#lookup, proc, names, {
        fault: (at) => {
          this.#isFaulty = true;
          this.#fault(at);
        },
        summary: (callee, values) => this.#summary(callee, values, [...callers, proc]),
      });
      names.params.forEach((binding, index) => path.bind(binding, args[index] ?? freshFlow()));
      for (const step of steps) for (const flow of path.step(step)) returned.push(flow);
      for (const flow of path.handed) handed.push(flow);
      if (leaves !== "never" && !path.isStopped) returns = true;
    }
    return {
      returned: returned.length === 0 ? freshFlow() : anyOf(returned),
      handed,
      isFaulty: this.#isFaulty,
      returns,
    };
  }

  /** A callee that is being walked may return what it was given, or anything held in it. */
  #summary(callee: ModelProc, args: readonly Flow[], callers: readonly ModelProc[]): Summary {
    if (callee.regime !== "K") {
      return { returned: freshFlow(), handed: [], isFaulty: false, returns: true };
    }
    const { rules } = this.#lookup;
    if (callers.includes(callee)) {
      const returned = anyOf([...args.map(withParts), freshFlow()]);
      return { returned, handed: [], isFaulty: false, returns: true };
    }
    const walk = (given: readonly Flow[]) =>
      new Walker(this.#lookup, this.#meanings, () => {}).walk(callee, given, callers);
    const summary = walk(args);
    const isForgotten = rules.breaks("linearity_enforced forgets what a callee hands over");
    if (isForgotten) return { ...summary, handed: [], isFaulty: false };
    // A callee that is faulty whatever it is given is at fault itself, and is reported there alone: so is what it returns.
    const isOwn = summary.isFaulty && walk(args.map(() => freshFlow())).isFaulty;
    return isOwn ? { ...summary, returned: freshFlow(), isFaulty: false } : summary;
  }
}

interface PathContext {
  readonly fault: (at: number) => void;
  readonly summary: (callee: ModelProc, args: readonly Flow[]) => Summary;
}

/** One path: what its names are, and what it has handed over so far. */
class PathWalk {
  readonly handed: Flow[] = [];
  /** Whether a call on the path never returns. */
  isStopped = false;
  readonly #lookup: Lookup;
  readonly #proc: ModelProc;
  readonly #names: Names;
  readonly #context: PathContext;
  readonly #values = new Map<Binding, Flow>();
  #at = 0;

  constructor(lookup: Lookup, proc: ModelProc, names: Names, context: PathContext) {
    this.#lookup = lookup;
    this.#proc = proc;
    this.#names = names;
    this.#context = context;
  }

  bind(binding: Binding | undefined, flow: Flow): void {
    if (binding === undefined) return;
    const followsNames = this.#lookup.rules.breaks("linearity_enforced follows names, not values");
    this.#values.set(binding, followsNames ? freshFlow() : flow);
  }

  /** Follows one step; the values that it returns. */
  step({ kind, statement }: Step): readonly Flow[] {
    if (this.isStopped) return [];
    this.#at = statement.at;
    if (kind === "round") {
      this.bind(this.#names.boundBy(statement), freshFlow());
      return [];
    }
    const isUse = (statement.kind !== "Constrain" && statement.kind !== "Prove") ||
      this.#lookup.rules.breaks("linearity_enforced counts constraints as uses");
    const flows = isUse ? expressionsOf(statement).map((expr) => this.#use(expr)) : [];
    const flow = flows[0] ?? freshFlow();
    if (statement.kind === "Return") return [flow];
    if (statement.kind === "Assign") this.bind(this.#names.target(statement), flow);
    else this.bind(this.#names.boundBy(statement), flow);
    return [];
  }

  /** Evaluates an expression, all of whose values are used. */
  #use(expr: Expression): Flow {
    const flow = this.#value(expr);
    if (this.#isGone(flow)) this.#context.fault(this.#at);
    return flow;
  }

  /** Whether a value is handed over, holds what is, or is held in it. */
  #isGone(flow: Flow): boolean {
    const used = this.#lookup.rules.breaks("linearity_enforced spares what holds the value")
      ? flow
      : withParts(flow);
    return this.handed.some((gone) => [...withParts(gone)].some((value) => used.has(value)));
  }

  #value(expr: Expression): Flow {
    switch (expr.kind) {
      case "name": {
        const binding = this.#names.meaning(expr);
        return (binding && this.#values.get(binding)) ?? freshFlow();
      }
      case "field": // reading a part uses the part alone
        return partOf(this.#value(expr.base), expr.field);
      case "index": {
        this.#use(expr.index);
        const { index } = expr;
        const key = index.kind === "number" && index.whole !== undefined ? `${index.whole}` : "*";
        return partOf(this.#value(expr.base), key);
      }
      case "array":
        return holding(expr.items.map((item, index) => [`${index}`, this.#use(item)]));
      case "shape":
        return holding(expr.fields.map(({ name, value }) => [name, this.#use(value)]));
      case "match": {
        const of = this.#use(expr.of);
        return anyOf(expr.arms.map((arm) => {
          this.bind(this.#names.boundBy(arm), of);
          return this.#use(arm.value);
        }));
      }
      case "call":
        return this.#call(expr);
      case "unary":
        this.#use(expr.operand);
        return freshFlow();
      case "binary":
        this.#use(expr.left);
        this.#use(expr.right);
        return freshFlow();
      default:
        return freshFlow();
    }
  }

  /** The result of a call over a bind is a new value; a K call carries values. */
  #call(expr: ExpressionOf<"call">): Flow {
    const callee = this.#lookup.callee(this.#proc, expr.callee);
    if (callee === undefined) {
      for (const arg of expr.args) this.#use(arg);
      return freshFlow();
    }
    const takes = this.#lookup.takesArguments(this.#proc, callee);
    const args = expr.args.map((arg) => this.#use(arg));
    for (const flow of takes ? args : []) {
      if (this.#isGone(flow)) this.#context.fault(this.#at); // one value, twice in one call
      this.handed.push(flow);
    }
    const { returned, handed, isFaulty, returns } = this.#context.summary(callee, args);
    if (!returns) this.isStopped = true;
    if (isFaulty) this.#context.fault(this.#at);
    for (const flow of handed) this.handed.push(flow);
    const isBound = this.#lookup.bindsBetween(this.#proc, callee).length > 0;
    const isOld = this.#lookup.rules.breaks("linearity_enforced takes new values for the old");
    if (isOld) return anyOf(args);
    return isBound ? freshFlow() : returned;
  }
}
