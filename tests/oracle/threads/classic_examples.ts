/**
 * The classic concurrent programs, with the number of their schedules up to equivalence, as literature or arithmetic has it.
 *
 * @module
 */
import { branch, proc, program, type Statement } from "../../support/program.ts";

/** A program of which it is known what its schedules are. */
export interface ClassicExample {
  readonly name: string;
  readonly text: string;
  /** How many classes of equivalent schedules there are. */
  readonly classes: number;
  /** Every outcome, sorted. */
  readonly outcomes: readonly string[];
}

/** Every thread writes to its own place: the order does not matter. */
function writers(count: number): ClassicExample {
  const places = numbers(count).map((at) => `m${at}`);
  return {
    name: `${count} writers to ${count} places`,
    text: program(
      proc(
        "K::main() -> i64",
        ...places.flatMap((m, at) => [`let ${m} = alloc(8)`, `let t${at} = spawn(write(${m}))`]),
        ...places.map((_, at) => `call join(t${at})`),
        ...places.map((m) => `call free(${m})`),
        "return 0",
      ),
      proc("K::write(m: Mem)", "call store(m, 1)", "call free(m)"),
    ),
    classes: 1,
    outcomes: ['returned; {"Int":0}'],
  };
}

/** Every thread has one effect: all orders differ. */
function emitters(count: number): ClassicExample {
  const all = orders(numbers(count));
  return {
    name: `${count} effects`,
    text: program(
      proc("K::main()", ...numbers(count).map((at) => `call spawn(tell(${at}))`)),
      proc("K::tell(n: i64)", "emit n"),
    ),
    classes: all.length,
    outcomes: all.map((order) => ["returned; null", ...order.map((at) => `emit ${at}`)].join("; "))
      .sort(),
  };
}

/** Read, then write what was read plus one, each under the lock: of two threads, one update may be lost. */
function lostUpdate(): ClassicExample {
  const work = [
    "call mutex_lock(x)",
    "let v = load(m)",
    "call mutex_unlock(x)",
    "call mutex_lock(x)",
    "call store(m, v Add 1)",
    "call free(m)",
    "call mutex_unlock(x)",
  ];
  return {
    name: "lost update",
    text: sharedCounter(2, work),
    // Four critical sections, two of each thread in order: 4! / (2! 2!).
    classes: 6,
    outcomes: ['returned; {"Int":1}', 'returned; {"Int":2}'],
  };
}

/** The same in one critical section each. */
function counter(threads: number): ClassicExample {
  const work = [
    "call mutex_lock(x)",
    "let v = load(m)",
    "call store(m, v Add 1)",
    "call free(m)",
    "call mutex_unlock(x)",
  ];
  return {
    name: `a locked counter of ${threads} threads`,
    text: sharedCounter(threads, work),
    classes: orders(numbers(threads)).length,
    outcomes: [`returned; {"Int":${threads}}`],
  };
}

function sharedCounter(threads: number, work: readonly Statement[]): string {
  return program(
    proc(
      "K::main() -> i64",
      "let m = alloc(8)",
      "let x = mutex_new()",
      ...numbers(threads).map((at) => `let t${at} = spawn(add(m, x))`),
      ...numbers(threads).map((at) => `call join(t${at})`),
      "let v = load(m)",
      "call free(m)",
      "return v",
    ),
    proc("K::add(m: Mem, x: Mutex)", ...work),
  );
}

/** Each takes the fork at the left, then the one at the right. Each fork goes to one neighbor or the other first; they cannot all wait. */
function philosophers(count: number): ClassicExample {
  const forks = numbers(count);
  return {
    name: `${count} dining philosophers`,
    text: program(
      proc(
        "K::main() -> i64",
        ...forks.map((at) => `let x${at} = mutex_new()`),
        ...forks.map((at) => `call spawn(dine(x${at}, x${(at + 1) % count}))`),
        "return 0",
      ),
      proc(
        "K::dine(left: Mutex, right: Mutex)",
        "call mutex_lock(left)",
        "call mutex_lock(right)",
        "call mutex_unlock(right)",
        "call mutex_unlock(left)",
      ),
    ),
    // Two choices for each fork. All at the left first is the deadlock; all at the right first cannot be.
    classes: 2 ** count - 1,
    outcomes: ["failed DR1106", 'returned; {"Int":0}'],
  };
}

