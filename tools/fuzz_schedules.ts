/**
 * `deno task fuzz:schedules`: `explore` against brute force over the reference model, on random programs of up to 3 threads with up to 4
 * statements each that others can notice, and on the classic examples.
 *
 * @module
 */
import { Random } from "../campaign/random.ts";
import { exploreSchedules } from "../mod.ts";
import { classicDifferences, firstDifference } from "../tests/oracle/threads/explore_difference.ts";

const PROGRAMS = 6_000;
const seed = Number(Deno.args[0] ?? "1");

let schedules = 0, most = 0;
const ends = new Map<string, number>();
const { compared, difference } = firstDifference((program, query) => {
  const report = exploreSchedules(program, query);
  schedules += report.schedules;
  most = Math.max(most, report.schedules);
  for (const { outcome } of report.ends) {
    const end = outcome.error?.code ?? outcome.status;
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  return report;
}, { random: new Random(seed), count: PROGRAMS, statements: 4 });
const kinds = [...ends].map(([end, count]) => `${count} ${end}`).join(", ");
console.log(
  `${compared} programs, seed ${seed}: ${schedules} classes of schedules, ${most} at most; ends: ${kinds}`,
);
const differences = [
  ...classicDifferences(exploreSchedules),
  ...difference === undefined ? [] : [difference],
];
for (const { text, difference } of differences) console.log(`${difference}\n${text}`);
if (differences.length > 0) Deno.exit(1);
