/**
 * Kills and power failures at every operation, on a simulated disk with a page cache. Real processes are killed in
 * `tests/log/kills/`; there the kernel is real, here everything that it is allowed to forget is forgotten.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { sized, testSeed } from "../../support/size.ts";
import {
  DEATHS,
  faultThenRunAgain,
  killAndResume,
  killTerminal,
  operationsOf,
  REFUSALS,
  refuseAndResume,
} from "./crash_trials.ts";
import { REAL_ROOT } from "../planted/plant.ts";
import { Scenario, type Setup, subjectFrom } from "./scenario.ts";
import { Random } from "../../../campaign/random.ts";

const SUBJECT = await subjectFrom(REAL_ROOT);
const EFFECTS = [1, 2, 6, 7, 8, 20, 64, 65, 128, 500];
const GROUPS = [1, 7, 64];

/** Runs a trial, and names it when it fails. */
async function attempt(particulars: unknown, trial: () => Promise<void>): Promise<void> {
  try {
    await trial();
  } catch (cause) {
    throw new Error(JSON.stringify(particulars), { cause });
  }
}

/** Operations of a run at which to plant a fault: all, or the first ones and as many others as there is time for. */
function targets(operations: number, most: number, random: Random): number[] {
  if (operations <= most) return Array.from({ length: operations }, (_, at) => at);
  const early = Math.min(8, most);
  return Array.from(
    { length: most },
    (_, index) => index < early ? index : random.below(operations),
  );
}

// covers: EFF-03, EFF-05, EFF-09
Deno.test("killed at any operation and resumed, files and ledgers hold every effect exactly once, in order", async () => {
  const seed = testSeed("crash", 20_251);
  const random = new Random(seed);
  const most = sized({ quick: 3, ci: 24, full: 60 });
  let kills = 0;
  for (const sinks of ["file", "ledger", "mixed", "written"] as const) {
    for (const effects of EFFECTS) {
      for (const groupSize of GROUPS) {
        const setup: Setup = { effects, groupSize, sinks };
        const operations = await operationsOf(SUBJECT, setup);
        for (const at of targets(operations, effects > 100 ? most >> 2 : most, random)) {
          const death = DEATHS[kills++ % DEATHS.length];
          assert(death !== undefined);
          await attempt(
            { setup, at, death, seed },
            () => killAndResume(SUBJECT, { setup, at, random, death }),
          );
        }
      }
    }
  }
  console.log(`${kills} kills`);
  assert(kills >= sized({ quick: 200, ci: 1_800, full: 2_000 }));
});

// covers: EFF-03, EFF-05
Deno.test("a terminal is never written to twice without a decision: effects that it may have shown are in doubt", async () => {
  const seed = testSeed("terminal", 4_711);
  const random = new Random(seed);
  for (const effects of [7, 1, 20].slice(0, sized({ quick: 1, ci: 3 }))) {
    for (const groupSize of GROUPS) {
      const setup: Setup = { effects, groupSize, sinks: "terminal" };
      const { operations } = await new Scenario(SUBJECT, setup).begin();
      for (let at = 0; at < operations; at++) {
        for (const death of DEATHS) {
          await attempt(
            { setup, at, death, seed },
            () => killTerminal(SUBJECT, { setup, at, random, death }),
          );
        }
      }
    }
  }
});

// covers: EFF-11, EFF-05
Deno.test("after any operation that the host refuses, resuming finishes the run once the fault is gone", async () => {
  const random = new Random(0);
  const effects = sized({ quick: 3, ci: 20, full: 30 });
  const errors = sized({ quick: 1, ci: 1, full: REFUSALS.length });
  for (const sinks of ["file", "ledger", "mixed", "written"] as const) {
    for (const groupSize of GROUPS) {
      const setup: Setup = { effects, groupSize, sinks };
      for (let at = await operationsOf(SUBJECT, setup) - 1; at >= 0; at--) {
        for (const error of [...REFUSALS, ...REFUSALS].slice(at % 3, at % 3 + errors)) {
          for (const torn of [false, true]) {
            await attempt(
              { setup, at, error: error.message, torn },
              () => refuseAndResume(SUBJECT, { setup, at, random, error, torn }),
            );
          }
        }
      }
    }
  }
});

// covers: EFF-11
Deno.test("a pipe that is closed before an effect is written leaves nothing in doubt", async () => {
  const closed = new Deno.errors.BrokenPipe("Broken pipe (os error 32)");
  for (const groupSize of GROUPS) {
    const setup: Setup = { effects: 9, groupSize, sinks: "terminal" };
    const { operations } = await new Scenario(SUBJECT, setup).begin();
    for (let at = 0; at < operations; at++) {
      for (const torn of [false, true]) {
        const scenario = new Scenario(SUBJECT, setup);
        const { result } = await scenario.begin({
          at,
          fault: { kind: "refuse", error: closed, torn },
        });
        if (typeof result !== "object" || result.status !== "failed") continue; // the log was struck
        const cut = scenario.simDisk.terminal.length > 0 &&
          !scenario.simDisk.terminal.endsWith("\n");
        const { result: resumed } = await scenario.resume();
        assert(typeof resumed === "object");
        if (cut) {
          assert(resumed.status === "in_doubt", "half a line was written");
          assertStrictEquals(resumed.first, resumed.last);
        } else assertEquals(scenario.shown(), Array(9).fill(1));
      }
    }
  }
});

// covers: EFF-03
Deno.test("two runs of one program on the same sinks never confuse their effects", async () => {
  const seed = testSeed("two runs", 31);
  const random = new Random(seed);
  for (const sinks of ["file", "ledger", "mixed"] as const) {
    for (const groupSize of GROUPS) {
      const setup: Setup = { effects: sized({ quick: 3, ci: 8, full: 12 }), groupSize, sinks };
      for (let at = await operationsOf(SUBJECT, setup) - 1; at >= 0; at--) {
        for (const { power, torn } of DEATHS) {
          const fault = { kind: "die", torn } as const;
          await attempt(
            { setup, at, power, torn, seed },
            () => faultThenRunAgain(SUBJECT, { setup, at, random, fault, power }),
          );
        }
      }
    }
  }
});

Deno.test("partial writes make no difference", async () => {
  for (const sinks of ["file", "ledger", "mixed", "terminal"] as const) {
    const scenario = new Scenario(SUBJECT, { effects: 20, groupSize: 7, sinks });
    await scenario.begin("short writes");
    scenario.assertComplete();
    if (sinks === "terminal") assertEquals(scenario.shown(), Array(20).fill(1));
  }
});
