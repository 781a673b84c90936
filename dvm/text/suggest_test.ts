import { assertStrictEquals } from "../../std/assert.ts";
import { Random } from "../../campaign/random.ts";
import { nearestWord } from "./suggest.ts";

const WORDS = ["run", "check", "state", "diff", "verify", "explain", "--emit-trace", "--entry"];

Deno.test("nearestWord() suggests the word that was probably meant", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["chek", "check"],
    ["chekc", "check"],
    ["verfiy", "verify"],
    ["expl", "explain"],
    ["--emit-trase", "--emit-trace"],
    ["dif", "diff"],
    ["zebra", undefined],
    ["x", undefined],
    ["CHECK", "check"],
    ["check", undefined],
    ["--enrty", "--entry"],
    ["--emti-trade", "--emit-trace"],
    ["--imet-trats", undefined],
  ];
  for (const [word, expected] of cases) {
    assertStrictEquals(nearestWord(word, WORDS), expected, word);
  }
});

Deno.test("nearestWord() agrees with the edit distance of the whole table", () => {
  const random = new Random(1);
  const letters = (length: number) =>
    Array.from({ length }, () => "abc".charAt(random.below(3))).join("");
  for (let round = 0; round < 2_000; round++) {
    const word = letters(3 + random.below(9)), candidate = letters(3 + random.below(9));
    const most = Math.min(3, Math.floor(word.length / 3));
    const isNear = candidate.startsWith(word) || editDistance(word, candidate) <= most;
    const expected = isNear && candidate !== word ? candidate : undefined;
    assertStrictEquals(nearestWord(word, [candidate]), expected, `${word} ${candidate}`);
  }
});

/** Optimal string alignment, from its definition. */
function editDistance(a: string, b: string): number {
  const known = new Map<string, number>();
  const distance = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const key = `${i} ${j}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const options = [
      distance(i - 1, j) + 1,
      distance(i, j - 1) + 1,
      distance(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
    ];
    if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
      options.push(distance(i - 2, j - 2) + 1);
    }
    const least = options.reduce((a, b) => Math.min(a, b));
    known.set(key, least);
    return least;
  };
  return distance(a.length, b.length);
}
