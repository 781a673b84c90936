/**
 * Certificates: the checker accepts every refutation of the solver, and rejects modified ones unless they are still proofs.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertNotEquals,
  assertStrictEquals,
  fail,
} from "../../std/assert.ts";
import { load } from "../../dvm/load/load.ts";
import { checkCertificateText } from "../../dvm/phi/certificate/certificate_file.ts";
import { certificateFileText } from "../../dvm/phi/certificate/certificate_writer.ts";
import { isRefutation } from "../../dvm/phi/certificate/checker.ts";
import { parseStatement } from "../../dvm/phi/certificate/statement.ts";
import { intOf } from "../../dvm/phi/number/integer.ts";
import { evaluateTerms, type Problem } from "../../dvm/phi/problem/problem.ts";
import { resolvePhi } from "../../dvm/phi/answer/resolve.ts";
import { checkCertificate } from "../../dvm/api/certificates.ts";
import { enumerate } from "./enumeration.ts";
import { problemOf, solve } from "./question.ts";
import { Random } from "../../campaign/random.ts";
import { randomSystem } from "./random_system.ts";
import { artifactOf } from "./systems.ts";
import { phi } from "../support/program.ts";
import { askProgram } from "../support/ask_program.ts";
import { needing, tool } from "../support/needs.ts";
import { sized, testSeed } from "../support/size.ts";

interface Issued {
  readonly text: string;
  readonly problem: Problem;
  readonly certificate: string;
}

/** The certificate that a program's first process is inadmissible; `undefined` if it is admissible or undecided. */
function issue(text: string): Issued | undefined {
  const program = load([{ name: "system", text }]);
  assert(program.ok, text);
  const [proc] = program.value.procs;
  assert(proc !== undefined);
  const resolution = resolvePhi(program.value, proc, new Map(), {
    maxWork: 20_000,
    demand: "verdict",
  });
  if (resolution.verdict !== "inadmissible") return undefined;
  return { text, problem: problemOf(program.value), certificate: resolution.explain().certificate };
}

/** Systems of several kinds, so that every kind of step and leaf is among their refutations. */
function* certificates(random: Random): Generator<Issued> {
  for (const text of [...NAMED, ...Array.from({ length: 30 }, () => knapsack(random))]) {
    const issued = issue(text);
    if (issued !== undefined) yield issued;
  }
  for (;;) {
    const issued = issue(artifactOf(randomSystem(random)));
    if (issued !== undefined) yield issued;
  }
}

