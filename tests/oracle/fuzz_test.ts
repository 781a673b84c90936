/**
 * For any text, `executeText` returns an outcome and never throws, stays within its limits, and logs what can be read
 * back. Texts are fixtures that have been damaged as text, changed as JSON, or had expressions put into them that were made
 * up, from seeds that are printed.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import {
  decodeEvent,
  encodeEvent,
  execute,
  executeText,
  fold,
  type RunInput,
  type WireEvent,
} from "../../mod.ts";
import { fixtures, loadFixture } from "../support/fixtures.ts";
import { count, loop, type Part, proc, program } from "../support/program.ts";
import { Random } from "../../campaign/random.ts";
import { sized, testSeed } from "../support/size.ts";

const LIMITS = { max_ticks: 300, max_depth: 40, max_work: 2_000 };
const TEXTS = [
  ...new Set(fixtures().flatMap(({ artifacts }) => artifacts.map(({ text }) => text))),
];

/** Runs a text and checks everything that holds of any run. */
function check(text: string, input: RunInput = {}): string {
  const execution = executeText(text, { ...input, limits: LIMITS });
  const { outcome, events, diagnostics } = execution;
  assert(outcome.ticks <= LIMITS.max_ticks);
  assertStrictEquals(events.at(-1)?.kind, "outcome");
  assertStrictEquals(outcome.error === undefined, diagnostics.length === 0);
  assertStrictEquals(outcome.error?.code, diagnostics[0]?.code);
  if (outcome.error !== undefined) assertEquals(execution.effects, []);
  for (const [seq, event] of events.entries()) {
    assertStrictEquals(event.seq, seq);
    const line = encodeEvent(event);
    const decoded = decodeEvent(line);
    assert(decoded.ok, decoded.ok ? "" : `${decoded.failure.reason}: ${line}`);
    assertStrictEquals(encodeEvent(decoded.value), line);
  }
  return outcome.error?.code ?? outcome.status;
}

/** Runs `make` as often as the test size demands, and reports the seed of a case that fails. */
function fuzz(
  name: string,
  amounts: { quick: number; ci: number },
  make: (r: Random) => string,
): void {
  const seed = testSeed(name, 20_251);
  const ends = new Map<string, number>();
  for (let index = 0; index < sized(amounts); index++) {
    const text = make(new Random(seed + index));
    try {
      const end = check(text);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    } catch (cause) {
      throw new Error(`${name} with DUSTRUN_SEED=${seed + index}: ${text.slice(0, 2_000)}`, {
        cause,
      });
    }
  }
  assert(ends.size >= 4, `the cases end in too few ways to mean much: ${[...ends.keys()]}`);
}

// covers: FAI-11, DIR-01
Deno.test("damaged texts end in an outcome", () => {
  fuzz("damaged texts", { quick: 200, ci: 15_000 }, (random) => {
    let text = random.pick(TEXTS);
    for (let damage = random.below(4); damage >= 0; damage--) text = damaged(text, random);
    return text;
  });
});

const SCRAPS = [
  "{",
  "}",
  "[",
  "]",
  '"',
  ",",
  ":",
  "\\",
  "\\u0000",
  "\ud800",
  "\u0000",
  "-",
  "1e9",
  "null",
  "é",
];

function damaged(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + random.below(random.oneIn(4) ? 200 : 6));
  switch (random.below(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(end);
    case 2:
      return text.slice(0, at) + text.slice(at, end) + text.slice(at);
    case 3:
      return text.slice(0, at) + random.pick(SCRAPS) + text.slice(end);
    default: {
      const other = random.pick(TEXTS);
      const from = random.below(other.length);
      return text.slice(0, at) + other.slice(from, from + random.below(80)) + text.slice(end);
    }
  }
}

// covers: FAI-11, DIR-09
Deno.test("artifacts changed as JSON end in an outcome", () => {
  fuzz("changed artifacts", { quick: 700, ci: 40_000 }, (random) => {
    const tree = JSON.parse(random.pick(TEXTS));
    for (let change = random.below(5); change >= 0; change--) changeTree(tree, random);
    return JSON.stringify(tree);
  });
});

