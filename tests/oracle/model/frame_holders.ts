/**
 * What one process holds while it runs: handles of memory move, are copied, and are lost (X-55; `docs/decisions/0015-threads.md`).
 *
 * @module
 */
import type { Binding } from "./bindings.ts";
import type { Expression } from "./expression.ts";
import type { Memory } from "./memory.ts";
import type { Rules } from "./rules.ts";
import type { ModelValue } from "./values.ts";

/** What these depend on. */
export interface HolderContext {
  readonly memory: Memory;
  readonly rules: Rules;
  /** Whether it is the first process of a thread that was spawned: its parameters hold what they were given. */
  readonly isThread: boolean;
  /** What a binding holds now. */
  valueOf(binding: Binding): ModelValue | undefined;
}

/** The holders of one process. */
export class FrameHolders {
  readonly #context: HolderContext;
  /** Handles that calls have given to the statement that is executed. */
  #unbound: ModelValue[] = [];

  constructor(context: HolderContext) {
    this.#context = context;
  }

  /** A call or an operation gives something to the statement that is executed. */
  give(value: ModelValue | undefined): void {
    if (value?.kind === "Mem") this.#unbound.push(value);
  }

  /** What a name or the caller gets of a handle: a name is copied, and what a call gave is moved. */
  moved(expr: Expression, value: ModelValue): ModelValue {
    const { memory, rules } = this.#context;
    if (expr.kind !== "name") return value;
    if (value.kind === "Mutex" && rules.breaks("a copy of a lock is another lock")) {
      return { kind: "Mutex", lock: { ...value.lock, holder: undefined } };
    }
    return value.kind === "Mem" ? memory.copy(value) : value;
  }

  /** A statement ends: what it was given and neither bound nor returned is lost. */
  endStatement(bound: ModelValue | undefined): void {
    const { memory, rules } = this.#context;
    const lost = this.#unbound;
    this.#unbound = [];
    if (rules.breaks("an unbound holder is no leak")) return;
    for (const value of lost) if (!isSame(value, bound)) memory.lose(value);
  }

  /** The scope of names ends: what they still hold is lost. */
  endScope(names: Iterable<Binding>, returned?: ModelValue): void {
    for (const binding of names) {
      const value = this.isOwn(binding) ? this.#context.valueOf(binding) : undefined;
      if (!isSame(value, returned)) this.#context.memory.lose(value);
    }
  }

  /** Whether a name has a holder of its own. Other parameters name the holder of the caller. */
  isOwn({ origin }: Binding): boolean {
    return origin === "let" || (this.#context.isThread && origin === "parameter");
  }
}

function isSame(a: ModelValue | undefined, b: ModelValue | undefined): boolean {
  return a?.kind === "Mem" && b?.kind === "Mem" && a.holder === b.holder;
}
