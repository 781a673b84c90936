/**
 * A naive interpreter of the programs of `campaign/timed.ts`, written from the text: it looks at every open bound before and after each
 * statement. semantics.md, second round, Binds: "A statement may begin or complete only if the clock plus its tick keeps every open
 * upper bound (`<`, `<=`, the upper side of `==`, `Timer`); otherwise that is the failure, before the statement is evaluated."
 *
 * @module
 */
import type { ForgeTree, ProcTree, StatementTree } from "../../../campaign/artifact.ts";
import type { RunInput } from "../../../mod.ts";
import type { TimeBug } from "./bugs.ts";
import { NaiveClock, NaiveFailure, type OpenBind } from "./naive_clock.ts";
import { blockIn, formOf, itemsIn, operandsOf, textIn } from "./statement_tree.ts";

/** How a run ends. */
export interface NaiveEnding {
  /** The code of the failure; `undefined` after a success. */
  readonly code: string | undefined;
  /** The path of the bound that decides it. */
  readonly bound: string | undefined;
  /** The path of the statement that fails or may not begin or complete. */
  readonly at: string | undefined;
  /** The clock at the end. */
  readonly ticks: number;
  /** The result; 0 after a failure. */
  readonly value: number;
}

/** Runs `main`, with a bug planted or none. */
export function interpret(text: string, input: RunInput, bug?: TimeBug): NaiveEnding {
  const { forges: [forge] }: { readonly forges: readonly ForgeTree[] } = JSON.parse(text);
  if (forge === undefined) throw new RangeError("no forge");
  const maxTicks = input.limits?.max_ticks ?? 10_000_000;
  const run = new NaiveRun(forge, { maxTicks, tickUs: input.environment?.tick_us ?? 1, bug });
  return run.ending();
}

/** How control goes on after a statement. */
type Flow = "next" | "break" | "continue" | { readonly value: number };

interface Frame {
  readonly proc: ProcTree;
  readonly path: string;
  readonly names: Map<string, number>;
  /** Constraints of the body that have not been reached, by index. */
  readonly unreached: Set<number>;
}

interface Settings {
  readonly maxTicks: number;
  readonly tickUs: number;
  readonly bug: TimeBug | undefined;
}

class NaiveRun {
  readonly #forge: ForgeTree;
  readonly #clock: NaiveClock;
  readonly #settings: Settings;
  #calls = 0;

  constructor(forge: ForgeTree, settings: Settings) {
    this.#forge = forge;
    this.#settings = settings;
    this.#clock = new NaiveClock(settings.maxTicks, settings.tickUs, settings.bug);
  }

  ending(): NaiveEnding {
    try {
      const value = this.#enter("main", [], []);
      return { code: undefined, bound: undefined, at: undefined, ticks: this.#clock.ticks, value };
    } catch (thrown) {
      if (!(thrown instanceof NaiveFailure)) throw thrown;
      const { code, bound, at } = thrown;
      return { code, bound, at, ticks: this.#clock.ticks, value: 0 };
    }
  }

  #enter(name: string, args: readonly number[], binds: readonly OpenBind[]): number {
    const index = this.#forge.procs.findIndex((each) => each.name === name);
    const proc = this.#forge.procs[index];
    if (proc === undefined) throw new RangeError(`no process ${name}`);
    const path = `forges[0].procs[${index}]`;
    const frame: Frame = {
      proc,
      path,
      names: new Map(proc.params.map((param, at) => [param.name, args[at] ?? 0])),
      unreached: new Set(proc.body.keys().filter((at) => formOf(proc.body[at]) === "Constrain")),
    };
    this.#calls++;
    this.#clock.enter(proc, path, binds);
    try {
      const isLate = this.#settings.bug === "statements of a Φ call count before it is resolved";
      if (proc.regime === "Φ" && !isLate) this.#resolve(frame);
      const flow = this.#block(frame, proc.body, `${path}.body`);
      if (typeof flow === "string") throw new RangeError(`${name} does not return`);
      this.#clock.leave();
      return flow.value;
    } catch (thrown) {
      throw thrown instanceof NaiveFailure ? this.#clock.passFailure(thrown) : thrown;
    }
  }

  /** Of a Φ process with all arguments: whether its one constraint holds. */
  #resolve({ proc, names }: Frame): void {
    const holds = proc.body.every((statement) => {
      const predicate = textIn(statement, "Constrain", "predicate");
      if (predicate === undefined) return true;
      const [name = "", , least] = predicate.split(" ");
      return (names.get(name) ?? 0) > Number(least);
    });
    if (!holds) throw new NaiveFailure("DR0902", {});
  }