/** Every object and array of a tree. */
function nodesOf(tree: unknown): (unknown[] | Record<string, unknown>)[] {
  if (typeof tree !== "object" || tree === null) return [];
  const node = tree as unknown[] | Record<string, unknown>;
  return [node, ...Object.values(node).flatMap(nodesOf)];
}

function changeTree(tree: unknown, random: Random): void {
  const nodes = nodesOf(tree);
  const node = random.pick(nodes);
  const from = random.pick(nodesOf(JSON.parse(random.pick(TEXTS))));
  const donated = structuredClone(random.pick([...Object.values(from), random.pick(VALUES)]));
  if (Array.isArray(node)) {
    const at = random.below(node.length + 1);
    const isLonger = random.oneIn(2);
    if (isLonger) {
      node.splice(at, 0, random.oneIn(2) ? donated : structuredClone(node[at] ?? donated));
    } else if (random.oneIn(2)) node.splice(at, 1);
    else node.splice(at, 1, donated);
    return;
  }
  const names = Object.keys(node);
  const name = names.length === 0 ? "name" : random.pick(names);
  switch (random.below(6)) {
    case 0:
      delete node[name];
      return;
    case 1:
      node[random.pick(NAMES)] = node[name];
      return;
    case 2:
      node[name] = structuredClone(random.pick(VALUES));
      return;
    default: // mostly what keeps the form: a string for a string
      node[name] = typeof node[name] === "string" ? changedString(node[name], random) : donated;
  }
}

function changedString(text: string, random: Random): string {
  switch (random.below(4)) {
    case 0:
      return expression(random, 3);
    case 1:
      return random.pick(STRINGS);
    default: {
      const strings = nodesOf(JSON.parse(random.pick(TEXTS))).flatMap((node) => Object.values(node))
        .filter((value) => typeof value === "string");
      return random.oneIn(3)
        ? `${text} ${random.pick(OPERATORS)} ${random.pick(strings)}`
        : random.pick(strings);
    }
  }
}

const NAMES = ["name", "expr", "kind", "span", "version", "types", "locals", "__proto__", "extra"];
const STRINGS = [
  "",
  "K",
  "Q",
  "Φ",
  "i64",
  "u8",
  "f32",
  "[i64; 3]",
  "[[u8; 0]; 9]",
  "bool",
  "string",
  "emit",
  "main",
  "x",
  "0.1",
  "0.2",
  "linear",
  "true",
  "match",
  "Break",
];
const VALUES = [
  null,
  true,
  0,
  -1,
  1.5,
  "",
  "x",
  [],
  {},
  [[]],
  { Let: { name: "x", expr: "1" } },
  "Break",
  { Return: { expr: null } },
];

// covers: FAI-11, DIR-16, DIR-18
Deno.test("random expressions end in an outcome", () => {
  fuzz("made-up expressions", { quick: 800, ci: 50_000 }, (random) => {
    const params = ["a: i64", "b: bool", "c: f64", "d: [i64;2]"];
    const body = Array.from(
      { length: 1 + random.below(3) },
      (_, n) => `let x${n} = ${expression(random, 4)}`,
    );
    const constrained = random.oneIn(3) ? [`constrain ${expression(random, 3)}`] : [];
    const looped = random.oneIn(4)
      ? [
        count(`i in ${expression(random, 1)}..${expression(random, 1)}`, [
          `emit ${expression(random, 2)}`,
        ]),
      ]
      : [];
    return program(
      proc("K::main()", `let r = call f(${expression(random, 1)}, true, 1, [1, 2])`, "emit r"),
      proc(`K::f(${params.join(", ")}) -> i64`, ...body, ...constrained, ...looped, "return a"),
    );
  });
});