const NAMED = [
  phi("x: i64, y: i64, z: i64", ["x Lt y", "y Lt z", "z Lt x"]),
  phi("x: i32, y: i32, a: i32, b: i32", ["x Add y Eq 2 Mul a", "x Sub y Eq 2 Mul b Add 1"]),
  phi("x: i64", ["x Mul x Eq 41"]),
  phi("x: i32, y: i32", ["6 Mul x Add 10 Mul y Ge 7", "3 Mul x Add 5 Mul y Le 4"]),
  phi("x: i32, p: bool", ["p Or x Gt 3", "Not(p)", "x Lt 0 Or x Eq 2"]),
  phi("x: i32, y: i32", ["x Div 7 Eq 3", "x Gt 27"]),
  phi("x: i32", ["x Shr 3 Eq 2", "x Lt 16"]),
  // a known quotient, the operands on each side of 0
  phi("x: i32, y: i32", ["x Gt 0", "y Gt 0", "x Div y Eq 4", "x Le 271", "5 Mul y Sub x Ge 196"]),
  phi("x: i32, y: i32", [
    "x Lt 0",
    "y Gt 0",
    "x Div y Eq -4",
    "x Ge -271",
    "5 Mul y Add x Ge 196",
  ]),
  phi("x: i32, y: i32", [
    "x Gt 0",
    "y Lt 0",
    "x Div y Eq -4",
    "x Le 271",
    "5 Mul y Add x Le -196",
  ]),
  phi("x: i32, y: i32", [
    "x Lt 0",
    "y Lt 0",
    "x Div y Eq 4",
    "x Ge -271",
    "5 Mul y Sub x Le -196",
  ]),
  phi("x: i32, y: i32", ["y Gt 0", "x Div y Eq 0", "x Gt 0", "x Sub y Ge 0"]),
  // bits and residues
  phi("x: i64", ["x BitAnd 1 Eq 1", "x BitAnd 3 Eq 2"]),
  phi("x: i64, y: i64", ["x Mul x Sub 4 Mul y Eq 2"]),
  phi("x: i64, y: i64", ["x Mul x Sub 7 Mul y Eq 3"]),
  phi("x: i64, y: i64, z: i64", ["x Mul x Add y Mul y Sub 4 Mul z Eq 3"]),
  phi("x: i64, y: i64", ["x BitXor y Eq 5", "x BitAnd 1 Eq y BitAnd 1"]),
  phi("x: i64, y: i64", ["x BitOr y Eq 5", "x BitAnd 8 Eq 8"]),
  phi("x: i64, y: i64", ["x BitAnd 7 Eq 5", "x Shl 2 Eq y", "y BitAnd 8 Eq 8"]),
  phi("x: i64", ["x Shr 2 BitAnd 1 Eq 1", "x BitAnd 4 Eq 0"]),
  phi("x: i64, y: i64", ["x BitAnd 1 Eq 1", "y BitAnd 1 Eq 1", "x Mul y BitAnd 1 Eq 0"]),
  // nogoods
  pigeons(["a", "b", "c", "d"]),
  pigeons(["a", "b", "c", "d", "e"]),
  phi("a: bool, b: bool, c: bool, d: bool", [
    ...["a", "Not(a)"].flatMap((a) => ["b", "Not(b)"].map((b) => `${a} Or ${b} Or c`)),
    ...["a", "Not(a)"].flatMap((a) => ["d", "Not(d)"].map((d) => `${a} Or Not(c) Or ${d}`)),
  ]),
];

/** Different values for some unknowns, of which there is one too few. */
function pigeons(names: readonly string[]): string {
  return phi(names.map((name) => `${name}: i32`).join(", "), [
    ...names.flatMap((name) => [`${name} Ge 0`, `${name} Le ${names.length - 2}`]),
    ...names.flatMap((a, i) => names.slice(i + 1).map((b) => `${a} Ne ${b}`)),
  ]);
}

function knapsack(random: Random): string {
  const names = ["a", "b", "c", "d", "e", "f", "g"];
  const weights = names.map(() => random.between(20, 400));
  const sum = names.map((name, index) => `${weights[index]} Mul ${name}`).join(" Add ");
  const bounds = names.flatMap((name) => [`${name} Ge 0`, `${name} Le 2`]);
  return phi(names.map((name) => `${name}: i32`).join(", "), [
    ...bounds,
    `${sum} Eq ${random.between(300, 900)}`,
  ]);
}

// covers: PHI-03, PHI-04
Deno.test("the checker accepts every certificate that the solver issues", () => {
  const random = new Random(testSeed("phi certificates", 3));
  const source = certificates(random);
  for (let count = sized({ quick: 60, ci: 700, full: 2_000 }); count > 0; count--) {
    const { value } = source.next();
    assert(
      isRefutation(value.problem, value.certificate),
      `${value.text}\n${value.certificate}`,
    );
  }
});

const SECOND_CHECKER = new URL("../../tools/check_certificate.py", import.meta.url).pathname;

/** The verdicts of the second checker, which is written in another language, on certificate files. */
async function secondVerdicts(files: readonly string[]): Promise<readonly string[]> {
  const args = [SECOND_CHECKER, "--batch"];
  const { lines, stderr } = await askProgram("python3", { args }, files);
  assertEquals(stderr, "");
  return lines;
}