  #block(frame: Frame, block: readonly StatementTree[], path: string): Flow {
    for (const [index, statement] of block.entries()) {
      if (block === frame.proc.body) frame.unreached.delete(index);
      const flow = this.#statement(frame, statement, `${path}[${index}]`);
      if (flow !== "next") return flow;
    }
    return "next";
  }

  #statement(frame: Frame, statement: StatementTree, at: string): Flow {
    if (typeof statement === "string") {
      this.#timed(at, () => 0);
      return statement === "Break" ? "break" : "continue";
    }
    const form = formOf(statement);
    const text = (member: string) => textIn(statement, form, member) ?? "";
    const value = (expr: string) => this.#value(frame, expr, at);
    switch (form) {
      case "Let":
      case "Assign":
        frame.names.set(text("name") + text("target"), this.#timed(at, () => value(text("expr"))));
        return "next";
      case "Call": {
        const args = itemsIn(statement, form, "args").map(String);
        const result = this.#timed(at, () => value(`${text("target")}(${args.join(", ")})`));
        frame.names.set(text("result"), result);
        return "next";
      }
      case "Effect":
        this.#timed(at, () => value(text("payload")));
        return "next";
      case "Constrain":
        this.#constrain(frame, text("predicate"), at);
        return "next";
      case "If": {
        const taken = this.#timed(at, () => value(text("condition"))) === 1;
        const member = taken ? "then_body" : "else_body";
        return this.#block(frame, blockIn(statement, form, member), `${at}.${member}`);
      }
      case "While":
      case "For":
        return this.#loop(frame, statement, at);
      case "Return":
        return this.#return(frame, text("expr"), at);
      default:
        throw new RangeError(`a statement ${form}`);
    }
  }

  /** Executes a statement of one tick. */
  #timed<T>(at: string, evaluate: () => T): T {
    this.#clock.look(1, at);
    const value = evaluate();
    if (this.#settings.bug !== "a statement is not bounded when it completes") {
      this.#clock.look(1, at);
    }
    this.#clock.ticks++;
    return value;
  }

  /** A constraint takes its tick when it is reached; then its predicate is evaluated, with the ticks of the calls in it. */
  #constrain(frame: Frame, predicate: string, at: string): void {
    const judge = () => {
      if (this.#value(frame, predicate, at) !== 1) throw new NaiveFailure("DR0901", { at });
    };
    const isEarly = this.#settings.bug === "a constraint is decided before its tick";
    if (isEarly) judge();
    this.#timed(at, () => 0);
    if (!isEarly) judge();
  }

  #loop(frame: Frame, statement: StatementTree, at: string): Flow {
    const form = formOf(statement);
    const text = (member: string) => textIn(statement, form, member) ?? "";
    const body = blockIn(statement, form, "body");
    for (let next = Number(text("start"));; next++) {
      const goesOn = this.#timed(
        at,
        () =>
          form === "For"
            ? next < Number(text("end"))
            : this.#value(frame, text("condition"), at) === 1,
      );
      if (!goesOn) return "next";
      const flow = this.#block(frame, body, `${at}.body`);
      if (flow === "break") return "next";
      if (typeof flow !== "string") return flow;
    }
  }

  /** The constraints of the body that were not reached are executed first, each with its tick. */
  #return(frame: Frame, expr: string, at: string): Flow {
    const isLate = this.#settings.bug === "a return keeps every bound";
    for (const index of [...frame.unreached]) {
      frame.unreached.delete(index);
      const predicate = textIn(frame.proc.body[index], "Constrain", "predicate") ?? "";
      const path = `${frame.path}.body[${index}]`;
      if (this.#settings.bug === "constraints at an exit are not bounded") this.#clock.ticks++;
      else this.#constrain(frame, predicate, path);
    }
    if (!isLate) this.#clock.look(0, at);
    return { value: this.#value(frame, expr, at) };
  }

  /** Comparisons are 1 or 0. */
  #value(frame: Frame, expr: string, at: string): number {
    const [left = "", operator, right = ""] = operandsOf(expr);
    const a = this.#operand(frame, left, at);
    if (operator === undefined) return a;
    if (this.#settings.bug === "a call is bounded again before each call in it") {
      if (right.includes("(")) this.#clock.look(at.endsWith("]") ? 1 : 0, at);
    }
    const b = this.#operand(frame, right, at);
    switch (operator) {
      case "Add":
        return a + b;
      case "Sub":
        return a - b;
      case "Lt":
        return a < b ? 1 : 0;
      case "Gt":
        return a > b ? 1 : 0;
      case "Div":
        if (b === 0) throw new NaiveFailure("DR0802", { at });
        return Math.trunc(a / b);
      default:
        throw new RangeError(`an operator ${operator}`);
    }
  }

  #operand(frame: Frame, text: string, at: string): number {
    if (/^[0-9]+$/.test(text)) return Number(text);
    const call = /^(\w+)\((.*)\)$/.exec(text);
    if (call === null) return frame.names.get(text) ?? 0;
    const [, name = "", arg = ""] = call;
    const args = arg === "" ? [] : [this.#value(frame, arg, at)];
    if (this.#calls > this.#settings.maxTicks) throw new NaiveFailure("DR1103", { at });
    return this.#enter(name, args, this.#bindsOf(frame.proc, name));
  }

  /** The binds between caller and callee, the one of the call's direction first. */
  #bindsOf(caller: ProcTree, callee: string): readonly OpenBind[] {
    const open = this.#forge.binds.map(({ source, target, contract }, index) => ({
      ends: [source, target].map((end) => end.slice(end.indexOf("::") + 2)).join(),
      path: `forges[0].binds[${index}]`,
      contract,
    }));
    const there = open.filter(({ ends }) => ends === [caller.name, callee].join());
    const back = open.filter(({ ends }) => ends === [callee, caller.name].join());
    if (caller.name === callee) return there;
    const isOne = this.#settings.bug === "the bind in the direction of a call alone bounds it";
    return isOne && there.length > 0 ? there : [...there, ...back];
  }
}
