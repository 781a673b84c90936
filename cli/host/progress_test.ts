import { assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { MemoryFile, type WireEvent } from "../../mod.ts";
import { hostIo, type Io } from "./io.ts";
import { Progress, watchQuery, watchReading, watchRealization, watchRun } from "./progress.ts";

/** A terminal that remembers what progress it was shown, under a clock that the test sets. */
function fakeTerminal(use: (shown: string[], io: Io, clock: { now: number }) => void): void {
  const shown: string[] = [];
  const clock = { now: 0 };
  const io: Io = {
    ...hostIo(),
    isStderrTerminal: true,
    showProgress: (text) => void shown.push(text),
  };
  const real = performance.now;
  performance.now = () => clock.now;
  try {
    use(shown, io, clock);
  } finally {
    performance.now = real;
  }
}

Deno.test("Progress shows nothing for a second, then a line now and then, and takes it away", () => {
  fakeTerminal((shown, io, clock) => {
    const progress = new Progress(io, (done) => `work: ${done} of 9`);
    for (const now of [10, 900, 1_000, 1_050, 1_150, 1_160]) {
      clock.now = now;
      progress.step();
    }
    progress.end();
    assertEquals(shown, ["work: 3 of 9", "work: 5 of 9", ""]);
  });
});

Deno.test("Progress shows nothing where there is no terminal", () => {
  fakeTerminal((shown, io, clock) => {
    const progress = new Progress({ ...io, isStderrTerminal: false }, String);
    clock.now = 5_000;
    progress.step();
    assertEquals(shown, []);
  });
});

Deno.test("watchReading() reports how much of a log has been read", () => {
  fakeTerminal((shown, io, clock) => {
    const file = new MemoryFile();
    file.write(new Uint8Array(2_500_000));
    const log = watchReading(file, io);
    clock.now = 4_000;
    log.read(new Uint8Array(1), 1_250_000);
    log.close();
    assertEquals(shown, ["reading the log: 50 %", ""]);
  });
});

Deno.test("a run shows its ticks, a resolution its solver steps, a realization its effects", () => {
  fakeTerminal((shown, io, clock) => {
    const quiet: Io = { ...io, interrupt: { asked: () => undefined, check: () => {} } };
    const run = watchRun(quiet);
    const query = watchQuery({ entry: "main" }, quiet);
    const realized = watchRealization(["file:/a"], quiet);
    clock.now = 1_000;
    run.at({ kind: "ticks", tick: 7 });
    clock.now = 1_100;
    run.at({ kind: "work", steps: 4_096 });
    query.observe?.(8_192);
    realized?.(receipt(0, 2));
    realized?.({ seq: 9, host: true, time: "", kind: "realization_finished", ...COMPLETE });
    assertEquals(shown, [
      "running: 7 ticks",
      "resolving: 4096 solver steps",
      "8192 solver steps",
      "realizing: 3 effects",
      "",
    ]);
    // The effects may go to the terminal that would show it.
    assertStrictEquals(watchRealization(["file:/a", "stdout"], quiet), undefined);
  });
});

const COMPLETE = { status: "complete", performed: 3 } as const;

function receipt(first: number, last: number): WireEvent {
  const where = { sink: "file:/a", position: 3 };
  return { seq: 8, host: true, time: "", kind: "effect_realized", first, last, ...where };
}
