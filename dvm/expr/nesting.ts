/**
 * How deep the expression that is being parsed nests. The bounds hold for any text, so that neither the parser nor anything that
 * walks the tree can exhaust the host's stack.
 *
 * @module
 */
import { EXPR_DEPTH_MAX } from "../base/limits.ts";
import type { TokenReader } from "./token_reader.ts";

/** Counts open constructs and the height of the tree. */
export class Nesting {
  /** Height of the tree that was parsed last. */
  height = 0;
  /** Constructs that are open, and operators whose right operand is being parsed. */
  #constructs = 0;
  #operators = 0;
  readonly #tokens: TokenReader;

  constructor(tokens: TokenReader) {
    this.#tokens = tokens;
  }

  /** Starts a new expression. */
  reset(): void {
    this.#constructs = this.#operators = 0;
  }

  /** Enters a construct such as parentheses, whose text begins at `start`. */
  enter(start: number): void {
    if (++this.#constructs > EXPR_DEPTH_MAX) this.#tokens.stopTooDeep(start);
  }

  leave(): void {
    this.#constructs--;
  }

  /** Enters the right operand of an operator, which begins at the next token. */
  enterOperand(): void {
    if (++this.#operators > EXPR_DEPTH_MAX) this.#tokens.stopTooDeep(this.#tokens.at);
  }

  leaveOperand(): void {
    this.#operators--;
  }

  /** Adds a node above the tree that was parsed last and another part of height `other`. */
  raise(other = 0): void {
    this.height = Math.max(this.height, other) + 1;
    if (this.height > EXPR_DEPTH_MAX) this.#tokens.stopTooDeep(this.#tokens.at);
  }
}
