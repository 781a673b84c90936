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
export interface EventBase {
  /** The event's place in the log: counted from 0, without gaps. */
  readonly seq: number;
}

/** The statement that an event belongs to. */
export interface AtStatement {
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
  /** Discriminates the events. */
  readonly kind: "run_started";
  /** The format of the log, with its version. */
  readonly format: "dustrun-log/1";
  /** Version of dustrun that wrote the log. */
  readonly version: string;
  /** Which executor: the one that follows the specification, or upstream's 0.1 as it behaves. */
  readonly semantics: "spec" | "host-0.1";
  /** The entry as the user named it. */
  readonly entry: string;
  /** The arguments of the entry, sorted by name. */
  readonly args: readonly NamedValue[];
  /** Whether effects are to be performed after the run. */
  readonly mode: "simulate" | "realize";
  /** The bounds of the run: statements, call depth, solver steps. */
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
  /** Discriminates the events. */
  readonly kind: "program_loaded";
  /** The artifact's name: the base name of its file. */
  readonly name: string;
  /** The artifact, byte for byte. */
  readonly text: string;
}

// ── admission ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** A declared resource is offered. */
export interface ResourceGranted extends EventBase {
  /** Discriminates the events. */
  readonly kind: "resource_granted";
  /** The process that declares the resource. */
  readonly proc: string;
  /** The resource's name. */
  readonly resource: string;
  /** The arguments that the process declares. */
  readonly args: readonly NamedValue[];
}
/** A declared resource is not offered. The run ends when all have been checked. */
export interface ResourceDenied extends EventBase {
  /** Discriminates the events. */
  readonly kind: "resource_denied";
  /** The process that declares the resource. */
  readonly proc: string;
  /** The resource's name. */
  readonly resource: string;
  /** The arguments that the process declares. */
  readonly args: readonly NamedValue[];
  /** {@link refusal} as a sentence. */
  readonly reason: string;
  /** Why the environment does not offer the resource. */
  readonly refusal: OfferRefusal;
}
/**
 * A contract is checked when a call exercises it: permissions before the call; an upper bound on its latency before a statement that
 * would exceed it, and recorded only then; all of its latency at its end.
 */
export interface BindChecked extends EventBase {
  /** Discriminates the events. */
  readonly kind: "bind_checked";
  /** Source of the bind, `K::main`. */
  readonly source: string;
  /** Target of the bind, `Q::measure`. */
  readonly target: string;
  /**
   * Before the called process is entered; before a statement of it that would exceed an upper bound; after it has left.
   */
  readonly stage: "enter" | "during" | "leave";
  /** Whether the contract holds so far. */
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
  /** Discriminates the events. */
  readonly kind: "constraint_added";
  /** `C<n>`, counted from 1 within a run. */
  readonly id: string;
  /** The predicate as the artifact spells it. */
  readonly predicate: string;
  /** The tick this statement advanced the clock to. */
  readonly tick: number;
}
/** A constraint was decided, and holds. */
export interface ConstraintHeld extends EventBase, AtStatement {
  /** Discriminates the events. */
  readonly kind: "constraint_held";
  /** The `id` of its `constraint_added`. */
  readonly id: string;
}
/** A constraint was decided, and does not hold. The run ends. */
export interface ConstraintFailed extends EventBase, AtStatement {
  /** Discriminates the events. */
  readonly kind: "constraint_failed";
  /** The `id` of its `constraint_added`. */
  readonly id: string;
  /** That the predicate does not hold, as a sentence. */
  readonly reason: string;
}

// ── execution ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** A process was entered. */
export interface EnterProc extends EventBase {
  /** Discriminates the events. */
  readonly kind: "enter_proc";
  /** Bare name of the process. */
  readonly proc: string;
  /** The forge that holds the process. */
  readonly forge: string;
  /** The regime of the process. */
  readonly regime: Regime;
  /** Value of every parameter, in declaration order. */
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
  /** Discriminates the events. */
  readonly kind: "stmt_exec";
  /** Logical time after the statement, in executed statements. */
  readonly tick: number;
  /** Which statement runs next. */
  readonly control: Control;
  /** What it bound or changed. */
  readonly bound: NamedValue | undefined;
  /** For only, on its first evaluation: the bounds. */
  readonly range: { readonly start: Value; readonly end: Value } | undefined;
}
/** A process was left. */
export interface LeaveProc extends EventBase {
  /** Discriminates the events. */
  readonly kind: "leave_proc";
  /** Bare name of the process. */
  readonly proc: string;
  /** The result; `undefined` when the process returns none. */
  readonly value: Value | undefined;
}

