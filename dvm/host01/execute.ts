/**
 * Execution under `--semantics host-0.1`: text -> upstream model -> validation -> entry -> K, Q or Φ -> events and outcome. The
 * summary trace equals that of the upstream executor byte for byte; `docs/host-0.1.md` lists where that departs from the
 * language.
 *
 * @module
 */
import { positionAt } from "../text/position.ts";
import { excerpt } from "../load/load.ts";
import { diagnostic } from "../diagnostic/diagnostic.ts";
import type { Diagnostic, Mark } from "../diagnostic/failure.ts";
import type { MachineEvent, OutcomeEvent } from "../event/event.ts";
import type { Environment, EventSink, Execution, RunInput, Sha256 } from "../event/input.ts";
import { collectInto, headerOf } from "../machine/run.ts";
import { unreachable } from "../base/result.ts";
import type { Value } from "../value/value.ts";
import { runHostK, runHostQ } from "./run_k_q.ts";
import type { HostFailure } from "./failure.ts";
import {
  type Emit,
  type HostContext,
  type HostEnding,
  HostFrame,
  NO_CONTEXT,
  withSequence,
} from "./frame.ts";
import { renderHostStmt } from "./model.ts";
import { runHostPhi } from "./run_phi.ts";
import { readHostProgram } from "./read_program.ts";
import { findHostEntry, type HostEntry, validateHostProgram } from "./validate.ts";

/** The origin of the artifact, for the header of the log. */
export interface Host01Origin {
  /** The name of the artifact; default: `program`. */
  readonly name?: string;
  /** Computes the digest of the artifact. Without it the digest in the header is empty, and the log cannot be verified. */
  readonly sha256?: Sha256;
}

/**
 * Executes one artifact as the upstream executor does. Of `input`, only `entry` has an effect: limits, arguments and
 * environment are recorded and otherwise ignored, as upstream has none. Does not throw on any text.
 *
 * `effects` and `ticks` of the execution, and the counts in its outcome, are those that upstream reports: most failures reset
 * them, while the events keep what happened before.
 */
export function executeHost01(
  text: string,
  input: RunInput,
  sink?: EventSink,
  origin: Host01Origin = {},
): Execution {
  return new HostRun(text, input, sink, origin).run();
}

/** The location of a failure. */
interface Location {
  readonly path: string;
  readonly offset: number;
  /** The excerpt to show; the surrounding text if absent. */
  readonly text?: string;
}

class HostRun {
  readonly #text: string;
  readonly #entryName: string;
  readonly #artifact: string;
  readonly #events: MachineEvent[] = [];
  readonly #sink: EventSink;
  readonly #emit: Emit;
  #seq = 0;

  constructor(
    text: string,
    input: RunInput,
    sink: EventSink | undefined,
    origin: Host01Origin,
  ) {
    this.#text = text;
    this.#entryName = input.entry ?? "main";
    this.#artifact = origin.name ?? "program";
    this.#sink = sink ?? collectInto(this.#events);
    this.#emit = (event) => this.#take(withSequence(event, this.#seq));
    const header = headerOf(
      { artifacts: [{ name: this.#artifact, text }] },
      { ...input, semantics: "host-0.1", environment: withoutInputs(input.environment) },
      origin.sha256 ?? (() => ""),
    );
    for (const event of header) this.#take(event);
  }

  /** Passes an event to the sink; a checkpoint that the sink adds takes a sequence number too. */
  #take(event: MachineEvent): void {
    const checkpoint = this.#sink(event);
    this.#seq = (checkpoint ?? event).seq + 1;
  }

  run(): Execution {
    const read = readHostProgram(this.#text);
    if (!read.ok) {
      const { message, offset } = read.failure;
      return this.#failed({ code: "DR1201", message }, NO_CONTEXT, { path: "", offset });
    }
    const program = validateHostProgram(read.value);
    if (!program.ok) return this.#failed(program.failure, NO_CONTEXT, WHOLE_ARTIFACT);
    const entry = findHostEntry(program.value, this.#entryName);
    if (entry === undefined) {
      const failure: HostFailure = { code: "DR1203", message: this.#entryName };
      return this.#failed(failure, NO_CONTEXT, WHOLE_ARTIFACT);
    }
    const { proc, regime } = entry;
    if (proc.paramNames.length > 0) {
      const message = `entrypoint has params in v0.1 host-runner: ${proc.name}:${regime}`;
      return this.#failed({ code: "DR1204", message }, NO_CONTEXT, locationOf(entry, undefined));
    }
    const ending = runEntry(entry, this.#emit);
    switch (ending.kind) {
      case "returned":
        return this.#returned(ending.value, ending.context);
      case "stopped":
        return this.#failed(ending.failure, ending.context, locationOf(entry, ending.stmtIndex));
      default:
        return unreachable(ending);
    }
  }

  #returned(value: Value | undefined, context: HostContext): Execution {
    return this.#finished(context, [], {
      status: "returned",
      returned: value,
      error: undefined,
    });
  }

  #failed(failure: HostFailure, context: HostContext, location: Location): Execution {
    const { code, message } = failure;
    const reported = diagnostic(code, { message, marks: [this.#mark(location, message)] });
    const { kind } = reported;
    const isInadmissible = kind === "Inadmissible" || kind === "ConstraintFailure";
    return this.#finished(context, [reported], {
      status: isInadmissible ? "inadmissible" : "failed",
      returned: undefined,
      error: { code, kind, message, where: location.path },
    });
  }

  #finished(
    { effects, ticks }: HostContext,
    diagnostics: readonly Diagnostic[],
    result: Pick<OutcomeEvent, "status" | "returned" | "error">,
  ): Execution {
    const outcome: OutcomeEvent = {
      seq: this.#seq,
      kind: "outcome",
      ...result,
      ticks,
      effects: effects.length,
    };
    this.#take(outcome);
    return { outcome, events: this.#events, diagnostics, effects, ticks };
  }

  #mark({ path, offset, text }: Location, label: string): Mark {
    const shown = text === undefined ? excerpt(this.#text, offset) : { text };
    const position = positionAt(this.#text, offset);
    return { role: "main", label, artifact: this.#artifact, path, ...position, ...shown };
  }
}

/** The upstream executor has no files, ports or devices. */
function withoutInputs(environment: RunInput["environment"] = {}): Environment {
  const { inputs: _, ...others } = environment;
  return others;
}

const WHOLE_ARTIFACT: Location = { path: "", offset: 0 };

function runEntry(entry: HostEntry, emit: Emit): HostEnding {
  const frame = new HostFrame(entry, emit);
  switch (entry.regime) {
    case "K":
      return runHostK(frame);
    case "Q":
      return runHostQ(frame);
    case "Φ":
      return runHostPhi(frame);
    default:
      return unreachable(entry.regime);
  }
}

/** The location of a statement, or of the process as a whole. */
function locationOf({ proc, path, regime }: HostEntry, stmtIndex: number | undefined): Location {
  const stmt = stmtIndex === undefined ? undefined : proc.body[stmtIndex];
  if (stmt !== undefined) {
    return {
      path: `${path}.body[${stmtIndex}]`,
      offset: stmt.offset,
      text: renderHostStmt(stmt),
    };
  }
  const text = `proc ${regime}::${proc.name}(${proc.paramNames.join(", ")})`;
  return { path, offset: proc.offset, text };
}
