/**
 * Resources: everything declared in the reachable call tree, gates included, must be on offer, by name and by every stated
 * argument (RES-01, RES-04, RES-05, X-40; semantics.md, second round, "Binds").
 *
 * @module
 */
import type { ModelProc } from "./program.ts";
import { type Rules, RunFailure } from "./rules.ts";

/** What an environment offers. */
export interface ResourceOffer {
  readonly resource: string;
  readonly args: readonly { readonly name: string; readonly value: unknown }[];
}

/** Refuses a run for a resource that is not on offer. Without a stated offer everything declared is there. */
export function grantResources(
  procs: readonly ModelProc[],
  environment: { readonly resources?: readonly ResourceOffer[] } | undefined,
  rules: Rules,
): void {
  const offers = environment?.resources;
  if (offers === undefined) return;
  for (const { resource, args } of procs.flatMap(({ uses }) => uses)) {
    const isOffered = offers.some((offer) => {
      if (offer.resource !== resource) return false;
      if (rules.breaks("a resource is only a name")) return true;
      return args.every(({ name, value }) => {
        if (resource === "Timer" && name.endsWith("_us")) return true;
        return offer.args.some((arg) => arg.name === name && String(arg.value) === String(value));
      });
    });
    if (!isOffered) throw new RunFailure("ResourceUnavailable", resource);
  }
}
