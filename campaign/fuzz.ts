/**
 * The campaign: many seeds, each difference shrunk and told.
 *
 * @module
 */
import { differenceIn, type Executor } from "./compare.ts";
import { generateCase } from "./generate.ts";
import { countStatements, shrinkArtifact } from "./shrink.ts";
import type { RunInput } from "../mod.ts";

/** A difference, as small as it could be made. */
export interface Found {
  readonly seed: number;
  readonly difference: string;
  readonly text: string;
  readonly statements: number;
  readonly input: RunInput;
}

/** What a campaign came to. */
export interface Campaign {
  readonly programs: number;
  /** How the runs ended: status, and the kind of failure. */
  readonly endings: ReadonlyMap<string, number>;
  readonly found: readonly Found[];
}

/** Runs the seeds from `first` on; stops after `foundMax` differences. */
export function fuzz(
  options: {
    readonly first: number;
    readonly count: number;
    readonly execute: Executor;
    readonly foundMax?: number;
  },
): Campaign {
  const { first, count, execute, foundMax = 5 } = options;
  const found: Found[] = [];
  const endings = new Map<string, number>();
  let programs = 0;
  while (programs < count && found.length < foundMax) {
    const { seed, text, input } = generateCase(first + programs++);
    const ending = endingOf(text, input, execute);
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
    const difference = differenceOf(text, input, execute);
    if (difference === undefined) continue;
    const small = shrinkArtifact(text, (candidate) => {
      const other = differenceOf(candidate, input, execute);
      return other !== undefined && family(other) === family(difference);
    });
    found.push({
      seed,
      difference: differenceOf(small, input, execute) ?? difference,
      text: small,
      statements: countStatements(small),
      input,
    });
  }
  return { programs, endings, found };
}

/** The campaign's report: how runs ended, and each difference with its program. */
export function renderCampaign(campaign: Campaign): string {
  const endings = [...campaign.endings].sort((a, b) => b[1] - a[1]);
  const lines = [`${campaign.programs} programs, ${campaign.found.length} differences`];
  for (const [ending, count] of endings) lines.push(`  ${String(count).padStart(6)}  ${ending}`);
  for (const { seed, difference, text, statements, input } of campaign.found) {
    lines.push(
      "",
      `seed ${seed}, ${statements} statements: ${difference}`,
      JSON.stringify(input),
      text,
    );
  }
  return lines.join("\n");
}

function differenceOf(text: string, input: RunInput, execute: Executor): string | undefined {
  try {
    return differenceIn(text, input, execute);
  } catch (thrown) {
    return `thrown: ${thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown)}`;
  }
}

/** Shrinking keeps to one difference: what both sides said, without the details. */
function family(difference: string): string {
  return difference.startsWith("the machine: {")
    ? "trace"
    : difference.split(/[0-9:]/).slice(0, 2).join().slice(0, 40);
}

function endingOf(text: string, input: RunInput, execute: Executor): string {
  try {
    const { status, error } = execute(text, input).outcome;
    return error === undefined ? status : `${status} ${error.kind} ${error.code}`;
  } catch {
    return "thrown";
  }
}
