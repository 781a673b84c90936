/**
 * `dustrun PROGRAM`: resolves the program into a log, then realizes the effects.
 *
 * @module
 */
import { type Disk, HOST_DISK, HOST_FACTS, type HostFacts } from "../../api/files.ts";
import { folderOf } from "../../api/paths.ts";
import type { Environment, RunInput } from "../../api/input.ts";
import type { ArtifactSource } from "../../api/program.ts";
import type { RealizationResult } from "../../api/realize.ts";
import {
  closedLogOf,
  type Engines,
  executeToLogWith,
  type Execution,
  loadEngines,
  type LogRun,
  LogWriter,
} from "../../api/record.ts";
import { realizerOf, renderRealizer, type Routes, routesOf } from "../../api/routes.ts";
import type { OpenSnapshots } from "../../api/snapshots.ts";
import type { WireEvent } from "../../api/values.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { readRoutes, withSinks } from "../input/effect_routes.ts";
import { Fault } from "../host/fault.ts";
import { mayNeedFiles } from "../input/needed_files.ts";
import type { Io } from "../host/io.ts";
import { sinkLocks } from "../input/sink_locks.ts";
import { type NewLog, openNewLog, type RunRecord } from "../input/new_log.ts";
import { ledgerOf } from "../input/store_folder.ts";
import { Interrupted, stopReasonOf } from "../host/interrupt.ts";
import { watchRealization, watchRun } from "../host/progress.ts";
import { loadForRun, readProgramInput } from "../input/program.ts";
import { printResult, type Running, RunObserver } from "./run_output.ts";

/** Executes the program and returns its exit code. */
export async function run(args: ArgumentsOf<"run">, io: Io): Promise<number> {
  if (args.all) return await (await import("./run_all.ts")).listAll(args, io);
  const program = args.operands[0];
  const read = await readProgramInput(program, args, io);
  const { artifacts, input: given } = read;
  const mode = readMode(args);
  const realizers = mode === "realize" ? readRoutes(args, given.environment?.realizers) : undefined;
  const { environment = {} } = given;
  if (mode === "realize" && (environment.realizers ?? environment.inputs) !== undefined) {
    const { requireManifestConsent } = await import("../input/sink_consent.ts");
    requireManifestConsent(args, environment);
  }
  const sinks = { realizers, inputs: withSinks(environment.inputs, { args, mode }) };
  const input: RunInput = {
    ...given,
    ...(args.seed === undefined ? {} : { seed: args.seed }),
    mode,
    environment: environmentOf(environment, sinks),
  };
  const groupSize = args.group ?? 1;
  const routes = readAllRoutes(input, args);
  if (mode === "realize" && mayNeedFiles(artifacts, routes)) {
    (await import("../input/own_files.ts")).refuseOwnFiles(routes, args);
  }
  const engines = await loadEngines(artifacts, input.semantics ?? "spec");
  const loaded = loadForRun(read, args, io); // before the run has a log or a number
  const renderEvent = args.trace ? await eventRenderer(artifacts) : undefined;
  const log = await openNewLog(program, { ...args, mode }, io);
  const writer = new LogWriter(log.file);
  const snapshots = await holdSnapshotsOf(log, artifacts);
  try {
    if (mode === "simulate" || !mayNeedFiles(artifacts, routes)) io.drop("read", "write");
    const watch = new RunObserver(io, renderEvent);
    const states = snapshots === undefined ? {} : { snapshots };
    const program = loaded === undefined ? {} : { program: loaded };
    const execution = await executeUnlessStopped(
      engines,
      { artifacts, ...program, input, ...states, ...watch.options },
      { args, io, log, writer },
    );
    const identity = writer.lastCheckpoint?.root;
    const running = { args, io, artifacts, input, log, watch, routes };
    const realized = await realizeEffects(execution, { ...running, writer, groupSize });
    recordClosed(execution, {
      log,
      writer,
      identity,
      isRealized: realized !== undefined,
    });
    return await printResult(execution, { ...running, realized });
  } finally {
    writer.close();
    snapshots?.close();
    log.folder?.close();
    log.record?.release();
  }
}

/** Executes into the log. Whoever interrupts that gets a log that is a valid prefix, and is told how to go on. */
async function executeUnlessStopped(
  engines: Engines,
  run: LogRun,
  { args, io, log, writer }: Pick<Running, "args" | "io" | "log"> & { readonly writer: LogWriter },
): Promise<Execution> {
  try {
    return executeToLogWith(engines, { ...run, atProgress: watchRun(io).at }, writer);
  } catch (cause) {
    if (!(cause instanceof Interrupted)) throw cause;
    writer.finish();
    const { interruptedRun } = await import("../render/realization.ts");
    throw interruptedRun(cause.signal, {
      tick: writer.tick,
      reference: log.path === undefined ? undefined : log.reference,
      args,
    });
  } finally {
    io.showProgress(""); // effects may go to the same terminal
  }
}

