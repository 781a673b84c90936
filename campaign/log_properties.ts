/**
 * Properties of constraints and witnesses that every log has, found by reading it a second time: no part of the machine decides
 * them (CON-03, CON-10, CON-12, WIT-02).
 *
 * @module
 */
import type { Execution, WireEvent } from "../mod.ts";
import { type Scope, truthOf, valueOfWire } from "./evaluate_expression.ts";
import { formOf, framesOf, type LogFrame, type LogFrames } from "./log_frames.ts";
import { readExpression, type Tree } from "./read_expression.ts";

/** What was read, and what was found wrong. */
export interface LogFindings {
  /** One sentence for each violation. */
  readonly violations: readonly string[];
  /** How many constraints were evaluated again. */
  readonly evaluated: number;
  /** How many have forms that the second evaluator does not know. */
  readonly unknown: number;
}

/**
 * At every exit of a process, every constraint of its body holds, or mentions a name of the body that was never bound. A
 * constraint of a body that was refused does not hold.
 */
export function constraintsAtExits(
  text: string,
  execution: Pick<Execution, "events">,
): LogFindings {
  const violations: string[] = [];
  let evaluated = 0, unknown = 0;
  for (const { event, frames } of framesOf(text, execution)) {
    const frame = frames.top;
    if (frame === undefined) continue;
    for (const { at, predicate } of constraintsIn(frames, frame, event)) {
      const names = namesIn(predicate);
      if (names?.some((name) => !frame.values.has(name))) continue;
      const truth = truthOf(predicate, scopeOf(frames, (name) => frame.values.get(name)));
      if (truth === "unknown") unknown++;
      else evaluated++;
      const place = `event ${event.seq}: ${frame.proc.name} ${at}, ${predicate}`;
      if (event.kind === "leave_proc" && (truth === "false" || truth === "fails")) {
        violations.push(`${place}: left, and it does not hold`);
      }
      if (event.kind === "constraint_failed" && truth === "true") {
        violations.push(`${place}: refused, and it holds`);
      }
    }
  }
  return { violations, evaluated, unknown };
}

/**
 * Every constraint that a witness attests is true under the configuration of the witness, whatever becomes of the run. In a run
 * that is refused no witness exists (WIT-02); there a constraint that makes calls may be recorded before its calls are made.
 */
export function witnessRecords(text: string, execution: Pick<Execution, "events">): LogFindings {
  const violations: string[] = [];
  let evaluated = 0, unknown = 0;
  const outcome = execution.events.at(-1);
  const isRefused = outcome?.kind === "outcome" && outcome.error !== undefined;
  for (const { event, frames } of framesOf(text, execution)) {
    if (event.kind !== "witness") continue;
    const recorded = new Map(
      Object.entries(event.configuration).map(([name, value]) => [name, valueOfWire(value)]),
    );
    for (const predicate of event.constraints) {
      const place = `event ${event.seq}: witness ${event.name} of ${event.proc}, ${predicate}`;
      const missing = namesIn(predicate)?.find((name) => !recorded.has(name));
      if (missing !== undefined) violations.push(`${place}: ${missing} is not recorded`);
      const scope = scopeOf(frames, (name) => recorded.get(name), isRefused);
      const truth = truthOf(predicate, scope);
      if (truth === "unknown") unknown++;
      else evaluated++;
      if (truth === "false" || truth === "fails") violations.push(`${place}: not true`);
    }
  }
  return { violations, evaluated, unknown };
}

function scopeOf(frames: LogFrames, read: Scope["read"], withoutCalls = false): Scope {
  return { read, formula: (callee) => withoutCalls ? undefined : frames.formula(callee) };
}

/** The constraints of a frame's body that an event makes a statement about. */
function constraintsIn(
  frames: LogFrames,
  { proc }: LogFrame,
  event: WireEvent,
): { readonly at: string; readonly predicate: string }[] {
  if (event.kind !== "leave_proc" && event.kind !== "constraint_failed") return [];
  return proc.body.flatMap((statement, index) => {
    const [kind, { predicate }] = formOf(statement);
    const at = `body[${index}]`;
    const isMeant = event.kind === "leave_proc" || frames.constraintAt(event.id) === at;
    return kind === "Constrain" && typeof predicate === "string" && isMeant
      ? [{ at, predicate }]
      : [];
  });
}

/** The names that an expression reads, those of its own match arms left out. */
function namesIn(text: string): string[] | undefined {
  const tree = readExpression(text);
  return tree === undefined ? undefined : namesOf(tree);
}

function namesOf(tree: Tree): string[] {
  switch (tree.kind) {
    case "int":
    case "float":
    case "bool":
    case "string":
      return [];
    case "name":
      return [tree.name];
    case "field":
      return namesOf(tree.base);
    case "index":
      return [...namesOf(tree.base), ...namesOf(tree.index)];
    case "call":
      return tree.args.flatMap(namesOf);
    case "binary":
      return [...namesOf(tree.a), ...namesOf(tree.b)];
    case "array":
      return tree.items.flatMap(namesOf);
    case "shape":
      return tree.fields.flatMap(([, value]) => namesOf(value));
    case "match":
      return [
        ...namesOf(tree.subject),
        ...tree.arms.flatMap(({ patterns, body }) =>
          namesOf(body).filter((name) => !patterns.includes(name))
        ),
      ];
  }
}
