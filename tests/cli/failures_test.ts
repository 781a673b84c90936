/**
 * Failures as the command line reports them: every case of `fixtures/diagnostics` in the form its golden files have, each failure
 * kind, each kind of refused call, and each exit code.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { main } from "../../cli.ts";
import { EXIT_MEANINGS, exitOfFailure } from "../../cli/host/exit_codes.ts";
import { hostIo } from "../../cli/host/io.ts";
import { bug } from "../../dvm/base/result.ts";
import { FAILURE_KINDS } from "../../dvm/diagnostic/failure.ts";
import type { EnvironmentInput, RunInput } from "../../mod.ts";
import { valueToPlain } from "../../dvm/machine/arguments.ts";
import {
  type DiagnosticFixture,
  diagnosticFixtures,
  diagnosticsOf,
} from "../support/diagnostic_fixtures.ts";
import { readOptional } from "../support/fixtures.ts";
import { type CommandResult, dustrun, dustrunOn } from "../support/memory_io.ts";

const ROOT = new URL("../../", import.meta.url);
const HELLO = new URL("fixtures/programs/hello/program.dir.json", ROOT).pathname;
const SCRATCH = Deno.makeTempDirSync();
let logs = 0;

/** The exit codes and failure kinds that the tests of this file have reached; the last tests check them. */
const met = { exits: new Set<number>(), kinds: new Set<string>() };

async function told(...words: readonly string[]): Promise<CommandResult> {
  const answer = await dustrun(...words);
  met.exits.add(answer.exit);
  return answer;
}

/** The words that run a case: its input as options, an arguments file and a manifest. */
function wordsOf({ name, folder, artifacts, input = {} }: DiagnosticFixture): string[] {
  const file = (suffix: string) => `${SCRATCH}/${name.replace("/", "-")}.${suffix}`;
  const words = [`${folder.pathname}program.dir.json`];
  for (const { name: linked } of artifacts.slice(1)) words.push("--link", folder.pathname + linked);
  if (input.entry !== undefined) words.push("--entry", input.entry);
  if (input.semantics !== undefined) words.push("--semantics", input.semantics);
  if (input.args !== undefined) {
    Deno.writeTextFileSync(file("args.json"), plainJson(input.args));
    words.push("--args", file("args.json"));
  }
  const { max_configuration_work, max_conflict_work, max_memory, ...options } = input.limits ?? {};
  for (const [limit, most] of Object.entries(options)) {
    words.push(`--${limit.replace("_", "-")}`, String(most));
  }
  // Only a manifest sets these.
  const limits = { max_configuration_work, max_conflict_work, max_memory };
  if (input.environment !== undefined || Object.values(limits).some((most) => most !== undefined)) {
    Deno.writeTextFileSync(file("jsonc"), manifestOf(input.environment, limits));
    words.push("--env", file("jsonc"));
  }
  return words;
}

function plainJson(args: NonNullable<RunInput["args"]>): string {
  return JSON.stringify(args, (_, value) => typeof value === "bigint" ? Number(value) : value);
}

function manifestOf(
  { resources, inputs = [] }: NonNullable<RunInput["environment"]> = {},
  limits: { readonly [limit: string]: number | undefined },
): string {
  const offers = resources?.map(({ resource, args }) => ({
    name: resource,
    args: Object.fromEntries(args.map(({ name, value }) => [name, valueToPlain(value)])),
  }));
  const of = (input: string) =>
    Object.fromEntries(
      inputs.flatMap((one) => one.input === input ? [[one.name, entryOf(one)]] : []),
    );
  return JSON.stringify({
    resources: offers,
    limits,
    files: of("file"),
    ports: of("port"),
    devices: of("device"),
  });
}

/** An input as a manifest has it. */
function entryOf({ input, modes = "", number, base, text }: EnvironmentInput): object {
  if (input === "file") return { modes: [...modes], text };
  const bytes = [...new TextEncoder().encode(text)];
  return input === "device"
    ? { base, size: bytes.length, bytes }
    : { number, reads: text?.split("\n").slice(0, -1).map(Number) };
}

/** Violations that every run of these fixtures meets: `check` reports them too. */
const CERTAIN_CODES = new Set(["DR0906", "DR0907", "DR0908"]);

