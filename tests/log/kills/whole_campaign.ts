/**
 * The whole campaign: every layout of sinks, every size of groups, every command; two runs are killed at a time.
 *
 * @module
 */
import { Random } from "../../../campaign/random.ts";
import { type CommandKills, killAll } from "./kill_campaign.ts";
import { GROUPS, LAYOUTS } from "./layout.ts";
import { killRemovals, type RemovalKills } from "./removal_kills.ts";
import type { Choice, FileOperation } from "./traced_process.ts";

/** What is killed, and at how many operations. */
export interface WholeCampaign {
  /** dustrun in one file. */
  readonly script: string;
  readonly seed: number;
  /** Asked for each layout and size of groups. */
  readonly choose: (random: Random) => Choice;
  /** Receives the kills of a layout and a size of groups. */
  readonly observe?: (row: CampaignRow) => void;
}

/** The kills of a layout and a size of groups. */
export interface CampaignRow extends CommandKills {
  readonly layout: string;
  readonly group: number;
}

/** Kills that SIGKILL ended a process with. */
export interface CampaignResult {
  readonly rows: readonly CampaignRow[];
  readonly removals: RemovalKills;
  /** All of them. */
  readonly kills: number;
}

/** Throws at the first kill after which something is lost, doubled or falsely reported. */
export async function killEverywhere(campaign: WholeCampaign): Promise<CampaignResult> {
  const { script, seed, choose, observe } = campaign;
  const rows: CampaignRow[] = [];
  const cases = LAYOUTS.flatMap((layout) => GROUPS.map((group) => ({ layout, group })));
  const rest = cases.entries();
  const lane = async () => {
    for (const [index, { layout, group }] of rest) {
      const random = new Random(seed + index);
      const choice = choose(random);
      const counts = await killAll({ script, layout, group, random, choose: choice });
      const row = { layout: layout.name, group, ...counts };
      rows[index] = row;
      observe?.(row);
    }
  };
  const removing = killRemovals(script, choose(new Random(seed)));
  const [removals] = await Promise.all([removing, lane(), lane()]);
  const kills = rows.reduce(
    (sum, { run, resume, secondResume, audit }) => sum + run + resume + secondResume + audit,
    removals.rm + removals.gc + removals.abandon,
  );
  return { rows, removals, kills };
}

/** Some of the operations. */
export function someOf(
  operations: readonly FileOperation[],
  most: number,
  random: Random,
): readonly FileOperation[] {
  if (operations.length <= most) return operations;
  const chosen = new Set<FileOperation>();
  while (chosen.size < most) {
    const operation = operations[random.below(operations.length)];
    if (operation !== undefined) chosen.add(operation);
  }
  return [...chosen];
}
