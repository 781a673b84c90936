/**
 * From routes to open sinks. All that a realization needs are opened before its first effect: a sink that cannot be had is found
 * before anything irreversible is done (EFF-12), and under simulation this module is never reached.
 *
 * @module
 */
import { dirname } from "node:path";
import { failure, type Result, success, unreachable } from "../../dvm/base/result.ts";
import { hostReason } from "../file/host_error.ts";
import type { Claiming } from "./sink_claim.ts";
import { type ByteStream, makeFolders } from "../file/disk.ts";
import { FileSink } from "./file_sink.ts";
import { LedgerSink } from "./ledger_sink.ts";
import { type Realizer, realizerOf, renderRealizer, type Routes } from "./realizer.ts";
import type { RecordedEffect, Sink } from "./sink.ts";
import { StreamSink } from "./stream_sink.ts";

/** The process's own streams. */
export interface Streams {
  readonly stdout: ByteStream;
  readonly stderr: ByteStream;
}

/** What opening goes by. */
export interface Opening extends Claiming {
  readonly streams: Streams;
}

/** What opening the sinks of a run goes by. */
export interface SinkOpening extends Opening {
  readonly routes: Routes;
  /** Whether nothing intended for a sink is unconfirmed. */
  readonly isSettled: (sink: string) => boolean;
}

/** A sink that cannot be had, and why. */
export interface SinkRefusal {
  readonly sink: string;
  readonly reason: string;
}

/** The sinks of a run, by kind of effect. Effects that are recorded only have none. */
export class Sinks {
  readonly #byKind: ReadonlyMap<string, Sink | undefined>;

  private constructor(byKind: ReadonlyMap<string, Sink | undefined>) {
    this.#byKind = byKind;
  }

  /** Opens what effects of these kinds need. What was opened before a refusal is closed again. */
  static open(
    kinds: Iterable<string>,
    { routes, isSettled, ...opening }: SinkOpening,
  ): Result<Sinks, SinkRefusal> {
    const byKind = new Map<string, Sink | undefined>();
    const byName = new Map<string, Sink>(); // two kinds, or two spellings, may name one file
    for (const kind of kinds) {
      const realizer = realizerOf(routes, kind);
      const sink = realizer.kind === "log" ? undefined : openOne(realizer, byName, opening);
      if (typeof sink === "string") {
        for (const other of byName.values()) other.close(isSettled(other.name));
        return failure({ sink: renderRealizer(realizer), reason: sink });
      }
      byKind.set(kind, sink);
      if (sink !== undefined) byName.set(sink.name, sink);
    }
    return success(new Sinks(byKind));
  }

  /** Where an effect goes; `undefined` for the log. */
  sinkOf({ kind }: RecordedEffect): Sink | undefined {
    return this.#byKind.get(kind);
  }

  /** Closes them all; `isSettled` answers for each by its name. */
  close(isSettled: (sink: string) => boolean): void {
    for (const sink of new Set(this.#byKind.values())) sink?.close(isSettled(sink.name));
  }
}

function openOne(
  realizer: Exclude<Realizer, { readonly kind: "log" }>,
  open: ReadonlyMap<string, Sink>,
  opening: Opening,
): Sink | string {
  const { streams } = opening;
  try {
    switch (realizer.kind) {
      case "stdout":
      case "stderr":
        return open.get(realizer.kind) ?? new StreamSink(realizer.kind, streams[realizer.kind]);
      case "file":
      case "ledger":
        return openAt(realizer, open, opening);
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
  opening: Opening,
): Sink | string {
  const { disk, claimant } = opening;
  if (kind === "ledger") makeFolders(disk, dirname(disk.resolve(spelled)));
  const path = disk.resolve(spelled);
  const name = `${kind}:${path}`;
  const known = open.get(name);
  if (known !== undefined) return known;
  // A process that waits for its own lock waits for ever.
  if (path === claimant.log) return "it is the run's own log";
  if (open.has(`${kind === "file" ? "ledger" : "file"}:${path}`)) {
    return "it is another realizer's file in this run";
  }
  if (kind === "ledger") return LedgerSink.open(path, disk);
  return disk.kindOf(path) === "device"
    ? new StreamSink(name, disk.openDevice(path))
    : FileSink.open(path, opening);
}
