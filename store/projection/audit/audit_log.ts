/**
 * The audit of one log: for each effect its state, what allowed it, and whether its sink contains it. The log is verified first.
 * Nothing is changed.
 *
 * @module
 */
import {
  type EffectEvent,
  type Event,
  isClockKind,
  isMachineEvent,
} from "../../../dvm/event/event.ts";
import type { EffectIntended } from "../../../dvm/event/event.ts";
import type { Readable } from "../../file/byte_file.ts";
import { LogReader } from "../../log/reader.ts";
import { needsRealization } from "../../log/event_order.ts";
import type { Disk } from "../../file/disk.ts";
import { type LoggedRun, RunCollector } from "../../realize/realization_log.ts";
import type { EffectState } from "../../log/realization_progress.ts";
import { type LogVerdict, verifyLog } from "../../log/verify.ts";
import { type Allowance, AllowanceTracker } from "./allowance.ts";
import { type LifelineEntry, Lifelines } from "./lifeline.ts";
import { type AuditedLedger, type Presence, SinkContents } from "./sink_contents.ts";

/** One effect, audited. */
export interface AuditedEffect {
  /** From 0 within the run. */
  readonly index: number;
  /** `emit`, `observe`, `seal`. */
  readonly kind: string;
  /** The value as the trace renders it. */
  readonly payload: string;
  /** The statement that has the effect, `main.body[2]`. */
  readonly at: string;
  /** Logical time in ticks. */
  readonly tick: number;
  /** `seq` of its event. */
  readonly seq: number;
  /** How far its realization has progressed. */
  readonly state: EffectState["kind"];
  /** The sink that it was intended for; `undefined` if it was never intended. */
  readonly sink: string | undefined;
  /** Number of intents; more than one only after an interruption or an error. */
  readonly intents: number;
  /** What allowed it. */
  readonly allowedBy: Allowance;
  /** Whether its sink contains it; `undefined` unless it is realized or intended. */
  readonly presence: Presence | undefined;
}

/** A problem that an audit has found. */
export interface AuditFinding {
  /** `damaged`: log or ledger; `disagreement`: log and sink differ; `incomplete`: not finished. In order of severity. */
  readonly kind: "damaged" | "disagreement" | "incomplete";
  /** One sentence. */
  readonly message: string;
}

/** The audit of a log. */
export interface LogAudit {
  /** The result of verifying the log. */
  readonly verdict: LogVerdict;
  /** `undefined` if the log has no header. */
  readonly mode: "realize" | "simulate" | undefined;
  /** The entry of the run; `undefined` if the log has no header. */
  readonly entry: string | undefined;
  /** The status of the outcome; `undefined` if there is none. */
  readonly status: string | undefined;
  /** The occurrence of the run, or where its realization has not begun its identity; `undefined` if it has no outcome. */
  readonly run: string | undefined;
  /** The effects of the run, in order. */
  readonly effects: readonly AuditedEffect[];
  /** The ledgers of the run. */
  readonly ledgers: readonly AuditedLedger[];
  /** The events of the requested resource. */
  readonly lifelines: readonly LifelineEntry[];
  /** Problems, most severe first; empty if all is in order. */
  readonly findings: readonly AuditFinding[];
}

/** Options of an audit. */
export interface AuditRequest {
  /** Where the sinks are read. */
  readonly disk: Disk;
  /** Also lists the events of this resource; `*` for all resources. */
  readonly resource?: string;
}

/** Audits a log. Reads the log and its sinks, and changes neither. */
export function auditLog(source: Readable, { disk, resource }: AuditRequest): LogAudit {
  const verdict = verifyLog(source);
  const pass = new AuditPass(resource);
  if (verdict.status !== "damaged") pass.read(source);
  const { run, disorder } = pass;
  const sinkContents = new SinkContents(disk);
  const effects = pass.effects(sinkContents);
  const name = run.progress.started?.occurrence ?? run.identity;
  const ledgers = sinkContents.ledgers(name);
  return {
    verdict,
    mode: run.header?.mode,
    entry: run.header?.entry,
    status: run.outcome?.status,
    run: name,
    effects,
    ledgers,
    lifelines: pass.lifelines,
    findings: findingsOf({ verdict, run, disorder, effects, ledgers }),
  };
}

