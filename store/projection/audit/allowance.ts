/**
 * What allowed an effect: the contracts of the open calls, the witness that it reports, and the gates that the run passed. All of it
 * is derived from the events before the effect.
 *
 * @module
 */
import type { BindChecked, EffectEvent, MachineEvent } from "../../../dvm/event/event.ts";
import { parseReference } from "../../../dvm/dir/reference.ts";
import { encodeValue } from "../../../dvm/value/wire_text.ts";

/** What allowed an effect. Numbers are `seq` in the log. */
export interface Allowance {
  /** Contracts of the open calls that binds govern, outermost first; none in the entry and in calls that need no bind. */
  readonly contracts: readonly { readonly bind: string; readonly seq: number }[];
  /** The witness that the effect reports. */
  readonly witness: { readonly name: string; readonly seq: number } | undefined;
  /** Φ gates of the run, resolved before execution. */
  readonly gates: readonly { readonly proc: string; readonly seq: number }[];
}

/** Tracks calls, witnesses and gates through the events of a run. */
export class AllowanceTracker {
  /** By thread, one entry per open process: the contracts of the call that entered it. A thread begins with those of its spawn. */
  readonly #threads = new Map<number, (readonly BindChecked[])[]>([[0, []]]);
  /** The thread of the latest event, and its open processes. */
  #thread = 0;
  #calls: (readonly BindChecked[])[] = this.#threads.get(0) ?? [];
  readonly #witnesses = new Map<string, { readonly name: string; readonly seq: number }>();
  readonly #gates: { readonly proc: string; readonly seq: number }[] = [];
  #checked: BindChecked[] = [];
  /** What allows an effect that reports no witness, until an event changes it. */
  #common: Allowance | undefined;

  /** Adds the next event of the run. */
  add(event: MachineEvent): void {
    if (event.kind !== "effect" && event.kind !== "stmt") this.#common = undefined;
    this.#enterThread(event);
    switch (event.kind) {
      case "bind_checked":
        if (event.stage === "enter") this.#checked.push(event);
        break;
      case "enter_proc":
        this.#calls.push(this.#checked.filter((checked) => isAbout(checked, nameOf(event.proc))));
        this.#checked = [];
        break;
      case "thread_spawn": {
        const checked = this.#checked.filter((each) => isAbout(each, nameOf(event.proc)));
        this.#threads.set(event.spawned, [...this.#calls, checked]);
        this.#checked = [];
        break;
      }
      case "leave_proc":
        this.#calls.pop();
        break;
      case "witness":
        this.#witnesses.set(encodeValue(event.value), { name: event.name, seq: event.seq });
        break;
      case "phi_resolved":
        if (event.gate === true) this.#gates.push({ proc: event.proc, seq: event.seq });
        break;
      default: // does not concern permission
        break;
    }
  }

  /** What allows an effect that is the next event. */
  allowanceOf(event: EffectEvent): Allowance {
    const { value } = event;
    this.#enterThread(event);
    this.#common ??= this.#withoutWitness();
    const witness = this.#witnesses.size === 0
      ? undefined
      : this.#witnesses.get(encodeValue(value));
    return witness === undefined ? this.#common : { ...this.#common, witness };
  }

  #enterThread(event: MachineEvent): void {
    const thread = "thread" in event ? event.thread ?? 0 : 0;
    if (thread === this.#thread) return;
    this.#thread = thread;
    this.#calls = this.#threads.get(thread) ?? [];
    this.#common = undefined;
  }

  #withoutWitness(): Allowance {
    return {
      contracts: this.#calls.flat().map(({ source, target, seq }) => ({
        bind: `${source} -> ${target}`,
        seq,
      })),
      witness: undefined,
      gates: [...this.#gates],
    };
  }
}

/** The bare name of a process; a bind spells its ends as the program does. */
function nameOf(proc: string): string {
  return parseReference(proc)?.name ?? proc;
}

/** A bind governs calls in both directions. */
function isAbout({ source, target }: BindChecked, proc: string): boolean {
  return [source, target].some((end) => nameOf(end) === proc);
}
