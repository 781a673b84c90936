/**
 * Why a replay diverges: the five causes there are, told apart by what the log itself shows.
 *
 * @module
 */
import type { ArtifactSource } from "../../../dvm/dir/model.ts";
import type { Event } from "../../../dvm/event/event.ts";
import { VERSION } from "../../../dvm/base/version.ts";
import type { Readable } from "../../file/byte_file.ts";
import { type LogHeader, programDigest } from "../../log/header.ts";
import { scanLog } from "../../log/scan.ts";

/** The classes of cause, in the order in which they are looked for. */
export const REPLAY_CAUSES = [
  "log damaged",
  "program changed",
  "executor version",
  "input differs",
  "executor bug",
] as const;

/** The cause of a divergence, with one sentence of evidence. */
export interface ReplayCause {
  readonly class: (typeof REPLAY_CAUSES)[number];
  readonly evidence: string;
}

/** What a cause is told by. */
export interface DivergenceFacts {
  readonly expected: Event | undefined;
  readonly recorded: Event | undefined;
  readonly header: LogHeader;
  readonly executed: readonly ArtifactSource[];
  /** How many processes were open. */
  readonly depth: number;
  readonly source: Readable;
}

/** The first class that the facts support. The log is scanned once more for it, whole. */
export function causeOf(facts: DivergenceFacts): ReplayCause {
  const scanned = scanLog(facts.source);
  if (!scanned.ok) {
    const { line, offset, reason } = scanned.failure;
    return { class: "log damaged", evidence: `line ${line}, byte ${offset}: ${reason}` };
  }
  const { started } = facts.header;
  const digest = programDigest(facts.executed);
  if (digest !== started.program) {
    const evidence = `the header names ${started.program}, executed was ${digest}`;
    return { class: "program changed", evidence };
  }
  if (started.version !== VERSION) {
    const evidence = `dustrun ${started.version} wrote the log, this is ${VERSION}`;
    return { class: "executor version", evidence };
  }
  if (showsInput(facts)) {
    const evidence = "this event repeats what the header declares, and the two do not agree";
    return { class: "input differs", evidence };
  }
  const evidence =
    "program, version and input agree and every checkpoint holds: either this executor is wrong, or the log was " +
    "written anew after a change (an external checkpoint tells, verify --against)";
  return { class: "executor bug", evidence };
}

/** Whether the event says nothing but what the initial state of the run says: the header, the entry's arguments, the offers. */
function showsInput({ expected, recorded, depth }: DivergenceFacts): boolean {
  const event = recorded ?? expected;
  switch (event?.kind) {
    case "run_started":
    case "program_loaded":
    case "resource_granted":
    case "resource_denied":
      return true;
    case "enter_proc":
      return depth === 0 && expected?.kind === "enter_proc";
    default:
      return false;
  }
}
