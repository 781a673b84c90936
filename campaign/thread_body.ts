/**
 * Bodies of the processes of `threads.ts`. A lock is held by whole runs of statements, mostly.
 *
 * @module
 */
import type { ProcTree, StatementTree } from "./artifact.ts";
import type { Random } from "./random.ts";

/** What the threads of a program share, by the names that all processes give it. */
export interface Shared {
  /** Each is protected by the first lock. */
  readonly memories: readonly string[];
  /** At least one. */
  readonly locks: readonly string[];
  readonly file: string | undefined;
}

/** Makes the body of one process. */
export class ThreadBody {
  readonly #random: Random;
  readonly #shared: Shared;
  readonly #isCareful: boolean;
  #names = 0;
  #integers: string[] = [];

  /** Where `isCareful`, everything shared is used under its lock. */
  constructor(random: Random, shared: Shared, isCareful: boolean) {
    this.#random = random;
    this.#shared = shared;
    this.#isCareful = isCareful;
  }

  /** A thread of a process, under a name. */
  spawn(name: string, { name: callee, params }: ProcTree): StatementTree[] {
    const random = this.#random;
    const process = params.length === 0 ? callee : `${callee}(${this.#shuffledLocks(params)})`;
    const seed = random.oneIn(4) ? `, ${random.pick(["3", "7", "0 Sub 1"])}` : "";
    return [{ Let: { name, expr: `spawn(${process}${seed})` } }];
  }

  /** A join, and what becomes of its result. */
  join(name: string, ret: string | null): StatementTree[] {
    if (ret === null) return [call("join", name)];
    const result = this.#fresh(ret === "Mem" ? "g" : "v");
    const joined = { Let: { name: result, expr: `join(${name})` } };
    if (ret === "Mem") return [joined, call("free", result)];
    this.#integers.push(result);
    return [joined];
  }

  /** A join by another thread. */
  joinElsewhere(name: string): StatementTree[] {
    const thread = this.#fresh("j");
    return [{ Let: { name: thread, expr: `spawn(waits(${name}))` } }, ...this.join(thread, "i64")];
  }

