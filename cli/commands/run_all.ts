/**
 * `dustrun --all N`: lists the first configurations of a Φ process, and realizes nothing.
 *
 * @module
 */
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { listFirst } from "./list_configurations.ts";
import { readPhiOperand } from "./phi_operand.ts";

/** Lists the configurations of the program's entry, one a line, and returns the exit code. */
export async function listAll(args: ArgumentsOf<"run">, io: Io): Promise<number> {
  refuseUpstream(args);
  const operand = await readPhiOperand(args.operands[0], args, io, "--all");
  if (typeof operand === "number") return operand;
  return listFirst(operand, { count: args.all ?? 1, isTable: false }, args, io);
}

/** The upstream executor decides no existence. */
export function refuseUpstream({ semantics }: Pick<ArgumentsOf<"run">, "semantics">): void {
  if (semantics !== "host-0.1") return;
  throw new Fault({
    code: "DR1303",
    message: "the upstream executor has no configurations to list",
    place: "--semantics",
    help: "keep one of the two",
  });
}
