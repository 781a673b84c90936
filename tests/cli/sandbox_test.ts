/**
 * A hostile artifact or log finds nothing to open. From inside: when a command gives its permissions up, every further attempt is
 * refused. From outside: once the program is open, the system sees the process open nothing but its own log.
 *
 * @module
 */
import { fromFileUrl, join } from "../../std/path.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStrictEquals,
} from "../../std/assert.ts";
import { needing, strace } from "../support/needs.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));
const PROBE = fromFileUrl(new URL("./sandbox_probe.ts", import.meta.url));
const DENO = [Deno.execPath(), "run", "--no-prompt", "-R", "-W"] as const;

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(cwd: string, ...command: readonly string[]): Ended {
  const [program = "", ...args] = command;
  const { code, stdout, stderr } = new Deno.Command(program, {
    args,
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
  }).outputSync();
  const [out = "", err = ""] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, stdout: out, stderr: err };
}

/** A folder with the tour's programs and the logs of two runs. */
function workFolder(): string {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  for (const { name } of Deno.readDirSync(join(ROOT, "fixtures/tour"))) {
    Deno.copyFileSync(join(ROOT, "fixtures/tour", name), join(folder, name));
  }
  const { code } = run(folder, ...DENO, join(ROOT, "cli.ts"), "hello.dir.json");
  assertStrictEquals(code, 0);
  const transfer = ["--simulate", "ledger.dir.json", "-e", "transfer", "--arg", "amount=130"];
  assertStrictEquals(run(folder, ...DENO, join(ROOT, "cli.ts"), ...transfer).code, 10);
  return folder;
}

/** Adds a key, a note about the last log, a proof of one of its events, and a certificate. */
function addNotes(folder: string): void {
  const commands: { readonly [file: string]: readonly string[] } = {
    vkey: ["keygen", "example.org/runs", "key"],
    note: ["checkpoint", "@", "--sign", "key"],
    proof: ["prove", "@", "--event", "1", "--note", "note"],
    store_note: ["checkpoint", "--sign", "key"],
  };
  for (const [file, words] of Object.entries(commands)) {
    const { code, stdout } = run(folder, ...DENO, join(ROOT, "cli.ts"), ...words);
    assertStrictEquals(code, 0);
    Deno.writeTextFileSync(join(folder, file), stdout);
  }
  const refuted = ["schedule.dir.json", "-e", "schedule", "--arg", "latest=14", "--log", "refuted"];
  assertStrictEquals(run(folder, ...DENO, join(ROOT, "cli.ts"), ...refuted).code, 10);
  const words = ["export", "refuted", "--format", "certificate"];
  Deno.writeTextFileSync(
    join(folder, "cert"),
    run(folder, ...DENO, join(ROOT, "cli.ts"), ...words).stdout,
  );
}

/** Command lines whose files are all known from their words: each gives up everything. */
const CLOSED: readonly (readonly string[])[] = [
  ["--simulate", "hello.dir.json"],
  ["hello.dir.json"],
  ["--log", "-", "hello.dir.json"],
  ["--simulate", "--trace", "ledger.dir.json", "-e", "transfer", "--arg", "amount=30"],
  ["--all", "2", "schedule.dir.json", "-e", "schedule"],
  ["solve", "schedule.dir.json", "-e", "schedule", "--least", "shift.hours"],
  ["check", "hello.dir.json", "qubit_copied.dir.json"],
  ["verify", "@"],
  ["keygen", "example.org/runs", "new_key"],
  ["checkpoint", "@"],
  ["checkpoint", "2", "--sign", "key"],
  ["verify", "2", "--against", "note", "--key", "vkey"],
  ["prove", "2", "--event", "1", "--note", "note"],
  ["verify-proof", "proof", "--key", "vkey"],
  ["check-certificate", "refuted"],
  ["check-certificate", "cert"],
  ["check-certificate", "cert", "schedule.dir.json", "-e", "schedule", "--arg", "latest=14"],
  ["checkpoint", "--sign", "key"],
  ["prove", "--run", "1", "--note", "store_note"],
  ["prove", "--since", "store_note", "--note", "store_note"],
  ["state", "@", "--at", "3"],
  ["diff", "@", "@1"],
  ["replay", "@"],
  ["explain", "@"],
  ["export", "@", "--format", "trace"],
  ["export", "refuted", "--format", "certificate"],
];

