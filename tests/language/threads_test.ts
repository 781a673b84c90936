/**
 * Threads and locks (CCY-03 to CCY-12, X-58): what operations do, which thread is next, what a bound counts, and that a log is enough
 * to see a schedule again.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import {
  executeText,
  executeToLog,
  fileInput,
  LogStates,
  LogWriter,
  MemoryFile,
  replayLog,
  type RunInput,
  verifyLog,
  viewState,
} from "../../mod.ts";
import { bind, codes, count, proc, program } from "../support/program.ts";
import { sized } from "../support/size.ts";
import { isMachineEvent } from "../../dvm/event/event.ts";
import { LogReader } from "../../store/log/reader.ts";
import { AllowanceTracker } from "../../store/projection/audit/allowance.ts";
import { findProcEntry } from "../../store/projection/state/position.ts";

/** The thread of each dispatch: of each statement, and each process that is entered or left. */
function scheduleOf(text: string, input: RunInput = {}): string {
  const ends = ["stmt", "enter_proc", "leave_proc", "constraint_added", "witness"];
  return executeText(text, input).events.flatMap((event) => {
    const isEffect = event.kind === "effect" && !event.effect.includes(":");
    if (!isEffect && !ends.includes(event.kind)) return [];
    return ["thread" in event ? event.thread ?? 0 : 0];
  }).join("");
}

/** What a run returns, an integer, or the code of its failure. */
function resultOf(text: string, input: RunInput = {}): number | string {
  const { returned, error } = executeText(text, input).outcome;
  const isInt = typeof returned === "object" && "Int" in returned;
  return error?.code ?? (isInt ? Number(returned.Int) : "no integer");
}

function steps(first: number, length: number): string[] {
  return Array.from({ length }, (_, index) => `let s${index} = ${first + index}`);
}

/** Two threads of ten statements. */
const TWO_THREADS = program(
  proc("K::main() -> i64", "let a = spawn(left)", "let b = spawn(right)", "return 0"),
  proc("K::left() -> i64", ...steps(0, 9), "return 1"),
  proc("K::right() -> i64", ...steps(100, 9), "return 2"),
);

/** A counter that two threads add to, with the lock around what they do or without. */
function counter(isLocked: boolean): string {
  const around = (...body: string[]) =>
    isLocked ? ["call mutex_lock(x)", ...body, "call mutex_unlock(x)"] : body;
  return program(
    proc(
      "K::main() -> i64",
      "let m = alloc(8)",
      "let x = mutex_new()",
      "let a = spawn(add(m, x, 1))",
      "let b = spawn(add(m, x, 10))",
      "let r = join(a)",
      "let s = join(b)",
      "let t = load(m)",
      "call free(m)",
      "return t",
    ),
    proc(
      "K::add(m: Mem, x: Mutex, n: i64) -> i64",
      ...around("let v = load(m)", "call store(m, v Add n)", "call free(m)"),
      "return n",
    ),
  );
}

// covers: CCY-04, CCY-06
Deno.test("spawn evaluates its arguments and returns at once; join gives the result, of its type", () => {
  const text = program(
    proc(
      "K::main() -> i64",
      "let a = spawn(add(one(), 2))",
      "let b = spawn(seven, 5)",
      "let c = spawn(say)",
      "let x = join(a)",
      "let y = wait(b)",
      "let z = join(c)",
      "return x Mul y",
    ),
    proc("K::one() -> i64", "return 1"),
    proc("K::add(a: i64, b: i64) -> i64", "return a Add b"),
    proc("K::seven() -> i64", "return 7"),
    proc("K::say()", "let n = 1"),
    proc("K::wait(t: Thread<i64>) -> i64", "let v = join(t)", "return v"),
  );
  assertStrictEquals(resultOf(text), 21);
  const spawned = executeText(text).events.filter(({ kind }) => kind === "thread_spawn");
  assertEquals(spawned.map((event) => "seed" in event), [false, true, false]);
});

