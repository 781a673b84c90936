/**
 * Whatever a program, a log, a trace, a manifest, a file name or a word of the command line contains: no control, bidirectional or
 * invisible character of it reaches standard output or standard error of any command, as text, on a terminal, or as JSON, and none of its
 * line feeds begins a line there.
 *
 * @module
 */
import { join } from "../../std/path.ts";
import { assert, assertEquals } from "../../std/assert.ts";
import type { CommandSpec } from "../../cli/spec/command_spec.ts";
import { type CommandName, COMMANDS, isCommandName } from "../../cli/spec/commands.ts";
import { dustrunOn } from "../support/memory_io.ts";
import { artifact, bind, proc, program } from "../support/program.ts";

/** One character of each kind, among them a colour and a line that pretend to be dustrun's. */
const EVIL =
  "x\u001b[35;8m\u001b[2J\u009b1m\r\u0007\n!forged\u202e\u2066\u200b\u00ad\ufeff\ue000\u2028\u2029" +
  "\u034f\u115f\u3164\uffa0\u{e0041}\u{f0000}\u007f";

/** Whether a text has a character that may not reach a terminal; line feeds are allowed. */
function hasInvisible(text: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\u034f\u115f\u1160\u3164\uffa0]/u.test(
    text.replaceAll("\n", ""),
  );
}

/** Files with hostile names and content. */
interface Bed {
  readonly folder: string;
  readonly store: string;
  /** The path of a file. */
  readonly at: (name: string) => string;
  /** Logs of runs with hostile values: whole, with a changed byte, without its end, and of a refused program. */
  readonly logs: readonly string[];
}

/** It as a literal of an expression. */
const LITERAL = `"${
  [...EVIL].map((char) => `\\u{${char.codePointAt(0)?.toString(16)}}`).join("")
}"`;

/** A program that takes and emits hostile text. */
const LOUD = program(
  proc(
    "K::main(s: string) -> string",
    `let t = ${LITERAL}`,
    "constrain s Eq s",
    "emit t",
    "observe s",
    "seal t",
    "return t",
  ),
);

/** Programs that are refused, each for another reason, with hostile text in what they are refused for. */
const REFUSED: { readonly [name: string]: string } = {
  "not_json": `{"forges": ${EVIL}`,
  "unknown_member": JSON.stringify({ forges: [], [EVIL]: 1 }),
  "wrong_kind": JSON.stringify({ forges: EVIL }),
  "unknown_type": renamed(program(proc("K::main(a: ODD)")), "ODD"),
  "process_name": renamed(program(proc("K::ODD()"), bind("K::main -> K::ODD")), "ODD"),
  "forge_name": renamed(artifact({ name: "ODD", shapes: [], procs: [], binds: [] }), "ODD"),
  "expression": program(proc("K::main()", `let x = ${EVIL}`)),
  "unknown_name": program(proc("K::main()", `let x = f(${LITERAL})`)),
  "type_mismatch": program(proc("K::main() -> i64", `return ${LITERAL}`)),
  "raw_literal": program(proc("K::main()", `let x = "${EVIL}"`)),
  "variable": program(proc("K::main()", { Let: { name: EVIL, expr: "1" } })),
  "constraint": program(proc("K::main()", `constrain ${LITERAL} Eq "a"`)),
  "clause": program(
    proc("K::main()"),
    proc("K::f()"),
    bind("K::main -> K::f", `latency_us < ${EVIL.replaceAll(" ", "")}`),
  ),
  "resource": program(proc("K::main()", `uses Console(device=${LITERAL})`, "return")),
  "conflict": program(
    proc(
      "Φ::main(n: u8) -> bool",
      "constrain n Gt 5",
      `constrain ${LITERAL} Eq "a"`,
      "return true",
    ),
  ),
};

/** The text of a program with a hostile name in place of another. */
function renamed(text: string, name: string): string {
  return text.replaceAll(name, JSON.stringify(EVIL).slice(1, -1));
}

