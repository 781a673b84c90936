/**
 * The two forms of a call, a `Call` statement and a call in a `let`, compared for processes of any name.
 *
 * @module
 */
import type { Random } from "../../../campaign/random.ts";
import { encodeWireValue, executeArtifacts, type Execution } from "../../../mod.ts";
import {
  artifact,
  bind,
  forge,
  type Part,
  proc,
  shape,
  type Statement,
} from "../../support/program.ts";

/** Executes the artifacts of a program from `A::K::main`. */
export type Execute = (texts: readonly string[]) => Execution;

/** Words with a meaning in DIR, and words that once had one. */
export const NAMES: readonly string[] = [
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

/** How the two forms of a call of a process with this name differ, in a linked program and in one forge. */
export function callDifferences(name: string, execute: Execute): string[] {
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

/** dustrun. */
export function executeLinked(texts: readonly string[]): Execution {
  const sources = texts.map((text, index) => ({ name: `${index}.dir.json`, text }));
  return executeArtifacts(sources, { entry: "A::K::main" });
}

/** An identifier that is near to a word with a meaning: a prefix, another case, or two words joined. */
export function nearbyName(random: Random): string {
  const word = random.pick(NAMES);
  switch (random.below(4)) {
    case 0:
      return `${word}${random.below(10)}`;
    case 1:
      return word.slice(0, 1 + random.below(word.length)) + random.pick(NAMES);
    case 2:
      return word === word.toLowerCase() ? word.toUpperCase() : word.toLowerCase();
    default:
      return `_${word}`;
  }
}
