/**
 * Command lines whose answers in JSON have a schema: every command, with every form of its answer.
 *
 * @module
 */
import { type CommandResult, dustrun } from "./memory_io.ts";
import { cutAfterIntent, realizedLog } from "./sample_logs.ts";

/**
 * The schema of `schema/answers/`, and the command line; `%` is the scratch folder, `@@` the fixtures. `>` keeps what is
 * printed, `<` keeps a log with a torn line after it. */
const CASES = `
run              run @@/programs/hello/program.dir.json --store %/store
run              run --simulate @@/programs/nested_shapes/program.dir.json --store %/store
run              run --simulate @@/programs/ledger/program.dir.json --store %/store
run              run --simulate @@/programs/phi_schedule/program.dir.json -e slots --store %/store
run              run --simulate @@/programs/phi_conflict/program.dir.json -e seats --store %/store
run              run --simulate @@/programs/q_measure/program.dir.json --store %/store
run              run --simulate @@/programs/invariant_broken/program.dir.json --store %/store
run              run --simulate @@/programs/resource_missing/program.dir.json --store %/store --env %/none.jsonc
run              run --simulate @@/programs/contract_latency/program.dir.json --store %/store
run              run --simulate @@/programs/deadline_missed/program.dir.json --store %/store
run              run --simulate @@/programs/traffic_light/program.dir.json --arg cycles=2 --store %/store
run              run @@/programs/hello/program.dir.json --realize emit=file:%/no/file --log %/refused
run              run --simulate --semantics host-0.1 @@/programs/hello/program.dir.json --log %/host
<torn_run        %/refused
configurations   run --all 2 -e schedule @@/tour/schedule.dir.json
configurations   run --all 2 -e schedule --arg latest=3 @@/tour/schedule.dir.json
configurations   solve -e schedule @@/tour/schedule.dir.json --all 2
solve            solve -e schedule @@/tour/schedule.dir.json --least latest
solve            solve -e schedule @@/tour/schedule.dir.json --greatest shift.hours --arg latest=3
solve            solve -e schedule @@/tour/schedule.dir.json --greatest shift.hours --max-work 1
solve            solve -e schedule @@/tour/schedule.dir.json --conflicts 2 --arg latest=3
solve            solve -e schedule @@/tour/schedule.dir.json --relax --arg latest=3
solve            solve -e schedule @@/tour/schedule.dir.json --relax --max-work 1
explore          explore @@/programs/threads_deadlock/program.dir.json --store %/explored
explore          explore @@/programs/threads_deadlock/program.dir.json --seeds 3 --logs 1 --store %/explored
check            check @@/programs/hello/program.dir.json
check            check @@/diagnostics/linearity/arms_differ/program.dir.json @@/diagnostics/loading/bare_array/program.dir.json
finding          check --format jsonl @@/diagnostics/linearity/arms_differ/program.dir.json
replay           replay %/log
replay           replay %/cut
replay           replay %/empty
replay           replay %/log @@/programs/hello/program.dir.json
replay           replay @@/programs/hello/trace.json @@/programs/hello/program.dir.json
replay           replay @@/programs/ledger/trace.json @@/programs/hello/program.dir.json
diff             diff 1 2 --store %/store
diff             diff 3 4 --store %/store
diff             diff 6 7 --level trace --store %/store
diff             diff 1 1 --level bytes --store %/store
diff             diff 1 2 --level bytes --store %/store
diff             diff %/log %/cut --level trace
diff             diff %/log %/empty
diff             diff @@/programs/hello/trace.json @@/programs/ledger/trace.json
diff             diff 1 @@/programs/ledger/trace.json --store %/store
state            state %/log --at 20
state            state 2 --store %/store --at end
state            state 4 --store %/store --at end
state            state 4 --store %/store --at 2
state            state 5 --store %/store --at end
state            state 6 --store %/store --at 8
state            state 7 --store %/store
explain          explain 1 --store %/store
explain          explain 4 --store %/store
explain          explain 5 --store %/store
explain          explain 6 --store %/store
explain          explain 7 --store %/store
explain          explain 8 --store %/store
explain          explain 9 --store %/store
explain          explain 10 --store %/store
explain          explain %/cut
explain          explain %/empty
>certificate     export 5 --format certificate --store %/store
check-certificate check-certificate 5 --store %/store
check-certificate check-certificate %/certificate
check-certificate check-certificate %/certificate @@/programs/phi_conflict/program.dir.json -e seats
code             explain DR0401
code             explain DR1323
code             explain DR0101
audit            audit 1 --store %/store
audit            audit 3 --store %/store --resource *
audit            audit 6 --store %/store --resource q1
audit            audit --store %/store
audit            audit %/log %/cut %/damaged %/torn %/empty %/refused
verify           verify %/log
verify           verify %/cut
verify           verify %/torn
verify           verify %/damaged
verify           verify %/empty
verify-store     verify --store %/store
checkpoint       checkpoint %/log
checkpoint       checkpoint --store %/store
keygen           keygen example.org/runs %/other_key
>signed          keygen example.org/runs %/key
>note            checkpoint %/log --sign %/key
>store_note      checkpoint --store %/store --sign %/key
verify           verify %/log --against %/note
verify-store     verify --store %/store --against %/store_note
prove            prove %/log --event 5 --note %/note
>proof           prove %/log --event 5 --note %/note
>run_proof       prove --run 1 --note %/store_note --store %/store
verify-proof     verify-proof %/proof --key %/signed
verify-proof     verify-proof %/run_proof --key %/signed
prove            prove --run 1 --note %/store_note --store %/store
>growth          prove --since %/store_note --note %/store_note --store %/store
verify-proof     verify-proof %/growth --key %/signed --since %/store_note
run              run -e transfer --arg amount=30 @@/tour/ledger.dir.json --store %/sealing
checkpoint       checkpoint --ledger %/sealing/seals.jsonl
>ledger_note     checkpoint --ledger %/sealing/seals.jsonl --sign %/key
verify-ledger    verify --ledger %/sealing/seals.jsonl
verify-ledger    verify --ledger %/sealing/seals.jsonl --against %/ledger_note
prove            prove --ledger %/sealing/seals.jsonl --entry 0 --note %/ledger_note
runs             runs --store %/store
resume           resume %/refused --allow-sink %/no/file
resume           resume 1 --store %/store
resume           resume %/torn_run --allow-sink %/no/file
abandon          abandon %/refused --why test
abandon          abandon 1 --why test --store %/store
removed          runs rm 2 --store %/store
removed          runs gc --keep 1 --store %/store
conformance      conformance @@/conformance/bind
conformance      conformance %/fails.json
finding          conformance %/fails.json --format jsonl
case             conformance --list @@/conformance/argument
case             conformance --list @@/conformance/io
equiv            equiv @@/programs/hello/program.dir.json --against @@/programs/hello/trace.json
equiv            equiv @@/programs/hello/program.dir.json --against @@/programs/ledger/trace.json
equiv            equiv @@/programs/hello/program.dir.json --against %/refused
completions      completions bash
completions      completions man
completions      completions offer help e
version          --version
`;

