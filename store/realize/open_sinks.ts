/**
 * Opens the sinks of a run's routes. All of them are opened before the first effect is performed, so a sink that cannot be opened is
 * found before anything irreversible happens (EFF-12). Simulation never uses this module.
 *
 * @module
 */
import type { ResolvedSink } from "../../dvm/event/event.ts";
import { folderOf } from "../file/path.ts";
import { failure, type Result, success, unreachable } from "../../dvm/base/result.ts";
import { hostReason } from "../file/host_error.ts";
import type { ClaimContext } from "./sink_claim.ts";
import { type ByteStream, type Disk, makeFolders } from "../file/disk.ts";
import { FileSink } from "./file_sink.ts";
import { LedgerSink } from "./ledger_sink.ts";
import { type Realizer, realizerOf, renderRealizer, type Routes } from "./realizer.ts";
import type { RecordedEffect, Sink } from "./sink.ts";
import { StreamSink } from "./stream_sink.ts";

/** The streams of the process. */
export interface Streams {
  /** Standard output. */
  readonly stdout: ByteStream;
  /** Standard error. */
  readonly stderr: ByteStream;
}

/** The environment in which sinks are opened. */
export interface SinkContext extends ClaimContext {
  /** The streams of the process. */
  readonly streams: Streams;
}

/** The routes of a run, and the environment in which its sinks are opened. */
export interface SinkOptions extends SinkContext {
  readonly routes: Routes;
  /** Whether no intent for a sink is unconfirmed. */
  readonly isSettled: (sink: string) => boolean;
}

/** A sink that cannot be opened or written, and why. */
export interface SinkRefusal {
  /** Its name, as in the log. */
  readonly sink: string;
  /** One sentence. */
  readonly reason: string;
}

/** The open sinks of a run, by kind of effect. Kinds that are only recorded have none. */
export class Sinks {
  readonly #byKind: ReadonlyMap<string, Sink | undefined>;

  private constructor(byKind: ReadonlyMap<string, Sink | undefined>) {
    this.#byKind = byKind;
  }

  /** Opens the sinks for these kinds of effects. If one fails, the others are closed again. */
  static open(
    kinds: Iterable<string>,
    { routes, isSettled, ...context }: SinkOptions,
  ): Result<Sinks, SinkRefusal> {
    const byKind = new Map<string, Sink | undefined>();
    const byName = new Map<string, Sink>(); // two kinds or two spellings may name one file
    for (const kind of kinds) {
      const realizer = realizerOf(routes, kind);
      const sink = realizer.kind === "log" ? undefined : openOne(realizer, byName, context);
      if (typeof sink === "string") {
        for (const other of byName.values()) other.close(isSettled(other.name));
        return failure({ sink: renderRealizer(realizer), reason: sink });
      }
      byKind.set(kind, sink);
      if (sink !== undefined) byName.set(sink.name, sink);
    }
    return success(new Sinks(byKind));
  }

  /** The sink of an effect; `undefined` if it is only recorded in the log. */
  sinkOf({ kind }: RecordedEffect): Sink | undefined {
    return this.#byKind.get(kind);
  }

  /** Closes all sinks; `isSettled` says for a sink name whether no intent is unconfirmed. */
  close(isSettled: (sink: string) => boolean): void {
    for (const sink of new Set(this.#byKind.values())) sink?.close(isSettled(sink.name));
  }
}

/** The sink of each kind of effect, in the order of their first effects. */
export function resolvedSinks(
  effects: readonly RecordedEffect[],
  routes: Routes,
  disk: Disk,
): ResolvedSink[] {
  const kinds = new Set(effects.map(({ kind }) => kind));
  return [...kinds].map((effect) => ({ effect, sink: sinkName(realizerOf(routes, effect), disk) }));
}

function sinkName(realizer: Realizer, disk: Disk): string {
  return "path" in realizer ? `${realizer.kind}:${disk.resolve(realizer.path)}` : realizer.kind;
}

function openOne(
  realizer: Exclude<Realizer, { readonly kind: "log" }>,
  open: ReadonlyMap<string, Sink>,
  context: SinkContext,
): Sink | string {
  const { streams } = context;
  try {
    switch (realizer.kind) {
      case "stdout":
      case "stderr":
        return open.get(realizer.kind) ?? new StreamSink(realizer.kind, streams[realizer.kind]);
      case "file":
      case "ledger":
        return openAt(realizer, open, context);
      default:
        return unreachable(realizer);
    }
  } catch (cause) {
    return hostReason(cause);
  }
}

function openAt(
  { kind, path: spelled }: Extract<Realizer, { readonly path: string }>,
  open: ReadonlyMap<string, Sink>,
  context: SinkContext,
): Sink | string {
  const { disk, claimant } = context;
  if (kind === "ledger") makeFolders(disk, folderOf(disk.resolve(spelled)));
  const path = disk.resolve(spelled);
  const name = `${kind}:${path}`;
  const known = open.get(name);
  if (known !== undefined) return known;
  // Waiting for a lock that this process holds would never end.
  if (path === claimant.log) return "it is the log of this run";
  if (open.has(`${kind === "file" ? "ledger" : "file"}:${path}`)) {
    return "another realizer of this run uses this file";
  }
  if (kind === "ledger") return LedgerSink.open(path, disk);
  return disk.kindOf(path) === "device"
    ? new StreamSink(name, disk.openDevice(path))
    : FileSink.open(path, context);
}