/** SplitMix64, written again from its publication. */
function mix(state: bigint): bigint {
  const mask = (1n << 64n) - 1n;
  let z = (state + 0x9E3779B97F4A7C15n) & mask;
  z = ((z ^ (z >> 30n)) * 0xBF58476D1CE4E5B9n) & mask;
  z = ((z ^ (z >> 27n)) * 0x94D049BB133111EBn) & mask;
  return z ^ (z >> 31n);
}

/** The schedule of two threads that never wait, from the text of docs/decisions/0015-threads.md. */
function expectedSchedule(
  seeds: readonly (bigint | undefined)[],
  lengths: readonly number[],
): string {
  const turn = lengths.map(() => 0), had = lengths.map(() => 0);
  let chosen = "";
  for (let dispatch = 1; chosen.length < lengths.reduce((sum, each) => sum + each); dispatch++) {
    const delay = (k: number) => {
      const seed = seeds[k];
      if (seed === undefined) return 0;
      return Number(mix(mix(mix(seed) ^ BigInt(k)) ^ BigInt(had[k] ?? 0)) >> 61n);
    };
    const next = lengths.map((length, k) => ({ k, key: (turn[k] ?? 0) + delay(k), length }))
      .filter(({ k, length }) => (had[k] ?? 0) < length)
      .sort((a, b) => a.key - b.key || a.k - b.k)[0]?.k ?? -1;
    turn[next] = dispatch;
    had[next] = (had[next] ?? 0) + 1;
    chosen += next;
  }
  return chosen;
}

/** One spawn, and then both threads only compute. */
const ONE_SPAWN = program(
  proc("K::main() -> i64", "let a = spawn(other)", ...steps(0, 12), "return 0"),
  proc("K::other() -> i64", ...steps(0, 12), "return 1"),
);

// covers: CCY-03, CCY-05
Deno.test("the schedule is the one that the text describes: round robin, or by the delays of a seed", () => {
  // The entering of main and its spawn come before the first choice.
  for (const seed of [undefined, 0, 1, 7, 4_294_967_296, Number.MAX_SAFE_INTEGER]) {
    const big = seed === undefined ? undefined : BigInt(seed);
    const expected = `00${expectedSchedule([big, big], [13, 14])}`;
    assertStrictEquals(scheduleOf(ONE_SPAWN, seed === undefined ? {} : { seed }), expected);
  }
  assertStrictEquals(scheduleOf(ONE_SPAWN).slice(0, 9), "000101010");
  const own = ONE_SPAWN.replace("spawn(other)", "spawn(other, 0 Sub 3)");
  const negative = BigInt.asUintN(64, -3n);
  assertStrictEquals(scheduleOf(own), `00${expectedSchedule([undefined, negative], [13, 14])}`);
});

// covers: CCY-06
Deno.test("a seed of a spawn holds for what that thread starts, and for nothing else", () => {
  const nested = (seed: string) =>
    program(
      proc("K::main() -> i64", `let a = spawn(middle${seed})`, ...steps(0, 9), "return 0"),
      proc("K::middle() -> i64", "let c = spawn(inner)", ...steps(0, 9), "return 1"),
      proc("K::inner() -> i64", ...steps(0, 9), "return 1"),
    );
  const schedules = new Set(["", ", 3", ", 4"].map((seed) => scheduleOf(nested(seed))));
  assertStrictEquals(schedules.size, 3);
  const given = nested("").replace("spawn(middle)", "spawn(middle, 3)")
    .replace("spawn(inner)", "spawn(inner, 3)");
  assertStrictEquals(scheduleOf(nested(", 3")), scheduleOf(given));
});

// covers: CCY-05, CCY-07
Deno.test("1,000 seeds give at least 900 schedules of two threads of ten statements, each the same twice", () => {
  const seeds = sized({ quick: 200, ci: 1_000 });
  const schedules = new Set<string>();
  for (let seed = 0; seed < seeds; seed++) schedules.add(scheduleOf(TWO_THREADS, { seed }));
  assert(schedules.size >= 0.9 * seeds, `${schedules.size} schedules`);
  assertStrictEquals(scheduleOf(TWO_THREADS, { seed: 17 }), scheduleOf(TWO_THREADS, { seed: 17 }));
});

