/**
 * The rules about open processes: enter and leave nest, in each thread, and a configuration has every parameter that its process was
 * entered with.
 *
 * @module
 */
import type { Event } from "../../dvm/event/event.ts";
import type { NamedValue } from "../../dvm/value/value.ts";

interface OpenProc {
  readonly proc: string;
  readonly args: readonly NamedValue[];
}

/** Follows the open processes of a log. */
export class FrameRules {
  readonly #threads = new Map<number, OpenProc[]>();
  #depth = 0;

  /** Accepts the next event; returns the reason if it is not allowed here. */
  accept(event: Event): string | undefined {
    switch (event.kind) {
      case "enter_proc":
        this.#open(event.thread).push({ proc: event.proc, args: event.args });
        this.#depth++;
        return undefined;
      case "leave_proc": {
        const left = this.#open(event.thread).pop();
        this.#depth--;
        if (left === undefined) return "no process is open";
        return left.proc === event.proc
          ? undefined
          : `${left.proc} is the innermost process, not ${event.proc}`;
      }
      case "witness":
        return this.#configured(event, event.configuration);
      case "phi_resolved":
        return event.verdict === "admissible" && event.gate === undefined
          ? this.#configured(event, event.configuration ?? [])
          : undefined;
      case "outcome":
        return event.error === undefined && this.#depth > 0
          ? `${this.#depth} processes are open at the end of a run that succeeds`
          : undefined;
      default:
        return undefined;
    }
  }

  #open(thread = 0): OpenProc[] {
    const open = this.#threads.get(thread) ?? [];
    this.#threads.set(thread, open);
    return open;
  }

  #configured(
    { thread, proc }: { readonly thread?: number; readonly proc: string },
    configuration: readonly NamedValue[],
  ): string | undefined {
    const top = this.#open(thread).at(-1);
    if (top?.proc !== proc) return undefined;
    const names = new Set(configuration.map(({ name }) => name));
    const missing = top.args.find(({ name }) => !names.has(name));
    return missing === undefined
      ? undefined
      : `the configuration lacks ${JSON.stringify(missing.name)}, a parameter of ${proc}`;
  }
}
