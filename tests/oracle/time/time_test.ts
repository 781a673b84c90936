/**
 * Bounds on time against a naive interpreter: on generated programs both name the same failure, ties included, or the same result.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { generateTimedCase } from "../../../campaign/timed.ts";
import { executeText } from "../../../mod.ts";
import { sized, testSeed } from "../../support/size.ts";
import { TIME_BUGS } from "./bugs.ts";
import { machineEnding, naiveEnding, timeDifference } from "./compare.ts";

// covers: CTR-05, TIM-05, TIM-06, FAI-05
Deno.test("bounds on time name the same failure as a naive interpreter", () => {
  const seed = testSeed("bounds on time", 1);
  const endings = new Map<string, number>();
  const count = sized({ quick: 200, ci: 10_000, full: 20_000 });
  for (let index = 0; index < count; index++) {
    const one = generateTimedCase(seed + index);
    const difference = timeDifference(one);
    assertStrictEquals(
      difference,
      undefined,
      `DUSTRUN_SEED=${one.seed}: ${difference}\n${one.text}`,
    );
    const code = executeText(one.text, one.input).outcome.error?.code ?? "success";
    endings.set(code, (endings.get(code) ?? 0) + 1);
  }
  for (const code of ["success", "DR0691", "DR0791", "DR0802", "DR0901", "DR0902", "DR1101"]) {
    const share = (endings.get(code) ?? 0) / count;
    assert(share > 0.003, `${code} ends ${share} of the programs: ${[...endings]}`);
  }
});

Deno.test("every bug planted in the naive interpreter of time shows in some program", () => {
  const hidden = new Set(TIME_BUGS);
  for (let seed = 1; seed < 3_000 && hidden.size > 0; seed++) {
    const one = generateTimedCase(seed);
    const machine = machineEnding(one);
    for (const bug of hidden) if (naiveEnding(one, bug) !== machine) hidden.delete(bug);
  }
  assertEquals([...hidden], []);
});
