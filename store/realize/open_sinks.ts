/**
 * Opens the sinks of a run's routes. All of them are opened and locked before the first effect is performed, so a sink that cannot be
 * used is found before anything irreversible happens (EFF-12). Simulation never uses this module.
 *
 * @module
 */
import type { ResolvedSink } from "../../dvm/event/event.ts";
import { failure, type Result, success, unreachable } from "../../dvm/base/result.ts";
import type { Disk } from "../file/disk.ts";
import { hostReason } from "../file/host_error.ts";
import { type Realizer, realizerOf, renderRealizer, type Routes } from "./realizer.ts";
import type { RecordedEffect, Sink } from "./sink.ts";
import type { SinkContext, SinkRefusal } from "./sink_context.ts";
import { SinkFiles } from "./sink_files.ts";
import { StreamSink } from "./stream_sink.ts";

/** The routes of a run, and the environment in which its sinks are opened. */
export interface SinkOptions extends SinkContext {
  readonly routes: Routes;
  readonly recorded: RecordedSinks;
}

/** What the log says about the sinks. */
export interface RecordedSinks {
  /** The sink of a kind of effect, resolved. */
  sinkOf(kind: string): string | undefined;
  /** Whether the sink was a regular file when effects were intended for it or performed in it. */
  wasFile(sink: string): boolean;
}

/** The open sinks of a run, by kind of effect. Kinds that are only recorded have none. */
export class Sinks {
  readonly #byKind: ReadonlyMap<string, Sink | undefined>;

  private constructor(byKind: ReadonlyMap<string, Sink | undefined>) {
    this.#byKind = byKind;
  }

  /** Opens the sinks for these kinds of effects, and waits for their locks. If one fails, the others are closed again. */
  static async open(
    kinds: Iterable<string>,
    { routes, recorded, ...context }: SinkOptions,
  ): Promise<Result<Sinks, SinkRefusal>> {
    const files = new SinkFiles(context);
    const names = new Map<string, string | undefined>();
    const streams = new Map<string, Sink>();
    for (const kind of kinds) {
      const realizer = realizerOf(routes, kind);
      const expected = recorded.sinkOf(kind);
      const name = nameOrRefusal(realizer, { files, streams, context, expected, recorded });
      if (typeof name === "object") {
        files.closeUnused();
        return failure({ sink: renderRealizer(realizer), reason: name.reason });
      }
      names.set(kind, name);
    }
    const opened = await files.open();
    if (!opened.ok) return opened;
    const byName = new Map([...streams, ...opened.value]);
    const byKind = [...names].map(([kind, name]) =>
      [kind, name === undefined ? undefined : byName.get(name)] as const
    );
    return success(new Sinks(new Map(byKind)));
  }

  /** The sink of an effect; `undefined` if it is only recorded in the log. */
  sinkOf({ kind }: Pick<RecordedEffect, "kind">): Sink | undefined {
    return this.#byKind.get(kind);
  }

  /** Closes all sinks; `isSettled` says for a sink name whether no intent is unconfirmed. */
  close(isSettled: (sink: string) => boolean): void {
    for (const sink of new Set(this.#byKind.values())) sink?.close(isSettled(sink.name));
  }
}

/** The sink of each kind of effect, in the order of their first effects. */
export function resolvedSinks(
  effects: readonly Pick<RecordedEffect, "kind">[],
  routes: Routes,
  disk: Disk,
): ResolvedSink[] {
  const kinds = new Set(effects.map(({ kind }) => kind));
  return [...kinds].map((effect) => ({ effect, sink: sinkName(realizerOf(routes, effect), disk) }));
}

function sinkName(realizer: Realizer, disk: Disk): string {
  return "path" in realizer ? `${realizer.kind}:${disk.resolve(realizer.path)}` : realizer.kind;
}

/** The name of the sink of a realizer; `undefined` for the log. Streams are opened, files are noted. */
function nameOrRefusal(
  realizer: Realizer,
  { files, streams, context, expected, recorded }: {
    readonly files: SinkFiles;
    readonly streams: Map<string, Sink>;
    readonly context: SinkContext;
    readonly expected: string | undefined;
    readonly recorded: RecordedSinks;
  },
): string | undefined | { readonly reason: string } {
  try {
    switch (realizer.kind) {
      case "log":
        return undefined;
      case "stdout":
      case "stderr":
        streams.set(realizer.kind, new StreamSink(realizer.kind, context.streams[realizer.kind]));
        return realizer.kind;
      case "file":
      case "ledger": {
        const path = context.disk.resolve(realizer.path);
        const name = `${realizer.kind}:${path}`;
        // Somebody has put a link there: nobody consented to what it leads to.
        if (name !== expected) return { reason: `its name leads to ${path} now` };
        // An audit follows none either, and the ledger of a store is not named by anybody.
        if (realizer.kind === "ledger" && context.disk.readLink(realizer.path) !== undefined) {
          return { reason: "it is a link" };
        }
        if (context.disk.kindOf(path) === "device") {
          if (realizer.kind === "ledger" || recorded.wasFile(name)) {
            return { reason: "it is not a regular file" };
          }
          if (!streams.has(name)) {
            streams.set(name, new StreamSink(name, context.disk.openDevice(path)));
          }
          return name;
        }
        const reason = files.add(name, { kind: realizer.kind, path });
        return reason === undefined ? name : { reason };
      }
      default:
        return unreachable(realizer);
    }
  } catch (cause) {
    return { reason: hostReason(cause) };
  }
}