const OPERATORS = [
  "Add",
  "Sub",
  "Mul",
  "Div",
  "Eq",
  "Ne",
  "Lt",
  "Ge",
  "And",
  "Or",
  "BitAnd",
  "BitXor",
  "Shl",
  "Shr",
  "+",
  "-",
  "<<",
  "||",
  "==",
  "Foo",
  "|",
  "=>",
];
const ATOMS = [
  "0",
  "1",
  "-1",
  "7",
  "9223372036854775807",
  "-9223372036854775808",
  "9223372036854775808",
  "1.5",
  "0.0",
  "true",
  "false",
  '"s"',
  "'c'",
  "a",
  "b",
  "c",
  "d",
  "x0",
  "ghost",
  "[]",
  "[1, 2]",
  "d[0]",
  "d[1]",
  "S{}",
  "f(1, true, 2, d)",
  "K::f()",
  "_",
  "Φ",
  "{ ... }",
  '"open',
  "64",
];

/** A text that is an expression more often than not. */
function expression(random: Random, depth: number): string {
  if (depth === 0 || random.oneIn(4)) {
    return random.pick(random.oneIn(8) ? ATOMS : ATOMS.slice(0, 18));
  }
  const inner = () => expression(random, depth - 1);
  switch (random.below(9)) {
    case 0:
      return `(${inner()})`;
    case 1:
      return `[${inner()}, ${inner()}]`;
    case 2:
      return `${random.pick(["Neg", "Not"])}(${inner()})`;
    case 3:
      return `match ${inner()} { ${
        random.pick(["0", "1 | 2", "true", "n"])
      } => ${inner()}, _ => ${inner()} }`;
    case 4:
      return `${inner()}[${inner()}]`;
    default:
      return `${inner()} ${
        random.pick(random.oneIn(9) ? OPERATORS : OPERATORS.slice(0, 14))
      } ${inner()}`;
  }
}

// ── logs ─────────────────────────────────────────────────────────────────────────────────────────────────────────

// covers: FAI-11
Deno.test("edited logs are folded exactly as far as they fit", () => {
  const seed = testSeed("edited logs", 20_252);
  const runs = fixtures().map((fixture) => {
    const program = loadFixture(fixture);
    return { program, events: execute(program, fixture.input).events };
  }).filter(({ events }) => events.length < 400);
  for (let index = 0; index < sized({ quick: 200, ci: 10_000, full: 20_000 }); index++) {
    const random = new Random(seed + index);
    const { program, events } = random.pick(runs);
    const edited = [...events];
    for (let edit = random.below(3); edit >= 0; edit--) editLog(edited, random);
    const numbered = edited.map((event, seq): WireEvent => ({ ...event, seq }));
    const folded = fold(program, numbered);
    if (!folded.ok) assert(folded.failure.seq < numbered.length && folded.failure.reason !== "");
    else assertStrictEquals(folded.value.seq, numbered.length);
  }
});

function editLog(events: WireEvent[], random: Random): void {
  const at = random.below(events.length);
  const event = events[at];
  const other = random.pick(events);
  if (event === undefined) return;
  switch (random.below(4)) {
    case 0:
      events.splice(at, 1);
      return;
    case 1:
      events.splice(at, 0, other);
      return;
    case 2:
      events.splice(at, 1, other);
      return;
    default: { // a field of another event of the same kind, so that the line is one that could be read
      const same = events.filter(({ kind }) => kind === event.kind);
      const [name, value] = random.pick(Object.entries(random.pick(same)));
      events[at] = { ...event, [name]: value } as WireEvent;
    }
  }
}

// ── bombs ────────────────────────────────────────────────────────────────────────────────────────────────────────

const MANY = sized({ quick: 5_000, ci: 50_000, full: 100_000 });
const each = (make: (n: number) => string) => Array.from({ length: MANY }, (_, n) => make(n));

/** A program of very many processes. */
function crowd(make: (n: number) => Part): string {
  const procs = Array.from({ length: MANY }, (_, n) => make(n).json);
  return JSON.stringify({ forges: [{ name: "F", shapes: [], binds: [], procs }] });
}

