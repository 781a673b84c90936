/**
 * `deno task fuzz:holders`: holders of memory against brute force. Every program of up to four statements over two names, then 20,000
 * random ones of five and six over three names: the machine, the model and the oracle agree on each.
 *
 * @module
 */
import { Random } from "../campaign/random.ts";
import { holderDifference, newTally } from "../tests/oracle/memory/holder_difference.ts";
import { everyBody, type HolderBody, randomBody } from "../tests/oracle/memory/holder_program.ts";

const SAMPLE = 20_000;
const seed = Number(Deno.args[0] ?? "1");
const random = new Random(seed);
let differences = 0;

const small = newTally();
for (const body of everyBody(2, 4)) judge(body, small);
report("every program of 1 to 4 statements over 2 names", small);

const sample = newTally();
for (let count = 0; count < SAMPLE; count++) {
  judge(randomBody(random, 3, random.between(5, 6)), sample);
}
report(`random programs of 5 and 6 statements over 3 names, seed ${seed}`, sample);
if (differences > 0) Deno.exit(1);

function judge(body: HolderBody, tally: ReturnType<typeof newTally>): void {
  const difference = holderDifference(body, tally);
  if (difference === undefined) return;
  differences++;
  console.log(`${difference}\n  ${JSON.stringify(body)}`);
}

function report(what: string, { programs, refused, outcomes }: ReturnType<typeof newTally>): void {
  const runs = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(", ");
  console.log(`${what}: ${programs}, ${refused} refused by check; runs: ${runs}`);
}
