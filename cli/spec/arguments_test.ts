import assert from "node:assert/strict";
import { dustrun } from "../../tests/support/memory_io.ts";
import { main } from "../../tests/support/program.ts";
import { parseWords } from "./arguments.ts";
import type { CommandSpec } from "./command_spec.ts";
import { Fault, type FaultCode } from "../host/fault.ts";

const SPEC: CommandSpec = {
  name: "check",
  summary: "A command for these tests",
  operands: "LOG [PROGRAM]",
  operandCount: { least: 1, most: 2 },
  options: [
    { name: "at", value: "N", help: "where" },
    { name: "arg", value: "NAME=VALUE", multiple: true, help: "an argument" },
    { name: "effects", value: "MODE", choices: ["simulate", "realize"], help: "what to do" },
    { name: "entry", short: "e", value: "NAME", help: "where to start" },
    { name: "trace", help: "tell all" },
  ],
  examples: [],
};

Deno.test("parseWords() sorts operands, flags and values, in any order", () => {
  const args = parseWords(SPEC, [
    "--trace",
    "a",
    "--at",
    "5",
    "--arg",
    "x=1",
    "--arg=y=2",
    "b",
    "-e",
    "f",
  ]);
  assert.deepEqual(args.operands, ["a", "b"]);
  assert.equal(args.flag("trace"), true);
  assert.equal(args.flag("json"), false);
  assert.equal(args.value("at"), "5");
  assert.equal(args.value("entry"), "f");
  assert.deepEqual(args.values("arg"), ["x=1", "y=2"]);
  assert.deepEqual(parseWords(SPEC, ["--", "--at"]).operands, ["--at"]);
});

Deno.test("parseWords() refuses what the table does not have, and says what was meant", () => {
  const cases: readonly (readonly [readonly string[], FaultCode, RegExp])[] = [
    [["a", "--trase"], "DR1302", /has no option --trase/],
    [["a", "--at", "1", "--at", "2"], "DR1303", /given twice/],
    [["a", "--trace=yes"], "DR1303", /takes no value/],
    [["a", "--at"], "DR1303", /needs a value/],
    [["a", "--effects", "simulat"], "DR1303", /did you mean simulate/],
    [[], "DR1304", /LOG \[PROGRAM\] is missing/],
    [["a", "b", "c"], "DR1304", /unexpected "c"/],
  ];
  for (const [words, code, message] of cases) {
    assert.throws(() => parseWords(SPEC, words), (cause: unknown) => {
      assert.ok(cause instanceof Fault);
      assert.equal(cause.report.code, code);
      assert.match(cause.report.message, message);
      assert.equal(cause.exit, 5);
      return true;
    });
  }
});

Deno.test("dustrun tells a misspelled command from a program", async () => {
  const misspelled = await dustrun("chekc", "x");
  assert.equal(misspelled.exit, 5);
  assert.match(misspelled.stderr, /error\[DR1301\].*\n {2}help: did you mean check\?/);
  const absent = await dustrun("absent.dir.json");
  assert.equal(absent.exit, 2);
  assert.match(absent.stderr, /error\[DR1305\].*there is no such file\n {2}--> absent\.dir\.json/);
});

Deno.test("dustrun tells faults as JSON where asked", async () => {
  const { exit, stderr, stdout } = await dustrun("check", "--json", "absent.dir.json");
  assert.equal(exit, 2);
  assert.equal(stdout, "");
  assert.equal(JSON.parse(stderr).fault.code, "DR1305");
});

Deno.test("dustrun refuses bytes that are no UTF-8, and takes the replacement character for what it is", async () => {
  const path = Deno.makeTempFileSync({ suffix: ".dir.json" });
  try {
    const text = main('emit "\ufffd"');
    Deno.writeTextFileSync(path, text);
    const taken = await dustrun("--simulate", "--log", "-", "--trace", path);
    assert.equal(taken.exit, 0, taken.stderr);
    assert.match(taken.stderr + taken.stdout, /\ufffd/);
    const whole = new TextEncoder().encode(text);
    for (const cut of [whole.indexOf(0xef) + 1, whole.indexOf(0xef) + 2]) {
      Deno.writeFileSync(
        path,
        new Uint8Array([...whole.subarray(0, cut), ...whole.subarray(cut + 1)]),
      );
      const refused = await dustrun(path);
      assert.equal(refused.exit, 2);
      assert.match(refused.stderr, /error\[DR1305\].*the file is not UTF-8/);
    }
  } finally {
    Deno.removeSync(path);
  }
});

// covers: DIR-12
Deno.test("dustrun --help and --version answer on stdout", async () => {
  assert.match(
    (await dustrun("--version")).stdout,
    /^dustrun [0-9]+\.[0-9]+\.[0-9]+\nruns DPL 0\.1, .*without memory/,
  );
  assert.match((await dustrun("--help")).stdout, /\n {2}check +Load, link/);
  assert.match((await dustrun("check", "--help")).stdout, /usage: dustrun check PROGRAM…/);
  assert.equal((await dustrun("help", "check")).stdout, (await dustrun("check", "-h")).stdout);
});
