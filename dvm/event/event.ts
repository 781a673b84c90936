/**
 * Every event a run can produce: one union, discriminated by `kind`. A log is a sequence of these and nothing else; state,
 * replay, diff and audit are projections of it. See `docs/log-format.md` for the wire form.
 *
 * Events are snapshots: plain, readonly, and free of references into the machine's state.
 *
 * @module
 */
import type { ConsumeReason } from "../dir/linear_use.ts";
import type { Limits } from "../base/limits.ts";
import type { FailureKind } from "../diagnostic/failure.ts";
import type { EffectKind, Regime } from "../dir/model.ts";
import type { NamedValue, StructValue, Value } from "../value/value.ts";
import type { ContractRefusal, OfferRefusal } from "./refusal.ts";

/** What every event has: its place in the log. `seq` counts from 0 without gaps. */
interface EventBase {
  readonly seq: number;
}

/** The statement that an event belongs to. */
interface AtStatement {
  /** Bare name of the process. */
  readonly proc: string;
  /** Index of the top-level statement. */
  readonly stmt_index: number;
  /** Statement path within the process, `body[3].then_body[0]`. */
  readonly at: string;
}

/** A resource that the environment offers; part of the initial state (RES-04, X-15, X-40). */
export interface ResourceOffer {
  /** The resource's name: `Console`, `Timer`. */
  readonly resource: string;
  /** The arguments that the offer states. */
  readonly args: readonly NamedValue[];
}

/** The realizer of one kind of effect, as spelled: `stdout`, `file:out.txt` (`docs/realization.md`). */
export interface EffectRoute {
  /** The kind of effect. */
  readonly effect: EffectKind;
  /** The realizer's spelling. */
  readonly realizer: string;
}

// ── header ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The first event: what the run was started with. */
export interface RunStarted extends EventBase {
  readonly kind: "run_started";
  readonly format: "dustrun-log/1";
  /** Version of dustrun that wrote the log. */
  readonly version: string;
  readonly semantics: "spec" | "host-0.1";
  /** The entry as the user named it. */
  readonly entry: string;
  readonly args: readonly NamedValue[];
  readonly mode: "simulate" | "realize";
  readonly limits: Limits;
  /** One tick lasts this many microseconds, by declaration. */
  readonly tick_us: number;
  /** The offers; `undefined` offers everything that a program declares. */
  readonly resources: readonly ResourceOffer[] | undefined;
  /** The realizers other than the default ones; `undefined` when there are none. Resuming a run needs them. */
  readonly realizers: readonly EffectRoute[] | undefined;
  /** How many `program_loaded` events follow. */
  readonly artifacts: number;
  /** `sha256:` and hex digest over the artifacts' texts (each digested, digests joined by LF, digested). */
  readonly program: string;
}

/** One artifact of the program. */
export interface ProgramLoaded extends EventBase {
  readonly kind: "program_loaded";
  readonly name: string;
  /** The artifact, byte for byte. */
  readonly text: string;
}

// ── admission ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** A declared resource is offered. */
export interface ResourceGranted extends EventBase {
  readonly kind: "resource_granted";
  readonly proc: string;
  readonly resource: string;
  readonly args: readonly NamedValue[];
}
/** A declared resource is not offered. The run ends when all have been checked. */
export interface ResourceDenied extends EventBase {
  readonly kind: "resource_denied";
  readonly proc: string;
  readonly resource: string;
  readonly args: readonly NamedValue[];
  /** {@link refusal} as a sentence. */
  readonly reason: string;
  readonly refusal: OfferRefusal;
}
/**
 * A contract is checked when a call exercises it: permissions before the call; an upper bound on its latency before a statement that
 * would exceed it, and recorded only then; all of its latency at its end.
 */
export interface BindChecked extends EventBase {
  readonly kind: "bind_checked";
  readonly source: string;
  readonly target: string;
  readonly stage: "enter" | "during" | "leave";
  readonly holds: boolean;
  /** Ticks of the exercised call: 0 at `enter`; at `during` with the statement that does not begin. */
  readonly ticks: number;
  /** {@link refusal} as a sentence; empty when the contract holds. */
  readonly reason: string;
  /** Present exactly when the contract does not hold. */
  readonly refusal: ContractRefusal | undefined;
}
/** A constraint became part of what must hold. `id` is `C<n>`, from 1 within a run. */
export interface ConstraintAdded extends EventBase, AtStatement {
  readonly kind: "constraint_added";
  readonly id: string;
  readonly predicate: string;
  /** The tick this statement advanced the clock to. */
  readonly tick: number;
}
/** A constraint was decided, and holds. */
export interface ConstraintHeld extends EventBase, AtStatement {
  readonly kind: "constraint_held";
  readonly id: string;
}
/** A constraint was decided, and does not hold. The run ends. */
export interface ConstraintFailed extends EventBase, AtStatement {
  readonly kind: "constraint_failed";
  readonly id: string;
  readonly reason: string;
}

