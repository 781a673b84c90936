/**
 * What the parts of the model share: failures, which it throws, and the rules of the language, one of which a test build may
 * break by planting a bug.
 *
 * @module
 */
import type { Bug } from "./bugs.ts";

/** The artifact is not DIR (DIR-01). */
export class LoadRefusal extends Error {}

/** A run ends without success. The model throws; its one entry point catches. */
export class RunFailure extends Error {
  readonly kind: string;
  /** The code of its diagnostic, where the text gives one (`docs/decisions/0015-threads.md`). */
  readonly code: string | undefined;

  constructor(kind: string, message: string, code?: string) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

/** The rules of the language, all of them kept unless a bug is planted. */
export class Rules {
  readonly #bug: Bug | undefined;
  readonly #asked: Set<Bug> | undefined;

  /** `asked` collects the bugs that would make a difference where they are planted. */
  constructor(bug?: Bug, asked?: Set<Bug>) {
    this.#bug = bug;
    this.#asked = asked;
  }

  /** Whether the rule is broken here by the planted bug. */
  breaks(bug: Bug): boolean {
    this.#asked?.add(bug);
    return this.#bug === bug;
  }
}
