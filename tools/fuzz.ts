/**
 * `deno task fuzz [--count N] [--seed S]`: generated programs against the reference model, until something differs.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { executeText } from "../mod.ts";
import { fuzz, renderCampaign } from "../campaign/fuzz.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: { count: { type: "string" }, seed: { type: "string" } },
});
const count = Number(values.count ?? 10_000);
const first = Number(values.seed ?? crypto.getRandomValues(new Uint32Array(1))[0]);
console.log(`seed ${first}, ${count} programs`);
const campaign = fuzz({ first, count, execute: executeText });
console.log(renderCampaign(campaign));
if (campaign.found.length > 0) Deno.exit(1);
