/**
 * Help about what is no command: short pages that the executable has, unlike the documentation.
 *
 * @module
 */
import { EXIT_MEANINGS } from "../host/exit_codes.ts";
import { wrap } from "../text/width.ts";

/** One topic of `dustrun help`. */
export interface Topic {
  readonly name: string;
  /** One line, no full stop. */
  readonly about: string;
  /** Paragraphs, each folded to the terminal; of one that begins with a space, each line. */
  readonly paragraphs: readonly string[];
}

/** Every topic, in the order of help. */
export const TOPICS: readonly Topic[] = [
  {
    name: "exit-codes",
    about: "what the exit codes mean",
    paragraphs: [
      EXIT_MEANINGS.map(([code, meaning]) => ` ${String(code).padStart(2)}  ${meaning}`).join("\n"),
    ],
  },
  {
    name: "runs",
    about: "how logs and positions in them are named",
    paragraphs: [
      "A run is recorded in the store, the folder .dustrun, or in the file of --log. A log is named by its path, as @ (the last run of the store), @1 (the one before it), or by its number, 17. An operand - is standard input.",
      "A position in a log is the number of an event, tick:N, effect:N, proc:NAME (its first entry) or end.",
      "Effects are realized after the whole run is known to succeed. dustrun audit says what was performed; dustrun resume continues what was interrupted.",
    ],
  },
  {
    name: "dir",
    about: "the form of a program",
    paragraphs: [
      "A program is DIR: one JSON object, as a compiler of Dust writes it. This one prints a text and returns a number:",
      ` { "forges": [ { "name": "Shop", "shapes": [], "binds": [], "procs": [
   { "regime": "K", "name": "main", "params": [], "uses": [], "ret": "i64",
     "qualifiers": [], "body": [
       { "Effect": { "kind": "emit", "payload": "\\"open\\"" } },
       { "Return": { "expr": "6 Mul 7" } } ] } ] } ] }`,
      'Members; those with ? are optional. Program {forges, version?, types?}, forge {name, shapes, procs, binds}, shape {name, fields: [{name, ty}]}, process {regime, name, params: [{name, ty}], uses, ret, qualifiers, body, locals?}, use {resource, args: [["name", {"Int": 5}]]}, bind {source, target, contract: [{key, op, value}]}.',
      'Expressions are text: names, 5, 0.5, true, "text", bill.total, xs[0], share(bill), Bill{total: 90}, [1, 2]; operators Add Sub Mul Div Eq Ne Lt Le Gt Ge And Or BitAnd BitOr BitXor Shl Shr, as words or as signs (+, ==, &&); Neg(x), Not(x).',
      'Statements of 0.1: Let {name, expr}, Constrain {predicate}, Prove {name, from}, Effect {kind, payload}, Return {expr}, Call {target, args, result}. Of 0.2: Assign {target, expr}, If {condition, then_body, else_body}, While {condition, body}, For {var, start, end, body}, Index {target, index, result}, Field {target, field, result}, Alloc {size, result}, Dealloc {ptr}, Load {ptr, result}, Store {ptr, value}, and the words "Break" and "Continue".',
    ],
  },
  {
    name: "environment",
    about: "the environment manifest, dustrun.jsonc",
    paragraphs: [
      "What a run can rely on is declared in dustrun.jsonc, or in the file of --env. It is JSON with comments; every member is optional, and no other is allowed.",
      ` {
   // where effects go: stdout, stderr, file:PATH, ledger:PATH or log
   "realizers": { "emit": "stdout", "observe": "log", "seal": "ledger:seals.jsonl" },
   // what is on offer; without this member, everything that is declared
   "resources": [ { "name": "Console", "args": { "device": "stdout" } } ],
   "tick_us": 1, // microseconds of a tick
   "limits": { "max_ticks": 10000000, "max_depth": 1000, "max_work": 2000000 },
   // what a run may open, read and write (draft v0.2 of the language)
   "files": {
     "names.txt": { "path": "data/names.txt" },
     "report": { "modes": ["w", "r"], "sink": "file:report.txt" }
   },
   "ports": { "64": { "reads": [7, 8], "sink": "stdout" } },
   "devices": { "uart": { "base": 4096, "size": 16, "bytes": [1] } }
 }`,
    ],
  },
  {
    name: "fixtures",
    about: "the form of conformance cases",
    paragraphs: [
      "A fixture is a JSON file, comments allowed, with one case or with cases: a list of them.",
      ` { "name": "adds", "dir": "adds.dir.json", "entry": "main", "args": { "x": 1 },
   "covers": ["EVA-01"], "expect": { "status": "returned", "returned": { "Int": 3 } } }`,
      "expect has status, kind (of a failure), returned and effects, as in a summary trace. golden names the file of the whole trace, which dustrun conformance --bless writes.",
    ],
  },
  {
    name: "limits",
    about: "what is bounded",
    paragraphs: [
      "A run: 10,000,000 ticks (--max-ticks), 1,000 open calls (--max-depth), 64 MiB of memory (max_memory), 2,000,000 solver steps for each question (--max-work). A file of text: 500 MiB; an artifact: 240 Mi characters, JSON nested 512 deep. One value: 1,000,000 parts, nested 256 deep, with 16 Mi characters.",
    ],
  },
];

/** The page of a topic, folded; `undefined` for any other word. */
export function topicText(name: string, width: number): string | undefined {
  const topic = TOPICS.find((each) => each.name === name);
  if (topic === undefined) return undefined;
  const paragraphs = topic.paragraphs.map((text) =>
    text.startsWith(" ")
      ? text.split("\n").flatMap((line) => foldedLine(line, width)).join("\n")
      : wrap(text, width).join("\n")
  );
  const heading = wrap(`${topic.name}: ${topic.about}`, width).join("\n");
  return `${heading}\n\n${paragraphs.join("\n\n")}\n`;
}

/** A line, or its parts below one another, the later ones further in. */
function foldedLine(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line];
  const indent = line.search(/\S/);
  const [first = "", ...more] = wrap(line.trimStart(), Math.max(width - Math.max(indent, 5), 20));
  return [`${line.slice(0, indent)}${first}`, ...more.map((part) => `     ${part}`)];
}
