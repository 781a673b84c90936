/**
 * What has become of the linear names of a process at one point of it, whichever path led there.
 *
 * @module
 */
import type { At } from "../typing/violation.ts";

/** What a name may be here, each with the place that made it so; absent where no path leads to that. */
export interface Status {
  /** It holds a value that is not used yet: where it was bound. */
  readonly live?: At | undefined;
  /** Its value was used. */
  readonly used?: At | undefined;
  /** Its value was measured, and the name stands for the classical outcome. */
  readonly measured?: At | undefined;
  /** Where the paths parted of which only some use it. */
  readonly split?: Split | undefined;
}

/** An `If` or a `match`. */
export interface Split {
  readonly kind: "branch" | "arm";
  readonly at: At;
}

/** The names in scope by cell. */
export type LinearNames = Map<number, Status>;

/** Adds what the names are on other paths; returns whether that was anything new. */
export function joinNames(into: LinearNames, from: LinearNames, split?: Split): boolean {
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

function joinStatus(a: Status, b: Status, split: Split | undefined): Status {
  const isLive = a.live !== undefined && b.live !== undefined;
  const isNeither = a.live === undefined && b.live === undefined;
  const parted = a.split ?? b.split ?? (isLive || isNeither ? undefined : split);
  const joined: Status = {
    live: a.live ?? b.live,
    used: a.used ?? b.used,
    measured: a.measured ?? b.measured,
    split: parted,
  };
  const isSame = joined.live === a.live && joined.used === a.used &&
    joined.measured === a.measured && (joined.split === a.split || split === undefined);
  return isSame ? a : joined;
}

/** What a name is after a use. */
export function afterUse(status: Status, at: At, isMeasurement: boolean): Status {
  const { live, used, measured } = status;
  return isMeasurement
    ? { measured: measured ?? at, used }
    : { used: live === undefined ? used : at, measured };
}
