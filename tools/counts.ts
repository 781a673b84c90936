/**
 * `deno task counts [N]`: the tests that count (kills, faults, random problems) at their full size, and properties of N generated
 * programs, from fixed seeds.
 * Writes the results, with the date, to `docs/counts.md`; exits with 1 if a test failed.
 *
 * @module
 */
import { renderCampaign, runCampaign } from "../campaign/run_campaign.ts";
import { executeText, VERSION } from "../mod.ts";
import { modelReference } from "../tests/oracle/model/reference.ts";
import { PROPERTIES } from "../tests/oracle/properties.ts";
import { checkProperty, renderPropertyCheck } from "../tests/oracle/property.ts";

const PAGE = new URL("../docs/counts.md", import.meta.url);
const SEED = 20_261_129;
const PROGRAMS = Number(Deno.args[0] ?? 100_000);

/** The counting tests: what is repeated, and where. */
const TESTS: readonly (readonly [what: string, ...paths: readonly string[]])[] = [
  [
    "processes killed at file operations and at random times",
    "tests/log/kills/kill_test.ts",
    "tests/log/kill_test.ts",
  ],
  [
    "processes whose file operations fail, and whose files somebody changes after they were killed",
    "tests/log/kills/host_errors_test.ts",
    "tests/log/kills/changed_files_test.ts",
  ],
  [
    "losses of power in a modelled disk, and planted bugs in the code that survives them",
    "tests/log/crash/crash_test.ts",
    "tests/log/crash/planted_bugs_test.ts",
  ],
  ["faults at every operation on a log", "tests/log/faults_test.ts"],
  ["logs with changed bytes", "tests/log/hostile_logs_test.ts", "tests/log/integrity_test.ts"],
  ["damaged logs, by both verifiers", "tests/log/second_verifier/verifiers_test.ts"],
  [
    "bugs planted in codec, rules, tree, proofs and notes",
    "tests/log/planted/store_bugs_test.ts",
  ],
  ["bugs planted in the store of runs", "tests/log/planted/run_store_bugs_test.ts"],
  ["bugs planted in ledgers, their notes and proofs", "tests/log/planted/ledger_bugs_test.ts"],
  [
    "random Φ problems against enumeration",
    "tests/phi/brute_force_test.ts",
    "tests/phi/quotients_test.ts",
  ],
  ["changed Φ certificates", "tests/phi/certificate_test.ts"],
  ["random Q programs against the oracle", "tests/oracle/q_oracle_test.ts"],
];

const rows: string[] = [];
let hasFailed = false;
for (const [what, ...paths] of TESTS) {
  const { code, stdout } = new Deno.Command(Deno.execPath(), {
    args: ["task", "test:full", ...paths],
    env: { DUSTRUN_SEED: String(SEED), NO_COLOR: "1" },
    stderr: "inherit",
  }).outputSync();
  const closing = /^(?:ok|FAILED) \| .*$/m.exec(new TextDecoder().decode(stdout))?.[0] ??
    "no result";
  const result = closing.replace(/ \(.*/, "").replaceAll(" | ", ", ");
  console.log(`${what}: ${result}`);
  rows.push(`| ${what} | ${paths.map((path) => `\`${path}\``).join(", ")} | ${result} |`);
  hasFailed ||= code !== 0;
}
const kills = resultOf("kills", "8", String(SEED));
const crowd = resultOf("crowd");
const checks: string[] = [];
for (const property of PROPERTIES) {
  const check = await checkProperty(property, SEED, PROGRAMS);
  console.log(renderPropertyCheck(check));
  checks.push(renderPropertyCheck(check));
  hasFailed ||= check.found.length > 0;
}
const judge = { execute: executeText, reference: modelReference() };
const campaign = runCampaign({ first: SEED, count: PROGRAMS, judge });
hasFailed ||= campaign.found.length > 0;
Deno.writeTextFileSync(PAGE, page());
Deno.exit(hasFailed ? 1 : 0);

/** What a task prints. */
function resultOf(task: string, ...words: readonly string[]): string {
  const { success, stdout } = new Deno.Command(Deno.execPath(), {
    args: ["task", task, ...words],
    env: { NO_COLOR: "1" },
    stderr: "inherit",
  }).outputSync();
  hasFailed ||= !success;
  return new TextDecoder().decode(stdout).trimEnd();
}

function page(): string {
  const date = new Date().toISOString().slice(0, 10);
  return `# Full counts

Written by \`deno task counts\` on ${date}, with dustrun ${VERSION} and seed ${SEED}. The counts are those of the \`full\` size in each test
file; the tests fail when fewer cases are tried than they state.

| what | tests | result |
|---|---|---|
${rows.join("\n")}

Processes killed by SIGKILL, counted only where it ended them (\`deno task kills 8 ${SEED}\`): at every file operation of \`audit\`, at every
one of \`run\`, \`resume\`, \`abandon\`, \`runs rm\` and \`runs gc\` that changes something or makes it durable, and at every eighth of the others.
\`a + b resume\`: after each resumption that was killed, another one was. An effect can be in doubt only where another program appends to
the file, and on standard output.

\`\`\`text
${kills}
\`\`\`

Processes at once (\`deno task crowd\`), half of which name the files in the opposite order:

\`\`\`text
${crowd}
\`\`\`

Properties of generated programs, as \`docs/contributing.md\` describes them (\`deno task fuzz:properties --count ${PROGRAMS} --seed
${SEED}\`):

\`\`\`text
${checks.join("\n")}
\`\`\`

Generated programs, judged against the reference model (\`deno task fuzz --count ${PROGRAMS} --seed ${SEED}\`):

\`\`\`text
${renderCampaign(campaign).trimEnd()}
\`\`\`
`;
}