  /** Several pieces of work. */
  work(count: number): StatementTree[] {
    return Array.from({ length: count }, () => this.#piece()).flat();
  }

  /** Ends what the thread holds, and returns. */
  end(ret: string | null): StatementTree[] {
    const random = this.#random;
    const [kept, ...others] = this.#shared.memories;
    const freed = ret === "Mem" ? others : this.#shared.memories;
    const frees = freed.filter(() => !random.oneIn(25)).map((name) => call("free", name));
    const body = frees.length === 0 ? [] : this.#locked(frees);
    if (ret === "Mem") return [...body, { Return: { expr: kept ?? "" } }];
    return ret === "i64" ? [...body, { Return: { expr: this.#integers.at(-1) ?? "3" } }] : body;
  }

  /** Ends what the entry holds, after its threads have ended, mostly. */
  endMain(): StatementTree[] {
    const { memories, file } = this.#shared;
    const statements: StatementTree[] = memories.flatMap((name) => [
      ...this.#random.oneIn(2) ? this.#loaded(name) : [],
      call("free", name),
    ]);
    if (file !== undefined) statements.push(call("close", file));
    return [...statements, { Return: { expr: this.#integers.at(-1) ?? "0" } }];
  }

  #piece(): StatementTree[] {
    const random = this.#random;
    const { locks, memories, file } = this.#shared;
    const memory = memories.length === 0 ? undefined : random.pick(memories);
    const lock = random.pick(locks);
    switch (random.below(15)) {
      case 0:
        return [this.#emit()];
      case 1:
        return this.#bound(`told(${lock}, ${this.#integers.at(-1) ?? "4"})`);
      case 2:
        return this.#locked([this.#emit(), ...locks.length > 1 ? this.#nested() : []]);
      case 3:
        return this.#loop();
      case 4:
        return [...this.#bound("io_read(64)"), this.#emit()];
      case 5:
        return [call("io_write", "64", String(random.below(9)))];
      case 6:
        return this.#bound(`proven(${random.below(9)})`);
      case 7:
        if (file !== undefined && memory !== undefined) {
          return this.#locked(this.#bound(`read(${file}, ${memory}, ${random.between(0, 5)})`));
        }
        return [{ Constrain: { predicate: `${this.#integers.at(-1) ?? "1"} Ge 0 Sub 9` } }];
      case 8:
        if (this.#isCareful || !random.oneIn(3)) return [this.#emit()];
        return [call(random.pick(["mutex_lock", "mutex_unlock"]), lock)];
      case 9:
        return this.#locked(
          random.oneIn(2)
            ? this.#bound(`mmio_read(${random.pick([16, 20])})`)
            : [call("mmio_write", random.pick(["16", "24"]), String(random.below(9)))],
        );
      case 10:
        return memory === undefined ? [this.#emit()] : this.#written(memory);
      case 11:
        return this.#spawned();
      default:
        return memory === undefined ? [this.#emit()] : this.#update(memory);
    }
  }

  /** Writes to a file that the thread opens itself. */
  #written(memory: string): StatementTree[] {
    const file = this.#fresh("f");
    return [
      { Let: { name: file, expr: `open("y", "a")` } },
      ...this.#locked(this.#bound(`write(${file}, ${memory}, 2)`)),
      ...this.#random.oneIn(12) ? [] : [call("close", file)],
    ];
  }

  /** Spawns a thread that has a region of its own. */
  #spawned(): StatementTree[] {
    const random = this.#random;
    const thread = this.#fresh("s");
    if (random.oneIn(3)) {
      const given = this.#fresh("g");
      return [
        { Let: { name: thread, expr: "spawn(made)" } },
        ...random.oneIn(6)
          ? []
          : [{ Let: { name: given, expr: `join(${thread})` } }, call("free", given)],
      ];
    }
    const own = this.#fresh("g");
    const argument = random.oneIn(10) ? "made()" : own;
    return [
      { Let: { name: own, expr: "alloc(16)" } },
      { Let: { name: thread, expr: `spawn(ends(${argument}))` } },
      ...random.oneIn(3) ? [] : [call("join", thread)],
      call("free", own),
    ];
  }

  /** Reads a place and writes what was read plus one. */
  #update(memory: string): StatementTree[] {
    const random = this.#random;
    const isRead = !random.oneIn(3);
    const body = isRead ? this.#loaded(memory) : [];
    if (isRead && random.oneIn(3)) return this.#locked(body);
    const value = random.oneIn(4) ? "9" : `${this.#integers.at(-1) ?? "1"} Add 1`;
    return this.#locked([...body, call("store", memory, value)]);
  }

  #loaded(memory: string): StatementTree[] {
    return this.#bound(`load(${memory})`);
  }

  /** Under the first lock; careless bodies leave it away at times. */
  #locked(body: readonly StatementTree[]): StatementTree[] {
    const lock = this.#shared.locks[0] ?? "";
    if (!this.#isCareful && this.#random.oneIn(3)) return [...body];
    const unlock = this.#isCareful || !this.#random.oneIn(8) ? [call("mutex_unlock", lock)] : [];
    return [call("mutex_lock", lock), ...body, ...unlock];
  }

  /** The second lock under the first; the other way around it may be a deadlock. */
  #nested(): StatementTree[] {
    const [, second = ""] = this.#shared.locks;
    return [call("mutex_lock", second), this.#emit(), call("mutex_unlock", second)];
  }

  #loop(): StatementTree[] {
    const random = this.#random;
    const known = [...this.#integers];
    const body = random.oneIn(2) ? [this.#emit()] : this.#locked([this.#emit()]);
    this.#integers = known;
    if (random.oneIn(2)) {
      return [{ For: { var: this.#fresh("i"), start: "0", end: String(random.below(3)), body } }];
    }
    const condition = `${this.#integers.at(-1) ?? "2"} Gt 2`;
    return [{
      If: { condition, then_body: body, else_body: random.oneIn(2) ? null : [this.#emit()] },
    }];
  }

  #bound(expr: string): StatementTree[] {
    const name = this.#fresh("v");
    this.#integers.push(name);
    return [{ Let: { name, expr } }];
  }

  #emit(): StatementTree {
    const known = this.#integers.at(-1);
    const payload = known !== undefined && this.#random.oneIn(2)
      ? known
      : String(this.#random.below(9));
    return { Effect: { kind: this.#random.pick(["emit", "emit", "observe", "seal"]), payload } };
  }

  /** Arguments by the names of the parameters; two locks may be the other way around. */
  #shuffledLocks(params: ProcTree["params"]): string {
    const names = params.map(({ name, ty }) => ty === "i64" ? "4" : name);
    if (!this.#isCareful && this.#random.oneIn(3) && names.includes("x1")) {
      return names.map((name) => ({ x0: "x1", x1: "x0" })[name] ?? name).join(", ");
    }
    return names.join(", ");
  }

  #fresh(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }
}

function call(target: string, ...args: readonly string[]): StatementTree {
  return { Call: { target, args: [...args], result: null } };
}
