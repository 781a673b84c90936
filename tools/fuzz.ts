/**
 * `deno task fuzz [--count N] [--seed S]`: judges generated programs against the reference model of the tests. Prints the seed,
 * and each difference with its shrunk program; exits with 1 if there are any.
 *
 * @module
 */
import { renderCampaign, runCampaign } from "../campaign/run_campaign.ts";
import { executeText } from "../mod.ts";
import { parseArgs } from "../std/cli.ts";
import { modelReference } from "../tests/oracle/model/reference.ts";

const values = parseArgs(Deno.args, {
  string: ["count", "seed"],
  unknown: (word) => {
    console.error(`unknown argument ${word}; usage: deno task fuzz [--count N] [--seed S]`);
    Deno.exit(5);
  },
});
const count = Number(values["count"] ?? 10_000);
const first = Number(values["seed"] ?? crypto.getRandomValues(new Uint32Array(1))[0]);
console.log(`seed ${first}, ${count} programs`);
const judge = { execute: executeText, reference: modelReference() };
const campaign = runCampaign({ first, count, judge });
console.log(renderCampaign(campaign));
if (campaign.found.length > 0) Deno.exit(1);
