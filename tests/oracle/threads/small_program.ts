/**
 * Small programs whose schedules can all be executed: up to three threads, with up to four statements each that others can notice.
 *
 * @module
 */
import type { Random } from "../../../campaign/random.ts";
import { portInput, type RunInput } from "../../../mod.ts";
import { proc, program } from "../../support/program.ts";

/** A program, and the input that every run of it has. */
export interface SmallProgram {
  readonly text: string;
  readonly input: RunInput;
}

const INPUT: RunInput = {
  environment: { inputs: [portInput({ name: "serial", number: 64, reads: [5, 6, 7, 8, 9] })] },
};

/** What the threads of a program share. */
interface Shared {
  readonly hasMemory: boolean;
  readonly locks: readonly string[];
  /** Whether what is shared is used under the first lock. */
  readonly isCareful: boolean;
}

/** A random program; `most` is the number of statements in each thread that others can notice, at most 4. */
export function smallProgram(random: Random, most = 4): SmallProgram {
  const shared = {
    hasMemory: random.oneIn(2),
    locks: random.pick([["x0"], ["x0"], ["x0", "x1"], []]),
    isCareful: random.oneIn(2),
  };
  const workers = random.pick([1, 1, 2]);
  const names = Array.from({ length: workers }, (_, at) => at);
  const params = [
    ...shared.hasMemory ? ["m: Mem"] : [],
    ...shared.locks.map((name) => `${name}: Mutex`),
  ].join(", ");
  const args = [...shared.hasMemory ? ["m"] : [], ...shared.locks].join(", ");
  const spawned = (at: number) => args === "" ? `work${at}` : `work${at}(${args})`;
  const main = proc(
    "K::main() -> i64",
    ...shared.hasMemory ? ["let m = alloc(8)"] : [],
    ...shared.locks.map((name) => `let ${name} = mutex_new()`),
    ...names.map((at) => `let t${at} = spawn(${spawned(at)})`),
    ...bodyOf(random, shared, random.below(Math.min(most, 2) + 1)),
    ...names.flatMap((at) => {
      const isJoined = shared.hasMemory || random.oneIn(2);
      if (!isJoined) return [];
      return shared.hasMemory ? [`let m${at} = join(t${at})`] : [`call join(t${at})`];
    }),
    ...shared.hasMemory ? [...names.map((at) => `call free(m${at})`), "let v = load(m)"] : [],
    ...shared.hasMemory ? ["call free(m)", "return v"] : ["return 0"],
  );
  const works = names.map((at) =>
    proc(
      `K::work${at}(${params})${shared.hasMemory ? " -> Mem" : ""}`,
      ...bodyOf(random, shared, random.between(1, most)),
      ...shared.hasMemory ? ["return m"] : [],
    )
  );
  return { text: program(main, ...works), input: INPUT };
}

/** `count` statements, those of a lock included. */
function bodyOf(random: Random, shared: Shared, count: number): readonly string[] {
  const body: string[] = [];
  const names = { next: 0 };
  for (let left = count; left > 0;) {
    const piece = pieceOf(random, shared, left, names);
    for (const statement of piece) body.push(statement);
    left -= piece.length;
  }
  return body;
}

function pieceOf(
  random: Random,
  { hasMemory, locks, isCareful }: Shared,
  left: number,
  names: { next: number },
): readonly string[] {
  const name = `v${names.next++}`;
  const access = () =>
    random.oneIn(2) ? `let ${name} = load(m)` : `call store(m, ${random.below(9)})`;
  const read = [`let ${name} = io_read(64)`, `emit ${name}`];
  const other = () => random.pick([`emit ${random.below(3)}`, read[0] ?? ""]);
  const lock = locks.length === 0 ? undefined : random.pick(locks);
  if (lock !== undefined && left >= 3 && random.chance(60)) {
    const first = isCareful ? locks[0] ?? lock : lock;
    const inner = hasMemory && random.chance(70) ? access() : other();
    const isLeft = random.oneIn(12);
    return [`call mutex_lock(${first})`, inner, ...isLeft ? [] : [`call mutex_unlock(${first})`]];
  }
  if (lock !== undefined && left >= 2 && random.oneIn(4)) {
    return [`call mutex_lock(${lock})`, `call mutex_unlock(${lock})`];
  }
  if (lock !== undefined && random.oneIn(20)) {
    return [`call ${random.pick(["mutex_lock", "mutex_unlock"])}(${lock})`];
  }
  if (left >= 2 && random.oneIn(3)) return read;
  return [hasMemory && !isCareful && random.oneIn(2) ? access() : other()];
}
