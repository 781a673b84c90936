/**
 * The large parts of execution that many programs never need: the Φ solver and the upstream executor. Whoever executes passes
 * them in, so that a command loads them only for a program that needs them (`docs/decisions/0012-lazy-engines.md`).
 *
 * @module
 */
import type { ArtifactSource } from "../dir/model.ts";
import type { Semantics } from "../event/input.ts";
import { bug, unreachable } from "../base/result.ts";
import type { executeHost01 } from "../host01/execute.ts";
import type { resolvePhi } from "../phi/answer/resolve.ts";

/** What executes besides the machine itself. To a user of the library it is opaque: {@link loadEngines} makes it. */
export interface Engines {
  /**
   * Decides whether a Φ process has a configuration.
   * @internal
   */
  readonly resolvePhi: typeof resolvePhi;
  /**
   * Executes an artifact as the upstream executor does.
   * @internal
   */
  readonly executeHost01: typeof executeHost01;
}

/**
 * Loads the engines that a run of these artifacts can need: the upstream executor under `host-0.1`, the Φ solver where a text may
 * spell the regime Φ, plainly or by an escape. An engine that cannot be needed is not loaded, and calling it is a bug.
 */
export async function loadEngines(
  artifacts: readonly ArtifactSource[],
  semantics: Semantics,
): Promise<Engines> {
  const engines = { resolvePhi: notLoaded, executeHost01: notLoaded };
  switch (semantics) {
    case "host-0.1":
      return { ...engines, executeHost01: (await import("../host01/execute.ts")).executeHost01 };
    case "spec":
      return artifacts.some(({ text }) => /Φ|\\u03a6/i.test(text))
        ? { ...engines, resolvePhi: (await import("../phi/answer/resolve.ts")).resolvePhi }
        : engines;
    default:
      return unreachable(semantics);
  }
}

function notLoaded(): never {
  bug("an engine was called that the run cannot need");
}
