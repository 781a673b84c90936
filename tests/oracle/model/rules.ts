/**
 * What the model's parts share: failures as it throws them, and the seams at which a test build plants one bug.
 *
 * @module
 */
import { type Bug, PLANTED_BUGS } from "./bugs.ts";

/** The artifact is not DIR. */
export class LoadRefusal extends Error {}

/** A run ends without success. The model throws; its one entry point catches. */
export class RunFailure extends Error {
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The rules of the language, all of them kept unless a bug is planted. */
export class Rules {
  readonly #bug: Bug | undefined;

  constructor(bug?: Bug) {
    this.#bug = bug;
  }

  /** Whether the rule is broken here by the planted bug. */
  breaks(bug: Bug): boolean {
    return this.#bug === bug;
  }
}

/** Every bug that can be planted. */
export function plantedBugs(): readonly Bug[] {
  return PLANTED_BUGS;
}
