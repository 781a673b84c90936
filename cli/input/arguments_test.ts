import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { dustrun } from "../../tests/support/memory_io.ts";
import { proc, program, shape } from "../../tests/support/program.ts";

const FOLDER = Deno.makeTempDirSync();
const PROGRAM = `${FOLDER}/p.dir.json`;
const takes = (name: string, type: string) =>
  proc(`K::${name}(amount: ${type}) -> ${type}`, "return amount");

Deno.writeTextFileSync(
  PROGRAM,
  program(
    shape("P { a: i64, b: f32 }"),
    takes("whole", "i64"),
    takes("byte", "u8"),
    takes("double", "f64"),
    takes("single", "f32"),
    takes("text", "string"),
    takes("letter", "char"),
    takes("truth", "bool"),
    takes("pair", "P"),
    proc("Φ::open(x: i64, y: f64) -> i64", "constrain x Gt 1", "return x"),
    proc("K::broken(amount: i64) -> i64", "return amount"),
  ),
);

/** The argument as the run returned it, or the message of the one fault, with exit code 5 and no trace of a run. */
async function given(entry: string, text: string): Promise<string> {
  const store = `${FOLDER}/${crypto.randomUUID()}`;
  const words = ["--simulate", "--emit-trace", PROGRAM, "-e", entry, "--arg", `amount=${text}`];
  const { exit, stdout, stderr } = await dustrun(...words, "--store", store);
  if (exit === 0) return /^\{"returned":(.*),"effects":/.exec(compact(stdout))?.[1] ?? stdout;
  assertStrictEquals(exit, 5, stderr);
  assertStrictEquals(stdout, "");
  assert(!isThere(store), "a run has begun");
  return stderr.replace(/^error\[DR1313\]: arguments that do not fit the entry: /, "").split(
    "\n",
  )[0] ?? "";
}

/** Without the layout of JSON; no text of these tests has two spaces in a row. */
function compact(json: string): string {
  return json.replaceAll(/\n */g, "").replaceAll('": ', '":');
}

function isThere(path: string): boolean {
  return Array.from(Deno.readDirSync(FOLDER)).some(({ name }) => `${FOLDER}/${name}` === path);
}

// covers: TYP-09, TYP-15, TYP-19
Deno.test("an argument is read from its exact text", async () => {
  const table: readonly (readonly [string, string, string])[] = [
    ["whole", "1e18", '{"Int":1000000000000000000}'],
    ["whole", "-0", '{"Int":0}'],
    ["whole", "5.0", '{"Int":5}'],
    ["whole", "9007199254740993", '{"Int":9007199254740993}'],
    [
      "whole",
      "0.99999999999999999999",
      "argument amount: 0.99999999999999999999 is not a 64-bit integer",
    ],
    [
      "whole",
      "999999999999999999.5",
      "argument amount: 999999999999999999.5 is not a 64-bit integer",
    ],
    [
      "whole",
      "9223372036854775808",
      "argument amount: 9223372036854775808 is not a 64-bit integer",
    ],
    [
      "whole",
      "-9223372036854775809",
      "argument amount: -9223372036854775809 is not a 64-bit integer",
    ],
    ["whole", "1e400", "argument amount: 1e400 is not a 64-bit integer"],
    ["whole", "five", 'argument amount: i64 cannot be read from the string "five"'],
    ["whole", '"5"', 'argument amount: i64 cannot be read from the string "5"'],
    ["byte", "2.55e2", '{"Int":255}'],
    ["byte", "256", "argument amount: 256 is outside the range of u8"],
    ["double", "-0", '{"Float":-0.0}'],
    ["double", "9223372036854775809", '{"Float":9223372036854776000.0}'],
    ["double", "1e400", "argument amount: 1e400 is outside the range of f64"],
    ["single", "1.1877630352973938", '{"Float":1.1877630949020386}'],
    ["single", "1.000000059604644775390626", '{"Float":1.0000001192092896}'],
    ["single", "1.000000059604644775390625", '{"Float":1.0}'],
    ["truth", "1", "argument amount: bool cannot be read from a number"],
    [
      "pair",
      '{"a":1e2,"b":1.000000059604644775390626}',
      '{"Struct":{"ty":"P","fields":{"a":{"Int":100},"b":{"Float":1.0000001192092896}}}}',
    ],
    ["pair", '{"a":1}', "argument amount: P needs a field b"],
  ];
  for (const [entry, text, expected] of table) {
    assertStrictEquals(await given(entry, text), expected, `${entry} ${text}`);
  }
});

// covers: TYP-18
Deno.test("a text parameter takes JSON strings and plain text, but no text that begins like JSON and is not", async () => {
  const refused = "argument amount: it is not JSON: ";
  const table: readonly (readonly [string, string, string])[] = [
    ["text", "Ada", '{"String":"Ada"}'],
    ["text", '"Ada"', '{"String":"Ada"}'],
    ["text", "", '{"String":""}'],
    ["text", " a = b ", '{"String":" a = b "}'],
    ["letter", "x", '{"Char":"x"}'],
    ["text", "true", "argument amount: string cannot be read from a boolean"],
    ["text", '{"a":x}', `${refused}expected a number, found "x"`],
    ["text", '{"a":x,"a":y}', `${refused}expected a number, found "x"`],
    ["text", '{"a":true,"a":true}', `${refused}the member "a" occurs twice`],
    ["text", '"\\ud800"', `${refused}a string contains a lone surrogate`],
    ["text", '"open', `${refused}a string is not closed`],
    ["text", "[true", `${refused}expected , or the closing bracket, found the end of the text`],
  ];
  for (const [entry, text, expected] of table) {
    assertStrictEquals(await given(entry, text), expected, `${entry} ${text}`);
  }
});

// covers: TYP-18
Deno.test("for a text that is read as something else, the help says how to pass it, and that does", async () => {
  const helpOf = async (entry: string, word: string) => {
    const words = ["--simulate", "--emit-trace", PROGRAM, "-e", entry, "--arg", word];
    const { exit, stderr } = await dustrun(...words, "--log", `${FOLDER}/${crypto.randomUUID()}`);
    assertStrictEquals(exit, 5, word);
    return /^ {2}help: (.*)$/m.exec(stderr)?.[1] ?? "";
  };
  const texts = ["5", "true", "null", '"a" b', '{"a":x}', "[it's", "-0.5e3", '"', '{"a":1}'];
  for (const text of texts) {
    const help = await helpOf("text", `amount=${text}`);
    const quoted = /^for this text write --arg '(.*)'$/.exec(help)?.[1]?.replaceAll("'\\''", "'");
    const word = quoted?.replace(/^amount=/, "") ?? help;
    assertStrictEquals(await given("text", word), JSON.stringify({ String: text }), help);
  }
  assertStrictEquals(
    await helpOf("letter", "amount=5"),
    "for this text write --arg 'amount=\"5\"'",
  );
  assertStrictEquals(await helpOf("truth", "amount=5"), "give amount a value of type bool");
  assertStrictEquals(
    await helpOf("whole", "amount={5"),
    'what begins with {, [ or " is read as JSON',
  );
});

// covers: TYP-09, PHI-09
Deno.test("all faults of arguments are reported, with the nearest name, and begin no run", async () => {
  const store = `${FOLDER}/store`;
  const run = (...words: readonly string[]) =>
    dustrun("--simulate", PROGRAM, ...words, "--store", store);
  const messages = (stderr: string) =>
    stderr.split("\n").filter((line) => !line.startsWith("  -->"))
      .map((line) => line.replace(/^error\[DR1313\]: arguments that do not fit the entry: /, ""))
      .filter((line) => line !== "");
  const misspelled = await run("-e", "whole", "--arg", "amuont=1");
  assertStrictEquals(misspelled.exit, 5);
  assertEquals(messages(misspelled.stderr), [
    "whole has no parameter amuont",
    "  help: did you mean amount?",
    "missing argument amount: i64 of K::whole",
    "  help: pass --arg amount=VALUE",
  ]);
  Deno.writeTextFileSync(`${FOLDER}/args.json`, '{"amount": 1}');
  const repeated = await run("-e", "whole", "--args", `${FOLDER}/args.json`, "--arg", "amount=1");
  assertStrictEquals(repeated.exit, 5);
  assertEquals(messages(repeated.stderr), [
    "the argument amount is given 2 times",
    "  help: give it once",
  ]);
  const open = await run("-e", "open");
  assertStrictEquals(open.exit, 5);
  assertMatch(open.stderr, /missing argument y: f64 of Φ::open/);
  const json = await run("-e", "whole", "--json");
  assertStrictEquals(JSON.parse(json.stderr).fault.code, "DR1313");
  assert(!isThere(store), "a run has begun");

  const first = await run("-e", "open", "--arg", "y=1");
  assertStrictEquals(first.exit, 0, first.stderr);
  assertMatch(
    [...Deno.readDirSync(`${store}/runs`)].map(({ name }) => name).sort()[0] ?? "",
    /^0*1-/,
  );
});

Deno.test("a log that is there keeps its content where the arguments do not fit", async () => {
  const log = `${FOLDER}/kept.jsonl`;
  await dustrun("--simulate", PROGRAM, "-e", "whole", "--arg", "amount=1", "--log", log);
  const before = Deno.readTextFileSync(log);
  assertStrictEquals((await dustrun("--simulate", PROGRAM, "-e", "whole", "--log", log)).exit, 5);
  assertStrictEquals(Deno.readTextFileSync(log), before);
});

Deno.test("load, check and entry are reported before arguments; host-0.1 has none", async () => {
  const broken = `${FOLDER}/broken.dir.json`;
  Deno.writeTextFileSync(broken, program(proc("K::main() -> i64", "return true")));
  const log = ["--simulate", "--log", `${FOLDER}/other.jsonl`, "--arg", "x=[", "--arg", "x=1"];
  assertStrictEquals((await dustrun(...log, broken)).exit, 11);
  assertStrictEquals((await dustrun(...log, "-e", "ghost", PROGRAM)).exit, 11);
  for (const head of ["K::main(x: File) -> i64", "K::main(x: i64) -> Mem"]) {
    Deno.writeTextFileSync(
      broken,
      program(proc(head, head.endsWith("Mem") ? "return alloc(8)" : "return 0")),
    );
    const handled = await dustrun(...log, broken);
    assertMatch(handled.stderr, /error\[DR1004\]/);
    assertStrictEquals(handled.exit, 11);
  }
  Deno.writeTextFileSync(broken, "{");
  assertStrictEquals((await dustrun(...log, broken)).exit, 3);
  const upstream = await dustrun("--semantics", "host-0.1", ...log, "-e", "double", PROGRAM);
  assert(upstream.exit !== 5, upstream.stderr);
});

Deno.test("the other commands that take arguments refuse them alike", async () => {
  const all = await dustrun("--all", "2", PROGRAM, "-e", "open", "--arg", "y=x");
  assertStrictEquals(all.exit, 5);
  assertMatch(all.stderr, /DR1313.*f64 cannot be read from the string "x"/);
  const trace = `${FOLDER}/trace.json`;
  Deno.writeTextFileSync(trace, '{"returned":{"Int":1},"effects":{"events":[]},"time":{"tick":0}}');
  for (const words of [["equiv", PROGRAM, "--against", trace], ["replay", trace, PROGRAM]]) {
    const refused = await dustrun(...words, "-e", "whole", "--arg", "amount=1.5");
    assertStrictEquals(refused.exit, 5, refused.stderr);
    assertMatch(refused.stderr, /DR1313.*1\.5 is not a 64-bit integer/);
    assertStrictEquals((await dustrun(...words, "-e", "whole", "--arg", "amount=1")).exit, 0);
  }
});

Deno.test("an argument of several parts is shown in the help where it is missing or does not fit", async () => {
  const qubit = new URL("../../fixtures/tour/qubit.dir.json", import.meta.url).pathname;
  const words = ["--simulate", qubit, "-e", "measure"];
  const missing = await dustrun(...words);
  assertMatch(missing.stderr, /help: pass --arg q=VALUE, such as \{"id":1\}\n$/);
  const unfit = await dustrun(...words, "--arg", "q=7");
  assertMatch(unfit.stderr, /help: give q a value of type Qubit, such as \{"id":1\}\n$/);
  const log = Deno.makeTempFileSync();
  const followed = await dustrun(...words, "--arg", 'q={"id":1}', "--log", log);
  assertStrictEquals(followed.exit, 0, followed.stderr);
});
