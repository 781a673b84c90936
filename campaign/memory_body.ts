/**
 * Bodies of the processes of `memory.ts`. The type of a name is known; which holders are live is tracked only so far that many runs
 * return.
 *
 * @module
 */
import type { ProcTree, StatementTree } from "./artifact.ts";
import type { Random } from "./random.ts";

/** The names that a statement may mention. */
interface Names {
  readonly handles: readonly string[];
  readonly integers: readonly string[];
}

/** Where a statement is. */
interface Site {
  readonly depth: number;
  readonly isInLoop: boolean;
}

/** Statements, and the names after them. */
interface Made {
  readonly body: StatementTree[];
  readonly names: Names;
}

/** Makes one body. */
export class MemoryBody {
  readonly #random: Random;
  readonly #callable: readonly ProcTree[];
  readonly #params: ProcTree["params"];
  readonly #ret: string | null;
  #names = 0;

  /** `callable` are the processes that the body may call. */
  constructor(
    random: Random,
    callable: readonly ProcTree[],
    params: ProcTree["params"],
    ret: string | null,
  ) {
    this.#random = random;
    this.#callable = callable;
    this.#params = params;
    this.#ret = ret;
  }

  /** The statements of the body. */
  whole(): StatementTree[] {
    const named = (ty: string) =>
      this.#params.filter((one) => one.ty === ty).map((one) => one.name);
    const names = { handles: named("Mem"), integers: named("i64") };
    const { body, names: after } = this.#block(names, { depth: 2, isInLoop: false });
    return [...body, ...this.#exit(after)];
  }

  /** Frees most of what the body has allocated, and returns. */
  #exit({ handles, integers }: Names): StatementTree[] {
    const random = this.#random;
    const params = this.#params.map(({ name }) => name);
    const isReturning = this.#ret === "Mem" || (this.#ret === null && random.oneIn(6));
    const returned = isReturning ? handles.at(-1) : undefined;
    const frees = handles
      .filter((name) => name !== returned && !params.includes(name) && !random.oneIn(8))
      .map((name) => this.#free(name));
    if (this.#ret === null && returned === undefined) return frees;
    if (this.#ret === "i64") return [...frees, { Return: { expr: integers.at(-1) ?? "0" } }];
    return [...frees, { Return: { expr: returned ?? "alloc(8)" } }];
  }

  /** A block, and the names after it. */
  #block(names: Names, site: Site): Made {
    const body: StatementTree[] = [];
    let known = names;
    for (let count = this.#random.between(0, 5); count > 0; count--) {
      const made = this.#statement(known, site);
      for (const statement of made.body) body.push(statement);
      known = made.names;
    }
    return { body, names: known };
  }

  #statement(names: Names, site: Site): Made {
    const random = this.#random;
    const handle = names.handles.length === 0 ? undefined : random.pick(names.handles);
    if (site.depth > 0 && random.oneIn(4)) return this.#inner(names, site);
    if (handle === undefined || random.oneIn(5)) return this.#bound(names, this.#allocation());
    switch (random.below(8)) {
      case 0:
        return this.#bound(names, handle);
      case 1:
        return {
          body: [this.#free(handle)],
          names: random.oneIn(8) ? names : without(names, handle),
        };
      case 2: {
        if (!handle.startsWith("m")) return this.#call(names); // a parameter is not assigned
        const assigned = { Assign: { target: handle, expr: this.#allocation() } };
        return { body: [this.#free(handle), assigned], names };
      }
      case 3:
      case 4:
        return this.#call(names);
      case 5:
        return { body: [this.#store(handle, names)], names };
      default: {
        const name = this.#fresh("v");
        const load = random.oneIn(2)
          ? { Load: { ptr: handle, result: name } }
          : { Let: { name, expr: `load(${handle})` } };
        const integers = [...names.integers, name];
        return { body: [load, ...this.#emitted(name)], names: { ...names, integers } };
      }
    }
  }

  /** A branch or loop; its names end with it. */
  #inner(names: Names, { depth, isInLoop }: Site): Made {
    const random = this.#random;
    const isLoop = random.oneIn(2);
    const site = { depth: depth - 1, isInLoop: isInLoop || isLoop };
    const block = this.#innerBlock(names, site);
    const flag = this.#params.find(({ ty }) => ty === "bool")?.name ?? "true";
    const condition = random.pick(["true", "false", flag, `${names.integers.at(-1) ?? "1"} Gt 0`]);
    const end = random.pick(["0", "1", "3", names.integers.at(-1) ?? "2"]);
    const statement: StatementTree = isLoop
      ? { For: { var: this.#fresh("i"), start: "0", end, body: block } }
      : {
        If: {
          condition,
          then_body: block,
          else_body: random.oneIn(2) ? null : this.#innerBlock(names, site),
        },
      };
    return { body: [statement], names };
  }

  /** A block that frees most of its own names. It may return, or, where it is in a loop, leave a round early. */
  #innerBlock(names: Names, site: Site): StatementTree[] {
    const random = this.#random;
    const { body, names: after } = this.#block(names, site);
    if (random.oneIn(10)) return [...body, ...this.#exit(after)];
    const own = after.handles.filter((name) => !names.handles.includes(name) && !random.oneIn(8));
    const exit = site.isInLoop && random.oneIn(4) ? [random.pick(["Break", "Continue"])] : [];
    return [...body, ...own.map((name) => this.#free(name)), ...exit];
  }

  /** Mostly of the 8 bytes that `load` and `store` need. */
  #allocation(): string {
    const random = this.#random;
    const odd = random.pick(["0", "0 Sub 1"]);
    const size = random.pick(["8", "8", "8", "8", "8", "8", "16", "16", "7", odd]);
    return `alloc(${size})`;
  }

  #bound(names: Names, expr: string): Made {
    const name = this.#fresh("m");
    return {
      body: [{ Let: { name, expr } }],
      names: { ...names, handles: [...names.handles, name] },
    };
  }

  #call(names: Names): Made {
    const random = this.#random;
    if (this.#callable.length === 0) {
      return { body: [{ Call: { target: "alloc", args: ["8"], result: null } }], names };
    }
    const { name, params, ret } = random.pick(this.#callable);
    const args = params.map(({ ty }) =>
      ty === "Mem" ? random.pick(names.handles) : names.integers.at(-1) ?? "1"
    );
    const isBound = ret !== null && !random.oneIn(6);
    const result = isBound ? this.#fresh(ret === "Mem" ? "m" : "v") : null;
    const body: StatementTree[] = [{ Call: { target: name, args, result } }];
    if (result === null) return { body, names };
    return ret === "Mem"
      ? { body, names: { ...names, handles: [...names.handles, result] } }
      : { body, names: { ...names, integers: [...names.integers, result] } };
  }

  #free(name: string): StatementTree {
    return this.#random.oneIn(2)
      ? { Dealloc: { ptr: name } }
      : { Call: { target: "free", args: [name], result: null } };
  }

  #store(name: string, { integers }: Names): StatementTree {
    const value = integers.at(-1) ?? this.#random.pick(["1", "-9223372036854775808"]);
    return this.#random.oneIn(2)
      ? { Store: { ptr: name, value } }
      : { Call: { target: "store", args: [name, value], result: null } };
  }

  #emitted(name: string): StatementTree[] {
    return this.#random.oneIn(2) ? [{ Effect: { kind: "emit", payload: name } }] : [];
  }

  #fresh(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }
}

/** Without a name that was freed. */
function without({ handles, integers }: Names, name: string): Names {
  return { handles: handles.filter((other) => other !== name), integers };
}
