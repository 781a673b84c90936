/**
 * The three verdicts that a test of a clause may expect of a program.
 *
 * @module
 */
import { assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import type { RunInput } from "../../../mod.ts";
import { codeOfRun, codes, summary } from "../../support/program.ts";

/** Asserts that the program is valid and its run gives `expected`: effects and value, in the form of `summary`. */
export function holds(text: string, expected: string, input: RunInput = {}): void {
  assertEquals(codes(text), [], text);
  assertStrictEquals(summary(text, input), expected, text);
}

/** Asserts that the program is valid, whatever the outcome of its run. */
export function accepted(text: string): void {
  assertEquals(codes(text), [], text);
}

/** The program breaks static rules, exactly these, and nothing of it runs. */
export function refused(text: string, ...expected: readonly string[]): void {
  assertEquals(codes(text), expected, text);
  assertStrictEquals(summary(text), expected[0], text);
}

/** The program is valid, and its run fails with this code; nothing of it happened. */
export function fails(text: string, expected: string, input: RunInput = {}): void {
  assertEquals(codes(text), [], text);
  assertStrictEquals(codeOfRun(text, input), expected, text);
  assertStrictEquals(summary(text, input), expected, text);
}
