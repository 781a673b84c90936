/**
 * The generator profile of time: programs with many bounds. Nested and recursive calls, Φ calls, `Timer`s, latency clauses of every
 * operator, loops, early returns, faults near the bounds, and a small `max_ticks`. Every program is valid.
 *
 * Expressions are simple, so that a reference can read them: a literal, a name, a call, or two of them with an operator between.
 *
 * @module
 */
import {
  type ForgeTree,
  type GeneratedCase,
  type ProcTree,
  type StatementTree,
  writeArtifact,
} from "./artifact.ts";
import { Random } from "./random.ts";
import { TimedBody } from "./timed_body.ts";

/** The program of a seed, with the input of its run. */
export function generateTimedCase(seed: number): GeneratedCase {
  const random = new Random(seed);
  const forge = new TimedForge(random).forge();
  return {
    seed,
    text: writeArtifact([forge]),
    input: {
      environment: { tick_us: random.pick([1, 1, 1, 2, 3, 0]) },
      limits: { max_ticks: random.oneIn(3) ? random.between(1, 30) : 60 },
    },
  };
}

const OPERATORS = ["<", "<=", "==", ">", ">="];

class TimedForge {
  readonly #random: Random;
  readonly #forge: ForgeTree = { name: "Timed", shapes: [], procs: [], binds: [] };
  /** Bounds are drawn around this, so that several are exceeded at one tick. */
  readonly #around: number;

  constructor(random: Random) {
    this.#random = random;
    this.#around = random.between(1, 12);
  }

  forge(): ForgeTree {
    const random = this.#random;
    const forge = this.#forge;
    if (random.oneIn(3)) forge.procs.push(this.#phi());
    if (random.oneIn(3)) forge.procs.push(this.#recursive());
    for (let count = random.between(1, 3); count > 0; count--) {
      forge.procs.push(this.#classical(`p${forge.procs.length}`));
    }
    forge.procs.push(this.#classical("main"));
    return forge;
  }

  #classical(name: string): ProcTree {
    const callable = [...this.#forge.procs];
    const body = new TimedBody(this.#random, callable, name === "main").whole();
    const proc = this.#proc("K", name, body);
    for (const callee of callable) {
      if (callee.regime === "Φ" || this.#random.oneIn(2)) this.#bind(proc, callee);
    }
    return proc;
  }

  #phi(): ProcTree {
    const least = this.#random.below(4);
    return this.#proc("Φ", "v", [
      { Let: { name: "m", expr: "n Add 1" } },
      { Constrain: { predicate: `n Gt ${least}` } },
      { Return: { expr: "m" } },
    ]);
  }

  #recursive(): ProcTree {
    const again = { Let: { name: "x", expr: "r(n Sub 1)" } };
    const proc = this.#proc("K", "r", [
      { If: { condition: "n Gt 0", then_body: [again], else_body: null } },
      { Return: { expr: "n" } },
    ]);
    if (this.#random.oneIn(2)) this.#bind(proc, proc);
    return proc;
  }

  #proc(regime: string, name: string, body: StatementTree[]): ProcTree {
    const hasParam = name === "v" || name === "r";
    return {
      regime,
      name,
      params: hasParam ? [{ name: "n", ty: "i64" }] : [],
      uses: this.#timers(),
      ret: "i64",
      qualifiers: [],
      body,
    };
  }

  #timers(): ProcTree["uses"] {
    const random = this.#random;
    const count = random.pick([0, 0, 1, 1, 2]);
    return random.list(count, count, () => ({
      resource: "Timer",
      args: [["deadline_us", { Int: this.#bound() }]],
    }));
  }

  /** A bind in one direction or the other, rarely in both. */
  #bind(caller: ProcTree, callee: ProcTree): void {
    const random = this.#random;
    const isOne = caller === callee || callee.regime === "Φ" || !random.oneIn(5);
    const isBack = caller !== callee && random.oneIn(4);
    if (!isOne || !isBack) this.#bindTo(caller, callee);
    if (!isOne || isBack) this.#bindTo(callee, caller);
  }

  #bindTo(from: ProcTree, to: ProcTree): void {
    const random = this.#random;
    const [source = "", target = ""] = [from, to].map(({ regime, name }) => `${regime}::${name}`);
    const clauses = random.list(0, 2, () => ({
      key: "latency_us",
      op: random.pick(OPERATORS),
      value: String(this.#bound()),
    }));
    const effects = { key: "effects_allowed", op: "==", value: "true" };
    this.#forge.binds.push({ source, target, contract: random.shuffled([effects, ...clauses]) });
  }

  #bound(): number {
    const random = this.#random;
    if (random.oneIn(12)) return 0;
    return random.oneIn(3) ? random.below(40) : Math.max(0, this.#around + random.between(-1, 1));
  }
}
