/**
 * Admission: the resources that must be on offer and the gates that must be open before a run enters its entry (semantics,
 * steps 4 and 5).
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import { reachableProcs } from "../dir/lookup.ts";
import type { Bind, Proc, Program, Use } from "../dir/model.ts";
import type { ResourceOffer } from "../event/event.ts";
import type { OfferRefusal } from "../event/refusal.ts";
import { equalValues } from "../value/value.ts";

/** One condition to settle before the entry is entered. */
export type AdmissionStep =
  | { readonly kind: "resource"; readonly proc: Proc; readonly use: Use }
  | { readonly kind: "gate"; readonly proc: Proc; readonly binds: readonly Bind[] };

/**
 * Everything to settle for a run from `entry`, in order: resources of the reachable call tree and of the gates, in document order, then
 * the gates, in the order of their names.
 */
export function admissionPlan(program: Program, entry: Proc): readonly AdmissionStep[] {
  return planOf(program)(entry);
}

/** Plans by entry: every decision before the entry reads its run's plan. */
const planOf = memoize((program: Program) => memoize((entry: Proc) => makePlan(program, entry)));

/** The processes that a run from `entry` can reach: those of its call tree, and the gates with theirs. */
export function procsOfRun(program: Program, entry: Proc): ReadonlySet<Proc> {
  const called = new Set(reachableProcs(entry));
  return new Set([...called, ...[...gatesOf(program, called).keys()].flatMap(reachableProcs)]);
}

function makePlan(program: Program, entry: Proc): readonly AdmissionStep[] {
  const gates = gatesOf(program, new Set(reachableProcs(entry)));
  // A gating process demands its resources like a called one (RES-01).
  const demanding = procsOfRun(program, entry);
  const inOrder = program.procs.filter((proc) => demanding.has(proc));
  const resources = inOrder.flatMap((proc) =>
    proc.uses.map((use) => ({ kind: "resource", proc, use }) as const)
  );
  return [
    ...resources,
    ...[...gates].map(([proc, binds]) => ({ kind: "gate", proc, binds }) as const),
  ];
}

/** Φ processes bound to a reached K process that does not call them: each must be admissible by itself. */
function gatesOf(program: Program, isReached: ReadonlySet<Proc>): ReadonlyMap<Proc, Bind[]> {
  const gates = new Map<Proc, Bind[]>();
  for (const bind of program.forges.flatMap(({ binds }) => binds)) {
    const { sourceProc, targetProc } = bind;
    if (sourceProc?.regime !== "Φ" || targetProc?.regime !== "K" || !isReached.has(targetProc)) {
      continue;
    }
    const calls = [...targetProc.callees.values()];
    if (calls.some((callee) => callee.kind === "proc" && callee.proc === sourceProc)) continue;
    const binds = gates.get(sourceProc);
    if (binds === undefined) gates.set(sourceProc, [bind]);
    else binds.push(bind);
  }
  return new Map([...gates].sort(([a], [b]) => compareNames(a, b)));
}

/** Of several gates the first that is not open is the failure, which must not depend on the order of binds (DIR-13). */
function compareNames(a: Proc, b: Proc): number {
  const [left, right] = [a, b].map(({ name, forge }) => `${name} ${forge.name}`);
  if (left === right || left === undefined || right === undefined) return a.id - b.id;
  return left < right ? -1 : 1;
}

/**
 * Why the environment does not offer what `use` declares; `undefined` when it does. Without a list, everything declared is
 * on offer. An offer matches by name and by every argument that it or the declaration states; a limit that is
 * enforced elsewhere (a Timer's numbers) need not be repeated by the offer.
 */
export function offerRefusal(
  use: Use,
  offers: readonly ResourceOffer[] | undefined,
): OfferRefusal | undefined {
  if (offers === undefined) return undefined;
  const named = offers.filter((offer) => offer.resource === use.resource);
  if (named.length === 0) return { kind: "absent" };
  const refusals = named.map((offer) => argumentRefusal(use, offer));
  return refusals.includes(undefined) ? undefined : refusals[0];
}

function argumentRefusal(use: Use, offer: ResourceOffer): OfferRefusal | undefined {
  for (const { name: argument, value: declared } of use.args) {
    if (use.resource === "Timer" && argument.endsWith("_us")) continue;
    const offered = offer.args.find(({ name }) => name === argument)?.value;
    if (offered === undefined) return { kind: "argument_missing", argument };
    if (!equalValues(offered, declared)) {
      return { kind: "argument_differs", argument, declared, offered };
    }
  }
  return undefined;
}