for (const fixture of diagnosticFixtures()) {
  const golden = (file: string) => readOptional(new URL(file, fixture.folder)) ?? "";
  const [first] = diagnosticsOf(fixture);
  assert(first !== undefined);
  const semantics = fixture.input?.semantics ?? "spec";
  const exit = exitOfFailure(first.kind, semantics);
  if (fixture.input === undefined) {
    Deno.test(`dustrun check reports fixtures/diagnostics/${fixture.name}`, async () => {
      const plain = await told("check", ...wordsOf(fixture));
      assertStrictEquals(plain.stderr, golden("plain.txt"));
      assertStrictEquals(plain.exit, exit);
      const json = await told("check", "--json", ...wordsOf(fixture));
      assertStrictEquals(json.stderr, golden("diagnostics.jsonl"));
      met.kinds.add(first.kind);
    });
    continue;
  }
  if (first.code === "DR1002" || first.code === "DR1003") {
    Deno.test(`dustrun refuses the arguments of fixtures/diagnostics/${fixture.name}`, async () => {
      const log = `${SCRATCH}/${logs++}.jsonl`;
      const refused = await told("--simulate", ...wordsOf(fixture), "--log", log);
      assertStrictEquals(refused.exit, 5);
      assertStrictEquals(refused.stdout, "");
      assert(refused.stderr.includes(`error[DR1313]`), refused.stderr);
      assert(refused.stderr.includes(first.message), refused.stderr);
      assertStrictEquals(readOptional(new URL(`file://${log}`)), undefined);
      met.exits.add(5);
    });
    continue;
  }
  Deno.test(`dustrun --simulate reports fixtures/diagnostics/${fixture.name}`, async () => {
    // A process that another test starts holds the lock of an open log for a moment: each run has a log of its own.
    const log = () => `${SCRATCH}/${logs++}.jsonl`;
    const words = ["--simulate", ...wordsOf(fixture), "--log"];
    const ran = await told(...words, log());
    assertStrictEquals(ran.exit, exit);
    if (semantics === "spec") assert(ran.stderr.startsWith(golden("plain.txt")), ran.stderr);
    const report = JSON.parse((await told("--json", ...words, log())).stdout);
    assertStrictEquals(report.outcome.error.code, first.code);
    met.kinds.add(report.outcome.error.kind);
    if (!CERTAIN_CODES.has(first.code)) return;
    const { entry } = fixture.input ?? {};
    const input = entry === undefined ? {} : { entry };
    const checked = await told("check", "--json", ...wordsOf({ ...fixture, input }));
    const [certain] = JSON.parse(checked.stdout).diagnostics;
    assertEquals([certain.code, certain.marks], [first.code, first.marks]);
    assertStrictEquals(checked.exit, exit);
  });
}

