import { assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { judgeRawTail, judgeTail } from "./tail_content.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const judge = (tail: string, expected: string) => judgeTail(bytes(tail), bytes(expected));

Deno.test("judgeTail() distinguishes what is certain from what is not", () => {
  const expected = "one\ntwo\n";
  const cases: readonly (readonly [string, ReturnType<typeof judgeTail>])[] = [
    ["", { kind: "none" }],
    ["other\n", { kind: "none" }],
    ["other", { kind: "none" }],
    ["onfoo\n", { kind: "none" }], // torn off before its end: the effect is not there
    [expected, { kind: "whole" }],
    ["o", { kind: "beginning", length: 1 }],
    ["one\n", { kind: "beginning", length: 4 }],
    ["one\ntw", { kind: "beginning", length: 6 }],
    ["other\non", { kind: "beginning", length: 2 }],
    ["one\nother\n", { kind: "unclear" }],
    ["other\none\n", { kind: "unclear" }],
    ["other\none\ntwo\n", { kind: "unclear" }],
    ["one\ntwo\nother\n", { kind: "unclear" }],
    ["two\n", { kind: "unclear" }],
    ["other\none\ntw", { kind: "unclear" }],
    ["oneother\n", { kind: "unclear" }],
    ["one\none\n", { kind: "unclear" }],
  ];
  for (const [tail, judged] of cases) assertEquals(judge(tail, expected), judged, tail);
  assertStrictEquals(judge("\n", "\n").kind, "whole");
  assertStrictEquals(judge("\n\n", "\n").kind, "unclear");
  assertStrictEquals(judge("other\n", "\n").kind, "unclear");
});

Deno.test("judgeTail() never takes anything else for the whole, whatever is appended around it", () => {
  const parts = ["", "a\n", "b\n", "ab\n", "a", "\n"];
  const expected = "a\nb\n";
  for (const before of parts) {
    for (const ours of ["", "a", "a\n", "a\nb", expected]) {
      for (const after of parts) {
        const tail = before + ours + after;
        const judged = judge(tail, expected);
        const { kind } = judged;
        assertStrictEquals(kind === "whole", tail === expected, tail);
        if (judged.kind === "beginning") {
          const { length } = judged;
          assertStrictEquals(tail.slice(-length), expected.slice(0, length), tail);
          const earlier = tail.slice(0, -length).split("\n").slice(0, -1);
          assertStrictEquals(earlier.some((line) => line === "a" || line === "b"), false, tail);
        }
        if (kind === "none") assertStrictEquals(tail.includes("a\nb\n"), false, tail);
      }
    }
  }
});

Deno.test("judgeRawTail() trusts nothing but a beginning of what was to be written", () => {
  const raw = (tail: string, expected: string) => judgeRawTail(bytes(tail), bytes(expected));
  assertEquals(raw("", "ab"), { kind: "none" });
  assertEquals(raw("a", "ab"), { kind: "beginning", length: 1 });
  assertEquals(raw("ab", "ab"), { kind: "whole" });
  assertEquals(raw("", ""), { kind: "whole" });
  assertEquals(raw("x", ""), { kind: "whole" });
  for (const tail of ["x", "xab", "abx", "ab\nother\n", "other\n", "other\na"]) {
    assertEquals(raw(tail, "ab"), { kind: "unclear" }, tail);
  }
});
