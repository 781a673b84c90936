import { assertEquals } from "../../std/assert.ts";
import { memoize } from "./memoize.ts";

Deno.test("memoize() computes each result once, also if it is undefined", () => {
  const asked: object[] = [];
  const answerOf = memoize((key: { readonly answer: number | undefined }) => {
    asked.push(key);
    return key.answer;
  });
  const one = { answer: 1 }, none = { answer: undefined };
  assertEquals([one, none, one, none].map(answerOf), [1, undefined, 1, undefined]);
  assertEquals(asked, [one, none]);
});
