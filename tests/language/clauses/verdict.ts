/**
 * The three verdicts that a test of a clause may expect of a program.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { RunInput } from "../../../mod.ts";
import { codeOfRun, codes, summary } from "../../support/program.ts";

/** The program is valid and its run comes to `expected`: effects and value, as `summary` writes them. */
export function holds(text: string, expected: string, input: RunInput = {}): void {
  assert.deepEqual(codes(text), [], text);
  assert.equal(summary(text, input), expected, text);
}

/** The program is valid, whatever its run would come to. */
export function accepted(text: string): void {
  assert.deepEqual(codes(text), [], text);
}

/** The program breaks static rules, exactly these, and nothing of it runs. */
export function refused(text: string, ...expected: readonly string[]): void {
  assert.deepEqual(codes(text), expected, text);
  assert.equal(summary(text), expected[0], text);
}

/** The program is valid, and its run fails with this code; nothing of it happened. */
export function fails(text: string, expected: string, input: RunInput = {}): void {
  assert.deepEqual(codes(text), [], text);
  assert.equal(codeOfRun(text, input), expected, text);
  assert.equal(summary(text, input), expected, text);
}
