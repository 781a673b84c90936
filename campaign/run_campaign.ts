/**
 * A campaign: the programs of many seeds are judged, and each one with a difference is shrunk and reported.
 *
 * @module
 */
import type { RunInput } from "../mod.ts";
import { type Difference, hasSameCause, renderDifference } from "./difference.ts";
import { generateCase } from "./generate.ts";
import { differenceIn, type Executor, type Judge } from "./judge.ts";
import { countStatements, shrinkArtifact } from "./shrink.ts";

/** A program with a difference, after shrinking. */
export interface Found {
  /** The seed of the program before shrinking. */
  readonly seed: number;
  /** What is wrong with the shrunk program. */
  readonly difference: Difference;
  /** The artifact. */
  readonly text: string;
  /** Number of statements, nested ones included. */
  readonly statements: number;
  /** The input of the run, unchanged by shrinking. */
  readonly input: RunInput;
}

/** The result of a campaign. */
export interface Campaign {
  /** How many programs were judged. */
  readonly programs: number;
  /** How the runs ended (status, kind and code of the failure), with the number of programs. */
  readonly endings: ReadonlyMap<string, number>;
  /** The differences, in the order of their seeds. */
  readonly found: readonly Found[];
}

/** Judges the programs of `count` seeds, from `first` on. Stops after `foundMax` differences (default 5). */
export function runCampaign(
  options: {
    readonly first: number;
    readonly count: number;
    readonly judge: Judge;
    readonly foundMax?: number;
  },
): Campaign {
  const { first, count, judge, foundMax = 5 } = options;
  const found: Found[] = [];
  const endings = new Map<string, number>();
  let programs = 0;
  while (programs < count && found.length < foundMax) {
    const { seed, text, input } = generateCase(first + programs++);
    const ending = endingOf(text, input, judge.execute);
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
    const difference = differenceIn(text, input, judge);
    if (difference !== undefined) found.push(shrunk({ seed, text, input, difference }, judge));
  }
  return { programs, endings, found };
}

/** The report: how runs ended, and each difference with its program. */
export function renderCampaign(campaign: Campaign): string {
  const endings = [...campaign.endings].sort((a, b) => b[1] - a[1]);
  const lines = [`${campaign.programs} programs, ${campaign.found.length} differences`];
  for (const [ending, count] of endings) lines.push(`  ${String(count).padStart(6)}  ${ending}`);
  for (const { seed, difference, text, statements, input } of campaign.found) {
    lines.push(
      "",
      `seed ${seed}, ${statements} statements: ${renderDifference(difference)}`,
      JSON.stringify(input),
      text,
    );
  }
  return lines.join("\n");
}

function shrunk(found: Omit<Found, "statements">, judge: Judge): Found {
  const { seed, input } = found;
  const text = shrinkArtifact(found.text, (candidate) => {
    const other = differenceIn(candidate, input, judge);
    return other !== undefined && hasSameCause(other, found.difference);
  });
  const difference = differenceIn(text, input, judge) ?? found.difference;
  return { seed, difference, text, statements: countStatements(text), input };
}

function endingOf(text: string, input: RunInput, execute: Executor): string {
  try {
    const { status, error } = execute(text, input).outcome;
    return error === undefined ? status : `${status} ${error.kind} ${error.code}`;
  } catch {
    return "thrown";
  }
}