/** Changes a certificate file anywhere: its numbers, its lists, or its text. */
function mutateFile(file: string, random: Random): string {
  const kind = random.below(10);
  if (kind < 3) return mutate(file, random);
  if (kind < 9) {
    const json: unknown[] = JSON.parse(file);
    const spots = spotsOf(kind < 5 ? (json[5] as unknown[]) : json);
    const { parent, index } = random.pick(
      spots.filter(({ parent, index }) => isSmall(parent[index])),
    );
    if (kind < 8) parent[index] = Number(parent[index]) + random.pick([-2, -1, 1, 2, 64]);
    else parent.splice(index, 1);
    return JSON.stringify(json);
  }
  const at = random.below(file.length);
  const typed = ["", "0", "1", "-", ",", "[", "]", '"', " ", "1e3", ".5", "\u00e9", "\\", "{}"];
  return file.slice(0, at) + random.pick(typed) + file.slice(at + random.below(2));
}

function isSmall(value: unknown): boolean {
  return Number.isSafeInteger(value);
}

/** The values of some configurations of a statement: its corners, and random ones near 0 and near the ends. */
function* points({ unknowns }: Pick<Problem, "unknowns">, random: Random): Generator<bigint[]> {
  for (let count = 0; count < 60; count++) {
    yield unknowns.map(({ lo, hi }) => {
      const least = BigInt(lo), most = BigInt(hi), near = BigInt(random.between(0, 12));
      const value = random.pick([near - 6n, least + near, most - near]);
      return value < least ? least : value > most ? most : value;
    });
  }
}

/** An accepted file must not name conjuncts that some configuration satisfies, whatever its statement says. */
function assertProves(file: string, random: Random): void {
  const [, , unknowns, terms, conjuncts, refutation] = JSON.parse(file);
  const statement = parseStatement(unknowns, terms, conjuncts);
  const named: readonly number[] = refutation[1];
  const exact = statement.terms.map((term) =>
    term.kind === "const" ? { ...term, value: intOf(BigInt(term.value)) } : term
  );
  for (const point of points(statement as unknown as Problem, random)) {
    const values = evaluateTerms(exact as unknown as Problem["terms"], point.map(intOf));
    assert(named.some((id) => values[id] !== 1), `${file}\nholds at ${point}`);
  }
}

// covers: PHI-04
Deno.test(needing({
  name: "two checkers in two languages agree on every certificate, genuine and mutated",
  needs: [tool("python3")],
  fn: async () => {
    const random = new Random(testSeed("phi two checkers", 6));
    const source = certificates(random);
    const files: string[] = [], expected: string[] = [];
    const seen = { proof: 0, "no-proof": 0, refused: 0 };
    for (let left = sized({ quick: 120, ci: 1_300, full: 4_000 }); left > 0; left--) {
      const { value } = source.next();
      const genuine = certificateFileText(value.problem, value.certificate);
      const file = left % 4 === 0 ? genuine : mutateFile(genuine, random);
      const { kind } = checkCertificateText(file);
      if (file === genuine) assertStrictEquals(kind, "proof", file);
      if (kind === "proof") assertProves(file, random);
      files.push(file);
      expected.push(kind);
      seen[kind]++;
    }
    assertEquals(await secondVerdicts(files), expected);
    assert(Object.values(seen).every((count) => count > files.length / 25), JSON.stringify(seen));
  },
}));

/** A place in a certificate's JSON: its parent, and its key there. */
interface Spot {
  readonly parent: unknown[];
  readonly index: number;
}

function spotsOf(json: unknown[], spots: Spot[] = []): Spot[] {
  json.forEach((value, index) => {
    spots.push({ parent: json, index });
    if (Array.isArray(value)) spotsOf(value, spots);
  });
  return spots;
}

/** Changes one thing: a number, a step, the order of two, a whole case. */
function mutate(certificate: string, random: Random): string {
  const json: unknown[] = JSON.parse(certificate);
  const { parent, index } = random.pick(spotsOf(json.slice(1) as unknown[]));
  const value = parent[index];
  switch (random.below(4)) {
    case 0:
      parent.splice(index, 1);
      break;
    case 1: {
      const other = random.below(parent.length);
      [parent[index], parent[other]] = [parent[other], value];
      break;
    }
    case 2:
      parent[index] = typeof value === "number" ? value + random.pick([-2, -1, 1, 2]) : [];
      break;
    default:
      parent[index] = value === "hi" ? "lo" : value === "lo" ? "hi" : random.between(-2, 30);
  }
  return JSON.stringify(json);
}

