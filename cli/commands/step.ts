/**
 * `dustrun step LOG`: steps through a run event by event, forwards and backwards.
 *
 * @module
 */
import type { Readable } from "../../api/files.ts";
import { summarizeLog } from "../../api/log.ts";
import { Places } from "../../api/places.ts";
import {
  bodyNamed,
  type LogPosition,
  LogStates,
  type StateAtEvent,
  viewBody,
  viewState,
} from "../../api/state.ts";
import type { WireEvent } from "../../api/values.ts";
import { shellWord } from "../../api/visible.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { noState, readPosition } from "../input/position_operand.ts";
import { damagedLog, openLog } from "../input/log_operand.ts";
import { snapshotsBeside } from "../input/snapshots.ts";
import { renderEventLine } from "../render/event.ts";
import { FIRST_STEPPER, onKey, type StepCommand, type Stepper } from "./step_keys.ts";
import { render, type StepScreen } from "./step_screen.ts";
import { hasTerminal, type Terminal, withTerminal } from "../host/terminal.ts";

/** Steps until the user quits. */
export async function run(args: ArgumentsOf<"step">, io: Io): Promise<number> {
  const reference = args.operands[0];
  if (args.json) throw noJson(reference);
  if (!io.isStdoutTerminal || !hasTerminal()) throw noTerminal(reference);
  const position = readPosition(args.at ?? "0");
  const { path, log } = openLog(reference, args, io);
  const snapshots = snapshotsBeside({ path, log });
  try {
    io.drop("read", "write");
    const states = LogStates.open(log, { snapshots });
    if (!states.ok) throw noState(path, states.failure);
    const session = new Session(path, log, states.value);
    session.begin(position);
    return await withTerminal((terminal) => session.run(terminal, io.color));
  } finally {
    snapshots?.close();
    log.close();
  }
}

function noTerminal(reference: string): Fault {
  return new Fault({
    code: "DR1303",
    message: "stepping needs a terminal for both input and output",
    place: "step",
    help: `dustrun state ${shellWord(reference)} --at N shows the state after one event`,
  });
}

function noJson(reference: string): Fault {
  return new Fault({
    code: "DR1303",
    message: "stepping is for a person, and has no answer in JSON",
    place: "--json",
    help: `dustrun state ${shellWord(reference)} --json --at N prints the state after one event`,
  });
}

/** How many events are shown before and after the current one. */
const EVENTS_BEFORE = 2, EVENTS_BEHIND = 2;

/** A session of one user on one log. */
class Session {
  readonly #path: string;
  readonly #log: Readable;
  readonly #states: LogStates;
  readonly #places: Places;
  #screen: StepScreen | undefined;

  constructor(path: string, log: Readable, states: LogStates) {
    this.#path = path;
    this.#log = log;
    this.#states = states;
    this.#places = new Places(() => states.program);
  }

