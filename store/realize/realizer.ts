/**
 * Realizers and routes as manifests and options spell them: `stdout`, `stderr`, `file:PATH`, `ledger:PATH`, `log`.
 *
 * @module
 */
import { EFFECT_KINDS, type EffectKind } from "../../dvm/dir/model.ts";
import type {
  EffectRoute,
  EnvironmentInput,
  ResolvedSink,
  RunStarted,
} from "../../dvm/event/event.ts";
import { ioEffect, ioEffectOf } from "../../dvm/event/io_effect.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";

/** A realizer with its destination. */
export type Realizer =
  | { readonly kind: "stdout" }
  | { readonly kind: "stderr" }
  /** Appends lines to a file. */
  | { readonly kind: "file"; readonly path: string }
  /** Appends chained records to a ledger. */
  | { readonly kind: "ledger"; readonly path: string }
  /** Records effects in the log and nowhere else. */
  | { readonly kind: "log" };

/** The realizer of each kind of effect. */
export interface Routes extends Readonly<Record<EffectKind, Realizer>> {
  /** Of the effects of operations, by their kinds, `write:out.txt`. Those that are missing have the log. */
  readonly operations?: ReadonlyMap<string, Realizer>;
}

/**
 * Parses a realizer. The failure is one sentence.
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
    if (text.startsWith(`${kind}:`) && /^[^\0]+$/.test(path)) return success({ kind, path });
  }
  return failure(
    `${JSON.stringify(text)} is not one of stdout, stderr, file:PATH, ledger:PATH, log`,
  );
}

/** Parses `KIND=REALIZER`. The failure is one sentence. */
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

/** The spelling that {@link parseRealizer} reads. */
export function renderRealizer(realizer: Realizer): string {
  return "path" in realizer ? `${realizer.kind}:${realizer.path}` : realizer.kind;
}

/** The header of a run, and the default ledger for seals. */
export interface RouteOrigin {
  /** The header of the run. */
  readonly header: Pick<RunStarted, "semantics" | "realizers">;
  /** The path of the ledger for seals that have no route. */
  readonly ledgerPath: string;
  /** The files, ports and devices of the run, with their sinks; default: none. */
  readonly inputs?: readonly EnvironmentInput[];
}

/**
 * The routes of a run. The defaults are: emit to stdout, observe to the log, seal to the store's ledger. Upstream's executor has no
 * devices, so under `host-0.1` the default is the log. Fails if the header names an unknown realizer.
 */
export function routesOf(
  { header, ledgerPath, inputs = [] }: RouteOrigin,
): Result<Routes, string> {
  const log: Realizer = { kind: "log" };
  const routes: { [K in EffectKind]: Realizer } = header.semantics === "host-0.1"
    ? { emit: log, observe: log, seal: log }
    : { emit: { kind: "stdout" }, observe: log, seal: { kind: "ledger", path: ledgerPath } };
  for (const { effect, realizer } of header.realizers ?? []) {
    const parsed = parseRealizer(realizer);
    if (!parsed.ok) return parsed;
    routes[effect] = parsed.value;
  }
  const operations = new Map<string, Realizer>();
  for (const { input, name, sink } of inputs) {
    const parsed = sink === undefined ? success(log) : parseRealizer(sink);
    if (!parsed.ok) return parsed;
    operations.set(ioEffect(OPERATION_OF[input], name), parsed.value);
  }
  return success({ ...routes, operations });
}

/** The operation whose effects go to the sink of an input. */
const OPERATION_OF = { file: "write", port: "io_write", device: "mmio_write" } as const;

/** The routes that a realization recorded when it began. Fails if it names an unknown realizer. */
export function routesOfSinks(sinks: readonly ResolvedSink[]): Result<Routes, string> {
  const log: Realizer = { kind: "log" };
  const routes: { [K in EffectKind]: Realizer } = { emit: log, observe: log, seal: log };
  const operations = new Map<string, Realizer>();
  for (const { effect, sink } of sinks) {
    const kind = EFFECT_KINDS.find((known) => known === effect);
    const isOperation = ioEffectOf(effect) !== undefined;
    if (kind === undefined && !isOperation) continue; // of the upstream executor: recorded in the log
    const parsed = parseRealizer(sink);
    if (!parsed.ok) return parsed;
    if (kind === undefined) operations.set(effect, parsed.value);
    else routes[kind] = parsed.value;
  }
  return success({ ...routes, operations });
}

/** The realizer of a kind of effect. Kinds that only upstream's executor has are recorded in the log. */
export function realizerOf(routes: Routes, effect: string): Realizer {
  const kind = EFFECT_KINDS.find((known) => known === effect);
  if (kind !== undefined) return routes[kind];
  return routes.operations?.get(effect) ?? { kind: "log" };
}
