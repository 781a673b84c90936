/**
 * What has become of the linear names of a process at one point of it, whichever path led there.
 *
 * @module
 */
import type { At } from "../typing/violation.ts";

/** What a name may be here, each with the place that made it so; absent where no path leads to that. */
export interface Status {
  /** It holds a value that is not used yet: where it was bound, on the first path that leads here. */
  readonly live?: At | undefined;
  /** Where that value may have been bound, on all paths. */
  readonly bindings?: readonly At[] | undefined;
  /** Its value was used. */
  readonly used?: At | undefined;
  /** Its value was measured, and the name stands for the classical outcome. */
  readonly measured?: At | undefined;
  /** Where the paths parted of which only some use it. */
  readonly split?: Split | undefined;
}

/** A name that has just been bound. */
export function boundAt(at: At): Status {
  return { live: at, bindings: [at] };
}

/** What makes a value: an arm with a pattern, a statement, or a parameter. */
export function binderOf({ span, stmt, param }: At): object | undefined {
  return span ?? stmt ?? param;
}

/** An `If` or a `match`, of which only some branches or arms use a name. */
export interface Split {
  readonly kind: "branch" | "arm";
  readonly at: At;
  /** The use, in one of them. */
  readonly used: At;
}

/** The names in scope by cell. */
export type LinearNames = Map<number, Status>;

/** Adds what the names are on other paths; returns whether that was anything new. */
export function joinNames(
  into: LinearNames,
  from: LinearNames,
  split?: Omit<Split, "used">,
): boolean {
  let hasGrown = false;
  for (const [slot, other] of from) {
    const known = into.get(slot);
    if (known === undefined || known === other) continue;
    const joined = joinStatus(known, other, split);
    if (joined === known) continue;
    into.set(slot, joined);
    hasGrown = true;
  }
  return hasGrown;
}

function joinStatus(a: Status, b: Status, split: Omit<Split, "used"> | undefined): Status {
  const isUneven = (a.live === undefined) !== (b.live === undefined);
  const used = a.used ?? b.used;
  const measured = a.measured ?? b.measured;
  const usedInOne = a.live === undefined ? a.used ?? a.measured : b.used ?? b.measured;
  const parted = isUneven && split !== undefined && usedInOne !== undefined
    ? { ...split, used: usedInOne }
    : undefined;
  const joined: Status = {
    live: a.live ?? b.live,
    bindings: union(a.bindings, b.bindings),
    used,
    measured,
    split: a.split ?? b.split ?? parted,
  };
  const isSame = joined.live === a.live && joined.bindings === a.bindings &&
    joined.used === a.used && joined.measured === a.measured &&
    (joined.split === a.split || split === undefined);
  return isSame ? a : joined;
}

/** All bindings of both, or the first list itself where the other has no more. */
function union(a: Status["bindings"], b: Status["bindings"]): Status["bindings"] {
  if (a === undefined || b === undefined) return a ?? b;
  const known = new Set(a.map(binderOf));
  const more = b.filter((at) => !known.has(binderOf(at)));
  return more.length === 0 ? a : [...a, ...more];
}

/** What a name is after a use. */
export function afterUse(status: Status, at: At, isMeasurement: boolean): Status {
  const { live, used, measured } = status;
  return isMeasurement
    ? { measured: measured ?? at, used }
    : { used: live === undefined ? used : at, measured };
}