// ── Q ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A linear resource came into being. */
export interface QAlloc extends EventBase {
  /** Discriminates the events. */
  readonly kind: "q_alloc";
  /** The process that holds the resource. */
  readonly proc: string;
  /** `q<n>`, from 1 within a run. */
  readonly resource: string;
  /** The name that holds the resource. */
  readonly name: string;
  /** Where it came from: an intrinsic, a parameter, a let, a call. */
  readonly origin: "allocated" | "parameter" | "bound" | "received";
}
/** A linear resource moved to another name. */
export interface QMove extends EventBase {
  /** Discriminates the events. */
  readonly kind: "q_move";
  /** The process that holds the resource. */
  readonly proc: string;
  /** The `resource` of its `q_alloc`. */
  readonly resource: string;
  /** The name that held the resource. */
  readonly from: string;
  /** The name that holds it now. */
  readonly to: string;
}
/** A linear resource was used without being consumed. */
export interface QUse extends EventBase {
  /** Discriminates the events. */
  readonly kind: "q_use";
  /** The process that holds the resource. */
  readonly proc: string;
  /** The `resource` of its `q_alloc`. */
  readonly resource: string;
  /** The name that holds the resource. */
  readonly name: string;
}
/** A linear resource was consumed. */
export interface QConsume extends EventBase {
  /** Discriminates the events. */
  readonly kind: "q_consume";
  /** The process that holds the resource. */
  readonly proc: string;
  /** The `resource` of its `q_alloc`. */
  readonly resource: string;
  /** The name that holds the resource. */
  readonly name: string;
  /** How the resource was consumed. */
  readonly reason: ConsumeReason;
}
/** A linear resource was left over at the end of its process (`host-0.1` only). */
export interface QLeak extends EventBase {
  /** Discriminates the events. */
  readonly kind: "q_leak";
  /** The process that holds the resource. */
  readonly proc: string;
  /** The `resource` of its `q_alloc`. */
  readonly resource: string;
  /** The name that holds the resource. */
  readonly name: string;
}

// ── Φ ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The existence of a Φ process was decided, or its budget ran out. */
export interface PhiResolved extends EventBase {
  /** Discriminates the events. */
  readonly kind: "phi_resolved";
  /** Bare name of the Φ process. */
  readonly proc: string;
  /** Whether this resolution is the gate of a bind rather than a call or the entry. */
  readonly gate: boolean;
  /** Whether a configuration exists; `undecided` when the budget ran out. */
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
  /** Discriminates the events. */
  readonly kind: "witness";
  /** Index of the top-level statement, from 0. */
  readonly stmt_index: number;
  /** Statement path within the process, `body[1]`. */
  readonly at: string;
  /** Logical time after the statement, in executed statements. */
  readonly tick: number;
  /** The Φ process whose existence is witnessed. */
  readonly proc: string;
  /** The constraints that the configuration fulfils, as the artifact spells them. */
  readonly constraints: readonly string[];
  /** The source expression of the proof, as the artifact spells it. */
  readonly from: string;
  /** Value of every parameter, in declaration order. */
  readonly configuration: readonly NamedValue[];
  /** The name it is bound to. */
  readonly name: string;
  /** The witness itself: a struct with the fields that a program can read. */
  readonly value: StructValue;
}

// ── effects and outcome ────────────────────────────────────────────────────────────────────────────────────────────

/** An effect in the history of the run. Resolution performs nothing. */
export interface EffectEvent extends EventBase, AtStatement {
  /** Discriminates the events. */
  readonly kind: "effect";
  /** From 0 within a run. */
  readonly index: number;
  /** An {@link EffectKind}; under `host-0.1` whatever kind the artifact names. */
  readonly effect: string;
  /** The value of the payload. */
  readonly value: Value;
  /** The value rendered as the trace has it. */
  readonly payload: string;
  /** Logical time after the statement, in executed statements. */
  readonly tick: number;
}

