/**
 * What `dustrun PROGRAM` prints, and the exit code of a run.
 *
 * @module
 */
import type { RunInput } from "../../api/input.ts";
import type { ArtifactSource } from "../../api/program.ts";
import type { RealizationResult } from "../../api/realize.ts";
import { type Execution, summaryTrace } from "../../api/record.ts";
import { realizerOf, type Routes } from "../../api/routes.ts";
import type { WireEvent } from "../../api/values.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { exitOfFailure } from "../host/exit_codes.ts";
import type { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import type { NewLog } from "../input/new_log.ts";
import { ledgerOf } from "../input/store_folder.ts";
import { tellDiagnostics } from "../render/diagnostics.ts";
import { renderExistence, renderReport, renderSummary, reportToJson } from "../render/execution.ts";
import { shownJson, shownLines, shownUpstream } from "../text/shown.ts";

/** Collects from the events what the output needs: how a Φ entry was resolved, and the tick of each effect. */
export class RunObserver {
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
export interface Running {
  readonly args: ArgumentsOf<"run">;
  readonly io: Io;
  readonly artifacts: readonly ArtifactSource[];
  readonly input: RunInput;
  readonly log: NewLog;
  readonly watch: RunObserver;
  readonly routes: Routes;
}

/** Prints the result of a run and returns its exit code; the fault of an unfinished realization is thrown when all else is printed. */
export async function printResult(
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
  { args, io, log, realized, routes }: Running & {
    readonly realized: RealizationResult | undefined;
  },
): Promise<Fault | undefined> {
  if (realized === undefined || realized.status === "complete") return undefined;
  const { faultOfRealization, resumeCommand } = await import("../render/realization.ts");
  const ledger = ledgerOf(args); // belongs to the store, and needs none
  const sinks = log.record === undefined ? filesOf(routes, effects) : [];
  return faultOfRealization(realized, {
    effects: effects.length,
    signal: io.interrupt.asked(),
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
