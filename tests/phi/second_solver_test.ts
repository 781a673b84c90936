/**
 * The solver against Z3, which reads systems as bit vectors: bits, products, quotients and shifts over types too wide to enumerate.
 *
 * @module
 */
import { assert, assertEquals } from "../../std/assert.ts";
import { executeText } from "../../mod.ts";
import { Random } from "../../campaign/random.ts";
import { askProgram } from "../support/ask_program.ts";
import { needing, tool } from "../support/needs.ts";
import { testSeed } from "../support/size.ts";
import { randomSystemOver } from "./random_system.ts";
import { artifactOf, type Expression, type System, type SystemUnknown } from "./systems.ts";

/** Bits of a vector: products and shifts of 64 bits fit. */
const WIDTH = 136;
const MIN = -(2n ** 63n), MAX = 2n ** 63n - 1n;

/** Types, with their ranges. */
const TYPES: readonly (readonly [type: string, lo: bigint, hi: bigint])[] = [
  ["u8", 0n, 255n],
  ["i8", -128n, 127n],
  ["u16", 0n, 65_535n],
  ["i16", -32_768n, 32_767n],
  ["u32", 0n, 2n ** 32n - 1n],
  ["i32", -(2n ** 31n), 2n ** 31n - 1n],
  ["i64", MIN, MAX],
  ["bool", 0n, 1n],
];

function randomUnknowns(random: Random): SystemUnknown[] {
  return ["x", "y", "z"].slice(0, random.between(1, 3)).map((name) => {
    const [type, lo, hi] = random.pick(TYPES);
    return { name, type, lo, hi };
  });
}

/** A system as an SMT-LIB script that is satisfiable if the system has a configuration. */
function scriptOf({ unknowns, body, result }: System): string {
  const lines = ["(push)"], names = new Map<string, Encoded>();
  const assertAll = ({ conditions }: Encoded) => {
    for (const condition of conditions) lines.push(`(assert ${condition})`);
  };
  for (const { name, type, lo, hi } of unknowns) {
    const isBool = type === "bool";
    lines.push(`(declare-const ${name} ${isBool ? "Bool" : `(_ BitVec ${WIDTH})`})`);
    if (!isBool) lines.push(`(assert (and ${within(name, lo, hi)}))`);
    names.set(name, { text: name, isBool, conditions: [] });
  }
  for (const stmt of body) {
    const value = encode(
      stmt.kind === "constrain" ? stmt.predicate : stmt.kind === "let" ? stmt.value : stmt.from,
      names,
    );
    assertAll(value);
    if (stmt.kind === "let") names.set(stmt.name, { ...value, conditions: [] });
    else if (value.isBool) lines.push(`(assert ${value.text})`);
  }
  assertAll(encode(result, names));
  return [...lines, "(check-sat)", "(pop)"].join("\n");
}

/** An expression as a term, and the conditions under which it is defined. */
interface Encoded {
  readonly text: string;
  readonly isBool: boolean;
  readonly conditions: readonly string[];
}

function literal(value: bigint): string {
  return `(_ bv${BigInt.asUintN(WIDTH, value)} ${WIDTH})`;
}

function within(text: string, lo: bigint, hi: bigint): string {
  return `(bvsle ${literal(lo)} ${text}) (bvsle ${text} ${literal(hi)})`;
}

const PREDICATES: { readonly [op: string]: string } = {
  Lt: "bvslt",
  Le: "bvsle",
  Gt: "bvsgt",
  Ge: "bvsge",
  And: "and",
  Or: "or",
  Eq: "=",
  Ne: "distinct",
};
const OPERATIONS: { readonly [op: string]: string } = {
  Add: "bvadd",
  Sub: "bvsub",
  Mul: "bvmul",
  Div: "bvsdiv",
  BitAnd: "bvand",
  BitOr: "bvor",
  BitXor: "bvxor",
  Shl: "bvshl",
  Shr: "bvashr",
};

function encode(expr: Expression, names: ReadonlyMap<string, Encoded>): Encoded {
  switch (expr.kind) {
    case "int":
      return { text: literal(expr.value), isBool: false, conditions: [] };
    case "bool":
      return { text: String(expr.value), isBool: true, conditions: [] };
    case "name": {
      const known = names.get(expr.name);
      assert(known !== undefined);
      return known;
    }
    case "unary": {
      const a = encode(expr.a, names);
      if (expr.op === "Not") return { ...a, text: `(not ${a.text})` };
      return fitting({ ...a, text: `(bvneg ${a.text})` });
    }
    case "binary": {
      const a = encode(expr.a, names), b = encode(expr.b, names);
      const conditions = [...a.conditions, ...b.conditions], predicate = PREDICATES[expr.op];
      const text = `(${predicate ?? OPERATIONS[expr.op]} ${a.text} ${b.text})`;
      if (predicate !== undefined) return { text, isBool: true, conditions };
      if (expr.op === "Div") conditions.push(`(distinct ${b.text} ${literal(0n)})`);
      if (expr.op.startsWith("Sh")) conditions.push(`(and ${within(b.text, 0n, 63n)})`);
      return fitting({ text, isBool: false, conditions });
    }
  }
}

function fitting(value: Encoded): Encoded {
  return { ...value, conditions: [...value.conditions, `(and ${within(value.text, MIN, MAX)})`] };
}

const Z3_MILLISECONDS = 500;

async function z3Verdicts(systems: readonly System[]): Promise<readonly string[]> {
  const script = [
    `(set-option :timeout ${Z3_MILLISECONDS})`,
    "(set-logic QF_BV)",
    ...systems.map(scriptOf),
    "(exit)",
  ];
  return (await askProgram("z3", { args: ["-in"] }, script)).lines;
}

// covers: PHI-04, PHI-09
Deno.test(needing({
  name: "the solver and Z3 agree on the verdict of systems over all integer types",
  needs: [tool("z3")],
  size: "ci",
  fn: async () => {
    const random = new Random(testSeed("phi second solver", 8));
    const systems = Array.from(
      { length: Number(Deno.env.get("DUSTRUN_COUNT") ?? 200) },
      () => randomSystemOver(random, randomUnknowns(random)),
    );
    const expected = await z3Verdicts(systems);
    assertEquals(expected.length, systems.length, expected.find((line) => line.includes("error")));
    const seen = { sat: 0, unsat: 0, unknown: 0, undecided: 0 };
    for (const [index, system] of systems.entries()) {
      const text = artifactOf(system);
      const limits = { max_work: 200_000, max_configuration_work: 0, max_conflict_work: 0 };
      const { events } = executeText(text, { limits });
      const resolved = events.find(({ kind }) => kind === "phi_resolved");
      assert(resolved?.kind === "phi_resolved", text);
      const wanted = expected[index], { verdict } = resolved;
      if (wanted !== "sat" && wanted !== "unsat") seen.unknown++;
      else if (verdict === "undecided") seen.undecided++;
      else {
        assertEquals(verdict, wanted === "sat" ? "admissible" : "inadmissible", text);
        seen[wanted]++;
      }
    }
    assert(seen.sat > systems.length / 5 && seen.unsat > systems.length / 20, JSON.stringify(seen));
    assert(seen.undecided < systems.length / 10, JSON.stringify(seen));
  },
}));