// covers: CCY-05
Deno.test("a ready thread waits for at most 7 dispatches, and one more of each other thread", () => {
  const text = program(
    proc(
      "K::main() -> i64",
      ...Array.from({ length: 6 }, (_, k) => `let t${k} = spawn(w)`),
      ...steps(0, 20),
      "return 0",
    ),
    proc("K::w() -> i64", ...steps(0, 20), "return 1"),
  );
  let longest = 0;
  for (let seed = 0; seed < 50; seed++) {
    const schedule = scheduleOf(text, { seed });
    for (let thread = 0; thread <= 6; thread++) {
      const at = [...schedule].flatMap((each, index) => each === String(thread) ? index : []);
      for (const [index, position] of at.entries()) {
        const before = at[index - 1];
        if (before !== undefined) longest = Math.max(longest, position - before - 1);
      }
    }
  }
  assert(longest > 7 && longest <= 7 + 6, `${longest}`);
});

// covers: CCY-09, CCY-11
Deno.test("a locked counter has the same total for all seeds, and an unlocked one is a race for all", () => {
  for (let seed = 0; seed < 100; seed++) {
    assertStrictEquals(resultOf(counter(true), { seed }), 11);
    assertStrictEquals(resultOf(counter(false), { seed }), "DR0920");
  }
});

/** A program whose main shares memory, a lock and a file with one thread. */
function shared(main: readonly string[], thread: readonly string[]): string {
  return program(
    proc(
      "K::main() -> i64",
      "let m = alloc(8)",
      "let x = mutex_new()",
      `let f = open("in", "r")`,
      "let t = spawn(w(m, x, f))",
      ...main,
    ),
    proc("K::w(m: Mem, x: Mutex, f: File)", ...thread),
  );
}

const INPUT: RunInput = {
  environment: {
    inputs: [
      fileInput({ name: "in", modes: "r", content: new TextEncoder().encode("abcdefgh") }),
    ],
  },
};
const END = ["call join(t)", "call free(m)", "call close(f)", "return 0"];
const LOCK = "call mutex_lock(x)", UNLOCK = "call mutex_unlock(x)";

// covers: CCY-11
Deno.test("two accesses race exactly if one writes, the bytes overlap, and no spawn, join or lock orders them", () => {
  const races = (main: readonly string[], thread: readonly string[]) => {
    const result = resultOf(shared(main, thread), INPUT);
    assert(result === "DR0920" || result === 0, `${result}`);
    return result === "DR0920";
  };
  const free = ["call free(m)"];
  const store = "call store(m, 1)", load = "let v = load(m)";
  assert(!races(END, free), "a join orders");
  assert(races([store, ...END], [load, ...free]), "write and read");
  assert(races([load, ...END], [store, ...free]), "read and write");
  assert(races([load, ...END], free), "a free writes, whichever holder it ends");
  assert(
    !races([LOCK, store, UNLOCK, ...END], [LOCK, load, "call free(m)", UNLOCK]),
    "a lock orders",
  );
  assert(
    races([LOCK, store, UNLOCK, ...END], [load, LOCK, "call free(m)", UNLOCK]),
    "one lock is none",
  );
  assert(
    !races(["call join(t)", store, "call free(m)", "call close(f)", "return 0"], [store, ...free]),
  );
  const own = ["let b = alloc(8)", "call store(b, 1)", "call free(b)"];
  assert(!races([...own, ...END], [...own, ...free]), "other regions");
  const read = ["let b = alloc(4)", "let n = read(f, b, 4)", "call free(b)"];
  assert(races([...read, ...END], [...read, ...free]), "the position of a file");
  assert(!races([LOCK, ...read, UNLOCK, ...END], [LOCK, ...read, UNLOCK, ...free]));
  const nothing = ["let b = alloc(4)", "let n = read(f, b, 0)", "call free(b)"];
  assert(races([...nothing, ...END], [...read, ...free]), "reading nothing moves the position too");
});

