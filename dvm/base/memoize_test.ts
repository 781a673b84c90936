import { assertEquals } from "../../std/assert.ts";
import { memoize } from "./memoize.ts";

Deno.test("oncePer() computes each answer once, also where the answer is undefined", () => {
  const asked: object[] = [];
  const answerOf = memoize((key: { readonly answer: number | undefined }) => {
    asked.push(key);
    return key.answer;
  });
  const one = { answer: 1 }, none = { answer: undefined };
  assertEquals([one, none, one, none].map(answerOf), [1, undefined, 1, undefined]);
  assertEquals(asked, [one, none]);
});
