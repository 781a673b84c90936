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
import type { EffectKind } from "../dir/model.ts";
import type { IntValue, NamedValue, StructValue, Value } from "../value/value.ts";
import { ioEffectOf } from "./io_effect.ts";
import type { ContractRefusal, OfferRefusal } from "./refusal.ts";

/** What every event has: its place in the log. `seq` counts from 0 without gaps. */
export interface EventBase {
  /** The event's place in the log: counted from 0, without gaps. */
  readonly seq: number;
}

/** An event of a thread. */
export interface ThreadEvent extends EventBase {
  /** The thread, from 1; absent for the first one, whose number is 0. */
  readonly thread?: number;
}

/** The statement that an event belongs to. */
export interface AtStatement {
  /** Reference of the process, a point, and the path of the statement: `main.body[3].then_body[0]` (`dvm/dir/reference.ts`). */
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
  readonly format: "dustrun-log/2";
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
  /** The bounds of the run: statements, call depth, memory, solver steps. */
  readonly limits: Limits;
  /** The seed of the first thread; `undefined` for none, which is round robin. */
  readonly seed: number | undefined;
  /** The thread of each of the first dispatches; `undefined` where the scheduler chooses all of them. */
  readonly schedule: readonly number[] | undefined;
  /** One tick lasts this many microseconds, by declaration. */
  readonly tick_us: number;
  /** The offers; `undefined` offers everything that a program declares. */
  readonly resources: readonly ResourceOffer[] | undefined;
  /** The realizers other than the default ones; `undefined` when there are none. Resuming a run needs them. */
  readonly realizers: readonly EffectRoute[] | undefined;
  /** How many `program_loaded` events follow. */
  readonly artifacts: number;
  /** How many `input_loaded` events follow them; `undefined` for none. */
  readonly inputs: number | undefined;
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

/**
 * A file, port or device of the environment, as part of the initial state of the run. Its content is in exactly one of `text` and `base64`,
 * with the `digest`; a file that does not exist has none of the three.
 */
export interface EnvironmentInput {
  /** What it is. */
  readonly input: "file" | "port" | "device";
  /** Its name in the environment manifest. */
  readonly name: string;
  /** Of a file: the modes in which it may be opened, some of the letters of `rwa` in this order. */
  readonly modes: string | undefined;
  /** Of a port: the number under which it is reached, where it has one. */
  readonly number: number | undefined;
  /** Of a device: the address of its first byte. */
  readonly base: number | undefined;
  /** The realizer of what is written to it; `undefined` for the log. */
  readonly sink: string | undefined;
  /** `sha256:` and hex digest of its bytes. */
  readonly digest: string | undefined;
  /**
   * What the run can read, where it is text ({@link textOfBytes}): of a file its bytes, of a port one integer a line, of a device its initial bytes,
   * whose number is its size.
   */
  readonly text: string | undefined;
  /** Its bytes in base 64, where they are no text. */
  readonly base64: string | undefined;
}
/** An entry of the environment that the run can read or write, recorded before it begins. */
export interface InputLoaded extends EventBase, EnvironmentInput {
  /** Discriminates the events. */
  readonly kind: "input_loaded";
}

// ── admission ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** A declared resource is offered. */
export interface ResourceGranted extends EventBase {
  /** Discriminates the events. */
  readonly kind: "resource_granted";
  /** Reference of the process that declares the resource. */
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
  /** Reference of the process that declares the resource. */
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
export interface BindChecked extends ThreadEvent {
  /** Discriminates the events. */
  readonly kind: "bind_checked";
  /** Source of the bind as the program spells it, `K::main`, or its full path where several binds are spelled alike. */
  readonly source: string;
  /** Target of the bind, `Q::measure`, spelled like its source. */
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
export interface ConstraintAdded extends ThreadEvent, AtStatement {
  /** Discriminates the events. */
  readonly kind: "constraint_added";
  /** `C<n>`, counted from 1 within a run. */
  readonly id: string;
  /** The predicate as the artifact spells it. */
  readonly predicate: string;
}
/** A constraint was decided, and holds. */
export interface ConstraintHeld extends ThreadEvent {
  /** Discriminates the events. */
  readonly kind: "constraint_held";
  /** The `id` of its `constraint_added`. */
  readonly id: string;
}
/** A constraint was decided, and does not hold. The run ends. */
export interface ConstraintFailed extends ThreadEvent {
  /** Discriminates the events. */
  readonly kind: "constraint_failed";
  /** The `id` of its `constraint_added`. */
  readonly id: string;
  /** That the predicate does not hold, as a sentence. */
  readonly reason: string;
}

// ── execution ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** A process was entered. */
export interface EnterProc extends ThreadEvent {
  /** Discriminates the events. */
  readonly kind: "enter_proc";
  /** Reference of the process. */
  readonly proc: string;
  /** Value of every parameter, in declaration order. */
  readonly args: readonly NamedValue[];
}
/** How control continues after other statements: If: which branch; While and For: whether the body runs once more. */
export type Control = "then" | "else" | "body" | "none" | "break" | "continue";
/** A statement was executed that has no other event. */
export interface StmtEvent extends ThreadEvent, AtStatement {
  /** Discriminates the events. */
  readonly kind: "stmt";
  /** Which statement runs next; `undefined` for the one after it. */
  readonly control: Control | undefined;
  /** The name it bound or changed, with its value. */
  readonly set: NamedValue | undefined;
  /** For only, on its first evaluation: the bounds. */
  readonly range: { readonly start: Value; readonly end: Value } | undefined;
}
/** A process was left. */
export interface LeaveProc extends ThreadEvent {
  /** Discriminates the events. */
  readonly kind: "leave_proc";
  /** Reference of the process. */
  readonly proc: string;
  /** The result; `undefined` when the process returns none. */
  readonly value: Value | undefined;
}

// ── Q ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A linear resource came into being. */
export interface QAlloc extends ThreadEvent {
  /** Discriminates the events. */
  readonly kind: "q_alloc";
  /** Reference of the process that holds the resource. */
  readonly proc: string;
  /** `q<n>`, from 1 within a run. */
  readonly resource: string;
  /** The name that holds the resource. */
  readonly name: string;
  /** Where it came from: an intrinsic, a parameter, a let, a call. */
  readonly origin: "allocated" | "parameter" | "bound" | "received";
}
/** A linear resource moved to another name. */
export interface QMove extends ThreadEvent {
  /** Discriminates the events. */
  readonly kind: "q_move";
  /** Reference of the process that holds the resource. */
  readonly proc: string;
  /** The `resource` of its `q_alloc`. */
  readonly resource: string;
  /** The name that held the resource. */
  readonly from: string;
  /** The name that holds it now. */
  readonly to: string;
}
/** A linear resource was used without being consumed. */
export interface QUse extends ThreadEvent {
  /** Discriminates the events. */
  readonly kind: "q_use";
  /** Reference of the process that holds the resource. */
  readonly proc: string;
  /** The `resource` of its `q_alloc`. */
  readonly resource: string;
  /** The name that holds the resource. */
  readonly name: string;
}
/** A linear resource was consumed. */
export interface QConsume extends ThreadEvent {
  /** Discriminates the events. */
  readonly kind: "q_consume";
  /** Reference of the process that holds the resource. */
  readonly proc: string;
  /** The `resource` of its `q_alloc`. */
  readonly resource: string;
  /** The name that holds the resource. */
  readonly name: string;
  /** How the resource was consumed. */
  readonly reason: ConsumeReason;
}
/** A linear resource was left over at the end of its process (`host-0.1` only). */
export interface QLeak extends ThreadEvent {
  /** Discriminates the events. */
  readonly kind: "q_leak";
  /** Reference of the process that holds the resource. */
  readonly proc: string;
  /** The `resource` of its `q_alloc`. */
  readonly resource: string;
  /** The name that holds the resource. */
  readonly name: string;
}

// ── memory ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The region that an event concerns, and one of its holders. */
export interface AtHolder extends ThreadEvent, AtStatement {
  /** `m<n>`, from 1 within a run. */
  readonly region: string;
  /** `m<n>.<k>`: the region, and the number of the holder among all that it has had, from 1. */
  readonly holder: string;
}
/** A region was allocated, filled with zeros, with its first holder. */
export interface MemAlloc extends AtHolder {
  /** Discriminates the events. */
  readonly kind: "mem_alloc";
  /** Its bytes. */
  readonly size: number;
}
/** A holder was copied: its region has one more. */
export interface MemCopy extends AtHolder {
  /** Discriminates the events. */
  readonly kind: "mem_copy";
  /** The holder that was copied; `holder` is the new one. */
  readonly from: string;
}
/** An access to a region. */
export interface MemAccess extends AtHolder {
  /** The first byte in the region. */
  readonly offset: number;
  /** How many bytes, little-endian. */
  readonly width: number;
  /** The integer. */
  readonly value: IntValue;
}
/** An integer was read from a region. */
export interface MemLoad extends MemAccess {
  /** Discriminates the events. */
  readonly kind: "mem_load";
}
/** An integer was written to a region. */
export interface MemStore extends MemAccess {
  /** Discriminates the events. */
  readonly kind: "mem_store";
}
/** A holder ended; its region with it, if it was the last. */
export interface MemFree extends AtHolder {
  /** Discriminates the events. */
  readonly kind: "mem_free";
  /** Whether the region was released. */
  readonly released: boolean;
}

// ── threads and locks ──────────────────────────────────────────────────────────────────────────────────────────────

/** A thread was started. Its first event is the `enter_proc` of its process. */
export interface ThreadSpawn extends ThreadEvent, AtStatement {
  /** Discriminates the events. */
  readonly kind: "thread_spawn";
  /** The number of the new thread, from 1 within a run. */
  readonly spawned: number;
  /** Reference of the process that it executes. */
  readonly proc: string;
  /** Value of every parameter, in declaration order. Holders are those of the new thread. */
  readonly args: readonly NamedValue[];
  /** The seed of its own; `undefined` where it has that of its spawner. */
  readonly seed: IntValue | undefined;
}
/** A thread that has ended was joined. */
export interface ThreadJoin extends ThreadEvent, AtStatement {
  /** Discriminates the events. */
  readonly kind: "thread_join";
  /** Its number. */
  readonly joined: number;
  /** The ticks that it counts, those of threads that it has joined included. */
  readonly ticks: number;
  /** The result of its process; `undefined` when there is none. */
  readonly value: Value | undefined;
}
/** The lock that an event concerns. */
export interface AtMutex extends ThreadEvent, AtStatement {
  /** `x<n>`, from 1 within a run. */
  readonly mutex: string;
}
/** A lock was made. */
export interface MutexNew extends AtMutex {
  /** Discriminates the events. */
  readonly kind: "mutex_new";
}
/** A lock was taken. */
export interface MutexLock extends AtMutex {
  /** Discriminates the events. */
  readonly kind: "mutex_lock";
}
/** A lock was released. */
export interface MutexUnlock extends AtMutex {
  /** Discriminates the events. */
  readonly kind: "mutex_unlock";
}

// ── files, ports and devices ───────────────────────────────────────────────────────────────────────────────────────

/** The modes in which a file is opened. */
export type FileMode = "r" | "w" | "a";

/** The open file that an event concerns. */
export interface AtFile extends ThreadEvent, AtStatement {
  /** `f<n>`, from 1 within a run. */
  readonly file: string;
}
/** A file was opened. */
export interface FileOpen extends AtFile {
  /** Discriminates the events. */
  readonly kind: "file_open";
  /** Its name in the environment manifest. */
  readonly name: string;
  /** How it may be used until it is closed. */
  readonly mode: FileMode;
}
/** Bytes of a file were read into a region of memory, to its start. */
export interface FileRead extends AtFile {
  /** Discriminates the events. */
  readonly kind: "file_read";
  /** The region. */
  readonly region: string;
  /** The holder through which it was reached. */
  readonly holder: string;
  /** The first byte in the file. */
  readonly offset: number;
  /** How many bytes; 0 at the end of the file. */
  readonly count: number;
}
/** A file was closed. */
export interface FileClose extends AtFile {
  /** Discriminates the events. */
  readonly kind: "file_close";
}
/** The next value of a port was read. */
export interface PortRead extends ThreadEvent, AtStatement {
  /** Discriminates the events. */
  readonly kind: "port_read";
  /** The name of the port. */
  readonly port: string;
  /** The value. */
  readonly value: IntValue;
}
/** An integer was read from a device. */
export interface DeviceRead extends ThreadEvent, AtStatement {
  /** Discriminates the events. */
  readonly kind: "device_read";
  /** The name of the device. */
  readonly device: string;
  /** The first byte in the device. */
  readonly offset: number;
  /** How many bytes, little-endian. */
  readonly width: number;
  /** The integer. */
  readonly value: IntValue;
}

// ── Φ ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The existence of a Φ process was decided, or its budget ran out. */
export interface PhiResolved extends ThreadEvent {
  /** Discriminates the events. */
  readonly kind: "phi_resolved";
  /** Reference of the Φ process. */
  readonly proc: string;
  /** Present where this resolution is the gate of a bind rather than a call or the entry. */
  readonly gate: true | undefined;
  /** Whether a configuration exists; `undecided` when the budget ran out. */
  readonly verdict: "admissible" | "inadmissible" | "undecided";
  /** Value of every parameter, where admissible; `undefined` for none, and for a gate where its budget ran out. */
  readonly configuration: readonly NamedValue[] | undefined;
  /** Present where the budget ran out before the configuration was known to be the canonical one: the run then fails. */
  readonly canonical: false | undefined;
  /** Statement paths of the conflict, `Φ::p.body[0]` when not of `proc` itself, where inadmissible; `undefined` for none. */
  readonly conflict: readonly string[] | undefined;
  /** Where inadmissible: whether the conflict is known to be minimal. */
  readonly minimal: boolean | undefined;
  /** Parameters whose declared range takes part in the conflict; `undefined` for none. */
  readonly bounds: readonly string[] | undefined;
  /** Solver steps taken. */
  readonly work: number;
  /** `sha256:` digest of the certificate's canonical text, where there is one. */
  readonly certificate: string | undefined;
}
/**
 * A witness was made. The digest in `value` is over the compact JSON of the bare name of the process, as `proc`, with `constraints`,
 * `from` and `configuration` as they stand here.
 */
export interface WitnessEvent extends ThreadEvent, AtStatement {
  /** Discriminates the events. */
  readonly kind: "witness";
  /** Reference of the Φ process whose existence is witnessed. */
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
export interface EffectEvent extends ThreadEvent, AtStatement {
  /** Discriminates the events. */
  readonly kind: "effect";
  /** From 0 within a run. */
  readonly index: number;
  /**
   * An {@link EffectKind}, or what is written to: `write:NAME`, `io_write:NAME`, `mmio_write:NAME`. Under `host-0.1` whatever kind the
   * artifact names.
   */
  readonly effect: string;
  /** The value of the payload. */
  readonly value: Value;
  /** The value rendered as the trace has it. */
  readonly payload: string;
  /** Of a write to a file: the open file, `f<n>`. */
  readonly file?: string;
  /** Of a write to a file: the holder of the region that has the bytes. */
  readonly holder?: string;
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

/** An event of the host. */
export interface HostEvent extends EventBase {
  /** Marks an event of the host. */
  readonly host: true;
  /** When it happened: RFC 3339, UTC, with milliseconds. */
  readonly time: string;
}

/** The sink of one kind of effect, resolved. */
export interface ResolvedSink {
  /** The kind of effect. */
  readonly effect: string;
  /** `stdout`, `log`, `file:/srv/out.txt`: a path is absolute, or relative to the store. */
  readonly sink: string;
}

/**
 * The realization of the run's effects begins; directly after the outcome's checkpoint, durable together with it, and before any effect is
 * performed.
 */
export interface RealizationStarted extends HostEvent {
  /** Discriminates the events. */
  readonly kind: "realization_started";
  /** 128 random bits in 32 hex digits, which name this realization among all. */
  readonly occurrence: string;
  /** The name of the machine, where it is given. */
  readonly machine: string | undefined;
  /** The sink of each kind of effect that the run has, in the order of their first effects. */
  readonly sinks: readonly ResolvedSink[];
}

/** Effects are about to be performed. Durable before the act. */
export interface EffectIntended extends HostEvent {
  /** Discriminates the events. */
  readonly kind: "effect_intended";
  /** Effect indices `[first, last]`. */
  readonly first: number;
  /** Index of the last effect, inclusive. */
  readonly last: number;
  /** The sink, as the run's routes spell it: `stdout`, `file:out.txt`. */
  readonly sink: string;
  /** Length of the sink in bytes before the act; -1 when it is unknown. */
  readonly position: number;
  /** The number of the sink's file on its device; absent where there is none. */
  readonly inode?: number | undefined;
}
/** Effects have been performed, and the sink is durable. */
export interface EffectRealized extends HostEvent {
  /** Discriminates the events. */
  readonly kind: "effect_realized";
  /** Index of the first effect. */
  readonly first: number;
  /** Index of the last effect, inclusive. */
  readonly last: number;
  /** The sink, as in `effect_intended`. */
  readonly sink: string;
  /** Where the last effect ends in the sink, in bytes; -1 when it is unknown. */
  readonly position: number;
}
/** Whether intended effects were performed is unknown. */
export interface EffectInDoubt extends HostEvent {
  /** Discriminates the events. */
  readonly kind: "effect_in_doubt";
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
export interface EffectResolved extends HostEvent {
  /** Discriminates the events. */
  readonly kind: "effect_resolved";
  /** Index of the first effect. */
  readonly first: number;
  /** Index of the last effect, inclusive. */
  readonly last: number;
  /** Whether they are performed now, or taken as performed. */
  readonly decision: "perform" | "skip";
}
/** Realization has ended. */
export interface RealizationFinished extends HostEvent {
  /** Discriminates the events. */
  readonly kind: "realization_finished";
  /** Whether every effect has been performed; `abandoned` if somebody decided that the rest never will be. */
  readonly status: "complete" | "failed" | "abandoned";
  /** How many effects have been performed. */
  readonly performed: number;
  /** Why realization failed or was abandoned, as a sentence; `undefined` when it is complete. */
  readonly reason: string | undefined;
}

// ── integrity ──────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * The end of a block, which is all bytes between two checkpoints. It sums up what stands before it, so that a log can be verified in
 * parts and searched. Its own line is in no block: every member of it can be computed again.
 */
export interface Checkpoint extends EventBase {
  /** Discriminates the events. */
  readonly kind: "checkpoint";
  /** Logical time so far: the events before it of a kind that advances the clock. */
  readonly tick: number;
  /** Bytes before this line. */
  readonly bytes: number;
  /** How many effects there are before it. */
  readonly effects: number;
  /** How many constraints have been added before it. */
  readonly constraints: number;
  /** How many processes are open. */
  readonly depth: number;
  /** Hex hash of the block that ends here, as a leaf: SHA-256(0x00 ‖ bytes) (RFC 6962). */
  readonly block: string;
  /** Hex root of the tree over all blocks up to this one (RFC 6962). */
  readonly root: string;
  /** Byte offsets of the checkpoints 1, 2, 4, 8 … before this one. */
  readonly skip: readonly number[];
}
/** An unterminated tail was cut from the log. */
export interface Recovered extends HostEvent {
  /** Discriminates the events. */
  readonly kind: "recovered";
  /** Bytes cut from the unterminated tail. */
  readonly cut: number;
  /** Hex SHA-256 of the bytes that were cut. */
  readonly sha256: string;
}

/** The events of regions of memory. */
export type MemoryEvent = MemAlloc | MemCopy | MemLoad | MemStore | MemFree;

/** The events of threads and locks. */
export type ThreadOperationEvent = ThreadSpawn | ThreadJoin | MutexNew | MutexLock | MutexUnlock;

/** The events of files, ports and devices that are no effects. */
export type IoEvent = FileOpen | FileRead | FileClose | PortRead | DeviceRead;

/** The events that `decide` yields: the semantic content of a run, up to and including its outcome. */
export type MachineEvent =
  | RunStarted
  | ProgramLoaded
  | InputLoaded
  | ResourceGranted
  | ResourceDenied
  | BindChecked
  | ConstraintAdded
  | ConstraintHeld
  | ConstraintFailed
  | EnterProc
  | StmtEvent
  | LeaveProc
  | QAlloc
  | QMove
  | QUse
  | QConsume
  | QLeak
  | MemoryEvent
  | ThreadOperationEvent
  | IoEvent
  | PhiResolved
  | WitnessEvent
  | EffectEvent
  | OutcomeEvent;

/** The events that the store and the realizers add. */
export type StoreEvent =
  | RealizationStarted
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
  realization_started: true,
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

/**
 * Whether an event advances the clock, by one tick. The effect of an operation does not: its statement follows. Under `host-0.1` there are
 * no operations, and an effect may have any name.
 */
export function advancesClock(event: Event, semantics: RunStarted["semantics"]): boolean {
  const { kind } = event;
  if (kind === "effect") return semantics === "host-0.1" || ioEffectOf(event.effect) === undefined;
  return kind === "stmt" || kind === "constraint_added" || kind === "witness";
}

/** Whether events of a kind concern regions of memory. */
export function isMemoryKind(kind: string): boolean {
  return kind.startsWith("mem_");
}

/** Whether events of a kind concern files, ports or devices, and are no effects. */
export function isIoKind(kind: string): kind is IoEvent["kind"] {
  return Object.hasOwn(IO_KINDS, kind);
}

const IO_KINDS: { readonly [K in IoEvent["kind"]]: true } = {
  file_open: true,
  file_read: true,
  file_close: true,
  port_read: true,
  device_read: true,
};

/** Whether events of a kind concern threads or locks. */
export function isThreadOperationKind(kind: string): kind is ThreadOperationEvent["kind"] {
  return Object.hasOwn(THREAD_OPERATION_KINDS, kind);
}

const THREAD_OPERATION_KINDS: { readonly [K in ThreadOperationEvent["kind"]]: true } = {
  thread_spawn: true,
  thread_join: true,
  mutex_new: true,
  mutex_lock: true,
  mutex_unlock: true,
};

type ThreadKind<E extends Event> = E extends Event ? "thread" extends keyof E ? E["kind"] : never
  : never;

/** The kinds of {@link ThreadEvent}; a new one in the union breaks the build here. */
const THREAD_KINDS: { readonly [K in ThreadKind<Event>]: true } = {
  bind_checked: true,
  constraint_added: true,
  constraint_held: true,
  constraint_failed: true,
  enter_proc: true,
  stmt: true,
  leave_proc: true,
  q_alloc: true,
  q_move: true,
  q_use: true,
  q_consume: true,
  q_leak: true,
  mem_alloc: true,
  mem_copy: true,
  mem_load: true,
  mem_store: true,
  mem_free: true,
  ...THREAD_OPERATION_KINDS,
  file_open: true,
  file_read: true,
  file_close: true,
  port_read: true,
  device_read: true,
  phi_resolved: true,
  witness: true,
  effect: true,
};

/** Whether events of a kind belong to a thread. */
export function isThreadKind(kind: string): boolean {
  return Object.hasOwn(THREAD_KINDS, kind);
}
