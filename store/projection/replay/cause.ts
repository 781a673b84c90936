/**
 * Classifies why a replay diverges into five causes, from the content of the log alone.
 *
 * @module
 */
import type { ArtifactSource } from "../../../dvm/dir/model.ts";
import type { Event } from "../../../dvm/event/event.ts";
import { VERSION } from "../../../dvm/base/version.ts";
import { type LogHeader, programDigest } from "../../log/header.ts";
import type { LogDamage } from "../../log/log_damage.ts";

/** The classes of causes, in the order in which they are checked. */
export const REPLAY_CAUSES = [
  "log damaged",
  "program changed",
  "executor version",
  "input differs",
  "executor or log",
] as const;

/** The cause of a divergence. */
export interface ReplayCause {
  /** The class of the cause. */
  readonly class: (typeof REPLAY_CAUSES)[number];
  /** One sentence. */
  readonly evidence: string;
}

/** The facts from which a cause is derived. */
export interface DivergenceFacts {
  readonly expected: Event | undefined;
  readonly recorded: Event | undefined;
  readonly header: LogHeader;
  readonly executed: readonly ArtifactSource[];
  /** Number of open processes. */
  readonly depth: number;
  /** What is wrong with the log. */
  readonly damage: LogDamage | undefined;
}

/** The first class that the facts support. */
export function causeOf(facts: DivergenceFacts): ReplayCause {
  if (facts.damage !== undefined) {
    const { line, offset, reason } = facts.damage;
    return { class: "log damaged", evidence: `line ${line}, byte ${offset}: ${reason}` };
  }
  const { started } = facts.header;
  const digest = programDigest(facts.executed);
  if (digest !== started.program) {
    const evidence = `the header records ${started.program}, but ${digest} was executed`;
    return { class: "program changed", evidence };
  }
  if (started.version !== VERSION) {
    const evidence = `dustrun ${started.version} wrote the log, this is ${VERSION}`;
    return { class: "executor version", evidence };
  }
  if (showsInput(facts)) {
    const evidence = "this event repeats what the header declares, and the two differ";
    return { class: "input differs", evidence };
  }
  const evidence =
    "program, version and input agree and every checkpoint is valid: either this executor is wrong, or the log was " +
    "rewritten consistently (verify --against an earlier note detects that)";
  return { class: "executor or log", evidence };
}

/** Whether the event only repeats the initial state of the run: the header, the entry's arguments, the offered resources. */
function showsInput({ expected, recorded, depth }: DivergenceFacts): boolean {
  const event = recorded ?? expected;
  switch (event?.kind) {
    case "run_started":
    case "program_loaded":
    case "input_loaded":
    case "resource_granted":
    case "resource_denied":
      return true;
    case "enter_proc":
      return depth === 0 && event.thread === undefined && expected?.kind === "enter_proc";
    default:
      return false;
  }
}
