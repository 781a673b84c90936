/**
 * The oracle of value flow, written from the text: every value is an object, a hand-over marks it and what is held in it, and a
 * use of a marked value, or of one that holds a marked one, is refused. One path is walked at a time, callees included.
 *
 * @module
 */
import { type Choose, ROUNDS } from "./choices.ts";
import type { Body, Process, Step, Tree } from "./value_program.ts";

/** A value: an object, so that it is itself and no other. */
interface Held {
  isGone: boolean;
  readonly parts: { readonly [part: string]: Held };
}

type Leaving = "end" | "break" | "continue" | "endless" | { readonly returned: Held };

/** Thrown at a refused use: the path is of no further interest. */
class Refused extends Error {}

/** Whether the path of `process`, entered with new arguments, has a refused use. */
export function hasLateUse(
  processes: readonly Process[],
  process: Process,
  choose: Choose,
): boolean {
  try {
    const walker = new Walker(processes, process, choose);
    walker.call(process.params.map(([, type]) => fresh(type)));
    return false;
  } catch (thrown) {
    if (thrown instanceof Refused) return true;
    if (thrown instanceof Endless) return false;
    throw thrown;
  }
}

/** Thrown where a path does not end: nothing comes after it. */
class Endless extends Error {}

function fresh(type: string): Held {
  const parts: { [part: string]: Held } = {};
  if (type === "S") parts["id"] = fresh("i");
  if (type === "H") { for (const part of ["a", "b"]) parts[part] = fresh("S"); }
  if (type === "A") { for (const part of ["0", "1"]) parts[part] = fresh("S"); }
  return { isGone: false, parts };
}

function markGone(value: Held): void {
  value.isGone = true;
  for (const part of Object.values(value.parts)) markGone(part);
}

function use(value: Held): void {
  if (value.isGone) throw new Refused();
  for (const part of Object.values(value.parts)) use(part);
}

class Walker {
  readonly #processes: readonly Process[];
  readonly #process: Process;
  readonly #choose: Choose;
  readonly #values = new Map<string, Held>();

  constructor(processes: readonly Process[], process: Process, choose: Choose) {
    this.#processes = processes;
    this.#process = process;
    this.#choose = choose;
  }

  call(args: readonly Held[]): Held {
    this.#process.params.forEach(([name], index) => {
      this.#values.set(name, args[index] ?? fresh("i"));
    });
    const leaving = this.#block(this.#process.body);
    if (typeof leaving === "object") return leaving.returned;
    throw new Endless();
  }

  #block(body: Body): Leaving {
    for (const step of body) {
      const leaving = this.#step(step);
      if (leaving !== "end") return leaving;
    }
    return "end";
  }

  #step(step: Step): Leaving {
    switch (step.kind) {
      case "let":
      case "set":
        this.#values.set(step.name, this.#kept(step.value));
        return "end";
      case "expr":
        this.#kept(step.value);
        return "end";
      case "return":
        return { returned: this.#kept(step.value) };
      case "constrain":
        return "end"; // mentions in it are no uses
      case "if":
        return this.#block(this.#choose(2) === 1 ? step.then : step.otherwise);
      case "while":
      case "forever":
      case "for":
        return this.#loop(step);
      case "break":
      case "continue":
        return step.kind;
    }
  }

  #loop({ kind, body }: Extract<Step, { readonly body: Body }>): Leaving {
    for (let rounds = 0;; rounds++) {
      if (rounds === ROUNDS) return kind === "forever" ? "endless" : "end";
      if (kind !== "forever" && this.#choose(2) === 0) return "end";
      const leaving = this.#block(body);
      if (leaving === "break") return "end";
      if (typeof leaving === "object" || leaving === "endless") return leaving;
    }
  }

  /** The value of an expression, which is used as soon as it is there: bound, returned or passed. */
  #kept(tree: Tree): Held {
    const value = this.#evaluate(tree);
    use(value);
    return value;
  }

  #evaluate(tree: Tree): Held {
    switch (tree.kind) {
      case "name":
      case "part":
      case "element": {
        const value = this.#read(tree);
        use(value);
        return value;
      }
      case "number":
        return fresh("i");
      case "make": {
        const names = { S: ["id"], H: ["a", "b"], A: ["0", "1"] }[tree.type];
        const values = tree.parts.map((part) => this.#evaluate(part));
        const parts: { [part: string]: Held } = {};
        values.forEach((value, index) => parts[names[index] ?? ""] = value);
        return { isGone: false, parts };
      }
      case "add":
        this.#evaluate(tree.left);
        this.#evaluate(tree.right);
        return fresh("i");
      case "match":
        return this.#evaluate(tree.arms[this.#choose(2) === 0 ? 0 : 1]);
      case "named":
        this.#values.set(tree.name, this.#evaluate(tree.subject));
        return this.#evaluate(tree.body);
      case "call":
        return this.#call(tree.callee, tree.args.map((arg) => this.#evaluate(arg)));
    }
  }

  /** A name, or a part of one: only the part is used. */
  #read(tree: Tree): Held {
    switch (tree.kind) {
      case "name":
        return this.#values.get(tree.name) ?? fresh("i");
      case "part":
        return partOf(this.#read(tree.of), tree.part);
      case "element":
        return partOf(this.#read(tree.of), String(tree.index ?? this.#choose(2)));
      default:
        return this.#evaluate(tree);
    }
  }

  #call(callee: string, args: readonly Held[]): Held {
    for (const arg of args) use(arg);
    const process = this.#processes.find(({ name }) => name === callee);
    if (process !== undefined) return new Walker(this.#processes, process, this.#choose).call(args);
    for (const arg of args) {
      use(arg); // an argument before it may be the same value
      markGone(arg);
    }
    return fresh("S"); // the result of a call over a bind is new
  }
}

function partOf(value: Held, part: string): Held {
  const found = value.parts[part];
  if (found === undefined) throw new Error(`no part ${part}`);
  return found;
}
