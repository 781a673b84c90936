/**
 * The order of events, and what an event may say after those before it: the rules of `docs/log-format.md` that concern several lines
 * and need no program. Whether the events fit the program is checked by replay.
 *
 * @module
 */
import {
  type Event,
  isMachineEvent,
  type MachineEvent,
  type OutcomeEvent,
  type RunStarted,
} from "../../dvm/event/event.ts";
import { unreachable } from "../../dvm/base/result.ts";
import { miscounted } from "./count_rules.ts";
import { FrameRules } from "./frame_rules.ts";
import { HeaderRules } from "./header_rules.ts";
import { LogTally } from "./log_tally.ts";
import {
  type Realization,
  type RealizationEvent,
  RealizationProgress,
} from "./realization_progress.ts";
import { IoRules } from "./io_rules.ts";
import { MemoryRules } from "./memory_rules.ts";
import { ResourceRules } from "./resource_rules.ts";
import { ThreadRules } from "./thread_rules.ts";

/** Why another line than a checkpoint may not stand where one is due. */
export const MISSING_CHECKPOINT = "a checkpoint is missing before this line";

/** Checks the order of a log's events, and keeps what is needed to judge whether the log is complete. */
export class LogRules {
  #seq = 0;
  #header: RunStarted | undefined;
  #loaded: HeaderRules | undefined;
  #outcome: OutcomeEvent | undefined;
  #progress: RealizationProgress | undefined;
  /** The kind of each effect of a run in mode `realize`. There may be millions of effects, and a kind is one string. */
  readonly #effects: string[] = [];
  readonly #kinds = new Map<string, string>();
  readonly #frames = new FrameRules();
  readonly #resources = new ResourceRules();
  readonly #memory = new MemoryRules();
  readonly #io = new IoRules(this.#memory);
  readonly #threads = new ThreadRules(this.#memory);
  readonly #recoveries: string[] = [];
  /** The counts so far, and where a checkpoint is due. */
  readonly tally = new LogTally();

  /** Number of events accepted. */
  get seq(): number {
    return this.#seq;
  }
  /** The header, once it was accepted. */
  get header(): RunStarted | undefined {
    return this.#header;
  }
  /** The outcome, once it was accepted. */
  get outcome(): OutcomeEvent | undefined {
    return this.#outcome;
  }
  /** How far realization has progressed. */
  get realization(): Realization {
    if (this.#progress === undefined) return "none";
    return this.#progress.finished?.status ?? "begun";
  }
  /** The random id of a run whose realization has begun. */
  get occurrence(): string | undefined {
    return this.#progress?.started?.occurrence;
  }
  /** Digests of the torn tails that were cut from the log, as its `recovered` events record them. */
  get recoveries(): readonly string[] {
    return this.#recoveries;
  }

  /** Accepts the next event; returns the reason if it is not allowed here. A checkpoint's own members are not checked. */
  accept(event: Event): string | undefined {
    if (event.seq !== this.#seq) return `seq is ${event.seq}, expected ${this.#seq}`;
    const reason = this.#check(event);
    if (reason !== undefined) return reason;
    this.#seq++;
    if (event.kind === "checkpoint") this.tally.addCheckpoint();
    else this.tally.add(event);
    return undefined;
  }

  /** Accepts `count` statements in a row, whose `seq` has been checked; returns the reason if the first is not allowed here. */
  acceptStatements(count: number): string | undefined {
    const reason = this.#canExecute();
    if (reason !== undefined) return reason;
    this.#seq += count;
    this.tally.addStatements(count);
    return undefined;
  }

  #check(event: Event): string | undefined {
    if (event.kind === "run_started") {
      if (this.#header !== undefined) return "the run has already started";
      this.#header = event;
      this.#loaded = new HeaderRules(event);
      return event.artifacts === 0 ? "a run has at least one artifact" : undefined;
    }
    if (this.#header === undefined || this.#loaded === undefined) {
      return "a log begins with run_started";
    }
    if (event.kind === "checkpoint") return this.#checkpoint();
    if (this.tally.isCheckpointDue) return MISSING_CHECKPOINT;
    switch (event.kind) {
      case "program_loaded":
        return this.#loaded.acceptArtifact(event);
      case "input_loaded":
        return this.#loaded.acceptInput(event) ?? this.#io.acceptInput(event);
      case "recovered":
        this.#recoveries.push(event.sha256);
        return undefined;
      default:
        return isMachineEvent(event)
          ? this.#execute(event, this.#header)
          : this.#realize(event, this.#header);
    }
  }

  #checkpoint(): string | undefined {
    if (this.tally.sinceCheckpoint === 0) return "a checkpoint stands after at least one event";
    return undefined;
  }

  #realize(event: RealizationEvent, header: RunStarted): string | undefined {
    const outcome = this.#outcome;
    if (outcome === undefined || outcome.error !== undefined || header.mode !== "realize") {
      return "effects are realized only after an outcome without error, in mode realize";
    }
    this.#progress ??= new RealizationProgress(this.#effects);
    return this.#progress.accept(event);
  }

  #canExecute(): string | undefined {
    if (this.#loaded === undefined) return "a log begins with run_started";
    if (this.#loaded.missing !== undefined) return this.#loaded.missing;
    if (this.tally.isCheckpointDue) return MISSING_CHECKPOINT;
    return this.#outcome === undefined ? undefined : "the run already has an outcome";
  }

  #execute(event: MachineEvent, header: RunStarted): string | undefined {
    const reason = this.#canExecute();
    if (reason !== undefined) return reason;
    if (event.kind === "stmt") {
      return event.thread === undefined ? undefined : this.#threads.accept(event);
    }
    const misfit = miscounted(event, this.tally, header) ?? this.#frames.accept(event) ??
      this.#resources.accept(event) ?? this.#memory.accept(event) ?? this.#threads.accept(event) ??
      (header.semantics === "spec" ? this.#io.accept(event) : undefined);
    if (misfit !== undefined) return misfit;
    if (event.kind === "outcome") this.#outcome = event;
    if (event.kind === "effect" && header.mode === "realize") this.#addEffect(event.effect);
    return undefined;
  }

  #addEffect(kind: string): void {
    const known = this.#kinds.get(kind) ?? kind;
    this.#kinds.set(known, known);
    this.#effects.push(known);
  }
}

/** Whether a run with this outcome has effects to realize. */
export function needsRealization(
  header: RunStarted | undefined,
  outcome: OutcomeEvent | undefined,
): boolean {
  return header?.mode === "realize" && outcome !== undefined && outcome.error === undefined &&
    outcome.effects > 0;
}

/** Why realization is not finished; `undefined` when it is. */
export function unfinishedReason(realization: Realization): string | undefined {
  switch (realization) {
    case "none":
      return "the realization of its effects has not begun";
    case "begun":
      return "the realization of its effects was interrupted";
    case "failed":
      return "the realization of its effects stopped";
    case "complete":
    case "abandoned":
      return undefined;
    default:
      return unreachable(realization);
  }
}