/** Renders events as lines. What that needs is loaded only where it is asked for. */
async function eventRenderer(
  artifacts: readonly ArtifactSource[],
): Promise<(event: WireEvent) => string> {
  const { renderEventLine } = await import("../render/event.ts");
  const { Places } = await import("../../api/places.ts");
  const places = Places.of(artifacts);
  return (event) => renderEventLine(event, places);
}

/** Records in the store what the run's log was when it was written to its end. */
function recordClosed(
  { outcome }: Execution,
  { log, writer, identity, isRealized }: {
    readonly log: NewLog;
    readonly writer: LogWriter;
    readonly identity: string | undefined;
    /** Then the line is as durable as the receipts. */
    readonly isRealized: boolean;
  },
): void {
  if (identity === undefined) return;
  log.record?.close(closedLogOf({ writer, identity, outcome }));
  if (isRealized) log.record?.sync();
}

/** Snapshots of a run that may be long, so that its states are found quickly later. A wrong guess costs only time. */
async function holdSnapshotsOf(
  { path }: NewLog,
  artifacts: readonly ArtifactSource[],
): Promise<OpenSnapshots | undefined> {
  const mayBeLong = artifacts.some(({ text }) =>
    text.length > LONG_ARTIFACT_LENGTH || /"(?:While|For)"/.test(text)
  );
  if (path === undefined || !mayBeLong) return undefined;
  const { openSnapshots } = await import("../../api/snapshots.ts");
  return openSnapshots(path, { create: true });
}

/** An artifact of this length may have enough statements for a snapshot. */
const LONG_ARTIFACT_LENGTH = 500_000;

function readAllRoutes(input: RunInput, args: ArgumentsOf<"run">): Routes {
  const routes = routesOf({
    header: { semantics: input.semantics ?? "spec", realizers: input.environment?.realizers },
    ledgerPath: ledgerOf(args),
    inputs: input.environment?.inputs ?? [],
  });
  if (!routes.ok) throw new Fault({ code: "DR1303", message: routes.failure, place: "--env" });
  return routes.value;
}

/** The environment with the sinks that the options and the mode leave. */
function environmentOf(
  environment: Environment,
  { realizers, inputs }: {
    readonly realizers: Environment["realizers"];
    readonly inputs: Environment["inputs"];
  },
): Environment {
  const { realizers: _, inputs: __, ...rest } = environment;
  return {
    ...rest,
    ...(realizers === undefined ? {} : { realizers }),
    ...(inputs === undefined ? {} : { inputs }),
  };
}

/** The upstream executor simulates by default, and so does dustrun under its semantics. */
function readMode(args: ArgumentsOf<"run">): "simulate" | "realize" {
  const effects = args.effects;
  if (args.simulate && effects === "realize") {
    throw new Fault({
      code: "DR1303",
      message: "--simulate and --effects realize contradict each other",
      place: "--effects",
      help: "keep one of the two",
    });
  }
  if (effects === "realize") return "realize";
  if (args.simulate || effects === "simulate") return "simulate";
  return args.semantics === "host-0.1" ? "simulate" : "realize";
}

/** Opens and writes files only if the run is admitted and its effects are to be realized. */
async function realizeEffects(
  execution: Execution,
  running: Running & {
    readonly writer: LogWriter;
    readonly groupSize: number;
  },
): Promise<RealizationResult | undefined> {
  const { io, input, log, routes, writer, groupSize, watch } = running;
  const { outcome, effects } = execution;
  if (input.mode === "simulate" || outcome.error !== undefined || effects.length === 0) {
    return undefined;
  }
  const { realizeResolved } = await import("../../api/realize.ts");
  const kinds = new Set(effects.map(({ kind }) => kind));
  const sinks = [...kinds].map((kind) => renderRealizer(realizerOf(routes, kind)));
  if (input.semantics !== "host-0.1") {
    const { tellSinks } = await import("../render/sinks.ts");
    tellSinks(sinks, { args: running.args, io });
  }
  const show = watchRealization(sinks, io);
  return await realizeResolved({
    path: log.path ?? "-",
    writer,
    groupSize,
    effects,
    routes,
    disk: diskHolding(log),
    ...(log.record === undefined ? {} : { facts: factsOf(log.record) }),
    streams: io.streams,
    locks: sinkLocks(running.args, io),
    stop: () => stopReasonOf(io.interrupt),
    observe: (event) => {
      watch.take(event);
      show?.(event);
    },
  });
}

/** The facts of the host, but the occurrence is the one that the store knows. */
function factsOf({ occurrence }: RunRecord): HostFacts {
  return { ...HOST_FACTS, newOccurrence: () => occurrence };
}

/**
 * The host's disk. The log's folder is open already and needs no permission; and with the log's name in it, its line in the store's log is
 * made durable. A log on a stream is in no folder, and no sink is a file then.
 */
function diskHolding({ path, folder, record }: NewLog): Disk {
  if (path === undefined) return { ...HOST_DISK, syncFolder: () => {} };
  if (folder === undefined) return HOST_DISK;
  const held = folderOf(path);
  return {
    ...HOST_DISK,
    syncFolder: (asked) => {
      if (asked !== held) return HOST_DISK.syncFolder(asked);
      folder.sync();
      record?.sync();
    },
  };
}
