/**
 * The members of DIR records: none missing, none unknown, none twice (DIR-04, DIR-09, DIR-22).
 *
 * @module
 */
import { type Node, properties, string } from "./json.ts";
import { LoadRefusal, type Rules } from "./rules.ts";

/** Reads records of one artifact, whose places count from `base`. */
export class Members {
  readonly #rules: Rules;
  readonly #base: number;

  constructor(rules: Rules, base: number) {
    this.#rules = rules;
    this.#base = base;
  }

  /** The place of a node in the program. */
  at(node: Node): number {
    return this.#base + node.offset;
  }

  /** The members of a record of a known form. `span` and `spans` are not interpreted. */
  of(
    node: Node | undefined,
    required: readonly string[],
    optional: readonly string[] = [],
  ): { readonly [name: string]: Node } {
    const found: { [name: string]: Node } = {};
    for (const { name, value } of properties(node)) {
      const isKnown = required.includes(name) || optional.includes(name);
      if (!isKnown && name !== "span" && name !== "spans") {
        if (this.#rules.breaks("unknown members skipped")) continue;
        throw new LoadRefusal(`unknown member ${name}`);
      }
      if (found[name] !== undefined && !this.#rules.breaks("last member wins")) {
        throw new LoadRefusal(`${name} twice`);
      }
      found[name] = value;
    }
    for (const name of required) {
      if (found[name] === undefined) throw new LoadRefusal(`${name} is missing`);
    }
    return found;
  }

  /** A name, which is not empty (DIR-03). */
  name(node: Node | undefined): string {
    const name = string(node);
    if (name === "" && !this.#rules.breaks("empty name accepted")) throw new LoadRefusal("no name");
    return name;
  }
}
