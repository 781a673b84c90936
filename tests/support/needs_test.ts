import { assert, assertEquals, assertStrictEquals, assertThrows } from "../../std/assert.ts";
import { needing, tool } from "./needs.ts";

const PRESENT = { what: "present", isMissing: () => false };
const ABSENT = { what: "absent", isMissing: () => true };
const fn = () => {};

Deno.test("needing() runs a test whose needs are met", () => {
  for (const isCi of [false, true]) {
    const host = { size: "quick", isCi } as const;
    assertEquals(needing({ name: "t", needs: [PRESENT], fn }, host), { name: "t", fn });
  }
});

Deno.test("needing() ignores a test that lacks something, and fails it where CI=true", () => {
  const test = { name: "t", needs: [PRESENT, ABSENT], fn };
  const ignored = needing(test, { size: "ci", isCi: false });
  assertEquals([ignored.name, ignored.ignore], ["t (needs absent)", true]);
  const failing = needing(test, { size: "ci", isCi: true });
  assert(failing.ignore !== true);
  assertThrows(() => (failing.fn as () => void)(), Error, "needs absent");
});

Deno.test("needing() ignores a test of size ci at size quick, also where CI=true", () => {
  const test = { name: "t", needs: [ABSENT], size: "ci", fn } as const;
  assertStrictEquals(needing(test, { size: "quick", isCi: true }).ignore, true);
  assert(needing(test, { size: "ci", isCi: true }).ignore !== true);
});

Deno.test("tool() is missing when it is not installed or fails", () => {
  assertStrictEquals(tool(Deno.execPath()).isMissing(), false);
  assertStrictEquals(tool(Deno.execPath(), "no-such-command-or-file.ts").isMissing(), true);
  assertStrictEquals(tool("no-such-program-here").isMissing(), true);
});
