/**
 * The header of a log: the program that was executed and its initial state.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { ArtifactSource } from "../../dvm/dir/model.ts";
import type { EnvironmentInput, RunStarted } from "../../dvm/event/event.ts";
import type { PlainArgument, RunInput } from "../../dvm/event/input.ts";
import { valueToPlain } from "../../dvm/machine/arguments.ts";
import { sha256 } from "../file/sha256.ts";
import { IoRules } from "./io_rules.ts";
import type { LogDamage } from "./log_damage.ts";
import { readEventLine } from "./log_line.ts";
import { MemoryRules } from "./memory_rules.ts";
import type { RawRecord, RawRecordReader } from "./raw_record.ts";

/** The header events, decoded, with their lines. */
export interface LogHeader {
  readonly kind: "whole";
  readonly started: RunStarted;
  readonly artifacts: readonly ArtifactSource[];
  readonly inputs: readonly EnvironmentInput[];
  readonly records: readonly RawRecord[];
}

/** Reads the header; `partial` when the log ends within it. */
export function readHeader(
  reader: RawRecordReader,
): Result<LogHeader | { readonly kind: "partial"; readonly records: number }, LogDamage> {
  const records: RawRecord[] = [];
  const artifacts: ArtifactSource[] = [];
  const inputs: EnvironmentInput[] = [];
  const rules = new IoRules(new MemoryRules()); // a run cannot begin with inputs that exclude each other
  let started: RunStarted | undefined;
  while (
    started === undefined || artifacts.length < started.artifacts ||
    inputs.length < (started.inputs ?? 0)
  ) {
    const record = reader.next();
    if (record === undefined) return success({ kind: "partial", records: records.length });
    records.push(record);
    const decoded = readEventLine(record.text);
    if (!decoded.ok) return failure(damageAt(record, decoded.failure));
    const event = decoded.value;
    if (started === undefined) {
      if (event.kind !== "run_started") {
        return failure(damageAt(record, "a log begins with run_started"));
      }
      if (event.artifacts === 0) {
        return failure(damageAt(record, "a run has at least one artifact"));
      }
      started = event;
    } else if (artifacts.length < started.artifacts) {
      if (event.kind !== "program_loaded") {
        return failure(damageAt(record, "an artifact is missing before this event"));
      }
      artifacts.push({ name: event.name, text: event.text });
    } else {
      if (event.kind !== "input_loaded") {
        return failure(damageAt(record, "an input is missing before this event"));
      }
      const { seq: _, kind: __, ...input } = event;
      const refused = rules.acceptInput(input);
      if (refused !== undefined) return failure(damageAt(record, refused));
      inputs.push(input);
    }
  }
  return success({ kind: "whole", started, artifacts, inputs, records });
}

function damageAt({ line, offset }: RawRecord, reason: string): LogDamage {
  return { code: "damaged-log", line, offset, reason };
}

/** The input of a run, as the events of its header record it. */
export function inputOf(
  started: RunStarted,
  inputs: readonly EnvironmentInput[],
): RunInput {
  const args: [string, PlainArgument][] = started.args.map((
    { name, value },
  ) => [name, valueToPlain(value)]);
  const { entry, semantics, mode, limits, seed, schedule, tick_us, resources, realizers } = started;
  return {
    entry,
    args: Object.fromEntries(args),
    semantics,
    mode,
    limits,
    ...(seed === undefined ? {} : { seed }),
    ...(schedule === undefined ? {} : { schedule }),
    environment: {
      tick_us,
      ...(resources === undefined ? {} : { resources }),
      ...(realizers === undefined ? {} : { realizers }),
      ...(inputs.length === 0 ? {} : { inputs }),
    },
  };
}

/** The digest of artifacts as headers record it. */
export function programDigest(artifacts: readonly ArtifactSource[]): string {
  return `sha256:${sha256(artifacts.map(({ text }) => sha256(text)).join("\n"))}`;
}