Deno.test("a byte order mark is named wherever a command reads a file", async () => {
  const folder = Deno.makeTempDirSync({ dir: SCRATCH });
  const log = `${folder}/log`;
  const trace = (await told("--simulate", "--emit-trace", "--log", log, HELLO)).stdout;
  const fixture = '{"name": "hello", "dir": "hello.dir.json", "expect_trace": "golden"}';
  const files = {
    artifact: Deno.readTextFileSync(HELLO),
    trace,
    log: Deno.readTextFileSync(log),
    manifest: '{"tick_us": 1}',
    args: "{}",
    golden: trace,
    note: (await told("checkpoint", log)).stdout,
    proof: "c2sp.org/tlog-proof@v1\n",
    key: (await told("keygen", "a", `${folder}/secret`)).stdout,
    "all.json": fixture,
  };
  const path = (name: keyof typeof files) => `${folder}/${name}`;
  for (const [name, text] of Object.entries(files)) {
    Deno.writeTextFileSync(`${folder}/${name}`, `\ufeff${text}`);
  }
  Deno.writeTextFileSync(`${folder}/vkey`, files.key);
  Deno.copyFileSync(HELLO, `${folder}/hello.dir.json`);
  Deno.mkdirSync(`${folder}/traces`);
  Deno.writeTextFileSync(`${folder}/traces/hello.json`, `\ufeff${trace}`);
  Deno.writeTextFileSync(`${folder}/suite.json`, fixture);
  const commands = [
    ["check", path("artifact")],
    ["run", path("artifact")],
    ["solve", path("artifact")],
    ["explore", path("artifact"), "--logs", "0"],
    ["check", HELLO, "--link", path("artifact")],
    ["--simulate", HELLO, "--env", path("manifest")],
    ["--simulate", HELLO, "--args", path("args")],
    ["equiv", HELLO, "--against", path("trace")],
    ["equiv", HELLO, "--against", path("log")],
    ["diff", path("trace"), path("trace")],
    ["replay", path("trace"), HELLO],
    ...["verify", "replay", "state", "audit", "checkpoint"].map((word) => [word, path("log")]),
    ["check-certificate", path("log")],
    ["verify", log, "--against", path("note")],
    ["verify", log, "--against", path("note"), "--key", path("key")],
    ["prove", log, "--event", "1", "--note", path("note")],
    ["verify-proof", path("proof"), "--key", `${folder}/vkey`],
    ["conformance", `${folder}/suite.json`],
    ["conformance", path("all.json")],
    ["conformance", folder],
    ["conformance", "--traces", `${folder}/traces`, `${folder}/suite.json`],
  ];
  for (const words of commands) {
    const { exit, stdout, stderr } = await told(...words);
    assert(exit !== 0, words.join(" "));
    assertMatch(stdout + stderr, /begins with a byte order mark/, words.join(" "));
  }
});

/** Every way in which a call can be refused, by its code. */
const REFUSED_CALLS = [
  "DR0201", // no such process
  "DR0202", // several of that name
  "DR0207", // the process without its call
  "DR0212", // recursion
  "DR0217", // too many calls in one expression
  "DR0302", // argument of another type
  "DR0305", // number of arguments
  "DR0310", // literal argument out of range
  "DR0311", // no value to bind
  "DR0314", // phi_witness
  "DR0316", // form of an intrinsic
  "DR0401", // a linear argument passed again
  "DR0405", // an argument that was handed over
  "DR0407", // a Q operation outside Q
  "DR0504", // an effectful call inside an expression
  "DR0602", // across regimes without a bind
  "DR0603", // an effectful callee of Q or Φ
  "DR0690", // effects that the contract does not grant
  "DR0691", // latency
  "DR0692", // a witness that the contract does not grant
  "DR0693", // a contract that cannot be interpreted
  "DR0790", // a callee's resource that is not on offer
  "DR0807", // an argument outside its parameter's range
  "DR1102", // depth
  "DR1103", // number of calls
] as const;

Deno.test("every reason to refuse a call has a case above", () => {
  const codes = new Set(
    diagnosticFixtures().flatMap((fixture) => diagnosticsOf(fixture).map(({ code }) => code)),
  );
  for (const code of REFUSED_CALLS) assert(codes.has(code), code);
});

Deno.test("a device that refuses is an effect violation in the trace, and leaves the run open", async () => {
  const file = `file:${SCRATCH}/no/such/folder/out.txt`;
  const words = ["--emit-trace", HELLO, "--store", `${SCRATCH}/store`, "--realize", `emit=${file}`];
  const refused = await told(...words);
  assertStrictEquals(refused.exit, 7, refused.stderr);
  const { kind } = JSON.parse(refused.stdout).error;
  assertStrictEquals(kind, "EffectViolation");
  met.kinds.add(kind);
});

Deno.test("exit codes that do not depend on a program", async () => {
  const log = (name: string) => `${SCRATCH}/${name}.jsonl`;
  const run = (name: string, ...words: readonly string[]) =>
    told("--simulate", "--quiet", "--log", log(name), ...words);
  assertStrictEquals((await run("hello", HELLO)).exit, 0);
  assertStrictEquals((await run("other", HELLO.replace("hello", "string_table"))).exit, 0);
  assertStrictEquals((await told("diff", log("hello"), log("other"))).exit, 1);
  assertStrictEquals((await told("check", `${SCRATCH}/missing.dir.json`)).exit, 2);
  assertStrictEquals((await told("check", HELLO, "--colour")).exit, 5);
  const text = Deno.readTextFileSync(log("hello"));
  Deno.writeTextFileSync(log("tampered"), text.replace("Hello", "Hullo"));
  assertStrictEquals((await told("verify", log("tampered"))).exit, 6);
  Deno.writeTextFileSync(log("cut"), text.split("\n").slice(0, 3).join("\n") + "\n");
  assertStrictEquals((await told("verify", log("cut"))).exit, 7);
  for (const [signal, exit] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    const interruptedAt = { question: 1, signal };
    const words = ["--log", log(signal), HELLO, "--realize", "emit=log"];
    const stopped = await dustrunOn({ isTerminal: false, interruptedAt }, words);
    assertStrictEquals(stopped.exit, exit, stopped.stderr);
    met.exits.add(stopped.exit);
  }
});

