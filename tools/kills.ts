/**
 * `deno task kills [N] [SEED]`: real processes, killed by SIGKILL at file operations, for each layout of sinks and size of groups: at every
 * operation of `audit`, at every one of `run`, `resume`, `abandon`, `runs rm` and `runs gc` that changes something or makes it durable, and
 * at every N-th of the others (all of them unless N is given). Needs `strace`. Prints how many were killed; fails at the first kill after
 * which an effect is lost, doubled or falsely reported.
 *
 * @module
 */
import { bundled } from "../tests/log/kills/traced_process.ts";
import { killEverywhere } from "../tests/log/kills/whole_campaign.ts";

const [every = "1", seed = "1"] = Deno.args;
const { removals, kills } = await killEverywhere({
  script: await bundled(),
  seed: Number(seed),
  choose: () => (operations, command) =>
    operations.filter(({ isChange }, index) =>
      command === "audit" || isChange || index % Number(every) === 0
    ),
  observe: ({ layout, group, run, resume, secondResume, audit, doubts }) =>
    report([
      `${layout}, groups of ${group}`,
      `${run} run`,
      `${resume} + ${secondResume} resume`,
      `${audit} audit`,
      `${doubts} in doubt`,
    ]),
});
report([
  "the store",
  `${removals.rm} runs rm`,
  `${removals.gc} runs gc`,
  `${removals.abandon} abandon`,
]);
report([`${kills} processes killed; 0 effects lost, doubled or falsely reported`]);

function report([first = "", ...rest]: readonly string[]): void {
  console.log(
    [first.padEnd(rest.length > 0 ? 34 : 0), ...rest.map((cell) => cell.padStart(20))].join(""),
  );
}