// ── execution ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** A process was entered. */
export interface EnterProc extends EventBase {
  readonly kind: "enter_proc";
  readonly proc: string;
  readonly forge: string;
  readonly regime: Regime;
  readonly args: readonly NamedValue[];
}
/** How control went on, for statements that decide it. */
export type Control =
  | { readonly kind: "next" }
  /** If: which branch; While and For: whether the body runs once more. */
  | { readonly kind: "branch"; readonly taken: "then" | "else" | "body" | "none" }
  | { readonly kind: "break" }
  | { readonly kind: "continue" };
/** A statement was executed that has no other event. */
export interface StmtExec extends EventBase, AtStatement {
  readonly kind: "stmt_exec";
  readonly tick: number;
  readonly control: Control;
  /** What it bound or changed. */
  readonly bound: NamedValue | undefined;
  /** For only, on its first evaluation: the bounds. */
  readonly range: { readonly start: Value; readonly end: Value } | undefined;
}
/** A process was left. */
export interface LeaveProc extends EventBase {
  readonly kind: "leave_proc";
  readonly proc: string;
  /** The result; `undefined` when the process returns none. */
  readonly value: Value | undefined;
}

// ── Q ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A linear resource came into being. */
export interface QAlloc extends EventBase {
  readonly kind: "q_alloc";
  readonly proc: string;
  /** `q<n>`, from 1 within a run. */
  readonly resource: string;
  readonly name: string;
  /** Where it came from: an intrinsic, a parameter, a let, a call. */
  readonly origin: "allocated" | "parameter" | "bound" | "received";
}
/** A linear resource moved to another name. */
export interface QMove extends EventBase {
  readonly kind: "q_move";
  readonly proc: string;
  readonly resource: string;
  readonly from: string;
  readonly to: string;
}
/** A linear resource was used without being consumed. */
export interface QUse extends EventBase {
  readonly kind: "q_use";
  readonly proc: string;
  readonly resource: string;
  readonly name: string;
}
/** A linear resource was consumed. */
export interface QConsume extends EventBase {
  readonly kind: "q_consume";
  readonly proc: string;
  readonly resource: string;
  readonly name: string;
  readonly reason: ConsumeReason;
}
/** A linear resource was left over at the end of its process (`host-0.1` only). */
export interface QLeak extends EventBase {
  readonly kind: "q_leak";
  readonly proc: string;
  readonly resource: string;
  readonly name: string;
}

// ── Φ ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The existence of a Φ process was decided, or its budget ran out. */
export interface PhiResolved extends EventBase {
  readonly kind: "phi_resolved";
  readonly proc: string;
  /** Whether this resolution is the gate of a bind rather than a call or the entry. */
  readonly gate: boolean;
  readonly verdict: "admissible" | "inadmissible" | "undecided";
  /** Value of every parameter; empty unless admissible. */
  readonly configuration: readonly NamedValue[];
  /** Statement paths of the minimal conflict, `Φ::p.body[0]` when not of `proc` itself; empty unless inadmissible. */
  readonly conflict: readonly string[];
  /** Parameters whose declared range takes part in the conflict. */
  readonly bounds: readonly string[];
  /** Solver steps taken. */
  readonly work: number;
  /** `sha256:` digest of the certificate's canonical text; empty unless inadmissible. */
  readonly certificate: string;
}
/** A witness was made. The digest in `value` is over exactly the object formed by the four fields before it. */
export interface WitnessEvent extends EventBase {
  readonly kind: "witness";
  readonly stmt_index: number;
  readonly at: string;
  readonly tick: number;
  readonly proc: string;
  readonly constraints: readonly string[];
  readonly from: string;
  readonly configuration: readonly NamedValue[];
  /** The name it is bound to. */
  readonly name: string;
  readonly value: StructValue;
}

// ── effects and outcome ────────────────────────────────────────────────────────────────────────────────────────────

/** An effect in the history of the run. Resolution performs nothing. */
export interface EffectEvent extends EventBase, AtStatement {
  readonly kind: "effect";
  /** From 0 within a run. */
  readonly index: number;
  /** An {@link EffectKind}; under `host-0.1` whatever kind the artifact names. */
  readonly effect: string;
  readonly value: Value;
  /** The value rendered as the trace has it. */
  readonly payload: string;
  readonly tick: number;
}

