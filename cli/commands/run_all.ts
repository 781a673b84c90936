/**
 * `dustrun --all N`: lists the first configurations of a Φ process, and realizes nothing.
 *
 * @module
 */
import type { Io } from "../host/io.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { listFirst } from "./list_configurations.ts";
import { readPhiOperand } from "./phi_operand.ts";

/** Lists the configurations of the program's entry, one a line, and returns the exit code. */
export async function listAll(args: ArgumentsOf<"run">, io: Io): Promise<number> {
  const operand = await readPhiOperand(args.operands[0], args, io, "--all");
  if (typeof operand === "number") return operand;
  return listFirst(operand, { count: args.all ?? 1, isTable: false }, args, io);
}
