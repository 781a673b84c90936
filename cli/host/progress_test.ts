import { assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { MemoryFile } from "../../mod.ts";
import { hostIo, type Io } from "./io.ts";
import { Progress, watchReading, watchWriting } from "./progress.ts";

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

Deno.test("watchReading() and watchWriting() report how much of a log has been read and written", () => {
  fakeTerminal((shown, io, clock) => {
    const file = watchWriting(new MemoryFile(), io);
    clock.now = 2_000;
    file.write(new Uint8Array(2_500_000));
    const log = watchReading(file, io);
    clock.now = 4_000;
    log.read(new Uint8Array(1), 1_250_000);
    log.close();
    assertEquals(shown.slice(0, 2), ["running: 2.5 MB of log", "reading the log: 50 %"]);
    assertStrictEquals(shown.at(-1), "");
  });
});