/** Artifacts that are large in one way; each ends in the code given, and in a time that grows with its size. */
const BOMBS: readonly (readonly [string, string, () => string])[] = [
  [
    "a long chain of operators",
    "DR0114",
    () => program(proc("K::main()", `let x = 1${" Add 1".repeat(MANY)}`)),
  ],
  ["many parameters", "returned", () =>
    program(
      proc("K::main() -> i64", `return f(${each(String).join(", ")})`),
      proc(`K::f(${each((n) => `p${n}: i64`).join(", ")}) -> i64`, `return p${MANY - 1}`),
    )],
  ["many fields", "returned", () =>
    JSON.stringify({
      forges: [{
        name: "F",
        shapes: [{ name: "S", fields: each(String).map((n) => ({ name: `f${n}`, ty: "i64" })) }],
        procs: [{
          regime: "K",
          name: "main",
          params: [],
          uses: [],
          ret: "S",
          qualifiers: [],
          body: [{ Return: { expr: `S{${each((n) => `f${n}: ${n}`).join(", ")}}` } }],
        }],
        binds: [],
      }],
    })],
  [
    "many faults",
    "DR0203",
    () => program(proc("K::main()", ...each((n) => `let x${n} = ghost${n}`))),
  ],
  [
    "many syntax faults",
    "DR0111",
    () => program(proc("K::main()", ...each((n) => `let x${n} = 1 +`))),
  ],
  [
    "many unknown callees",
    "DR0201",
    () => program(proc("K::main()", ...each((n) => `call ghost${n}()`))),
  ],
  [
    "many processes in a chain",
    "DR1102",
    () =>
      crowd((n) =>
        proc(
          n === 0 ? "K::main() -> i64" : `K::p${n}() -> i64`,
          n === MANY - 1 ? "return 1" : `return p${n + 1}()`,
        )
      ),
  ],
  [
    "a circle of processes",
    "DR0212",
    () => crowd((n) => proc(`K::p${n}() -> i64`, `return p${(n + 1) % MANY}()`)),
  ],
  [
    "many calls in one expression",
    "DR0217",
    () =>
      program(
        proc("K::main()", `let x = [${each(() => "f()").join(", ")}]`),
        proc("K::f() -> i64", "return 1"),
      ),
  ],
  [
    "many arms",
    "returned",
    () =>
      program(proc(
        "K::main() -> i64",
        `return match 5 { ${each((n) => `${n + 9} => 1`).join(", ")}, _ => 2 }`,
      )),
  ],
  [
    "many members beside",
    "DR0108",
    () => `{"span":{${each((n) => `"m${n}":0`).join(",")}},"forges":[]}`,
  ],
  ["deep JSON", "DR0103", () => `{"span":${'{"a":['.repeat(MANY)}`],
  ["deep braces", "DR0101", () => "{".repeat(MANY)],
  [
    "a long name",
    "returned",
    () => program(proc("K::main()", `let ${"n".repeat(MANY)} = 1`, `emit ${"n".repeat(MANY)}`)),
  ],
  ["many escapes", "returned", () => program(proc("K::main()", `emit "${"\\\\n".repeat(MANY)}"`))],
  [
    "no progress",
    "DR1101",
    () => program(proc("K::main()", loop("true", [loop("true", ["break"]), "continue"]))),
  ],
];

// covers: FAI-11
for (const [name, code, make] of BOMBS) {
  Deno.test(`${name}: ends with an outcome, without an error of the host or an endless loop`, () => {
    assertStrictEquals(
      executeText(make(), { limits: LIMITS }, () => {}).outcome.error?.code ?? "returned",
      code,
    );
  });
}

// covers: FAI-11
Deno.test("constraints by the thousand are decided, early and late", () => {
  const limits = { max_ticks: 1_000_000 };
  for (const late of [false, true]) {
    const binding = "let x = 1";
    const constraints = each(() => "constrain x Gt 0");
    const text = program(
      proc("K::main()", ...late ? [...constraints, binding] : [binding, ...constraints]),
    );
    assertStrictEquals(executeText(text, { limits }, () => {}).outcome.error, undefined);
  }
});
