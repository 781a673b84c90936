import { assertEquals, assertMatch, assertStrictEquals, assertThrows } from "../../std/assert.ts";
import { dustrun } from "../../tests/support/memory_io.ts";
import { main } from "../../tests/support/program.ts";
import { parseWords } from "./arguments.ts";
import type { CommandSpec } from "./command_spec.ts";
import { Fault, type FaultCode } from "../host/fault.ts";

const SPEC = {
  name: "check",
  summary: "A command for these tests",
  operands: "LOG [PROGRAM]",
  operandCount: { least: 1, most: 2 },
  options: [
    { name: "at", value: "N", help: "where" },
    { name: "arg", value: "NAME=VALUE", multiple: true, help: "an argument" },
    { name: "effects", value: "MODE", choices: ["simulate", "realize"], help: "what to do" },
    { name: "entry", short: "e", value: "NAME", help: "where to start" },
    { name: "limit", value: "N", least: 1, help: "how many" },
    { name: "emit-trace", help: "print the trace" },
  ],
  examples: [],
} as const satisfies CommandSpec;

Deno.test("parseWords() sorts operands, flags and values, in any order", () => {
  const args = parseWords(SPEC, [
    "--emit-trace",
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
  assertEquals(args.operands, ["a", "b"]);
  assertStrictEquals(args.emitTrace, true);
  assertStrictEquals(args.json, false);
  assertStrictEquals(args.at, "5");
  assertStrictEquals(args.entry, "f");
  assertStrictEquals(args.effects, undefined);
  assertStrictEquals(args.limit, undefined);
  assertEquals(args.arg, ["x=1", "y=2"]);
  assertEquals(parseWords(SPEC, ["--", "--at"]).operands, ["--at"]);
});

Deno.test("parseWords() converts each value to the type that the table gives it", () => {
  const args = parseWords(SPEC, ["a", "--limit", "12", "--effects=realize"]);
  const limit: number | undefined = args.limit;
  const effects: "simulate" | "realize" | undefined = args.effects;
  const [operand]: readonly [string, ...(readonly string[])] = args.operands;
  assertEquals([limit, effects, operand, args.arg], [12, "realize", "a", []]);
});

Deno.test("parseWords() reads numbers, dashes and prefixes as the words that they are", () => {
  assertEquals(parseWords(SPEC, ["007"]).operands, ["007"]);
  assertEquals(parseWords(SPEC, ["-", "--at", "-"]).operands, ["-"]);
  assertStrictEquals(parseWords(SPEC, ["a", "--at", "-"]).at, "-");
  assertStrictEquals(parseWords(SPEC, ["a", "-e", "-"]).entry, "-");
  assertStrictEquals(parseWords(SPEC, ["a", "--at", "1e3"]).at, "1e3");
  assertEquals(parseWords(SPEC, ["a", "--arg", "x=--y"]).arg, ["x=--y"]);
  assertEquals(parseWords(SPEC, ["true", "--json"]).operands, ["true"]);
});

Deno.test("parseWords() refuses words that the table does not have, and suggests the nearest", () => {
  const cases: readonly (readonly [readonly string[], FaultCode, RegExp])[] = [
    [["a", "--emit-trase"], "DR1302", /has no option --emit-trase/],
    [["a", "--emit-trase=1"], "DR1302", /has no option --emit-trase$/],
    [["a", "-jx"], "DR1302", /has no option -j/],
    [["a", "--no-json"], "DR1302", /has no option --no-json/],
    [["a", "--json", "--json"], "DR1303", /given twice/],
    [["--json", "true"], "DR1303", /takes no value/],
    [["a", "--limit", "0"], "DR1303", /not a whole number from 1/],
    [["a", "--limit", "1.5"], "DR1303", /not a whole number from 1/],
    [["a", "--at", "--json"], "DR1303", /needs a value/],
    [["a", "--at="], "DR1303", /needs a value/],
    [["a", "--at", "1", "--at", "2"], "DR1303", /given twice/],
    [["a", "--emit-trace=yes"], "DR1303", /takes no value/],
    [["a", "--at"], "DR1303", /needs a value/],
    [["a", "--effects", "simulat"], "DR1303", /did you mean simulate/],
    [[], "DR1304", /LOG is missing/],
    [["a", "b", "c"], "DR1304", /unexpected "c"/],
  ];
  for (const [words, code, message] of cases) {
    const { report, exit } = assertThrows(() => parseWords(SPEC, words), Fault);
    assertStrictEquals(report.code, code);
    assertMatch(report.message, message);
    assertStrictEquals(exit, 5);
  }
});

Deno.test("dustrun distinguishes a misspelled command from a program", async () => {
  const misspelled = await dustrun("chekc", "x");
  assertStrictEquals(misspelled.exit, 5);
  assertMatch(misspelled.stderr, /error\[DR1301\].*\n {2}help: did you mean check\?/);
  const absent = await dustrun("absent.dir.json");
  assertStrictEquals(absent.exit, 2);
  assertMatch(absent.stderr, /error\[DR1305\].*there is no such file\n {2}--> absent\.dir\.json/);
});

Deno.test("dustrun reports faults as JSON with --json", async () => {
  const { exit, stderr, stdout } = await dustrun("check", "--json", "absent.dir.json");
  assertStrictEquals(exit, 2);
  assertStrictEquals(stdout, "");
  assertStrictEquals(JSON.parse(stderr).fault.code, "DR1305");
});

Deno.test("dustrun refuses bytes that are no UTF-8, and takes the replacement character for what it is", async () => {
  const path = Deno.makeTempFileSync({ suffix: ".dir.json" });
  try {
    const text = main('emit "\ufffd"');
    Deno.writeTextFileSync(path, text);
    const taken = await dustrun("--simulate", "--log", "-", "--trace", path);
    assertStrictEquals(taken.exit, 0, taken.stderr);
    assertMatch(taken.stderr + taken.stdout, /\ufffd/);
    const whole = new TextEncoder().encode(text);
    for (const cut of [whole.indexOf(0xef) + 1, whole.indexOf(0xef) + 2]) {
      Deno.writeFileSync(
        path,
        new Uint8Array([...whole.subarray(0, cut), ...whole.subarray(cut + 1)]),
      );
      const refused = await dustrun(path);
      assertStrictEquals(refused.exit, 3);
      assertMatch(refused.stderr, /error\[DR0101\].*the text is not UTF-8/);
    }
  } finally {
    Deno.removeSync(path);
  }
});

// covers: DIR-12
Deno.test("dustrun --help and --version print to stdout", async () => {
  assertMatch(
    (await dustrun("--version")).stdout,
    /^dustrun [0-9]+\.[0-9]+\.[0-9]+\nruns DPL 0\.1, .*without unsafe blocks/,
  );
  assertMatch((await dustrun("--help")).stdout, /\n {2}check +Load, link/);
  assertMatch((await dustrun("check", "--help")).stdout, /usage: dustrun check PROGRAM…/);
  assertStrictEquals(
    (await dustrun("help", "check")).stdout,
    (await dustrun("check", "-h")).stdout,
  );
});
