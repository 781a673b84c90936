/**
 * `dustrun step LOG`: steps through a run event by event, forwards and backwards.
 *
 * @module
 */
import type { Readable } from "../../api/files.ts";
import { summarizeLog } from "../../api/log.ts";
import { Places } from "../../api/places.ts";
import { type LogPosition, LogStates, type StateView, viewState } from "../../api/state.ts";
import type { WireEvent } from "../../api/values.ts";
import { shellWord } from "../../api/visible.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { noState, readPosition } from "../input/position_operand.ts";
import { damagedLog, openLog } from "../input/log_operand.ts";
import { snapshotsBeside } from "../input/snapshots.ts";
import { onKey, render, type StepCommand, type Stepper, type StepScreen } from "./step_screen.ts";
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
const EVENTS_BEFORE = 2, EVENTS_BEHIND = 3;

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
    this.#place(viewState(there.value), {
      seq: 0,
      total: summary.value?.events ?? 0,
      effect: -1,
      isEffect: false,
      prompt: undefined,
      scroll: 0,
      message: "",
    });
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
    if (command.kind === "go") this.#go(command.position, stepper);
    return command.kind;
  }

  /** Goes to a position; if the log does not have it, only a message changes. Damage ends the session. */
  #go(position: LogPosition, stepper: Stepper): void {
    const there = this.#states.at(position);
    if (!there.ok && there.failure.code === "damaged-log") {
      throw damagedLog(this.#path, there.failure);
    }
    if (there.ok) this.#place(viewState(there.value), stepper);
    else if (this.#screen !== undefined) {
      this.#screen = { ...this.#screen, stepper: { ...stepper, message: there.failure.reason } };
    }
  }

  #place(view: StateView, stepper: Stepper): void {
    const { seq, kind } = view.event;
    this.#screen = {
      name: this.#path,
      view,
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
