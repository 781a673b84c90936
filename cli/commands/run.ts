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
  executeToLogWith,
  type Execution,
  loadEngines,
  LogWriter,
  summaryTrace,
} from "../../api/record.ts";
import { realizerOf, renderRealizer, type Routes, routesOf } from "../../api/routes.ts";
import type { OpenSnapshots } from "../../api/snapshots.ts";
import type { WireEvent } from "../../api/values.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { readRoutes, withSinks } from "../input/effect_routes.ts";
import { exitOfFailure } from "../host/exit_codes.ts";
import { Fault } from "../host/fault.ts";
import { mayNeedFiles } from "../input/needed_files.ts";
import type { Io } from "../host/io.ts";
import { tellDiagnostics } from "../render/diagnostics.ts";
import { sinkLocks } from "../input/sink_locks.ts";
import { type NewLog, openNewLog, type RunRecord } from "../input/new_log.ts";
import { ledgerOf } from "../input/store_folder.ts";
import { watchWriting } from "../host/progress.ts";
import { loadForRun, readProgramInput } from "../input/program.ts";
import { renderExistence, renderReport, renderSummary, reportToJson } from "../render/execution.ts";
import { shownJson, shownLines, shownUpstream } from "../text/shown.ts";

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
  const input: RunInput = { ...given, mode, environment: environmentOf(environment, sinks) };
  const groupSize = args.group ?? 1;
  const routes = readAllRoutes(input, args);
  const engines = await loadEngines(artifacts, input.semantics ?? "spec");
  const loaded = loadForRun(read, args, io); // before the run has a log or a number
  const renderEvent = args.trace ? await eventRenderer(artifacts) : undefined;
  const log = await openNewLog(program, { ...args, mode }, io);
  const writer = new LogWriter(watchWriting(log.file, io));
  const snapshots = await holdSnapshotsOf(log, artifacts);
  try {
    if (mode === "simulate" || !mayNeedFiles(artifacts, routes)) io.drop("read", "write");
    const watch = new RunObserver(io, renderEvent);
    const states = snapshots === undefined ? {} : { snapshots };
    const execution = executeToLogWith(
      engines,
      {
        artifacts,
        ...(loaded === undefined ? {} : { program: loaded }),
        input,
        ...states,
        ...watch.options,
      },
      writer,
    );
    io.showProgress(""); // effects may go to the same terminal
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
  const root = writer.lastCheckpoint?.root;
  if (root === undefined || identity === undefined) return;
  log.record?.close({ blocks: writer.blocks, root, identity, outcome: outcome.status });
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

/** Collects from the events what the output needs: how a Φ entry was resolved, and the tick of each effect. */
class RunObserver {
  readonly existence: WireEvent[] = [];
  readonly effectTicks: number[] = [];
  readonly #io: Io;
  readonly #renderEvent: ((event: WireEvent) => string) | undefined;

  /** With `renderEvent`, each event is also printed. */
  constructor(io: Io, renderEvent: ((event: WireEvent) => string) | undefined) {
    this.#io = io;
    this.#renderEvent = renderEvent;
  }

  /** Callbacks for `executeToLog`. */
  get options() {
    const observe = (event: WireEvent, tick: number) => this.take(event, tick);
    const observedKinds = new Set(["phi_resolved", "witness", "effect"] as const);
    return this.#renderEvent !== undefined ? { observe } : { observe, observedKinds };
  }

  take(event: WireEvent, tick = 0): void {
    if (event.kind === "phi_resolved" || event.kind === "witness") this.existence.push(event);
    if (event.kind === "effect") this.effectTicks.push(tick);
    if (this.#renderEvent !== undefined) this.#io.stderr(shownLines([this.#renderEvent(event)]));
  }
}

/** What realization and output need besides the execution. */
interface Running {
  readonly args: ArgumentsOf<"run">;
  readonly io: Io;
  readonly artifacts: readonly ArtifactSource[];
  readonly input: RunInput;
  readonly log: NewLog;
  readonly watch: RunObserver;
  readonly routes: Routes;
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
  if (input.semantics !== "host-0.1") {
    const { tellSinks } = await import("../render/sinks.ts");
    const kinds = new Set(effects.map(({ kind }) => kind));
    const sinks = [...kinds].map((kind) => renderRealizer(realizerOf(routes, kind)));
    tellSinks(sinks, { args: running.args, io });
  }
  return await realizeResolved({
    path: log.path ?? "-",
    writer,
    groupSize,
    effects: effects.map(({ kind, payload }, index) => ({ index, kind, payload })),
    routes,
    disk: diskHolding(log),
    ...(log.record === undefined ? {} : { facts: factsOf(log.record) }),
    streams: io.streams,
    locks: sinkLocks(running.args, io),
    observe: (event) => watch.take(event),
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

async function printResult(
  execution: Execution,
  running: Running & { readonly realized: RealizationResult | undefined },
): Promise<number> {
  const { args, input } = running;
  const semantics = input.semantics ?? "spec";
  const refusal = await refusalOf(execution, running);
  if (semantics === "host-0.1" && !args.json) await printAsHost01(execution, running);
  else await printAsSpec(execution, running);
  if (refusal !== undefined) throw refusal;
  const { error } = execution.outcome;
  return error === undefined ? 0 : exitOfFailure(error.kind, semantics);
}

/** The fault of an unfinished realization, with the command that continues it: a log outside of a store needs consent for its sinks. */
async function refusalOf(
  { effects }: Execution,
  { args, log, realized, routes }: Running & { readonly realized: RealizationResult | undefined },
): Promise<Fault | undefined> {
  if (realized === undefined || realized.status === "complete") return undefined;
  const { faultOfRealization, resumeCommand } = await import("../render/realization.ts");
  const ledger = ledgerOf(args); // belongs to the store, and needs none
  const sinks = log.record === undefined ? filesOf(routes, effects) : [];
  return faultOfRealization(realized, {
    effects: effects.length,
    resume: resumeCommand(
      log.reference,
      { store: args.store },
      sinks.filter((path) => path !== ledger),
    ),
  });
}

/** The files that effects go to. */
function filesOf(routes: Routes, effects: Execution["effects"]): string[] {
  return effects.flatMap(({ kind }) => {
    const realizer = realizerOf(routes, kind);
    return "path" in realizer ? [realizer.path] : [];
  });
}

/** The output of the upstream executor, under its semantics. */
async function printAsHost01(
  execution: Execution,
  { args, io, input }: Running,
): Promise<void> {
  const { renderHost01 } = await import("../../api/host01.ts");
  const output = renderHost01(execution, {
    ...(input.entry === undefined ? {} : { entry: input.entry }),
    effects: input.mode ?? "simulate",
    emitTrace: args.emitTrace,
    quiet: args.quiet,
  });
  io.stdout(shownUpstream(output.stdout, io.isStdoutTerminal));
  io.stderr(shownUpstream(output.stderr, io.isStderrTerminal));
}

/** When effects are realized, stdout holds only what the program emits, and messages go to stderr. */
async function printAsSpec(
  execution: Execution,
  { args, io, artifacts, input, log, realized, watch }: Running & {
    readonly realized: RealizationResult | undefined;
  },
): Promise<void> {
  const isSimulated = input.mode === "simulate";
  const isStdoutTaken = log.path === undefined || !isSimulated;
  if (args.emitTrace) {
    const trace = summaryTrace(asPerformed(execution, realized, watch));
    io.stdout(shownJson(JSON.stringify(trace, undefined, 2)));
  }
  if (args.json) {
    if (args.emitTrace) return;
    (isStdoutTaken ? io.stderr : io.stdout)(
      reportToJson(execution, { log: log.reference, realized }),
    );
    return;
  }
  await tellDiagnostics(execution.diagnostics, { args, io });
  if (execution.outcome.error !== undefined && watch.existence.length === 0) return;
  if (args.emitTrace || (args.quiet && isStdoutTaken)) return;
  if (watch.existence.length > 0) {
    const { Places } = await import("../../api/places.ts");
    const existence = renderExistence(watch.existence, Places.of(artifacts));
    (isStdoutTaken ? io.stderr : io.stdout)(existence);
  }
  const isUnfinished = realized !== undefined && realized.status !== "complete";
  if (execution.outcome.error !== undefined || isUnfinished) return;
  if (isSimulated && !isStdoutTaken) io.stdout(renderReport(execution));
  else io.stderr(renderSummary(execution, { log: log.name, realized }));
}

/** What happened when a sink refused: the effects that were performed, and the tick of the last one. */
function asPerformed(
  execution: Execution,
  realized: RealizationResult | undefined,
  { effectTicks }: RunObserver,
): Pick<Execution, "outcome" | "effects" | "ticks"> {
  if (realized === undefined || realized.status === "complete") return execution;
  const { performed, sink, reason } = realized;
  const { returned: _, ...outcome } = execution.outcome;
  return {
    outcome: {
      ...outcome,
      status: "failed",
      error: { code: "DR1310", kind: "EffectViolation", message: `${sink}: ${reason}`, where: "" },
    },
    effects: execution.effects.slice(0, performed),
    ticks: effectTicks[performed - 1] ?? 0,
  };
}