  /** Goes to the first position, and throws a fault if the log does not have it. */
  begin(position: LogPosition): void {
    const there = this.#states.at(position);
    if (!there.ok) throw noState(this.#path, there.failure);
    const summary = summarizeLog(this.#log);
    if (!summary.ok) throw damagedLog(this.#path, summary.failure);
    this.#place(there.value, { ...FIRST_STEPPER, total: summary.value?.events ?? 0 });
  }

  async run(terminal: Terminal, isColored: boolean): Promise<number> {
    this.#show(terminal, isColored);
    for await (const key of terminal.keys()) {
      if (key !== "resize" && this.#takes(key) === "quit") break;
      this.#show(terminal, isColored);
    }
    return 0;
  }

  #takes(key: string): StepCommand["kind"] {
    const screen = this.#screen;
    if (screen === undefined) return "quit";
    const { stepper, command } = onKey(screen.stepper, key);
    this.#screen = { ...screen, stepper };
    this.#execute(command, { ...screen, stepper });
    return command.kind;
  }

  #execute(command: StepCommand, screen: StepScreen): void {
    const { stepper, view } = screen;
    const depth = view.frames.length;
    const thread = view.threads?.current ?? 0;
    switch (command.kind) {
      case "none":
      case "quit":
        return;
      case "go":
        return this.#go(this.#states.at(command.position), stepper);
      case "step": {
        // Outside of processes there is no statement to step over.
        const target = depth === 0
          ? this.#states.at({ kind: "event", seq: stepper.seq + 1 })
          : this.#states.next(stepper.seq, { kind: command.how, depth, thread });
        return this.#go(target, stepper);
      }
      case "run": {
        const target = { kind: "statement", places: stepper.breakpoints } as const;
        const { seq } = stepper;
        const found = command.isBack
          ? this.#states.previous(seq, target)
          : this.#states.next(seq, target);
        return this.#go(found, stepper, "no breakpoint is reached there");
      }
      case "break":
        return this.#toggle(command, screen);
      case "writer":
        return this.#goToWriter(command.name, screen);
      case "search":
        return this.#search(command.text, stepper);
    }
  }

  /** Goes to a position; if the log does not have it, only a message changes. Damage ends the session. */
  #go(there: ReturnType<LogStates["at"]>, stepper: Stepper, otherwise?: string): void {
    if (there.ok) return this.#place(there.value, stepper);
    if (there.failure.code === "damaged-log") throw damagedLog(this.#path, there.failure);
    this.#tell(stepper, otherwise ?? there.failure.reason);
  }

  #tell(stepper: Stepper, message: string): void {
    if (this.#screen !== undefined) {
      this.#screen = { ...this.#screen, stepper: { ...stepper, message } };
    }
  }

  #toggle(
    { proc, statement }: Extract<StepCommand, { kind: "break" }>,
    { body: innermost, stepper }: StepScreen,
  ): void {
    const body = proc === undefined ? innermost : bodyNamed(this.#states.program, proc);
    const number = statement ?? body?.current;
    const found = body?.lines.find((each) => number !== undefined && each.number === number);
    if (found === undefined) {
      return this.#tell(stepper, "there is no such statement; name one by PROCESS:N");
    }
    const breakpoints = new Set(stepper.breakpoints);
    const isSet = !breakpoints.delete(found.at);
    if (isSet) breakpoints.add(found.at);
    const what = isSet ? "set" : "removed";
    this.#tell(
      { ...stepper, breakpoints },
      `breakpoint ${what}: ${this.#places.statement(found.at)}`,
    );
  }

  #goToWriter(name: string, { view, stepper }: StepScreen): void {
    const binding = view.frames.at(-1)?.bindings.find((each) => each.name === name);
    if (binding === undefined) return this.#tell(stepper, `${name} has no value here`);
    const { set } = binding;
    if (set === undefined) return this.#tell(stepper, `${name} was not set: it is an argument`);
    const round = set.round === 0 ? "" : ` in round ${set.round}`;
    const message = `${name} was set here, by statement ${set.statement}${round}`;
    const there = this.#states.at({ kind: "event", seq: set.seq });
    this.#go(there, { ...stepper, message });
  }

  /** Goes to the next event whose line has the text, in the notation in which it is shown. */
  #search(text: string, stepper: Stepper): void {
    for (const read of this.#states.events({ from: stepper.seq + 1, to: stepper.total })) {
      if (!read.ok) throw damagedLog(this.#path, read.failure);
      if (!renderEventLine(read.value, this.#places).includes(text)) continue;
      return this.#go(this.#states.at({ kind: "event", seq: read.value.seq }), stepper);
    }
    this.#tell(stepper, `${JSON.stringify(text)} is in no later event`);
  }

  #place(there: StateAtEvent, stepper: Stepper): void {
    const view = viewState(there);
    const { seq, kind } = view.event;
    this.#screen = {
      name: this.#path,
      view,
      body: viewBody(there),
      events: this.#eventsAround(seq),
      places: this.#places,
      stepper: { ...stepper, seq, effect: view.effects.count - 1, isEffect: kind === "effect" },
    };
  }

  #eventsAround(seq: number): WireEvent[] {
    const events: WireEvent[] = [];
    const range = { from: Math.max(0, seq - EVENTS_BEFORE), to: seq + EVENTS_BEHIND + 1 };
    for (const read of this.#states.events(range)) {
      if (!read.ok) throw damagedLog(this.#path, read.failure);
      events.push(read.value);
    }
    return events;
  }

  #show(terminal: Terminal, isColored: boolean): void {
    if (this.#screen === undefined) return;
    const lines = render(this.#screen, terminal.size());
    terminal.show(lines, isColored);
  }
}
