/**
 * The decision at the call of an operation whose arguments have been evaluated. Memory that was allocated and memory that belongs to a
 * device have operations of their own.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Stmt } from "../dir/model.ts";
import type { Frame } from "../event/frame.ts";
import type { Value } from "../value/value.ts";
import { closeFile, openFile, readFile, writeFile } from "./decide_files.ts";
import { decideOperation as decideMemoryOperation } from "./decide_memory.ts";
import { readDevice, readPort, writeDevice, writePort } from "./decide_ports.ts";
import { decideMutex, joinThread } from "./decide_spawn.ts";
import {
  type Decision,
  type Machine,
  type OperationCall,
  type Refused,
  refused,
} from "./decision.ts";

/** What the operation does, or why it is a violation. */
export function decideOperation(
  machine: Machine,
  frame: Frame,
  stmt: Stmt,
  { name, args }: Pick<OperationCall, "name" | "args">,
): Decision {
  const call: OperationCall = { proc: frame.proc, stmt, name, args };
  const { state } = machine;
  switch (name) {
    case "alloc":
    case "free":
    case "load":
    case "store":
      return wrongMemory(call, args[0]) ??
        decideMemoryOperation(machine, frame, stmt, { name, args });
    case "join":
      return joinThread(machine, frame, call);
    case "mutex_new":
    case "mutex_lock":
    case "mutex_unlock":
      return decideMutex(state, call);
    case "open":
      return openFile(state, call);
    case "read":
      return wrongMemory(call, args[1]) ?? readFile(state, call);
    case "write":
      return wrongMemory(call, args[1]) ?? writeFile(state, call);
    case "close":
      return closeFile(state, call);
    case "io_read":
      return readPort(state, call);
    case "io_write":
      return writePort(state, call);
    case "mmio_read":
      return readDevice(state, call);
    case "mmio_write":
      return writeDevice(state, call);
    default:
      return unreachable(name);
  }
}

/** The failure of an operation on allocated memory whose argument belongs to a device. */
function wrongMemory(
  { proc, stmt, name }: OperationCall,
  memory: Value | undefined,
): Refused | undefined {
  if (memory?.kind !== "Mapped") return undefined;
  return refused({
    kind: "wrong_memory",
    proc,
    stmt,
    operation: name,
    memory: memory.value,
    isMapped: true,
    origin: undefined,
  });
}
