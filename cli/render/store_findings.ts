/**
 * What is wrong with a store, as text and as an exit code.
 *
 * @module
 */
import type { StoreFinding } from "../../api/store_check.ts";
import { EXIT_DAMAGED, EXIT_DIFFERENT, EXIT_INCOMPLETE } from "../host/exit_codes.ts";

const EXIT_OF_FINDING: { readonly [K in StoreFinding["kind"]]: number } = {
  damaged: EXIT_DAMAGED,
  disagreement: EXIT_DIFFERENT,
  incomplete: EXIT_INCOMPLETE,
};

/** The exit code for findings of which the most severe is the first. */
export function exitOfFindings([first]: readonly StoreFinding[]): number {
  return first === undefined ? 0 : EXIT_OF_FINDING[first.kind];
}

/** A finding as one line. */
export function renderFinding({ kind, run, message }: StoreFinding): string {
  return `${kind}: ${run === undefined ? "" : `run ${run}: `}${message}`;
}
