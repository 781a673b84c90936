/**
 * Arguments against types and faults: in the library, where they are outcomes, and on the command line.
 *
 * @module
 */
import { proc, program, shape } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const takes = (ty: string, ...body: readonly string[]) =>
  proc(`K::main(x: ${ty}) -> ${ty}`, ...body, "return x");
const FAULT = { code: "DR1003" };

export const ARGUMENTS: readonly Case[] = [
  given("arg-01", q.USAGE, [takes("i64")], "fails", { args: { x: 1, y: 2 } }, FAULT),
  given("arg-02", q.USAGE, [takes("i64")], "fails", { args: { x: 1.5 } }, FAULT),
  given("arg-03", q.USAGE, [takes("bool")], "fails", { args: { x: 1 } }, FAULT),
  given("arg-04", `${q.USAGE} ${q.TYP_15}`, [takes("u8")], "fails", { args: { x: 256 } }, FAULT),
  given("arg-05", q.TYP_15, [takes("u8")], '{"Int":255}', { args: { x: 255 } }),
  given(
    "arg-06",
    `${q.USAGE} ${q.CON_03}`,
    [takes("i64", "constrain x Gt 5")],
    "run Inadmissible",
    { args: { x: 1 } },
  ),
  given(
    "arg-07",
    q.USAGE,
    [proc("Φ::v(x: i64, y: i64) -> i64", "constrain x Gt y", "return x")],
    '{"Int":4}',
    { entry: "v", args: { y: 3 } },
  ),
  given(
    "arg-08",
    q.USAGE,
    [proc("Φ::v(x: f64) -> f64", "constrain x Gt 1.0", "return x")],
    "fails",
    { entry: "v" },
  ),
  given(
    "arg-09",
    q.USAGE,
    [proc("Φ::v(x: f64) -> f64", "constrain x Gt 1.0", "return x")],
    '{"Float":1.5}',
    { entry: "v", args: { x: 1.5 } },
  ),
  given(
    "arg-10",
    q.X_38,
    [takes("i64"), proc("K::bad() -> i64", "return true")],
    "static DirValidate",
    { args: { y: 2 } },
  ),
  given("arg-11", q.EXACT, [takes("string")], '{"String":"1"}', { args: { x: "1" } }),
  given("arg-12", `${q.USAGE} ${q.ORDER}`, [takes("i64", "uses Sensor")], "fails", {
    args: { y: 1 },
    environment: { resources: [] },
  }, FAULT),
];

/** A run of the command line: its arguments, its exit code, and what its output must contain. */
export interface CommandCase {
  readonly id: string;
  readonly rests: string;
  readonly text: string;
  readonly args: readonly string[];
  /** An exit code, or one that must not be. */
  readonly exit: number | { readonly not: number };
  readonly output?: string;
}

const P = shape("P { a: i64, b: bool }");

/** `K::main(amount: TY) -> TY`, which returns its argument. */
function amount(
  id: string,
  ty: string,
  exit: CommandCase["exit"],
  output: string,
  ...args: readonly string[]
): CommandCase {
  const text = program(P, proc(`K::main(amount: ${ty}) -> ${ty}`, "return amount")).replaceAll(
    /;(\d+)\]/g,
    "; $1]",
  );
  return {
    id,
    rests: `${q.USAGE} ${q.EXACT}`,
    text,
    args: args.flatMap((arg) => ["--arg", arg]),
    exit,
    output,
  };
}

function entry(
  id: string,
  exit: CommandCase["exit"],
  head: string,
  ...args: readonly string[]
): CommandCase {
  const text = program(proc(head, "return x")).replaceAll(/;(\d+)\]/g, "; $1]");
  return { id, rests: q.USAGE, text, args: ["-e", "v", ...args], exit };
}

export const COMMANDS: readonly CommandCase[] = [
  amount("cli-01", "i64", 0, '{"Int":1000000000000000000}', "amount=1e18"),
  amount("cli-02", "i64", 5, "", "amount=1.0000000000000000001"),
  amount("cli-03", "i64", 5, "", "amount=999999999999999999.5"),
  amount("cli-04", "f64", 0, "-0", "amount=-0"),
  amount("cli-05", "i64", 0, '{"Int":0}', "amount=-0"),
  amount("cli-06", "i64", 5, "amount", "amuont=1"),
  amount("cli-07", "i64", 5, "amount"),
  amount("cli-08", "i64", 5, "amount", "amount=1", "amount=1"),
  amount("cli-09", "bool", 5, "", "amount=1"),
  amount("cli-10", "u8", 5, "", "amount=300"),
  amount("cli-11", "i64", 5, "", "amount=9223372036854775808"),
  amount("cli-12", "i64", 0, '{"Int":9223372036854775807}', "amount=9223372036854775807"),
  amount("cli-13", "string", 0, '{"String":"hello there"}', "amount=hello there"),
  amount("cli-14", "string", 0, '{"String":"hi"}', 'amount="hi"'),
  amount("cli-15", "string", 5, "", 'amount="\\ud800"'),
  amount("cli-16", "[i64;0]", 0, "", "amount=[1, 2, 3]"),
  amount("cli-17", "[i64;0]", 5, "", "amount=[1, 2.5]"),
  amount("cli-18", "P", 5, "", 'amount={"a": 1}'),
  amount("cli-19", "P", 5, "", 'amount={"a": 1, "b": true, "c": 2}'),
  amount("cli-20", "i64", 5, "", "amount=1", "other=2"),
  amount("cli-21", "i64", 5, "", "amount=hello"),
  amount("cli-22", "i64", 0, '{"Int":-9223372036854775808}', "amount=-9223372036854775808"),
  entry("cli-30", 0, "Φ::v(x: i64) -> i64"),
  entry("cli-31", 5, "Φ::v(x: f64) -> f64"),
  entry("cli-32", 5, "Φ::v(x: [i64;0]) -> [i64;0]"),
  entry("cli-33", 5, "Φ::v(x: string) -> string"),
  entry("cli-34", 5, "Φ::v(x: i64) -> i64", "--arg", "y=1"),
  entry("cli-35", 5, "K::v(x: i64) -> i64"),
  {
    id: "cli-40",
    rests: `${q.USAGE} ("after load, check and entry")`,
    text: program(main("return true")),
    args: ["--arg", "y=1"],
    exit: { not: 5 },
  },
  {
    id: "cli-41",
    rests: `${q.USAGE} ("after load, check and entry")`,
    text: program(main("return 1")),
    args: ["-e", "ghost", "--arg", "y=1"],
    exit: { not: 5 },
  },
  {
    id: "cli-42",
    rests: q.ROUNDING,
    text: program(proc("K::main(x: f32) -> bool", "return x Gt 1.0")),
    args: ["--arg", "x=1.000000059604644775390626"],
    exit: 0,
    output: '{"Bool":true}',
  },
  {
    id: "cli-43",
    rests: q.ROUNDING,
    text: program(proc("K::main(x: f32) -> bool", "return x Gt 1152921504606846976.0")),
    args: ["--arg", "x=1152921573326323713"],
    exit: 0,
    output: '{"Bool":true}',
  },
];
