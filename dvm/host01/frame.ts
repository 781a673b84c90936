/**
 * The one frame of a host-0.1 run: the names bound so far, the effects, the clock, and an event for each change. Upstream
 * advances its clock after a statement has succeeded, so a statement that fails takes no tick.
 *
 * @module
 */
import { type Result, success } from "../base/result.ts";
import type { EffectEvent, MachineEvent } from "../event/event.ts";
import type { Execution } from "../event/input.ts";
import type { NamedValue, StructValue, Value } from "../value/value.ts";
import { evaluateHostExpression } from "./evaluate.ts";
import type { HostFailure } from "./failure.ts";
import type { HostEffect } from "./model.ts";
import type { HostEntry } from "./validate.ts";
import { payloadOfHostValue } from "./value.ts";
import { makeHostWitness } from "./witness.ts";

/** An event without its sequence number. */
export type UnnumberedEvent<E = MachineEvent> = E extends MachineEvent ? Omit<E, "seq"> : never;

/** An event with its sequence number, which is the first member as in the log. */
export function withSequence(event: UnnumberedEvent, seq: number): MachineEvent {
  return { seq, ...event } as MachineEvent;
}

/** Receives the events of a run as they happen. */
export type Emit = (event: UnnumberedEvent) => void;

/** The effects and ticks that a run reports. */
export type HostContext = Pick<Execution, "effects" | "ticks">;

/** The context of a run that reports no effects and ticks. */
export const NO_CONTEXT: HostContext = { effects: [], ticks: 0 };

/** How a body ended. */
export type HostEnding =
  | { readonly kind: "returned"; readonly value: Value | undefined; readonly context: HostContext }
  | {
    readonly kind: "stopped";
    readonly failure: HostFailure;
    /** The statement that failed; `undefined` for the process as a whole. */
    readonly stmtIndex: number | undefined;
    readonly context: HostContext;
  };

/** The frame of the process in execution. */
export class HostFrame {
  /** The process. */
  readonly entry: HostEntry;
  /** Receives the events. */
  readonly emit: Emit;
  /** The names bound so far. */
  readonly names = new Map<string, Value>();
  readonly #effects: { kind: string; payload: string; value: Value }[] = [];
  readonly #reference: string;
  #tick = 0;
  #constraints = 0;
  #witnesses = 0;

  constructor(entry: HostEntry, emit: Emit) {
    this.entry = entry;
    this.emit = emit;
    this.#reference = entry.reference;
    emit({ kind: "enter_proc", proc: this.#reference, args: [] });
  }

  /** The effects and ticks so far. */
  get context(): HostContext {
    return { effects: this.#effects, ticks: this.#tick };
  }

  /** Evaluates an expression over the names bound so far. */
  evaluate(text: string): Result<Value, HostFailure> {
    return evaluateHostExpression(text, this.names);
  }

  /** Executes a statement that binds a name, which may be bound already. */
  bind(index: number, name: string, value: Value): void {
    this.names.set(name, value);
    this.#executed(index, { name, value });
  }

  /** Executes a statement that has no effect. */
  pass(index: number): void {
    this.#executed(index, undefined);
  }

  /** Executes a statement that binds a new witness. `from` is the expression that determines its digest. */
  bindWitness(index: number, name: string, origin: { from: string; digest: string }): void {
    this.#witnesses++;
    const value: StructValue = makeHostWitness(this.#witnesses, origin.digest);
    this.names.set(name, value);
    this.#tick++;
    this.emit({
      kind: "witness",
      at: this.#place(index),
      proc: this.#reference,
      constraints: [],
      from: origin.from,
      configuration: [],
      name,
      value,
    });
  }

  /** Executes an effect of any kind. */
  effect(index: number, stmt: HostEffect): Result<true, HostFailure> {
    const value = this.evaluate(stmt.payload);
    if (!value.ok) return value;
    const payload = payloadOfHostValue(value.value);
    const event: Omit<EffectEvent, "seq"> = {
      kind: "effect",
      at: this.#place(index),
      index: this.#effects.length,
      effect: stmt.effect,
      value: value.value,
      payload,
    };
    this.#tick++;
    this.#effects.push({ kind: stmt.effect, payload, value: value.value });
    this.emit(event);
    return success(true);
  }

  /** Records a decided constraint, which failed if there is a `reason`. */
  constraint(index: number, predicate: string, reason?: string): void {
    this.#constraints++;
    const id = `C${this.#constraints}`;
    this.#tick++;
    this.emit({ kind: "constraint_added", at: this.#place(index), id, predicate });
    if (reason === undefined) this.emit({ kind: "constraint_held", id });
    else this.emit({ kind: "constraint_failed", id, reason });
  }

  /** Leaves the process, with or without a value. */
  leave(value: Value | undefined): HostEnding {
    this.emit({ kind: "leave_proc", proc: this.#reference, value });
    return { kind: "returned", value, context: this.context };
  }

  #executed(index: number, set: NamedValue | undefined): void {
    this.#tick++;
    this.emit({
      kind: "stmt",
      at: this.#place(index),
      control: undefined,
      set,
      range: undefined,
    });
  }

  #place(index: number): string {
    return `${this.#reference}.body[${index}]`;
  }
}