// covers: CCY-04
Deno.test("a bound counts the ticks of its own thread, and of a thread that it joins, at the join", () => {
  const text = (deadline: number, ...body: readonly string[]) =>
    program(
      proc("K::main() -> i64", "let r = bounded()", "return r"),
      proc(
        "K::bounded() -> i64",
        `uses Timer(deadline_us=${deadline})`,
        "let t = spawn(w)",
        ...body,
      ),
      proc("K::w() -> i64", ...steps(0, 5), "return 1"),
    );
  const joined = ["let r = join(t)", "return r"];
  assertStrictEquals(resultOf(text(7, ...joined)), 1);
  assertStrictEquals(resultOf(text(6, ...joined)), "DR0791");
  assertStrictEquals(resultOf(text(2, "let a = 1", "return 5")), 5);
  assertStrictEquals(resultOf(text(6, "return join(t)")), 1);
  assertStrictEquals(resultOf(text(5, "return join(t)")), "DR0791");
  assertStrictEquals(resultOf(text(9, ...joined), { limits: { max_ticks: 7 } }), "DR1101");
  assertStrictEquals(
    resultOf(text(9, ...joined), { limits: { max_ticks: 8 } }),
    1,
  );
});

// covers: CCY-04, CTR-05
Deno.test("a spawn exercises the bind between its processes, whose bounds count the ticks of the thread", () => {
  const text = (...clauses: readonly string[]) =>
    program(
      proc("K::main() -> i64", "let t = spawn(w)", "let a = 1", "let r = join(t)", "return r"),
      proc("K::w() -> i64", ...steps(0, 3), "emit s0", "return 1"),
      bind("K::main -> K::w", ...clauses),
    );
  assertStrictEquals(
    resultOf(text("effects_allowed == true", "latency_us <= 4")),
    1,
  );
  assertStrictEquals(resultOf(text("effects_allowed == true", "latency_us <= 3")), "DR0691");
  assertStrictEquals(resultOf(text("effects_allowed == true", "latency_us >= 5")), "DR0691");
  assertStrictEquals(resultOf(text("effects_allowed == false")), "DR0690");
});

// covers: CCY-12
Deno.test("a run whose threads all wait ends, and says who waits for what", () => {
  const dine = program(
    proc(
      "K::main() -> i64",
      "let x = mutex_new()",
      "let y = mutex_new()",
      "let a = spawn(eat(x, y))",
      "let b = spawn(eat(y, x))",
      "return 0",
    ),
    proc("K::eat(x: Mutex, y: Mutex)", LOCK, "call mutex_lock(y)", "call mutex_unlock(y)", UNLOCK),
  );
  assertStrictEquals(
    executeText(dine).outcome.error?.message,
    "deadlock: thread 1 waits for x2, which thread 2 has; thread 2 waits for x1, which thread 1 has",
  );
  const found = new Set<number | string>();
  for (let seed = 0; seed < 50; seed++) found.add(resultOf(dine, { seed }));
  assertEquals(found, new Set<number | string>([0, "DR1106"]));
});

// covers: CCY-04
Deno.test("memory that a thread gets or returns is its own: it ends it, or whoever joins does", () => {
  const text = (ret: string, thread: readonly string[], ...main: readonly string[]) =>
    program(
      proc("K::main() -> i64", "let m = alloc(8)", "let t = spawn(w(m))", ...main),
      proc(`K::w(m: Mem)${ret}`, ...thread),
    );
  const end = ["call free(m)", "return 0"];
  assertStrictEquals(
    resultOf(text("", ["call free(m)"], "call join(t)", ...end)),
    0,
  );
  assertStrictEquals(resultOf(text("", ["let a = 1"], "call join(t)", ...end)), "DR0908");
  const moved = ["let n = join(t)", "call free(n)", ...end];
  assertStrictEquals(resultOf(text(" -> Mem", ["return m"], ...moved)), 0);
  assertStrictEquals(resultOf(text(" -> Mem", ["return m"], "call join(t)", ...end)), "DR0908");
  assertStrictEquals(resultOf(text(" -> Mem", ["return m"], ...end)), "DR0908");
});

