import { assertStrictEquals } from "../../std/assert.ts";
import { nearestWord } from "./suggest.ts";

const WORDS = ["run", "check", "state", "diff", "verify", "explain", "--emit-trace", "--entry"];

Deno.test("nearest() finds the word that a slip of the finger was meant to be", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["chek", "check"],
    ["chekc", "check"],
    ["verfiy", "verify"],
    ["expl", "explain"],
    ["--emit-trase", "--emit-trace"],
    ["dif", "diff"],
    ["zebra", undefined],
    ["x", undefined],
  ];
  for (const [word, expected] of cases) {
    assertStrictEquals(nearestWord(word, WORDS), expected, word);
  }
});
