/**
 * Who allowed an effect: the contracts of the calls that it was performed in, the witness that it reports, the gates that the run
 * passed. Read from the events before it, and from nothing else.
 *
 * @module
 */
import type { BindChecked, EffectEvent, MachineEvent } from "../../../dvm/event/event.ts";
import { encodeValue } from "../../../dvm/value/wire_text.ts";

/** What allowed an effect. Numbers are `seq` in the log. */
export interface Allowance {
  /** Contracts of the open calls that a bind governs, outermost first. None: the entry itself, or calls that need no bind. */
  readonly contracts: readonly { readonly bind: string; readonly seq: number }[];
  /** The witness that the effect reports. */
  readonly witness: { readonly name: string; readonly seq: number } | undefined;
  /** Φ processes whose existence the run rests on, resolved before anything else. */
  readonly gates: readonly { readonly proc: string; readonly seq: number }[];
}

/** Follows a run's events up to each effect. */
export class AllowanceTracker {
  /** One entry an open process: the contract of the call that opened it. */
  readonly #calls: (BindChecked | undefined)[] = [];
  readonly #witnesses = new Map<string, { readonly name: string; readonly seq: number }>();
  readonly #gates: { readonly proc: string; readonly seq: number }[] = [];
  #checked: BindChecked | undefined;

  /** Takes the next event of the run. */
  add(event: MachineEvent): void {
    switch (event.kind) {
      case "bind_checked":
        if (event.stage === "enter") this.#checked = event;
        break;
      case "enter_proc":
        this.#calls.push(isAbout(this.#checked, event.proc) ? this.#checked : undefined);
        this.#checked = undefined;
        break;
      case "leave_proc":
        this.#calls.pop();
        break;
      case "witness":
        this.#witnesses.set(encodeValue(event.value), { name: event.name, seq: event.seq });
        break;
      case "phi_resolved":
        if (event.gate) this.#gates.push({ proc: event.proc, seq: event.seq });
        break;
      default: // says nothing about permission
        break;
    }
  }

  /** What allows an effect that comes next. */
  allowanceOf({ value }: EffectEvent): Allowance {
    return {
      contracts: this.#calls.flatMap((call) =>
        call === undefined ? [] : [{ bind: `${call.source} -> ${call.target}`, seq: call.seq }]
      ),
      witness: this.#witnesses.get(encodeValue(value)),
      gates: [...this.#gates],
    };
  }
}

/** A bind governs calls between its ends, whichever of them calls. */
function isAbout(checked: BindChecked | undefined, proc: string): boolean {
  return checked !== undefined &&
    [checked.source, checked.target].some((end) => end.endsWith(`::${proc}`));
}