// covers: PHI-04
Deno.test("the checker accepts no mutated certificate whose claim is false", () => {
  const random = new Random(testSeed("phi mutated certificates", 4));
  const source = certificates(random);
  let rejected = 0, tried = 0;
  for (const wanted = sized({ quick: 25, ci: 1_000, full: 3_000 }); tried < wanted;) {
    const { value } = source.next();
    const mutated = mutate(value.certificate, random);
    if (mutated === value.certificate) continue;
    tried++;
    if (isRefutation(value.problem, mutated)) assertStillProves(value, mutated);
    else rejected++;
  }
  assert(rejected > tried / 3, `${rejected} of ${tried} rejected`);
});

/**
 * An accepted mutation must name conjuncts that indeed have no configuration: because all that were named before are among them, or
 * because the solver says so of that very set.
 */
function assertStillProves({ problem, text, certificate }: Issued, mutated: string): void {
  const named: number[] = JSON.parse(mutated)[1], before: number[] = JSON.parse(certificate)[1];
  if (before.every((id) => named.includes(id))) return;
  const conjuncts = problem.conjuncts.filter(({ term }) => named.includes(term.id));
  assertNotEquals(solve({ ...problem, conjuncts }).conflict, [], `${text}\n${mutated}`);
}

// covers: PHI-04
Deno.test("no certificate of one system is accepted for a system that has a configuration", () => {
  const random = new Random(testSeed("phi borrowed certificates", 5));
  const source = certificates(random);
  let compared = 0;
  for (let count = sized({ quick: 60, ci: 500, full: 1_500 }); count > 0; count--) {
    const { value } = source.next();
    const system = randomSystem(random);
    if (enumerate(system).configurations.length === 0) continue;
    const program = load([{ name: "other", text: artifactOf(system) }]);
    assert(program.ok);
    const problem = problemOf(program.value, system);
    const ids = problem.conjuncts.map(({ term }) => term.id);
    const json: unknown[] = JSON.parse(value.certificate);
    json[1] = ids;
    assertStrictEquals(isRefutation(problem, JSON.stringify(json)), false, artifactOf(system));
    compared++;
  }
  assert(compared > 10);
});

Deno.test("a verdict does not pay for its explanation, which is computed once", () => {
  const program = load([{ name: "pigeons", text: pigeons(["a", "b", "c", "d", "e"]) }]);
  assert(program.ok);
  const [proc] = program.value.procs;
  assert(proc !== undefined);
  const asked = { maxWork: 20_000, demand: "verdict" } as const;
  const resolution = resolvePhi(program.value, proc, new Map(), asked);
  assert(resolution.verdict === "inadmissible");
  const explained = resolution.explain();
  assert(2 * resolution.work < explained.work, `${resolution.work} of ${explained.work}`);
  assert(explained.isMinimal && resolution.explain() === explained);
});

Deno.test("a nogood is learned at the root, before it is used", () => {
  const { problem, certificate } = issue(pigeons(["a", "b", "c", "d"])) ?? fail("not refuted");
  assert(isRefutation(problem, certificate));
  const [format, named, forms, [steps]]: readonly [string, number[], unknown, [unknown[]]] = JSON
    .parse(certificate);
  const isLearned = (step: unknown) => Array.isArray(step) && step[0] === "learn";
  const count = steps.filter(isLearned).length;
  assert(count > 1, certificate);
  const reference = named[0],
    withSteps = (...tree: readonly unknown[]) =>
      isRefutation(problem, JSON.stringify([format, named, forms, tree]));
  assert(withSteps(steps));
  assert(!withSteps([["nogood", 0], ...steps]), "used before it is learned");
  assert(!withSteps([...steps, ["nogood", count]]), "never learned");
  assert(!withSteps([["learn", [], [[]]], ...steps]), "not closed");
  assert(!withSteps([["learn", [], [[...steps]]]]), "learned in a case");
  assert(!withSteps([], reference, 0, [steps], [steps]), "learned below the root");
});

