/**
 * The audit of one log: for each effect what was proposed, intended, performed or left in doubt, who allowed it, and whether the
 * sinks agree. What the log says is first verified; nothing is changed anywhere.
 *
 * @module
 */
import { type EffectEvent, type Event, isMachineEvent } from "../../../dvm/event/event.ts";
import type { EffectIntended } from "../../../dvm/event/event.ts";
import type { Readable } from "../../file/byte_file.ts";
import { LogReader } from "../../log/reader.ts";
import { needsRealization } from "../../log/event_order.ts";
import type { Disk } from "../../file/disk.ts";
import { type LoggedRun, RunCollector } from "../../realize/realization_log.ts";
import type { EffectState } from "../../realize/progress.ts";
import { type LogVerdict, verifyLog } from "../../log/verify.ts";
import { type Allowance, AllowanceTracker } from "./allowance.ts";
import { type LifelineEntry, Lifelines } from "./lifeline.ts";
import { type AuditedLedger, type Presence, SinkContents } from "./sink_contents.ts";

/** One effect, audited. */
export interface AuditedEffect {
  readonly index: number;
  readonly kind: string;
  readonly payload: string;
  /** Where the program asks for it. */
  readonly proc: string;
  readonly at: string;
  readonly tick: number;
  /** `seq` of its event. */
  readonly seq: number;
  readonly state: EffectState["kind"];
  /** Where it went, or was to go; `undefined` as long as nothing was intended. */
  readonly sink: string | undefined;
  /** How often it was intended. More than once only after an interruption or a refusal. */
  readonly intents: number;
  readonly allowedBy: Allowance;
  /** What its sink holds of it; `undefined` unless it is realized or intended. */
  readonly presence: Presence | undefined;
}

/** What an audit finds wrong or unfinished; the order is that of severity. */
export type AuditFinding =
  | { readonly kind: "damaged"; readonly message: string }
  | { readonly kind: "disagreement"; readonly message: string }
  | { readonly kind: "incomplete"; readonly message: string };

/** The audit of a log. */
export interface LogAudit {
  readonly verdict: LogVerdict;
  /** `realize`, `simulate`; `undefined` without a header. */
  readonly mode: "realize" | "simulate" | undefined;
  readonly entry: string | undefined;
  /** The status of the outcome; `undefined` without one. */
  readonly status: string | undefined;
  /** Digest of the run. */
  readonly run: string | undefined;
  readonly effects: readonly AuditedEffect[];
  readonly ledgers: readonly AuditedLedger[];
  readonly lifelines: readonly LifelineEntry[];
  readonly findings: readonly AuditFinding[];
}

/** What an audit goes by. */
export interface AuditRequest {
  readonly disk: Disk;
  /** Also lists what happened to this resource; `*` for all. */
  readonly resource?: string;
}

/** Audits a log. */
export function auditLog(source: Readable, { disk, resource }: AuditRequest): LogAudit {
  const verdict = verifyLog(source);
  const pass = new AuditPass(resource);
  if (verdict.status !== "damaged") pass.read(source);
  const { run, disorder } = pass;
  const world = new SinkContents(disk);
  const effects = pass.effects(world);
  const ledgers = world.ledgers(pass.keys);
  return {
    verdict,
    mode: run.header?.mode,
    entry: run.header?.entry,
    status: run.outcome?.status,
    run: run.digest,
    effects,
    ledgers,
    lifelines: pass.lifelines,
    findings: findingsOf({ verdict, run, disorder, effects, ledgers }),
  };
}

/** One reading of a log that is not damaged. */
class AuditPass {
  readonly #collector = new RunCollector();
  readonly #tracker = new AllowanceTracker();
  readonly #lifelines: Lifelines | undefined;
  readonly #proposed: { readonly event: EffectEvent; readonly allowedBy: Allowance }[] = [];
  /** By effect: how often it was intended, and the last intent. */
  readonly #intents = new Map<number, { count: number; last: EffectIntended }>();
  /** The keys of all intents, also of those that came to nothing. */
  readonly keys = new Set<string>();
  #disorder: string | undefined;

  constructor(resource: string | undefined) {
    if (resource !== undefined) this.#lifelines = new Lifelines(resource);
  }

  get run(): LoggedRun {
    return this.#collector.run;
  }
  /** The first event that breaks the protocol of realization, and how. */
  get disorder(): string | undefined {
    return this.#disorder;
  }
  get lifelines(): readonly LifelineEntry[] {
    return this.#lifelines?.entries ?? [];
  }

  read(source: Readable): void {
    for (const read of new LogReader(source).events()) {
      if (!read.ok) return; // the tail that the verdict tells of
      this.#take(read.value.event);
    }
  }

  #take(event: Event): void {
    this.#lifelines?.add(event);
    if (event.kind === "effect") {
      this.#proposed.push({ event, allowedBy: this.#tracker.allowanceOf(event) });
    }
    if (isMachineEvent(event)) this.#tracker.add(event);
    const reason = this.#collector.add(event);
    if (reason !== undefined) this.#disorder ??= `event ${event.seq}: ${reason}`;
    if (event.kind !== "effect_intended" || reason !== undefined) return;
    this.keys.add(event.key);
    for (let index = event.first; index <= event.last; index++) {
      this.#intents.set(index, {
        count: (this.#intents.get(index)?.count ?? 0) + 1,
        last: event,
      });
    }
  }

  effects(world: SinkContents): AuditedEffect[] {
    const { progress } = this.run;
    return this.#proposed.map(({ event, allowedBy }): AuditedEffect => {
      const { index, effect: kind, payload, proc, at, tick, seq } = event;
      const state = progress.state(index);
      const intent = this.#intents.get(index);
      return {
        index,
        kind,
        payload,
        proc,
        at,
        tick,
        seq,
        state: state.kind,
        sink: state.kind === "realized" ? state.receipt.sink : intent?.last.sink,
        intents: intent?.count ?? 0,
        allowedBy,
        presence: intent === undefined || (state.kind !== "realized" && state.kind !== "intended")
          ? undefined
          : this.#presence(index, intent.last, world),
      };
    });
  }

  #presence(index: number, intent: EffectIntended, world: SinkContents): Presence {
    const { effects, digest } = this.run;
    const effect = effects[index];
    if (effect === undefined) return { kind: "unknown" };
    const deed = {
      sink: intent.sink,
      key: intent.key,
      position: intent.position,
      effects: effects.slice(intent.first, intent.last + 1),
      run: digest ?? "",
    };
    return world.presenceOf(deed, effect);
  }
}

/** What findings are made from. */
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
      `effect ${index} was realized in ${sink}, which does not hold it: ${presence.reason}`;
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
      `the realization is not complete: ${counts.join(", ") || "no last word"}${because}`,
    );
  } else if (verdict.status === "prefix" && outcome !== undefined) {
    messages.push("the last checkpoint is missing");
  }
  return messages.map((message) => ({ kind: "incomplete", message }));
}
