/**
 * Which realizer takes the effects of a kind, as manifests and options spell it: `stdout`, `stderr`, `file:PATH`, `ledger:PATH`,
 * `log`.
 *
 * @module
 */
import type { EffectKind } from "../../dvm/dir/model.ts";
import type { EffectRoute, RunStarted } from "../../dvm/event/event.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";

/** A realizer, and where it puts what it realizes. */
export type Realizer =
  | { readonly kind: "stdout" }
  | { readonly kind: "stderr" }
  /** Lines at the end of a file. */
  | { readonly kind: "file"; readonly path: string }
  /** Chained records at the end of a ledger. */
  | { readonly kind: "ledger"; readonly path: string }
  /** Recorded in the log and nowhere else. */
  | { readonly kind: "log" };

/** The kinds of effects there are, in the order in which a header lists them (EFF-01). */
export const EFFECT_KINDS: readonly EffectKind[] = ["emit", "observe", "seal"];

/** The realizer of each kind of effect. */
export type Routes = { readonly [K in EffectKind]: Realizer };

/**
 * Reads a realizer as it is spelled. The failure is one sentence.
 *
 * @example
 * ```ts
 * import { parseRealizer } from "../../mod.ts";
 * const realizer = parseRealizer("file:out.txt");
 * if (!realizer.ok || realizer.value.kind !== "file" || realizer.value.path !== "out.txt") throw new Error();
 * if (parseRealizer("printer").ok) throw new Error();
 * ```
 */
export function parseRealizer(text: string): Result<Realizer, string> {
  switch (text) {
    case "stdout":
    case "stderr":
    case "log":
      return success({ kind: text });
  }
  for (const kind of ["file", "ledger"] as const) {
    const path = text.slice(kind.length + 1);
    if (text.startsWith(`${kind}:`) && path !== "") return success({ kind, path });
  }
  return failure(
    `${JSON.stringify(text)} is none of stdout, stderr, file:PATH, ledger:PATH, log`,
  );
}

/** Reads `KIND=REALIZER`. The failure is one sentence. */
export function parseRoute(text: string): Result<EffectRoute, string> {
  const equals = text.indexOf("=");
  const effect = EFFECT_KINDS.find((kind) => kind === text.slice(0, Math.max(equals, 0)));
  if (effect === undefined) {
    return failure(`${JSON.stringify(text)} does not begin with emit=, observe= or seal=`);
  }
  const realizer = text.slice(equals + 1);
  const parsed = parseRealizer(realizer);
  return parsed.ok ? success({ effect, realizer }) : parsed;
}

/** The realizer as it is spelled. */
export function renderRealizer(realizer: Realizer): string {
  return "path" in realizer ? `${realizer.kind}:${realizer.path}` : realizer.kind;
}

/** Which header a run's routes come from, and where seals go that no route sends elsewhere. */
export interface RouteOrigin {
  readonly header: Pick<RunStarted, "semantics" | "realizers">;
  readonly ledgerPath: string;
}

/**
 * The routes of a run. What the header does not say goes by default: emit to stdout, observe to the log, seal to the store's
 * ledger. Upstream's executor has no devices: under `host-0.1` its own report is all there is, and the default is the log.
 */
export function routesOf({ header, ledgerPath }: RouteOrigin): Result<Routes, string> {
  const log: Realizer = { kind: "log" };
  const routes: { [K in EffectKind]: Realizer } = header.semantics === "host-0.1"
    ? { emit: log, observe: log, seal: log }
    : { emit: { kind: "stdout" }, observe: log, seal: { kind: "ledger", path: ledgerPath } };
  for (const { effect, realizer } of header.realizers ?? []) {
    const parsed = parseRealizer(realizer);
    if (!parsed.ok) return parsed;
    routes[effect] = parsed.value;
  }
  return success(routes);
}

/** The realizer of an effect. A kind that only upstream's executor knows is recorded and nothing else. */
export function realizerOf(routes: Routes, effect: string): Realizer {
  const kind = EFFECT_KINDS.find((known) => known === effect);
  return kind === undefined ? { kind: "log" } : routes[kind];
}
