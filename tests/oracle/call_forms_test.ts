/**
 * A `Call` statement and the same call in a `let` mean the same, for every name that a process may have: reserved words of DIR, word
 * operators, operations of the draft, intrinsics, names of types, and generated identifiers (DIR-11, DIR-16, DIR-25, X-34, X-60).
 *
 * @module
 */
import { assert, assertEquals } from "../../std/assert.ts";
import { encodeWireValue, executeArtifacts, type Execution } from "../../mod.ts";
import {
  artifact,
  bind,
  forge,
  type Part,
  proc,
  shape,
  type Statement,
} from "../support/program.ts";
import { sized, testSeed } from "../support/size.ts";

/** Executes the artifacts of a program from `A::K::main`. */
type Execute = (texts: readonly string[]) => Execution;

const NAMES: readonly string[] = [
  ...["Or", "And", "Eq", "Ne", "Lt", "Le", "Gt", "Ge", "BitOr", "BitXor", "BitAnd", "Shl", "Shr"],
  ...[
    "Add",
    "Sub",
    "Mul",
    "Div",
    "EqEq",
    "Lte",
    "Gte",
    "AndAnd",
    "OrOr",
    "Mod",
    "Rem",
    "Neg",
    "Not",
  ],
  ...["alloc", "free", "load", "store", "spawn", "join", "mutex_new", "mutex_lock", "mutex_unlock"],
  ...["open", "read", "write", "close", "io_read", "io_write", "mmio_read", "mmio_write", "unsafe"],
  ...["q_alloc", "q_move", "q_use", "q_consume", "phi_witness", "PhiWitness", "K", "Q", "Phi"],
  ...["i64", "Int", "bool", "string", "P", "a", "x", "_", "__proto__", "constructor", "toString"],
  ...["true", "false", "match", "let", "constrain", "prove", "emit", "observe", "seal", "return"],
  ...["forge", "shape", "proc", "bind", "if", "while", "for", "else", "neg", "not", "puts", "main"],
];

/** The arguments of a call, and the parameters that take them. */
const ARGUMENTS: readonly (readonly [params: string, args: readonly string[]])[] = [
  ["", []],
  ["n: i64", ["1"]],
  ["n: i64, m: i64", ["1", "Neg(2)"]],
  ["n: f64, m: i64", ["3", "match 2.5 { 2.5 | 1 => 1, _ => 2 }"]],
  ["n: bool", ["Not(1 Eq 2)"]],
  ["n: P", ['P{s: ")"}']],
];

/** How a call reaches its callee. */
const PATHS = ["", "K::", "B::K::"];

Deno.test("a Call statement and the same call in a let mean the same, for every name", () => {
  const names = [...NAMES, ...generatedNames(sized({ quick: 60, ci: 2_000 }))];
  const refused = new Set<string>();
  const execute: Execute = (texts) => {
    const execution = executeLinked(texts);
    const code = execution.outcome.error?.code;
    if (code !== undefined) refused.add(code);
    else returned++;
    return execution;
  };
  let returned = 0;
  assertEquals(names.flatMap((name) => differences(name, execute)), []);
  assert(returned > names.length * 25, `only ${returned} calls returned`);
  // Words that no process may have as its name, and the name of the caller.
  assertEquals([...refused].sort(), ["DR0111", "DR0205", "DR0208", "DR0218"]);
});

Deno.test("a process Neg that only statements can call is found by comparing the forms", () => {
  const found = differences("Neg", (texts) => executeLinked(texts.map(renameNegOfStatements)));
  assert(found.length > 0);
});

/** Where the two forms of a call of a process with this name differ, in a linked program and in one forge. */
function differences(name: string, execute: Execute): string[] {
  return ARGUMENTS.flatMap(([params, args]) =>
    PATHS.flatMap((path) => {
      const target = `${path}${name}`;
      const statement: Statement = { Call: { target, args, result: "result" } };
      const inLet = `let result = ${target}(${args.join(", ")})`;
      const [first, second] = [statement, inLet].map((call) =>
        meaning(execute(programTexts({ name, params, call, isLinked: path === "B::K::" })))
      );
      return first === second ? [] : [`${target}(${args}): ${first}, but in a let ${second}`];
    })
  );
}

interface Called {
  readonly name: string;
  readonly params: string;
  readonly call: Statement;
  readonly isLinked: boolean;
}

/** `A::K::main` calls the process, which has an effect; it stands in forge B of a linked artifact, or in the same forge. */
function programTexts({ name, params, call, isLinked }: Called): readonly string[] {
  const P = shape("P { s: string }");
  const callee: Part = proc(`K::${name}(${params}) -> i64`, "emit 1", "return 41");
  const main = proc("K::main() -> i64", call, "return result Add 1");
  const licence = bind("K::main -> K::other", "effects_allowed == true");
  const other = proc("K::other()");
  if (isLinked) {
    return [artifact(forge("A", P, main, other, licence)), artifact(forge("B", callee))];
  }
  return [artifact(forge("A", P, callee, main, other, licence))];
}

/** The outcome, effects and ticks; of what is refused, that it is: a name that no process may have is met while parsing, too. */
function meaning({ outcome, effects, ticks }: Execution): string {
  const { error, returned } = outcome;
  if (error !== undefined) return error.kind === "Runtime" ? "Runtime" : "refused";
  const value = returned === undefined ? "null" : encodeWireValue(returned);
  return `${effects.map(({ payload }) => payload)} ${value} ${ticks}`;
}

function executeLinked(texts: readonly string[]): Execution {
  const sources = texts.map((text, index) => ({ name: `${index}.dir.json`, text }));
  return executeArtifacts(sources, { entry: "A::K::main" });
}

/** An executor without the rule for names of operators: only statements call a process `Neg`. */
function renameNegOfStatements(text: string): string {
  return text.replaceAll(/"(name|target)": "((?:\w+::)*)Neg"/g, '"$1": "$2neg_process"');
}

/** Identifiers that are near to words with a meaning: prefixes, other cases, words joined. */
function generatedNames(count: number): string[] {
  let state = testSeed("names of processes", 1);
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor(state / 65_536) % below;
  };
  const word = (): string => NAMES[random(NAMES.length)] ?? "";
  return Array.from({ length: count }, () => {
    const base = word();
    switch (random(4)) {
      case 0:
        return `${base}${random(10)}`;
      case 1:
        return base.slice(0, 1 + random(base.length)) + word();
      case 2:
        return base === base.toLowerCase() ? base.toUpperCase() : base.toLowerCase();
      default:
        return `_${base}`;
    }
  });
}