// covers: TYP-22, CCY-04
Deno.test("Thread<T> is a type of its own for each T, and handles are where they may be", () => {
  const check = (type: string, result: string) =>
    codes(program(
      proc("K::main() -> i64", "let t = spawn(w)", "let n = take(t)", "return 0"),
      proc(`K::w() -> ${result}`, result === "bool" ? "return true" : "return 1"),
      proc(`K::take(t: ${type}) -> i64`, "return 0"),
    ));
  assertEquals(check("Thread<i64>", "i64"), []);
  assertEquals(check("Thread<Int>", "i64"), []);
  assertEquals(check("Thread<i32>", "i64"), ["DR0302"]);
  assertEquals(check("Thread<bool>", "bool"), []);
  assertEquals(check("Thread<i64>", "bool"), ["DR0302"]);
  assertEquals(check("Thread", "i64"), ["DR0206"]);
  assertEquals(check("[Thread<i64>; 2]", "i64"), ["DR0302", "DR0319"]);
});

/** The log of a run. */
function logOf(text: string, input: RunInput): MemoryFile {
  const file = new MemoryFile();
  executeToLog({ artifacts: [{ name: "program", text }], input }, new LogWriter(file));
  return file;
}

// covers: CCY-07, REP-01
Deno.test("the log of any schedule replays alone, and its states show every thread", () => {
  const text = counter(true);
  // The second spawn is the first dispatch; where a number is that of no ready thread, the scheduler chooses.
  assert(scheduleOf(text, { schedule: [0, 2, 2, 1] }).startsWith("00000221"));
  assertStrictEquals(scheduleOf(text, { schedule: [9, 0] }), scheduleOf(text));
  for (const input of [{}, { seed: 3 }, { schedule: [0, 2, 2, 1] }]) {
    const log = logOf(text, input);
    assert(verifyLog(log).status === "complete");
    const replayed = replayLog(log);
    assert(replayed.ok && replayed.value.verdict === "reproduced");
    const states = LogStates.open(log);
    assert(states.ok);
    const at = states.value.at({ kind: "event", seq: 30 });
    assert(at.ok);
    const { threads } = viewState(at.value);
    assertStrictEquals(threads?.list.length, 3);
  }
});

// covers: CCY-02
Deno.test("a program without threads or locks has no trace of them in its log", () => {
  const text = program(
    proc("K::main() -> i64", "let n = 1", count("i in 0..3", ["emit i"]), "return n"),
  );
  const { events } = executeText(text, { seed: 5 });
  assert(events.every((event) => !("thread" in event)));
});

// covers: BND-09, CCY-03
Deno.test("what allowed an effect, and where a process is entered, is found per thread", () => {
  const text = program(
    proc("K::main() -> i64", "let a = spawn(left)", "let b = spawn(right)", "return 0"),
    proc("K::left()", "let n = 1", "emit 1", "call say()"),
    proc("K::right()", "emit 3", "let n = 1"),
    proc("K::say()", "emit 2"),
    bind("K::main -> K::left", "effects_allowed == true"),
    bind("K::left -> K::say", "effects_allowed == true"),
  );
  const log = logOf(text, {});
  const tracker = new AllowanceTracker();
  const allowed = new Map<string, readonly string[]>();
  for (const record of new LogReader(log).events()) {
    assert(record.ok);
    const { event } = record.value;
    if (event.kind === "effect") {
      const { contracts } = tracker.allowanceOf(event);
      allowed.set(event.payload, contracts.map(({ bind }) => bind));
    }
    if (isMachineEvent(event)) tracker.add(event);
  }
  const spawned = "K::main -> K::left";
  assertEquals([...allowed].sort(), [["1", [spawned]], ["2", [spawned, "K::left -> K::say"]], [
    "3",
    [],
  ]]);
  const entered = executeText(text).events.findIndex((event) =>
    event.kind === "enter_proc" && event.proc === "say"
  );
  const at = findProcEntry(log, ["say"]);
  assert(at !== undefined && at >= entered && entered > 0);
  assertStrictEquals(findProcEntry(log, ["nothing"]), undefined);
});
