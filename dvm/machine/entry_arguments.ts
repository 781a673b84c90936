/**
 * Which processes can be an entry (TYP-24), and the arguments of one against its parameters (TYP-09, TYP-15).
 *
 * @module
 */
import { failure, type Result, success } from "../base/result.ts";
import type { Proc } from "../dir/model.ts";
import { type HandleType, isDecidable } from "../dir/type.ts";
import type { PlainArgument } from "../event/input.ts";
import type { Io } from "../event/io_state.ts";
import type { NamedValue } from "../value/value.ts";
import { readArgument } from "./arguments.ts";
import type { RunFailure } from "./failure.ts";

/** Why an argument is refused. */
export type EntryArgumentFailure = Extract<
  RunFailure,
  { readonly kind: "unknown_argument" | "missing_argument" | "argument" }
>;

/**
 * Why a process cannot be an entry, whatever its arguments: nothing outside a run makes or ends a handle, but those that the environment
 * has.
 */
export function entryFailure(proc: Proc): RunFailure | undefined {
  const param = proc.params.find(({ type }) =>
    type.kind === "handle" && !FROM_OUTSIDE.includes(type.name)
  );
  if (param === undefined && proc.ret?.kind !== "handle") return undefined;
  return { kind: "entry_handle", proc, param };
}

/** What the environment may have. */
const FROM_OUTSIDE: readonly HandleType["name"][] = ["Mem", "Port", "Device"];

/**
 * The arguments as values, in the order of the parameters, or everything that is wrong with them: unknown names first, then
 * parameter by parameter. A Φ entry may lack the arguments over which existence is decidable (PHI-09).
 */
export function readEntryArguments(
  proc: Proc,
  given: ReadonlyMap<string, PlainArgument>,
): Result<NamedValue[], readonly EntryArgumentFailure[]> {
  const params = new Set(proc.params.map(({ name }) => name));
  const failures: EntryArgumentFailure[] = [...given.keys()]
    .filter((name) => !params.has(name))
    .map((name) => ({ kind: "unknown_argument", proc, name }));
  const values: NamedValue[] = [];
  for (const param of proc.params) {
    const plain = given.get(param.name);
    if (plain === undefined) {
      if (proc.regime === "Φ" && isDecidable(param.type)) continue;
      failures.push({ kind: "missing_argument", proc, param, isGate: false });
      continue;
    }
    const read = readArgument(plain, param);
    if (read.ok) values.push({ name: param.name, value: read.value });
    else failures.push({ kind: "argument", proc, param, failure: read.failure });
  }
  return failures.length === 0 ? success(values) : failure(failures);
}

/** The first argument that names a port or device which the environment does not have. */
export function missingEntry(
  proc: Proc,
  args: readonly NamedValue[],
  { ports, devices }: Pick<Io, "ports" | "devices">,
): RunFailure | undefined {
  for (const [position, param] of proc.params.entries()) {
    const value = args[position]?.value;
    if (param.type.kind !== "handle" || value === undefined || !("value" in value)) continue;
    const name = String(value.value);
    const isThere = value.kind === "Port" ? ports.has(name) : devices.has(name);
    if (!isThere) return { kind: "missing_entry", proc, param, name };
  }
  return undefined;
}
