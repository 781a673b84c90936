/**
 * `dustrun solve PROGRAM`: questions about the configurations of a Φ process. Nothing is executed, and nothing is logged.
 *
 * @module
 */
import { listConflicts, type OptimizationStep, optimize, relax } from "../../api/solve.ts";
import { encodeWireValue } from "../../api/values.ts";
import { exitOfFailure } from "../host/exit_codes.ts";
import { Fault } from "../host/fault.ts";
import { Interrupted } from "../host/interrupt.ts";
import type { Io } from "../host/io.ts";
import { Progress, watchQuery } from "../host/progress.ts";
import { type PhiOperand, readPhiOperand, unfitQuery } from "./phi_operand.ts";
import { renderConflicts, renderOptimum, renderRelaxation } from "../render/solution.ts";
import { isGiven } from "../spec/command_spec.ts";
import { type ArgumentsOf, SPECS } from "../spec/commands.ts";
import { listFirst } from "./list_configurations.ts";
import { shownJson, shownLines } from "../text/shown.ts";

type Arguments = ArgumentsOf<"solve">;

/** Answers one question; 0 if it has the answer, 10 if there is no configuration, 14 if the answer is not complete. */
export async function run(args: Arguments, io: Io): Promise<number> {
  const asked = questionOf(args);
  const operand = await readPhiOperand(args.operands[0], args, io, "--entry");
  if (typeof operand === "number") return operand;
  switch (asked) {
    case "least":
    case "greatest":
      return answerBest(operand, asked, args, io);
    case "conflicts":
      return answerConflicts(operand, args.conflicts ?? 1, args, io);
    case "relax":
      return answerRelaxed(operand, args, io);
    case "all":
      return listFirst(operand, { count: args.all ?? 1, isTable: args.table }, args, io);
  }
}

const QUESTIONS = ["least", "greatest", "conflicts", "relax", "all"] as const;

/** The one question that is asked; the first configuration if none is. */
function questionOf(args: Arguments): typeof QUESTIONS[number] {
  const given = QUESTIONS.filter((name) =>
    SPECS.solve.options.some((option) => option.name === name && isGiven(args, option))
  );
  const [first = "all", second] = given;
  const isOdd = args.table && (first === "conflicts" || first === "relax");
  const refused = second ?? (isOdd ? "table" : undefined);
  if (refused === undefined) return first;
  throw new Fault({
    code: "DR1303",
    message: `--${refused} and --${first} are different questions`,
    place: `--${refused}`,
    help: "ask one of them",
  });
}

const INADMISSIBLE = exitOfFailure("Inadmissible", "spec");
const UNDECIDED = exitOfFailure("Runtime", "spec");

function answerBest(
  { program, query }: PhiOperand,
  end: "least" | "greatest",
  args: Arguments,
  io: Io,
): number {
  const expr = args[end] ?? "";
  let last: OptimizationStep = { kind: "undecided" };
  const progress = new Progress(io, (spent) => progressText(last, spent));
  const observe = (spent: number) => {
    io.interrupt.check();
    progress.at(spent);
  };
  const steps = optimize(program, { ...query, observe }, { expr, end });
  if (!steps.ok) {
    const help = "give an integer expression over the parameters, such as x Add 2 Mul y";
    throw unfitQuery(steps.failure, `--${end}`, help);
  }
  try {
    for (const step of steps.value) last = step;
  } catch (cause) {
    if (!(cause instanceof Interrupted)) throw cause; // else what was found until then is the answer
  } finally {
    progress.end();
  }
  if (args.json) io.stdout(shownJson(encodeWireValue({ objective: expr, end, ...last })));
  else io.stdout(shownLines(renderOptimum({ expr, end, isTable: args.table }, last)));
  if (last.kind === "none") return INADMISSIBLE;
  return last.kind === "found" && last.value === last.bound ? 0 : UNDECIDED;
}

function progressText(last: OptimizationStep, spent: number): string {
  const found = last.kind === "found"
    ? `best so far ${last.value}, bound ${last.bound}`
    : "looking for a configuration";
  return `${found}; ${spent} solver steps`;
}

function answerConflicts(
  { program, query }: PhiOperand,
  count: number,
  args: Arguments,
  io: Io,
): number {
  const listed = listConflicts(program, watchQuery(query, io), count);
  io.showProgress("");
  if (!listed.ok) throw unfitQuery(listed.failure, "--conflicts");
  const { conflicts, end } = listed.value;
  if (args.json) {
    for (const conflict of conflicts) io.stdout(shownJson(JSON.stringify({ conflict })));
    io.stdout(shownJson(JSON.stringify({ end, count: conflicts.length })));
  } else io.stdout(shownLines(renderConflicts(listed.value)));
  if (end === "undecided") return UNDECIDED;
  return conflicts.length > 0 ? INADMISSIBLE : 0;
}

function answerRelaxed({ program, query }: PhiOperand, args: Arguments, io: Io): number {
  const relaxed = relax(program, watchQuery(query, io));
  io.showProgress("");
  if (!relaxed.ok) throw unfitQuery(relaxed.failure, "--relax");
  if (args.json) io.stdout(shownJson(encodeWireValue(relaxed.value)));
  else io.stdout(shownLines(renderRelaxation(relaxed.value)));
  if (relaxed.value.kind === "undecided") return UNDECIDED;
  return relaxed.value.dropped.length > 0 ? INADMISSIBLE : 0;
}