Deno.test("a request that the regime of the process cannot serve is reported as UnsupportedRegime", async () => {
  const refused = await told("--all", "3", HELLO);
  assertMatch(
    refused.stderr,
    /error\[DR1312\].*K::main is executed; it has no configurations to list/,
  );
  assertStrictEquals(refused.exit, 15);
});

Deno.test("a bug in dustrun is reported as one, with exit code 4", async () => {
  let stderr = "";
  const broken = {
    ...hostIo(),
    stderr: (text: string) => void (stderr += text),
    readBytes: (): Uint8Array<ArrayBuffer> => {
      throw new TypeError("undefined is not a program");
    },
  };
  met.exits.add(await main(["check", HELLO], broken));
  assertMatch(stderr, /error\[DR1399\]: internal error: undefined is not a program/);
  assertMatch(stderr, /failures_test\.ts/);
});

Deno.test("the place of a bug is the code that found it, not the assertion", async () => {
  let stderr = "";
  const broken = {
    ...hostIo(),
    stderr: (text: string) => void (stderr += text),
    readBytes: (): Uint8Array<ArrayBuffer> => bug("a planted bug"),
  };
  await main(["check", HELLO], broken);
  assertMatch(stderr, /error\[DR1399\]: internal error: a planted bug/);
  assertMatch(stderr, /at .*failures_test\.ts/);
});

Deno.test("a package that cannot be loaded is no bug in dustrun", async () => {
  const cache = { DENO_DIR: Deno.makeTempDirSync({ dir: SCRATCH }), NO_COLOR: "" }; // in colours, as on a terminal
  const cli = new URL("cli.ts", ROOT).pathname;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--cached-only", "--allow-read", cli, "check", HELLO],
    env: cache,
  }).output();
  const [first, ...more] = new TextDecoder().decode(stderr).trimEnd().split("\n");
  assertMatch(
    first ?? "",
    /^error\[DR1326\]: part of dustrun that cannot be loaded: Failed [ -~]+: npm package not found in cache: [ -~]+$/,
  );
  assertEquals(more, [
    "  help: the first start downloads packages; check the network, its proxy and its certificates",
  ]);
  assertStrictEquals(code, 2);
});

Deno.test("every failure kind and every exit code has been reached", () => {
  assertEquals([...FAILURE_KINDS].filter((kind) => !met.kinds.has(kind)), []);
  const unreached = EXIT_MEANINGS.map(([exit]) => exit).filter((exit) => !met.exits.has(exit));
  assertEquals(unreached, [12]); // a property of programs that none has; what a host refuses leaves the run open
});

Deno.test("a process exits with those codes", async () => {
  const cases = [
    [HELLO, 0],
    [new URL("fixtures/diagnostics/constraints/does_not_hold/program.dir.json", ROOT).pathname, 10],
    [new URL("fixtures/diagnostics/loading/bare_array/program.dir.json", ROOT).pathname, 3],
  ] as const;
  const ended = await Promise.all(cases.map(async ([path]) => {
    const args = ["run", "--allow-read", "--allow-write", new URL("cli.ts", ROOT).pathname];
    const command = new Deno.Command(Deno.execPath(), {
      args: [
        ...args,
        "--simulate",
        "--quiet",
        "--log",
        Deno.makeTempFileSync({ dir: SCRATCH }),
        path,
      ],
    });
    return (await command.output()).code;
  }));
  assertEquals(ended, cases.map(([, exit]) => exit));
});
