/**
 * What the names of each process mean and which types its expressions have, found once for a run.
 *
 * @module
 */
import { Names } from "./bindings.ts";
import { Inference } from "./infer.ts";
import type { Lookup } from "./lookup.ts";
import type { ModelProc } from "./program.ts";

/** The names and types of one process. */
export interface Meaning {
  readonly names: Names;
  readonly types: Inference;
}

/** The meaning of every process that is asked for. */
export class Meanings {
  readonly #lookup: Lookup;
  readonly #known = new Map<ModelProc, Meaning>();

  constructor(lookup: Lookup) {
    this.#lookup = lookup;
  }

  of(proc: ModelProc): Meaning {
    const known = this.#known.get(proc);
    if (known !== undefined) return known;
    const names = new Names(
      proc,
      (path) => this.#lookup.target(proc, path).kind === "intrinsic" ? path : undefined,
    );
    const meaning = { names, types: new Inference(this.#lookup, proc, names) };
    this.#known.set(proc, meaning);
    return meaning;
  }
}