/** A reader takes its own lock, the writer all of them: each reader comes before the writer or after it. */
function readersAndWriter(readers: number): ClassicExample {
  const locks = numbers(readers);
  const params = locks.map((at) => `x${at}: Mutex`).join(", ");
  const args = locks.map((at) => `x${at}`).join(", ");
  const read = ["call mutex_lock(x)", "let v = load(m)", "call mutex_unlock(x)", "return m"];
  return {
    name: `${readers} readers and a writer`,
    text: program(
      proc(
        "K::main() -> i64",
        "let m = alloc(8)",
        ...locks.map((at) => `let x${at} = mutex_new()`),
        ...locks.map((at) => `let r${at} = spawn(read_one(m, x${at}))`),
        `let w = spawn(write_all(m, ${args}))`,
        ...locks.map((at) => `let m${at} = join(r${at})`),
        "let n = join(w)",
        ...locks.map((at) => `call free(m${at})`),
        "call free(n)",
        "call free(m)",
        "return 0",
      ),
      proc("K::read_one(m: Mem, x: Mutex) -> Mem", ...read),
      proc(
        `K::write_all(m: Mem, ${params}) -> Mem`,
        ...locks.map((at) => `call mutex_lock(x${at})`),
        "call store(m, 1)",
        ...locks.map((at) => `call mutex_unlock(x${at})`),
        "return m",
      ),
    ),
    classes: 2 ** readers,
    outcomes: ['returned; {"Int":0}'],
  };
}

/**
 * The file system of Flanagan and Godefroid (2005), small: thread i has inode i, and looks for a free block from 2i on. Threads i and
 * i + blocks/2 begin at the same block, so each pair has two orders, and nothing else matters.
 */
function fileSystem(threads: number, blocks: number): ClassicExample {
  const pairs = Math.max(0, threads - blocks / 2);
  return {
    name: `file system of ${blocks} blocks, ${threads} threads`,
    text: program(
      proc(
        "K::main() -> i64",
        ...numbers(blocks).map((at) => `let b${at} = alloc(8)`),
        ...numbers(blocks / 2).map((at) => `let x${at} = mutex_new()`),
        ...numbers(threads).map((at) => {
          const first = 2 * at % blocks;
          return `let t${at} = spawn(take(b${first}, b${first + 1}, x${first / 2}))`;
        }),
        ...numbers(threads).map((at) => `call join(t${at})`),
        ...numbers(blocks).map((at) => `call free(b${at})`),
        "return 0",
      ),
      proc(
        "K::take(first: Mem, second: Mem, x: Mutex)",
        "call mutex_lock(x)",
        "let busy = load(first)",
        branch("busy Eq 0", ["call store(first, 1)"], ["call store(second, 1)"]),
        "call free(first)",
        "call free(second)",
        "call mutex_unlock(x)",
      ),
    ),
    classes: 2 ** pairs,
    outcomes: ['returned; {"Int":0}'],
  };
}

/** Two threads write to one place without a lock: whichever comes second races with the other. */
function race(): ClassicExample {
  return {
    name: "a race",
    text: program(
      proc(
        "K::main()",
        "let m = alloc(8)",
        "let t = spawn(put(m))",
        "call store(m, 1)",
        "let n = join(t)",
        "call free(n)",
        "call free(m)",
      ),
      proc("K::put(m: Mem) -> Mem", "call store(m, 2)", "return m"),
    ),
    // The store of main fails before the other thread ends, or after. The store of the other fails while main waits.
    classes: 3,
    outcomes: ["inadmissible DR0920"],
  };
}

/** The examples that are quick to enumerate. */
export const CLASSIC_EXAMPLES: readonly ClassicExample[] = [
  writers(2),
  writers(3),
  emitters(2),
  emitters(3),
  lostUpdate(),
  counter(2),
  counter(3),
  philosophers(2),
  philosophers(3),
  readersAndWriter(1),
  readersAndWriter(2),
  fileSystem(2, 4),
  fileSystem(3, 4),
  race(),
];

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at);
}

function orders(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    orders(items.filter((item) => item !== first)).map((rest) => [first, ...rest])
  );
}