/** The last event of the run itself. */
export interface OutcomeEvent extends EventBase {
  readonly kind: "outcome";
  readonly status: "returned" | "admissible" | "inadmissible" | "failed";
  readonly returned: Value | undefined;
  readonly error: OutcomeError | undefined;
  readonly ticks: number;
  readonly effects: number;
}
/** Why a run did not succeed. */
export interface OutcomeError {
  readonly code: string;
  readonly kind: FailureKind;
  readonly message: string;
  /** The path in the artifact, `forges[0].procs[1].body[2]`; empty when there is no place. */
  readonly where: string;
}

// ── realization (host events: not part of the semantic projection) ─────────────────────────────────────────────────

/** Effects are about to be performed. Durable before the act. */
export interface EffectIntended extends EventBase {
  readonly kind: "effect_intended";
  readonly host: true;
  /** Effect indices `[first, last]`. */
  readonly first: number;
  readonly last: number;
  readonly sink: string;
  /** Length of the sink in bytes before the act; -1 when it is unknown. */
  readonly position: number;
  readonly key: string;
}
/** Effects have been performed, and the sink is durable. */
export interface EffectRealized extends EventBase {
  readonly kind: "effect_realized";
  readonly host: true;
  readonly first: number;
  readonly last: number;
  readonly sink: string;
  readonly position: number;
  readonly key: string;
}
/** Whether intended effects were performed is unknown. */
export interface EffectInDoubt extends EventBase {
  readonly kind: "effect_in_doubt";
  readonly host: true;
  readonly first: number;
  readonly last: number;
  readonly sink: string;
  readonly reason: string;
}
/** Effects that were intended without a receipt are settled. */
export interface EffectResolved extends EventBase {
  readonly kind: "effect_resolved";
  readonly host: true;
  readonly first: number;
  readonly last: number;
  readonly decision: "perform" | "skip";
}
/** Realization has ended. */
export interface RealizationFinished extends EventBase {
  readonly kind: "realization_finished";
  readonly host: true;
  readonly status: "complete" | "failed";
  readonly performed: number;
  readonly reason: string;
}

// ── integrity ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** The digest of everything before it, so that a log can be verified and searched. */
export interface Checkpoint extends EventBase {
  readonly kind: "checkpoint";
  /** Bytes before this line. */
  readonly bytes: number;
  /** Hex SHA-256 of all bytes before this line. */
  readonly sha256: string;
  /** Byte offsets of the checkpoints 1, 2, 4, 8 … before this one. */
  readonly skip: readonly number[];
}
/** An unterminated tail was cut from the log. */
export interface Recovered extends EventBase {
  readonly kind: "recovered";
  readonly host: true;
  /** Bytes cut from the unterminated tail. */
  readonly cut: number;
  readonly sha256: string;
}

/** The events that `decide` yields: the semantic content of a run, up to and including its outcome. */
export type MachineEvent =
  | RunStarted
  | ProgramLoaded
  | ResourceGranted
  | ResourceDenied
  | BindChecked
  | ConstraintAdded
  | ConstraintHeld
  | ConstraintFailed
  | EnterProc
  | StmtExec
  | LeaveProc
  | QAlloc
  | QMove
  | QUse
  | QConsume
  | QLeak
  | PhiResolved
  | WitnessEvent
  | EffectEvent
  | OutcomeEvent;

/** The events that the store and the realizers add. */
export type StoreEvent =
  | EffectIntended
  | EffectRealized
  | EffectInDoubt
  | EffectResolved
  | RealizationFinished
  | Checkpoint
  | Recovered;

/** Any event of a log. */
export type Event = MachineEvent | StoreEvent;
/** The name of an event's kind. */
export type EventKind = Event["kind"];

/** The kinds of {@link StoreEvent}; a new one in the union breaks the build here. */
const STORE_KINDS: { readonly [K in StoreEvent["kind"]]: true } = {
  effect_intended: true,
  effect_realized: true,
  effect_in_doubt: true,
  effect_resolved: true,
  realization_finished: true,
  checkpoint: true,
  recovered: true,
};

/** Whether events of a kind belong to the run itself, and are not added by the store or a realizer. */
export function isMachineKind(kind: string): boolean {
  return !Object.hasOwn(STORE_KINDS, kind);
}

/** Whether an event belongs to the run itself, and is not added by the store or a realizer. */
export function isMachineEvent(event: Event): event is MachineEvent {
  return isMachineKind(event.kind);
}