/** One pass over a log that is not damaged. */
class AuditPass {
  readonly #collector = new RunCollector();
  readonly #tracker = new AllowanceTracker();
  readonly #lifelines: Lifelines | undefined;
  readonly #proposed: {
    readonly event: EffectEvent;
    readonly tick: number;
    readonly allowedBy: Allowance;
  }[] = [];
  #tick = 0;
  /** By effect: the number of intents and the last one. */
  readonly #intents = new Map<number, { count: number; last: EffectIntended }>();
  #disorder: string | undefined;

  constructor(resource: string | undefined) {
    if (resource !== undefined) this.#lifelines = new Lifelines(resource);
  }

  get run(): LoggedRun {
    return this.#collector.run;
  }
  /** The first violation of the protocol of realization. */
  get disorder(): string | undefined {
    return this.#disorder;
  }
  get lifelines(): readonly LifelineEntry[] {
    return this.#lifelines?.entries ?? [];
  }

  read(source: Readable): void {
    for (const read of new LogReader(source).events()) {
      if (!read.ok) return; // the torn tail is in the verdict
      this.#add(read.value.event);
    }
  }

  #add(event: Event): void {
    this.#lifelines?.add(event);
    if (isClockKind(event.kind)) this.#tick++;
    if (event.kind === "effect") {
      const allowedBy = this.#tracker.allowanceOf(event);
      this.#proposed.push({ event, tick: this.#tick, allowedBy });
    }
    if (isMachineEvent(event)) this.#tracker.add(event);
    const reason = this.#collector.add(event);
    if (reason !== undefined) this.#disorder ??= `event ${event.seq}: ${reason}`;
    if (event.kind !== "effect_intended" || reason !== undefined) return;
    for (let index = event.first; index <= event.last; index++) {
      this.#intents.set(index, {
        count: (this.#intents.get(index)?.count ?? 0) + 1,
        last: event,
      });
    }
  }

  effects(sinkContents: SinkContents): AuditedEffect[] {
    const { progress } = this.run;
    return this.#proposed.map(({ event, tick, allowedBy }): AuditedEffect => {
      const { index, effect: kind, payload, at, seq } = event;
      const state = progress.state(index);
      const intent = this.#intents.get(index);
      return {
        index,
        kind,
        payload,
        at,
        tick,
        seq,
        state: state.kind,
        sink: state.kind === "realized" ? state.receipt.sink : intent?.last.sink,
        intents: intent?.count ?? 0,
        allowedBy,
        presence: intent === undefined || (state.kind !== "realized" && state.kind !== "intended")
          ? undefined
          : this.#presenceOf(index, intent.last, sinkContents),
      };
    });
  }

  #presenceOf(index: number, intent: EffectIntended, sinkContents: SinkContents): Presence {
    const { effects, progress } = this.run;
    const effect = effects[index];
    if (effect === undefined) return { kind: "unknown" };
    const batch = {
      sink: intent.sink,
      position: intent.position,
      effects: effects.slice(intent.first, intent.last + 1),
      run: progress.started?.occurrence ?? "",
    };
    return sinkContents.presenceOf(batch, effect);
  }
}

/** The facts from which findings are derived. */
interface Audited {
  readonly verdict: LogVerdict;
  readonly run: LoggedRun;
  readonly disorder: string | undefined;
  readonly effects: readonly AuditedEffect[];
  readonly ledgers: readonly AuditedLedger[];
}

function findingsOf(audited: Audited): AuditFinding[] {
  const { verdict, disorder, ledgers, effects } = audited;
  const findings: AuditFinding[] = [];
  if (verdict.status === "damaged") {
    const message = `the log is damaged at line ${verdict.line}: ${verdict.reason}`;
    return [{ kind: "damaged", message }];
  }
  if (disorder !== undefined) findings.push({ kind: "damaged", message: disorder });
  for (const { path, damage } of ledgers) {
    if (damage === undefined) continue;
    const message = `the ledger ${path} is damaged at line ${damage.line}: ${damage.reason}`;
    findings.push({ kind: "damaged", message });
  }
  for (const { index, state, sink, presence } of effects) {
    if (state !== "realized" || presence?.kind !== "absent") continue;
    const message =
      `effect ${index} was realized in ${sink}, which does not contain it: ${presence.reason}`;
    findings.push({ kind: "disagreement", message });
  }
  return [...findings, ...unfinished(audited)];
}

function unfinished({ verdict, run, effects }: Audited): AuditFinding[] {
  const { header, outcome, progress } = run;
  const messages: string[] = [];
  if (verdict.status === "torn") messages.push("the last line of the log is torn");
  if (outcome === undefined) {
    messages.push("the run has no outcome: none of its effects was performed");
  }
  if (needsRealization(header, outcome) && !progress.isComplete) {
    const counts = (["intended", "in_doubt", "proposed"] as const).flatMap((kind) => {
      const count = effects.filter(({ state }) => state === kind).length;
      return count === 0 ? [] : [`${count} ${kind === "in_doubt" ? "in doubt" : kind}`];
    });
    const { reason } = progress.finished ?? {};
    const because = reason === undefined || reason === "" ? "" : `; ${reason}`;
    messages.push(
      `the realization is not complete: ${counts.join(", ") || "no final event"}${because}`,
    );
  } else if (verdict.status === "prefix" && outcome !== undefined) {
    messages.push("the last checkpoint is missing");
  }
  return messages.map((message) => ({ kind: "incomplete", message }));
}
