/**
 * A second reading of a log, for oracles: the open processes and the bindings of their bodies, from events and artifact alone.
 *
 * @module
 */
import type { Execution, WireEvent } from "../mod.ts";
import type { ForgeTree, ProcTree, StatementTree, Tree } from "./artifact.ts";
import { type Formula, type Value, valueOfWire } from "./evaluate_expression.ts";

/** An open process. */
export interface LogFrame {
  /** The process. */
  readonly proc: ProcTree;
  /** The values of the parameters and of the names that the body itself binds, as far as they are bound. */
  readonly values: Map<string, Value>;
}

/** The form and the members of a statement: `["Let", { name, expr }]`. */
export type Form = readonly [kind: string, members: { readonly [name: string]: Tree }];

/** The frames of a run, as its events open, change and close them. */
export class LogFrames {
  readonly #procs: readonly { readonly forge: string; readonly proc: ProcTree }[];
  readonly #open: LogFrame[] = [];
  readonly #constraints = new Map<string, string>();

  /** Before the first event of a run of this artifact. */
  constructor(text: string) {
    const { forges }: { forges: ForgeTree[] } = JSON.parse(text);
    this.#procs = forges.flatMap(({ name, procs }) => procs.map((proc) => ({ forge: name, proc })));
  }

  /** The process that control is in. */
  get top(): LogFrame | undefined {
    return this.#open.at(-1);
  }

  /** The path of the statement that added a constraint. */
  constraintAt(id: string): string | undefined {
    return this.#constraints.get(id);
  }

  /** The process that a path of a call leads to, if it is nothing but an expression. */
  formula(callee: string): Formula | undefined {
    const name = callee.split("::").at(-1);
    const [found, ...others] = this.#procs.filter(({ proc }) => proc.name === name);
    const statement = found?.proc.body[0];
    if (found === undefined || others.length > 0 || statement === undefined) return undefined;
    if (found.proc.body.length > 1 || found.proc.params.some(({ ty }) => ty !== "i64")) {
      return undefined;
    }
    const [kind, { expr }] = formOf(statement);
    return kind === "Return" && typeof expr === "string"
      ? { params: found.proc.params.map(({ name }) => name), text: expr }
      : undefined;
  }

  /** Follows one event. */
  follow(event: WireEvent): void {
    switch (event.kind) {
      case "enter_proc": {
        const found = this.#procs.find(({ forge, proc: { regime, name } }) =>
          [name, `${regime}::${name}`, `${forge}::${regime}::${name}`].includes(event.proc)
        );
        if (found === undefined) throw new Error(`the artifact has no ${event.proc}`);
        this.#open.push({ proc: found.proc, values: new Map() });
        return this.#bindAll(event.args);
      }
      case "phi_resolved":
        return event.gate === true ? undefined : this.#bindAll(event.configuration ?? {});
      case "leave_proc":
        this.#open.pop();
        return;
      case "stmt":
        for (const [name, value] of Object.entries(event.set ?? {})) {
          this.#bind(pathOf(event.at), name, valueOfWire(value));
        }
        return;
      case "constraint_added":
        this.#constraints.set(event.id, pathOf(event.at));
        return;
      case "witness":
        return this.#bind(pathOf(event.at), event.name, valueOfWire(event.value));
      default:
        return;
    }
  }

  #bindAll(values: Extract<WireEvent, { kind: "enter_proc" }>["args"]): void {
    for (const [name, value] of Object.entries(values)) {
      this.top?.values.set(name, valueOfWire(value));
    }
  }

  /** Keeps what a statement binds or assigns if the binding belongs to the body itself. */
  #bind(at: string, name: string, value: Value): void {
    const frame = this.top;
    if (frame === undefined) return;
    const blocks = enclosing(frame.proc, at);
    const [kind] = blocks.at(-1)?.current ?? ["", {}];
    const isOfBody = kind === "Assign"
      ? !blocks.slice(1).some(({ names }) => names.includes(name))
      : blocks.length === 1 && kind !== "For";
    if (isOfBody) frame.values.set(name, value);
  }
}

/** The path in the place of a statement. Generated processes have plain names, or names in quotes without a point. */
export function pathOf(at: string): string {
  return at.slice(at.indexOf(".body[") + 1);
}

/** The form of a statement. */
export function formOf(statement: StatementTree): Form {
  if (typeof statement === "string") return [statement, {}];
  const [entry] = Object.entries(statement);
  const [kind = "", members = null] = entry ?? [];
  return [kind, isRecord(members) ? members : {}];
}

interface Enclosing {
  /** The statement of the block on the way to the path's. */
  readonly current: Form;
  /** What the block has bound before it; the variable of a loop belongs to its body. */
  readonly names: readonly string[];
}

/** The blocks around the statement of a path, from the body inwards. */
function enclosing(proc: ProcTree, at: string): readonly Enclosing[] {
  const found: Enclosing[] = [];
  let block: readonly StatementTree[] = proc.body;
  let own: readonly string[] = [];
  for (const step of at.split(".")) {
    const [, member = "", index = ""] = /^(\w+)\[(\d+)\]$/.exec(step) ?? [];
    const around = found.at(-1)?.current;
    if (around !== undefined) {
      block = blockOf(around[1][member]);
      own = around[0] === "For" ? [String(around[1]["var"])] : [];
    }
    const statement = block[Number(index)];
    if (statement === undefined) throw new Error(`${proc.name} has no ${at}`);
    const names = block.slice(0, Number(index)).flatMap((earlier) => boundBy(formOf(earlier)));
    found.push({ current: formOf(statement), names: [...own, ...names] });
  }
  return found;
}

function boundBy([kind, members]: Form): string[] {
  if (kind === "Assign" || kind === "For") return [];
  const name = members["name"] ?? members["result"];
  return typeof name === "string" ? [name] : [];
}

function blockOf(tree: Tree | undefined): readonly StatementTree[] {
  if (!Array.isArray(tree)) return [];
  return tree.flatMap((item) => typeof item === "string" || isRecord(item) ? [item] : []);
}

function isRecord(tree: Tree): tree is { [name: string]: Tree } {
  return typeof tree === "object" && tree !== null && !Array.isArray(tree);
}

/** The events of an execution, each with the frames before it. */
export function* framesOf(
  text: string,
  { events }: Pick<Execution, "events">,
): Generator<{ readonly event: WireEvent; readonly frames: LogFrames }> {
  let frames: LogFrames | undefined;
  for (const event of events) {
    if (event.kind === "enter_proc") frames ??= new LogFrames(text);
    if (frames === undefined) continue;
    yield { event, frames };
    frames.follow(event);
  }
}