/** The last event of the run itself. */
export interface OutcomeEvent extends EventBase {
  /** Discriminates the events. */
  readonly kind: "outcome";
  /** How the run ended; `failed` exactly when `error` is present. */
  readonly status: "returned" | "admissible" | "inadmissible" | "failed";
  /** The result of the entry; `undefined` when there is none. */
  readonly returned: Value | undefined;
  /** Why the run did not succeed. */
  readonly error: OutcomeError | undefined;
  /** Logical time at the end, in executed statements. */
  readonly ticks: number;
  /** How many effects the run has. */
  readonly effects: number;
}
/** Why a run did not succeed. */
export interface OutcomeError {
  /** The code of the diagnostic, `DR0501`. */
  readonly code: string;
  /** The family of the failure. */
  readonly kind: FailureKind;
  /** The failure as a sentence. */
  readonly message: string;
  /** The path in the artifact, `forges[0].procs[1].body[2]`; empty when there is no place. */
  readonly where: string;
}

// ── realization (host events: not part of the semantic projection) ─────────────────────────────────────────────────

/** Effects are about to be performed. Durable before the act. */
export interface EffectIntended extends EventBase {
  /** Discriminates the events. */
  readonly kind: "effect_intended";
  /** Marks an event of the host. */
  readonly host: true;
  /** Effect indices `[first, last]`. */
  readonly first: number;
  /** Index of the last effect, inclusive. */
  readonly last: number;
  /** The sink, as the run's routes spell it: `stdout`, `file:out.txt`. */
  readonly sink: string;
  /** Length of the sink in bytes before the act; -1 when it is unknown. */
  readonly position: number;
  /** Identifies this act: the same in the receipt that follows. */
  readonly key: string;
}
/** Effects have been performed, and the sink is durable. */
export interface EffectRealized extends EventBase {
  /** Discriminates the events. */
  readonly kind: "effect_realized";
  /** Marks an event of the host. */
  readonly host: true;
  /** Index of the first effect. */
  readonly first: number;
  /** Index of the last effect, inclusive. */
  readonly last: number;
  /** The sink, as in `effect_intended`. */
  readonly sink: string;
  /** Length of the sink in bytes after the act; -1 when it is unknown. */
  readonly position: number;
  /** The `key` of its `effect_intended`. */
  readonly key: string;
}
/** Whether intended effects were performed is unknown. */
export interface EffectInDoubt extends EventBase {
  /** Discriminates the events. */
  readonly kind: "effect_in_doubt";
  /** Marks an event of the host. */
  readonly host: true;
  /** Index of the first effect. */
  readonly first: number;
  /** Index of the last effect, inclusive. */
  readonly last: number;
  /** The sink, as in `effect_intended`. */
  readonly sink: string;
  /** Why it is unknown, as a sentence. */
  readonly reason: string;
}
/** Effects that were intended without a receipt are settled. */
export interface EffectResolved extends EventBase {
  /** Discriminates the events. */
  readonly kind: "effect_resolved";
  /** Marks an event of the host. */
  readonly host: true;
  /** Index of the first effect. */
  readonly first: number;
  /** Index of the last effect, inclusive. */
  readonly last: number;
  /** Whether they are performed now, or taken as performed. */
  readonly decision: "perform" | "skip";
}
/** Realization has ended. */
export interface RealizationFinished extends EventBase {
  /** Discriminates the events. */
  readonly kind: "realization_finished";
  /** Marks an event of the host. */
  readonly host: true;
  /** Whether every effect has been performed. */
  readonly status: "complete" | "failed";
  /** How many effects have been performed. */
  readonly performed: number;
  /** Why realization failed, as a sentence; empty when it is complete. */
  readonly reason: string;
}

// ── integrity ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** The digest of everything before it, so that a log can be verified and searched. */
export interface Checkpoint extends EventBase {
  /** Discriminates the events. */
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
  /** Discriminates the events. */
  readonly kind: "recovered";
  /** Marks an event of the host. */
  readonly host: true;
  /** Bytes cut from the unterminated tail. */
  readonly cut: number;
  /** Hex SHA-256 of the bytes that were cut. */
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