Deno.test("commands drop read and write permission, and then every access is refused", () => {
  const folder = workFolder();
  addNotes(folder);
  for (const words of CLOSED) {
    const { stderr } = run(folder, ...DENO, PROBE, ...words);
    const probes = stderr.split("\n").filter((line) => line.startsWith("probe: "));
    assertStrictEquals(probes[0], "probe: dropped read write", `${words.join(" ")}\n${stderr}`);
    assertStrictEquals(probes.length, 2, `${words.join(" ")}\n${probes.join("\n")}`);
    assertMatch(probes[1] ?? "", /^probe: exit (?:0|1|10)$/, `${words.join(" ")}\n${stderr}`);
  }
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("commands that find their files in a log drop the permissions that they never need", () => {
  const folder = workFolder();
  for (const words of [["audit", "@1"], ["audit"], ["runs"], ["verify"]]) {
    const { stderr } = run(folder, ...DENO, PROBE, ...words);
    assertMatch(stderr, /^probe: dropped write$/m, words.join(" "));
    const isRead = words[0] === "verify";
    assertStrictEquals(/^probe: dropped read$/m.test(stderr), isRead, words.join(" "));
  }
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a program that may seal keeps its permissions until the seal is in the ledger", () => {
  const folder = workFolder();
  const words = ["ledger.dir.json", "-e", "transfer", "--arg", "amount=30"];
  const { stderr } = run(folder, ...DENO, PROBE, ...words);
  assertMatch(stderr, /^probe: exit 0$/m);
  assertNotMatch(stderr, /dropped/);
  Deno.removeSync(folder, { recursive: true });
});

/** Ends of threads, looks at names and at what is open already, the host's time zone, clock frequency and way to allocate memory. */
const HARMLESS = new RegExp(
  "^(?:\\+\\+\\+|---|exit|<\\.\\.\\.|readlink|getcwd|recv|wait4|$" +
    '|(?:statx|newfstatat)\\([0-9]+, "",' +
    '|openat\\(AT_FDCWD, "/(?:etc/localtime|proc/sys/vm/overcommit_memory|sys/devices/system/cpu/cpu0/tsc_freq_khz)", O_RDONLY)',
);

/** Modules are loaded when they are first needed: dustrun's sources, and the runtime's compiled copies of them. */
const OWN_CODE = new RegExp(
  `^(?:statx|openat)\\(AT_FDCWD, "(?:${ROOT}[^"]*\\.(?:ts|json)|[^"]*/gen/file/[^"]*\\.js)", (?:O_RDONLY|AT_)`,
);

/** Paths, sockets and processes that the system saw after the first touch of `file`. */
function touchedAfter(file: string, traced: string): string[] {
  const calls = traced.split("\n").map((line) => line.replace(/^\d+ +/, ""));
  const from = calls.findIndex((call) => call.startsWith("open") && call.includes(file));
  assert(from >= 0, `${file} was not opened`);
  return calls.slice(from + 1).filter((call) => !HARMLESS.test(call) && !OWN_CODE.test(call));
}

/** Looks for a manifest or a store in a folder and above it: names that depend on no program and no log. */
function isLookUpwards(call: string, folder: string): boolean {
  const [, path] = /^statx\(AT_FDCWD, "([^"]*)"/.exec(call) ?? [];
  if (path === undefined) return false;
  const above = path.replace(/(?:^|\/)(?:dustrun\.jsonc|\.dustrun)$/, "") || "/";
  return above === "/" || folder === above || folder.startsWith(`${above}/`);
}

/** The manifest, and what a run makes in its store. */
const OWN_FILES = /"(?:dustrun\.jsonc|\.dustrun(?:\/log|\/runs(?:\/[0-9]{6}[^"]*)?)?)"/;

Deno.test(needing({
  name: "after the program is read, the process opens nothing but the run's log",
  needs: [strace()],
  size: "ci",
  fn() {
    const folder = workFolder();
    const expected: readonly (readonly [readonly string[], string, RegExp])[] = [
      [["check", "hello.dir.json"], "hello.dir.json", /^$/],
      [["--simulate", "hello.dir.json"], "hello.dir.json", OWN_FILES],
      [["hello.dir.json"], "hello.dir.json", OWN_FILES],
      [["verify", "1"], "000001-hello.jsonl", /^$/],
      [["replay", "1"], "000001-hello.jsonl", /^$/],
      [["state", "1"], "000001-hello.jsonl", /000001-hello\.jsonl\.snapshots/],
      [["diff", "1", "2"], "000002-ledger.jsonl", /^$/],
    ];
    for (const [words, file, allowed] of expected) {
      const out = join(folder, "strace.txt");
      // One arena: with more, the C library asks for the number of processors when a thread allocates, sometimes that late.
      const trace = ["strace", "-f", "-qq", "-E", "MALLOC_ARENA_MAX=1", "-o", out];
      trace.push("-e", "trace=%file,%network,%process");
      run(folder, ...trace, ...DENO, join(ROOT, "cli.ts"), ...words);
      const touched = touchedAfter(file, Deno.readTextFileSync(out));
      const foreign = touched.filter((call) =>
        !allowed.test(call.replaceAll(`${folder}/`, "")) && !isLookUpwards(call, folder)
      );
      assertEquals(foreign, [], words.join(" "));
    }
    Deno.removeSync(folder, { recursive: true });
  },
}));