Deno.test("isRefutation() rejects a text that is not a certificate", () => {
  const issued = issue(NAMED[0] ?? "");
  assert(issued !== undefined);
  for (const text of ["", "{}", "[]", "null", '["dustrun-phi-refutation/3",[],[],[[]]]', "[1,2"]) {
    assertStrictEquals(isRefutation(issued.problem, text), false, text);
  }
  const { certificate } = issued;
  const odd = [
    certificate.replace(/\]$/, ",[]]"), // a surplus member, of the certificate
    certificate.replace(/\]\]$/, ",[]]]"), // of a case
    certificate.replace(/,(\d+)\]\]/, ",$1,0]]"), // of an addend
    certificate.replace(/"(lo|hi)",(\d+)/, '"$1","0$2"'), // a number spelled in another way
    certificate.replace(/"(lo|hi)",(\d+)/, `"$1","1${"0".repeat(20_000)}"`),
    certificate.replace(/"(lo|hi)",(\d+)/, '"$1",1e400'),
    certificate.replace(/\[\[.*\]\]$/, `${"[[],0,0,".repeat(50_000)}[[]],[[]]`) + "]",
    "[".repeat(1_000_000) + "]".repeat(1_000_000),
  ];
  for (const text of odd) {
    assertNotEquals(text, certificate);
    assertStrictEquals(isRefutation(issued.problem, text), false, text.slice(0, 200));
  }
  const future = issued.certificate.replace("refutation/3", "refutation/4");
  assertStrictEquals(isRefutation(issued.problem, future), false);
});

const PHI = new URL("../../dvm/phi/", import.meta.url);
const CHECKER = new URL("certificate/certificate_file.ts", PHI).href;

/** The modules that a module imports for their values, type-only imports left out. */
function valueImportsOf(module: string): readonly string[] {
  const text = Deno.readTextFileSync(new URL(module));
  return [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]*)";/gm)]
    .map(([, from = ""]) => new URL(from, module).href);
}

/** The modules of the checker: all that it reaches by imports of values. */
function checkerModules(): Set<string> {
  const reached = new Set([CHECKER]);
  for (const module of reached) { // a Set visits what is added while it is walked
    for (const imported of valueImportsOf(module)) reached.add(imported);
  }
  return reached;
}

/** Every module of the folders below `dvm/phi/`, without tests. */
function phiModules(): string[] {
  return [...Deno.readDirSync(PHI)].filter(({ isDirectory }) => isDirectory).flatMap((folder) => {
    const url = new URL(`${folder.name}/`, PHI);
    return [...Deno.readDirSync(url)].filter(({ name }) => !name.endsWith("_test.ts"))
      .map(({ name }) => new URL(name, url).href);
  });
}

// covers: PHI-04
Deno.test("the checker has at most 1,100 lines, and shares no code with the solver", () => {
  const modules = checkerModules();
  let lines = 0;
  for (const module of modules) {
    lines += Deno.readTextFileSync(new URL(module)).trimEnd().split("\n").length;
  }
  assert(lines <= 1_100, `${[...modules].join(", ")}: ${lines} lines`);
  const others = phiModules().filter((module) => !modules.has(module));
  assert(others.length > 20, `only ${others.length} modules were looked at`);
  for (const module of others) {
    const shared = valueImportsOf(module).filter((imported) => modules.has(imported));
    assertEquals(shared, [], `${module} uses the checker's code`);
  }
});

Deno.test("checkCertificate() rejects a text that is nested too deeply", () => {
  const text = JSON.stringify({
    forges: [{
      name: "F",
      shapes: [],
      binds: [],
      procs: [{
        regime: "Φ",
        name: "main",
        params: [{ name: "x", ty: "i64" }],
        uses: [],
        ret: "i64",
        qualifiers: [],
        body: [{ Constrain: { predicate: "x Lt x" } }, { Return: { expr: "x" } }],
      }],
    }],
  });
  const program = load([{ name: "program", text }]);
  assert(program.ok);
  for (const depth of [4_000, 6_000, 1_000_000]) {
    const certificate = `["dustrun-phi-refutation/3",[],[],${"[".repeat(depth)}${
      "]".repeat(depth)
    }]`;
    assertEquals(checkCertificate(program.value, { entry: "main" }, certificate), {
      ok: true,
      value: false,
    });
  }
});
