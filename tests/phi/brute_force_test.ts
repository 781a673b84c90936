/**
 * The solver against enumeration: every configuration and every set of constraints of small systems, evaluated by code that is
 * independent of dustrun.
 *
 * @module
 */
import { assert, assertEquals } from "../../std/assert.ts";
import { enumerate } from "./enumeration.ts";
import { loadSystem, problemOf, solve } from "./question.ts";
import { Random } from "../../campaign/random.ts";
import { randomSystem } from "./random_system.ts";
import { artifactOf } from "./systems.ts";
import { sized, testSeed } from "../support/size.ts";

// covers: PHI-02, PHI-04, PHI-08, PHI-09, PHI-10, CON-04, CON-10, CON-11
Deno.test("the solver agrees with enumeration on verdict, every configuration in order, and conflict", () => {
  const random = new Random(testSeed("phi brute force", 41));
  const seen = { admissible: 0, inadmissible: 0, configurations: 0 };
  for (let count = sized({ quick: 200, ci: 6_000, full: 20_000 }); count > 0; count--) {
    const system = randomSystem(random);
    const expected = enumerate(system);
    const solved = solve(problemOf(loadSystem(system), system));
    const wanted = {
      configurations: expected.configurations.map((values) => values.join(" ")),
      conflict: (expected.conflicts[0] ?? []).map((index) => `body[${index}]`),
    };
    assertEquals(solved, wanted, artifactOf(system));
    seen.configurations += wanted.configurations.length;
    if (wanted.conflict.length > 0) seen.inadmissible++;
    else seen.admissible++;
  }
  assert(seen.admissible > seen.inadmissible / 4 && seen.inadmissible > seen.admissible / 4);
});