/** A command line, its result, and the schema of each line of its answer. */
export interface Answer extends CommandResult {
  readonly schema: string;
  readonly words: readonly string[];
}

/** Runs every case in a scratch folder, one after the other, and passes its result on. */
export async function eachAnswer(take: (answer: Answer) => void): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    writeFiles(folder);
    for (const line of CASES.trim().split("\n")) {
      const [schema = "", ...spelled] = line.split(/ +/);
      const words = spelled.map((word) => word.replace("%", folder).replace("@@", FIXTURES));
      if (schema.startsWith("<")) {
        Deno.writeTextFileSync(
          `${folder}/${schema.slice(1)}`,
          `${Deno.readTextFileSync(words[0] ?? "")}{"seq`,
        );
      } else if (schema.startsWith(">")) {
        Deno.writeTextFileSync(`${folder}/${schema.slice(1)}`, (await dustrun(...words)).stdout);
      } else {
        const asked = words.includes("--format") || words.includes("--list")
          ? words
          : [...words, "--json"];
        take({ schema, words: asked, ...await dustrun(...asked) });
      }
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const FIXTURES = new URL("../../fixtures", import.meta.url).pathname;

function writeFiles(folder: string): void {
  const log = realizedLog(600);
  const text = new TextDecoder().decode(log);
  const fails = {
    cases: [{
      name: "fails",
      dir: `${FIXTURES}/programs/hello/program.dir.json`,
      expect: { status: "failed" },
    }],
  };
  const files = {
    log: text,
    damaged: text.replace(/("set":\{"[a-z]+":\{"Int":)[0-9]/, "$19"),
    torn: text.slice(0, -3),
    cut: new TextDecoder().decode(realizedLog(3)),
    empty: "",
    "none.jsonc": '{"resources": []}',
    "fails.json": JSON.stringify(fails),
  };
  for (const [name, content] of Object.entries(files)) {
    Deno.writeTextFileSync(`${folder}/${name}`, content);
  }
  cutAfterIntent(`${folder}/cut`);
}