/** The program for the upstream executor, which resolves no arguments. */
const UPSTREAM = program(
  proc("K::main() -> string", `emit ${JSON.stringify(EVIL)}`, `return ${JSON.stringify(EVIL)}`),
);

/** A Φ process whose witness and configuration are shown. */
const EXISTS = program(
  proc(
    "Φ::main(n: u8) -> string",
    "constrain n Gt 3",
    `let s = ${LITERAL}`,
    "prove w from n",
    "return s",
  ),
);

/** A certificate that calls its process and its statement what it likes, in the spelling of certificates. */
const CERTIFICATE = JSON.stringify([
  "dustrun-phi-certificate/1",
  EVIL,
  [[EVIL, "int", 0, 9]],
  [["var", 0], ["int", 10], ["le", 1, 0]],
  [[EVIL, 2]],
  ["dustrun-phi-refutation/3", [2], [], [[2]]],
]).replaceAll(/[\x7f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

const SUMMARY = JSON.stringify({
  returned: { String: EVIL },
  effects: { events: [{ kind: "emit", payload: EVIL }] },
  time: { tick: 1 },
});

const CASES = JSON.stringify({
  golden: "all.golden.json",
  cases: [
    { name: EVIL, dir: "loud.dir.json", args: { s: EVIL }, expect: { status: "returned" } },
    {
      name: `${EVIL}2`,
      dir: "loud.dir.json",
      args: { s: EVIL },
      expect: { returned: { String: "a" } },
    },
    { name: `${EVIL}3`, dir: "loud.dir.json", skip: EVIL },
    { name: `${EVIL}4`, dir: "loud.dir.json", skip: EVIL },
  ],
});

async function makeBed(): Promise<Bed> {
  const folder = join(Deno.makeTempDirSync(), EVIL.replaceAll("/", "_"));
  const at = (name: string) => join(folder, `${EVIL}.${name}`);
  const store = join(folder, `${EVIL}.store`);
  Deno.mkdirSync(join(folder, "suite"), { recursive: true });
  const files = {
    ...REFUSED,
    "loud.dir.json": LOUD,
    "exists.dir.json": EXISTS,
    "cert": CERTIFICATE,
    "bad_cert": JSON.stringify(["dustrun-phi-certificate/1", EVIL]),
    "upstream.dir.json": UPSTREAM,
    "summary.json": SUMMARY,
    "args.json": JSON.stringify({ s: EVIL }),
    "bad_args.json": JSON.stringify({ [EVIL]: EVIL, s: 1 }),
    "manifest.jsonc": JSON.stringify({
      [EVIL]: 1,
      [`${EVIL}2`]: 2,
      realizers: { emit: EVIL },
      tick_us: EVIL,
    }),
    "not_manifest.jsonc": EVIL,
    "nothing.jsonc": '{"resources": []}',
    "notes.txt": `${EVIL} 3 ${"0".repeat(64)}\n`,
  };
  for (const [name, text] of Object.entries(files)) Deno.writeTextFileSync(at(name), text);
  Deno.writeTextFileSync(join(folder, "suite", "loud.dir.json"), LOUD);
  Deno.writeTextFileSync(join(folder, "suite", "all.json"), CASES);
  const log = at("log.jsonl"), failed = at("failed.jsonl");
  const sinks = ["emit", "observe"].flatMap((
    kind,
  ) => ["--realize", `${kind}=file:${at("out.txt")}`]);
  const main = [at("loud.dir.json"), "--args", at("args.json"), "--store", store];
  const inStore = await dustrunOn({ isTerminal: false }, [...main, ...sinks, "--json"]);
  assertEquals(inStore.exit, 0, inStore.stderr);
  const toFile = await dustrunOn({ isTerminal: false }, [...main, "--simulate", "--log", log]);
  assertEquals(toFile.exit, 0, toFile.stderr);
  await dustrunOn({ isTerminal: false }, [at("constraint"), "--simulate", "--log", failed]);
  const text = Deno.readTextFileSync(log);
  Deno.writeTextFileSync(at("damaged.jsonl"), text.replace(/"tick":1/, '"tick":9'));
  Deno.writeTextFileSync(
    at("strange.jsonl"),
    text.replace('"kind":"effect"', `"kind":${JSON.stringify(EVIL)}`),
  );
  Deno.writeTextFileSync(at("torn.jsonl"), text.slice(0, -20));
  Deno.writeTextFileSync(at("to_cut.jsonl"), text.slice(0, -20));
  Deno.writeTextFileSync(at("to_abandon.jsonl"), text.slice(0, -20));
  const logs = [log, failed, at("damaged.jsonl"), at("strange.jsonl"), at("torn.jsonl")];
  await makeNotes({ at, store });
  return { folder, store, at, logs };
}

/** As much of it as dustrun lets a new key be called. */
const NAME = EVIL.replaceAll(/[^!-~]|\+/g, "");

/** As much of it as a line of a note may have. */
const NOTE_LINE = EVIL.replaceAll(/\p{Cc}/gu, "");

/** Keys, notes about a log and about the store, and a proof of the log's first event with hostile text. */
async function makeNotes({ at, store }: Pick<Bed, "at" | "store">): Promise<void> {
  const write = async (name: string, ...words: Words) => {
    const { exit, stdout, stderr } = await dustrunOn({ isTerminal: false }, words);
    assertEquals(exit, 0, stderr);
    Deno.writeTextFileSync(at(name), stdout);
  };
  const log = at("log.jsonl");
  await write("vkey", "keygen", NAME, at("key"));
  await write("other_vkey", "keygen", NAME, at("other_key"));
  await write("note", "checkpoint", log, "--sign", at("key"));
  await write("store_note", "checkpoint", "--store", store, "--sign", at("key"));
  await write("unsigned", "checkpoint", log, "--name", NAME);
  await write("proof", "prove", log, "--event", "3", "--note", at("note"));
  const [origin = "", ...rest] = Deno.readTextFileSync(at("note")).split("\n");
  const lines = {
    "foreign_note": [NOTE_LINE, ...rest],
    "foreign_run": [`${NOTE_LINE}${origin.replace(/[0-9a-f]{64}$/, "1".repeat(64))}`, ...rest],
    "long_note": [origin, ...rest.slice(0, 2), NOTE_LINE, ...rest.slice(2)],
    "foreign_signer": [origin, ...rest].map((line) => line.replace(NAME, NOTE_LINE)),
  };
  for (const [name, each] of Object.entries(lines)) {
    Deno.writeTextFileSync(at(name), each.join("\n"));
  }
}

/** The notes that are not what their key signed. */
const STRANGE_NOTES = ["notes.txt", "foreign_note", "foreign_run", "long_note", "foreign_signer"];

type Words = readonly string[];

function wordsOfLoud({ at, store }: Pick<Bed, "at" | "store">): Words {
  return [at("loud.dir.json"), "--args", at("args.json"), "--store", store];
}

/** Each command's invocations that show what its operands contain. A command without a row is a type error. */
const ROWS: { readonly [Name in CommandName]: (bed: Bed) => readonly Words[] } = {
  run: ({ at, store, folder }) => {
    const loud = wordsOfLoud({ at, store });
    return [
      [...loud, "--simulate"],
      [...loud, "--simulate", "--trace"],
      [...loud, "--simulate", "--emit-trace"],
      [...loud, "--realize", `emit=file:${at("out.txt")}`],
      [...loud, "--realize", `emit=file:${at("out.txt")}`, "--trace"],
      [...loud, "--realize", `emit=file:${join(folder, "absent", EVIL)}`],
      [...loud, "--realize", EVIL],
      [...loud, "--log", at("loud.dir.json")],
      [...loud, "--simulate", "--log", at("again.jsonl")],
      [...loud, "--simulate", "--arg", `${EVIL}=1`, "--arg", `s=${EVIL}`],
      [at("loud.dir.json"), "--args", at("bad_args.json")],
      [at("loud.dir.json"), "--args", at("summary.json")],
      [at("loud.dir.json"), "--env", at("manifest.jsonc")],
      [at("loud.dir.json"), "--env", at("not_manifest.jsonc")],
      [at("resource"), "--simulate", "--store", store, "--env", at("nothing.jsonc")],
      [at("exists.dir.json"), "--simulate", "--store", store],
      [at("exists.dir.json"), "--all", "2"],
      [at("loud.dir.json"), "--all", "2"],
      ...Object.keys(REFUSED).map((name) => [at(name), "--simulate", "--store", store]),
      ...Object.keys(REFUSED).map((name) => [at(name), "--all", "2"]),
      [
        "--semantics",
        "host-0.1",
        at("loud.dir.json"),
        "--args",
        at("args.json"),
        "--store",
        store,
        "--json",
      ],
    ];
  },
  check: ({ at }) => ["loud.dir.json", ...Object.keys(REFUSED)].map((name) => ["check", at(name)]),
  resume: ({ logs, at }) =>
    [...logs.slice(0, -1), at("to_cut.jsonl")].map((log) => ["resume", log]),
  abandon: ({ logs, at }) =>
    [...logs.slice(0, -1), at("to_abandon.jsonl")].map((log) => ["abandon", log, "--why", EVIL]),
  audit: ({ logs, store }) => [
    ["audit", "--store", store, "--resource", "*"],
    ...logs.map((log) => ["audit", log, "--resource", EVIL]),
    ["audit", ...logs],
  ],
  runs: ({ store, at }) => [
    ["runs", "--store", store],
    ["runs", "--store", at("absent")],
    ["runs", EVIL, "--store", store],
    ["runs", "rm", EVIL, "--store", store],
    ["runs", "rm", "1", "--store", at("absent")],
    ["runs", "gc", "--store", store],
  ],
  verify: ({ logs, at, store }) => [
    ...logs.map((log) => ["verify", log]),
    ...logs.map((log) => ["verify", log, "--against", at("unsigned")]),
    ["verify", "--store", store],
    ["verify", "--store", at("absent")],
    ["verify", "--store", store, "--against", at("store_note"), "--key", at("vkey")],
    ["verify", "--store", store, "--against", at("note")],
    ["verify", at("args.json")],
    ["verify", at("log.jsonl"), "--key", at("vkey")],
    ...["vkey", "other_vkey", "notes.txt", "absent"].map((
      key,
    ) => ["verify", at("log.jsonl"), "--against", at("note"), "--key", at(key)]),
    ...STRANGE_NOTES.flatMap((note) => [
      ["verify", at("log.jsonl"), "--against", at(note)],
      ["verify", at("log.jsonl"), "--against", at(note), "--key", at("vkey")],
    ]),
  ],
  checkpoint: ({ logs, at, store }) => [
    ["checkpoint", "--store", store],
    ["checkpoint", "--store", at("absent")],
    ...logs.map((log) => ["checkpoint", log]),
    ...logs.map((log) => ["checkpoint", log, "--sign", at("key")]),
    ["checkpoint", at("log.jsonl"), "--name", NAME],
    ["checkpoint", at("log.jsonl"), "--name", NOTE_LINE],
    ["checkpoint", at("log.jsonl"), "--sign", at("notes.txt")],
    ["checkpoint", at("log.jsonl"), "--sign", at("absent")],
    ["checkpoint", at("log.jsonl"), "--sign", at("key"), "--name", `${NAME}2`],
  ],
  prove: ({ logs, at, store }) => [
    ["prove", "--run", "1", "--note", at("store_note"), "--store", store],
    ["prove", "--run", "1", "--note", at("note"), "--store", store],
    ["prove", "--since", at("store_note"), "--note", at("store_note"), "--store", store],
    ...logs.map((log) => ["prove", log, "--event", "3", "--note", at("note")]),
    ...STRANGE_NOTES.map((note) => ["prove", at("log.jsonl"), "--event", "3", "--note", at(note)]),
    ["prove", at("log.jsonl"), "--event", "3", "--note", at("unsigned")],
    ["prove", at("log.jsonl"), "--event", "999", "--note", at("note")],
  ],
  "verify-proof": ({ at }) => [
    ...["vkey", "other_vkey", "notes.txt"].map((
      key,
    ) => ["verify-proof", at("proof"), "--key", at(key)]),
    ["verify-proof", at("proof"), "--key", at("vkey"), "--event", "3"],
    ["verify-proof", at("proof"), "--key", at("vkey"), "--event", "999"],
    ["verify-proof", at("notes.txt"), "--key", at("vkey")],
  ],
  explore: ({ at, store }) => [
    ["explore", at("loud.dir.json"), "--store", store],
    ["explore", at("loud.dir.json"), "--entry", EVIL, "--logs", "0"],
  ],
  solve: ({ at }) => [
    ["solve", at("exists.dir.json")],
    ["solve", at("exists.dir.json"), "--least", EVIL],
    ["solve", at("exists.dir.json"), "--greatest", "n", "--table"],
    ["solve", at("exists.dir.json"), "--entry", EVIL],
    ["solve", at("loud.dir.json"), "--relax"],
    ["solve", at("conflict"), "--conflicts", "2"],
    ["solve", at("conflict"), "--relax"],
  ],
  "check-certificate": ({ logs, at, store }) => [
    ...logs.map((log) => ["check-certificate", log]),
    ["check-certificate", at("cert")],
    ["check-certificate", at("cert"), at("exists.dir.json")],
    ["check-certificate", at("cert"), at("loud.dir.json"), "--entry", EVIL],
    ["check-certificate", at("bad_cert")],
    ["check-certificate", EVIL, "--store", store],
  ],
  keygen: ({ at }) => [
    ["keygen", NAME, at("new_key")],
    ["keygen", NAME, at("key")],
    ["keygen", NOTE_LINE, at("newer_key")],
    ["keygen", EVIL, at("newer_key")],
  ],
  explain: ({ logs }) => [["explain", `DR${EVIL}`], ...logs.map((log) => ["explain", log])],
  completions: () => [["completions", EVIL]],
  replay: ({ logs, at }) => [
    ...logs.map((log) => ["replay", log]),
    ...logs.map((log) => ["replay", log, at("exists.dir.json")]),
    ["replay", at("summary.json"), at("loud.dir.json"), "--args", at("args.json")],
    ["--replay", at("summary.json"), at("loud.dir.json"), "--arg", "s=a"],
    ["replay", at("args.json"), at("loud.dir.json")],
  ],
  diff: ({ logs, at }) =>
    logs.flatMap((log) => [
      ["diff", log, ...logs.slice(0, 1)],
      ["diff", ...logs.slice(1, 2), log, "--level", "trace"],
      ["diff", ...logs.slice(1, 2), log, "--view", "side"],
      ["diff", log, at("summary.json")],
    ]),
  state: ({ logs }) =>
    logs.flatMap((
      log,
    ) => [["state", log], ["state", log, "--at", "5"], ["state", log, "--at", `proc:${EVIL}`]]),
  step: ({ logs }) => logs.map((log) => ["step", log, "--at", `proc:${EVIL}`]),
  export: ({ logs }) =>
    logs.flatMap((log) =>
      ["events", "dustviz", "dustviz-constraints", "csv", "trace", "certificate"].map((
        format,
      ) => ["export", log, "--format", format])
    ),
  conformance: ({ folder, at }) => [
    ["conformance", join(folder, "suite")],
    ["conformance", join(folder, "suite"), "--tap"],
    ["conformance", join(folder, "suite"), "--list"],
    ["conformance", join(folder, "suite"), "--filter", EVIL, "--junit", at("junit.xml")],
    ["conformance", join(folder, "suite"), "--traces", folder],
    ["conformance", at("args.json")],
    ["conformance", join(folder, "suite"), "--bless"],
  ],
  equiv: ({ at }) => [
    ["equiv", at("loud.dir.json"), "--args", at("args.json"), "--against", at("summary.json")],
    ["equiv", at("loud.dir.json"), "--arg", "s=a", "--against", at("log.jsonl")],
    ["equiv", at("loud.dir.json"), "--arg", "s=a", "--against", at("args.json")],
  ],
};

/** For any command: hostile words as operands, options and values of options. */
function wordsOfAny({ name, operandCount, options }: CommandSpec): readonly Words[] {
  const operands = Array.from({ length: operandCount.least }, () => EVIL);
  return [
    [name, ...operands],
    [name, ...operands, EVIL, EVIL, EVIL],
    [name, `--${EVIL}`],
    ...options.filter(({ value }) => value !== undefined)
      .map((option) => [name, `--${option.name}=${EVIL}`, ...operands]),
  ];
}

/** What is wrong with the output of a command line, and whether something hostile is in it. */
async function problemsOf(words: Words, isTerminal: boolean) {
  const { stdout, stderr } = await dustrunOn({ isTerminal }, words);
  const problems = [["stdout", stdout], ["stderr", stderr]].flatMap(([stream, text = ""]) => {
    // deno-lint-ignore no-control-regex -- colours begin with ESC
    const plain = isTerminal ? text.replaceAll(/\x1b\[(?!35;8m)[0-9;]+m/g, "") : text;
    // A cell of CSV keeps its line feeds, in quotes, and so does what the upstream executor prints.
    const keepsLines = words.includes("csv") || words.includes("host-0.1");
    const isForged = !keepsLines && /^!forged/m.test(plain);
    const claim = `${JSON.stringify(words)} ${isTerminal ? "on a terminal" : ""} ${stream}`;
    return [
      ...hasInvisible(plain) ? [`${claim}: ${JSON.stringify(plain)}`] : [],
      ...isForged ? [`${claim}: forged line: ${JSON.stringify(plain)}`] : [],
    ];
  });
  const isJson = words.includes("--json") && !words.some((word) => OTHER_FORMS.has(word));
  for (const line of isJson ? (stdout + stderr).trimEnd().split("\n") : []) {
    if (line !== "" && !isJsonText(line)) {
      problems.push(`${JSON.stringify(words)}: not JSON: ${line}`);
    }
  }
  return { problems, isShown: /forged/.test(stdout + stderr) };
}

/** What prints in a form of its own, also under `--json`. */
const OTHER_FORMS: ReadonlySet<string> = new Set(
  ["export", "completions", "--trace", "--emit-trace", "--tap", "--bless"],
);

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

Deno.test("no command shows a control, bidirectional or invisible character from outside, nor a forged line", async () => {
  const bed = await makeBed();
  const problems: string[] = [];
  const shows = new Map<string, number>();
  const observe = async (name: string, words: Words, isTerminal: boolean) => {
    const found = await problemsOf(words, isTerminal);
    for (const problem of found.problems) problems.push(problem);
    if (found.isShown) shows.set(name, (shows.get(name) ?? 0) + 1);
  };
  for (const spec of COMMANDS) {
    const { name } = spec;
    assert(isCommandName(name));
    for (const words of [...ROWS[name](bed), ...wordsOfAny(spec)]) {
      await observe(name, words, false);
      await observe(name, words, true);
      if (!words.includes("--json")) await observe(name, [...words, "--json"], false);
    }
  }
  const upstream = ["--semantics", "host-0.1", "--store", bed.store, bed.at("upstream.dir.json")];
  for (const more of [[], ["--emit-trace"], ["--effects", "realize"], ["-e", EVIL]]) {
    await observe("host-0.1", [...upstream, ...more], true);
  }
  assertEquals(problems, []);
  for (const { name } of COMMANDS) assert((shows.get(name) ?? 0) > 3, `${name}: nothing hostile`);
  assert(shows.has("host-0.1"));
  assert(!hasInvisible(Deno.readTextFileSync(bed.at("junit.xml"))), "JUnit XML");
  await observe("log", [...wordsOfLoud(bed), "--log", "-"], true);
  assertEquals(problems, []);
  const emitted = await dustrunOn({ isTerminal: true }, [...wordsOfLoud(bed), "--quiet"]);
  assertEquals(emitted.stdout, `${EVIL}\n`, "what a program emits is its own");
  Deno.removeSync(join(bed.folder, ".."), { recursive: true });
});
