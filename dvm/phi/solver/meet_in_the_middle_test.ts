/** Meeting in the middle against enumeration. */
import { assert, assertStrictEquals } from "../../../std/assert.ts";
import { isMeetFeasible, meetInTheMiddle, type Part } from "./meet_in_the_middle.ts";

function sums(parts: readonly Part[]): number[] {
  return parts.reduce<number[]>((known, { coef, lo, hi }) => {
    const values = Array.from({ length: hi - lo + 1 }, (_, step) => lo + step);
    return known.flatMap((sum) => values.map((value) => sum + coef * value));
  }, [0]);
}

Deno.test("meetInTheMiddle() finds values exactly where some sum lies between the bounds", () => {
  const parts: Part[] = [
    { coef: 31, lo: 0, hi: 2 },
    { coef: -17, lo: -1, hi: 3 },
    { coef: 53, lo: 0, hi: 1 },
    { coef: 7, lo: 2, hi: 2 },
    { coef: 90, lo: -2, hi: 0 },
  ];
  assert(isMeetFeasible(parts));
  const all = sums(parts);
  for (let lo = -300; lo < 300; lo++) {
    for (const hi of [lo, lo + 2]) {
      const found = meetInTheMiddle(parts, lo, hi);
      assertStrictEquals(
        found !== undefined,
        all.some((sum) => sum >= lo && sum <= hi),
        `${lo}..${hi}`,
      );
      if (found === undefined) continue;
      const sum = parts.reduce((total, part) => total + part.coef * (found.get(part) ?? NaN), 0);
      assert(sum >= lo && sum <= hi);
    }
  }
});
