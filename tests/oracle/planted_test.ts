/**
 * The checker reports what is wrong, all of it, and nothing else: programs are generated valid, 1 to 10 violations of different
 * rules are planted into each, and exactly those must be reported, at their paths, in document order.
 *
 * @module
 */
import { assert, assertEquals } from "../../std/assert.ts";
import { mainMark } from "../../dvm/diagnostic/diagnostic.ts";
import {
  bind,
  branch,
  count,
  loop,
  proc,
  program,
  shape,
  type Statement,
  violations,
} from "../support/program.ts";
import { Random } from "../../campaign/random.ts";
import { sized, testSeed } from "../support/size.ts";

/** A statement, and the code of the violation that it is, if it is one. */
interface Line {
  readonly stmt: Statement;
  readonly code?: string;
}

/** A process of a program that is being made. */
interface Draft {
  readonly head: string;
  /** `uses` declarations. */
  readonly uses?: readonly string[];
  readonly body: Line[];
  /** A violation of the head: its code, and its path under the process. */
  readonly fault?: { readonly code: string; readonly path: string };
}

/** A declaration with the violation that it is, if it is one. */
interface Declared {
  readonly text: string;
  readonly clauses?: readonly string[];
  readonly fault?: { readonly code: string; readonly path: string };
}

interface Drafts {
  readonly shapes: Declared[];
  readonly procs: Draft[];
  readonly binds: Declared[];
}

/** Where a plant puts things, and names that nothing else has. */
interface Soil {
  readonly random: Random;
  readonly drafts: Drafts;
  /** A K process to put statements into. */
  readonly bed: Draft;
  readonly fresh: () => string;
}

// ── what can be planted ────────────────────────────────────────────────────────────────────────────────────────────

/** Statements that belong together, put into a K process at a random place before its return. */
function sow({ random, bed }: Soil, ...lines: readonly Line[]): void {
  bed.body.splice(random.below(bed.body.length), 0, ...lines);
}

const ok = (stmt: Statement): Line => ({ stmt });

/** One violation of one rule, each: the key is its code. */
const PLANTS: { readonly [code: string]: (soil: Soil, code: string) => void } = {
  DR0201: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = ghost(1)`, code }),
  DR0203: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = nowhere Add 1`, code }),
  DR0204: (soil, code) => {
    const name = soil.fresh();
    sow(soil, ok(`let ${name} = 1`), { stmt: `let ${name} = 2`, code });
  },
  DR0205: ({ drafts }, code) =>
    void drafts.shapes.push({
      text: "Twice { a: i64, a: i64 }",
      fault: { code, path: ".fields[1]" },
    }),
  DR0206: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "K::unknown_type(c: Candidate)",
      body: [],
      fault: { code, path: ".params[0]" },
    }),
  DR0207: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = takes_bool`, code }),
  DR0208: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()}-x = 1`, code }),
  DR0209: (soil, code) => sow(soil, { stmt: "break", code }),
  DR0210: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "K::after_return() -> i64",
      body: [ok("return 1"), { stmt: "emit 2", code }, ok("emit 3")],
    }),
  DR0211: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "Q::loops(q: State) -> State linear",
      body: [{ stmt: loop("true", ["break"]), code }, ok("return q")],
    }),
  DR0212: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "Φ::itself(n: i64) -> i64",
      body: [{ stmt: "let m = itself(n)", code }, ok("return m")],
    }),
  DR0214: (soil, code) => sow(soil, { stmt: "set n = 1", code }),
  DR0215: (soil, code) => {
    const name = soil.fresh();
    sow(soil, ok(`let ${name} = 1`), ok(`seal ${name}`), { stmt: `set ${name} = 2`, code });
  },
  DR0216: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = Nowhere{a: 1}`, code }),
  DR0301: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = 1 Add true`, code }),
  DR0302: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = takes_bool(1)`, code }),
  DR0303: (soil, code) => {
    const name = soil.fresh();
    sow(soil, ok(`let ${name} = State{id: 1}`), { stmt: `emit ${name}.missing`, code });
  },
  DR0304: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = State{}`, code }),
  DR0305: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = takes_bool()`, code }),
  DR0306: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "K::no_return() -> i64",
      body: [ok("emit 1")],
      fault: { code, path: "" },
    }),
  DR0307: ({ drafts }, code) =>
    void drafts.procs.push({ head: "K::nothing() -> i64", body: [{ stmt: "return", code }] }),
  DR0308: (soil, code) => sow(soil, { stmt: branch("1", ["emit 1"]), code }),
  DR0309: (soil, code) => sow(soil, { stmt: "constrain 1 Add 2", code }),
  DR0310: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = takes_small(300)`, code }),
  DR0311: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = logger()`, code }),
  DR0312: (soil, code) => {
    const name = soil.fresh();
    sow(soil, ok(`let ${name} = 1`), { stmt: `emit ${name}[0]`, code });
  },
  DR0313: (soil, code) =>
    sow(soil, { stmt: `let ${soil.fresh()} = PhiWitness{kind: "Admissible"}`, code }),
  DR0314: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = phi_witness("d")`, code }),
  DR0315: ({ drafts }, code) => {
    drafts.shapes.push(
      { text: "Left { r: Right }", fault: { code, path: "" } },
      { text: "Right { l: Left }" },
    );
  },
  DR0316: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "Q::intrinsic(q: State) linear",
      body: [{ stmt: "let x = q_move(q.id)", code }, ok("observe x")],
    }),
  DR0401: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "Q::twice(q: State) -> i64 linear",
      body: [ok("let a = q.id"), { stmt: "let b = q.id", code }, ok("return a Add b")],
    }),
  DR0402: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "Q::left(q: State) -> i64 linear",
      body: [ok("return 1")],
      fault: { code, path: ".params[0]" },
    }),
  DR0403: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "Q::unqualified(q: State) -> State",
      body: [ok("return q")],
      fault: { code, path: "" },
    }),
  DR0404: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "Q::measured(q: State) -> State linear",
      body: [ok("observe q"), { stmt: "return q", code }],
    }),
  DR0405: ({ drafts }, code) => {
    drafts.procs.push({
      head: "K::hands_over() -> i64",
      body: [ok("let q = State{id: 1}"), ok("let r = tag(q)"), { stmt: "return q.id", code }],
    });
    drafts.binds.push({ text: "K::hands_over -> Q::tag", clauses: ["linearity_enforced == true"] });
  },
  DR0406: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "K::uneven(q: State, c: bool) -> i64 linear",
      body: [ok("observe c"), { stmt: branch("1 Lt 2", ["emit q.id"]), code }, ok("return 0")],
    }),
  DR0407: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = q_alloc(QBit)`, code }),
  DR0408: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "Q::compares(q: State) -> bool linear",
      body: [ok("let n = q.id"), { stmt: "return n Eq 1", code }],
    }),
  DR0501: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "Q::emits(q: State) -> State linear",
      body: [{ stmt: "emit 1", code }, ok("return q")],
    }),
  DR0502: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "Q::observes(q: State) linear",
      body: [{ stmt: "observe q.id", code }],
    }),
  DR0503: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "Φ::reports(n: i64) -> i64",
      body: [ok("constrain n Gt 0"), { stmt: "emit n", code }, ok("return n")],
    }),
  DR0504: (soil, code) => sow(soil, { stmt: "emit 1 Add effectful()", code }),
  DR0601: ({ drafts }, code) =>
    void drafts.binds.push({ text: "K::helper -> Q::ghost", fault: { code, path: "" } }),
  DR0602: (soil, code) => sow(soil, { stmt: `let ${soil.fresh()} = tag(State{id: 1})`, code }),
  DR0603: ({ drafts }, code) => {
    drafts.procs.push({
      head: "Q::reaches_out(q: State) -> i64 linear",
      body: [ok("let n = q.id"), { stmt: "let m = effectful()", code }, ok("return n Add m")],
    });
    drafts.binds.push({
      text: "Q::reaches_out -> K::effectful",
      clauses: ["effects_allowed == true"],
    });
  },
  DR0604: ({ drafts }, code) =>
    void drafts.binds.push({
      text: "K::helper -> K::effectful",
      clauses: ["effects_allowed == true", "latency_us == true"],
      fault: { code, path: ".contract[1]" },
    }),
  DR0701: ({ drafts }, code) =>
    void drafts.procs.push({
      head: "K::timed()",
      uses: ['uses Console(device="stdout")', "uses Timer(deadline_us=true)"],
      body: [],
      fault: { code, path: ".uses[1]" },
    }),
};

// ── valid programs ─────────────────────────────────────────────────────────────────────────────────────────────────

/** What plants call, valid by itself. */
const HELPERS: readonly Draft[] = [
  { head: "K::helper(n: i64) -> i64", body: [ok("return n Mul 2")] },
  { head: "K::takes_bool(b: bool) -> i64", body: [ok("return 1")] },
  { head: "K::takes_small(b: u8) -> i64", body: [ok("return b")] },
  { head: "K::logger()", body: [ok('emit "logged"')] },
  { head: "K::effectful() -> i64", body: [ok('emit "effect"'), ok("return 1")] },
  { head: "Q::tag(q: State) -> State linear", body: [ok("return q")] },
];

function validDrafts(random: Random, fresh: () => string): Drafts {
  const procs: Draft[] = HELPERS.map((draft) => ({ ...draft, body: [...draft.body] }));
  for (let index = 0; index < 2 + random.below(4); index++) {
    procs.splice(random.below(procs.length + 1), 0, validProc(`work${index}`, random, fresh));
  }
  return { shapes: [{ text: "State { id: i64 }" }], procs, binds: [] };
}

function validProc(name: string, random: Random, fresh: () => string): Draft {
  const body: Line[] = [];
  const names = ["n"];
  for (let index = 0; index < random.below(6); index++) {
    const known = random.pick(names), next = fresh();
    const [stmt, binds] = random.pick<readonly [Statement, boolean]>([
      [`let ${next} = ${known} Add ${random.below(9)}`, true],
      [`let ${next} = helper(${known})`, true],
      [`let ${next} = State{id: ${known}}.id`, true],
      [`emit ${known}`, false],
      [`seal "done"`, false],
      [`constrain ${known} Ge 0 Or ${known} Lt 0`, false],
      [branch(`${known} Gt 3`, [`emit ${known}`], ["call logger()"]), false],
      [count(`${next} in 0..3`, [`observe ${next}`]), false],
    ]);
    body.push(ok(stmt));
    if (binds) names.push(next);
  }
  body.push(ok(`return ${random.pick(names)}`));
  return { head: `K::${name}(n: i64) -> i64`, body };
}

// ── from drafts to the text and the expected diagnostics ────────────────────────────────────────────────────────

function write({ shapes, procs, binds }: Drafts): string {
  return program(
    ...shapes.map(({ text }) => shape(text)),
    ...procs.map(({ head, uses = [], body }) =>
      proc(head, ...uses, ...body.map(({ stmt }) => stmt))
    ),
    ...binds.map(({ text, clauses = [] }) => bind(text, ...clauses)),
  );
}

/** The expected diagnostics, in document order: shapes, processes (head before body), binds. */
function expected({ shapes, procs, binds }: Drafts): string[] {
  const at = (path: string, fault: { readonly code: string; readonly path: string } | undefined) =>
    fault === undefined ? [] : [`${fault.code} ${path}${fault.path}`];
  return [
    ...shapes.flatMap(({ fault }, index) => at(`forges[0].shapes[${index}]`, fault)),
    ...procs.flatMap(({ fault, body }, index) => [
      ...at(`forges[0].procs[${index}]`, fault),
      ...body.flatMap(({ code }, line) =>
        code === undefined ? [] : [`${code} forges[0].procs[${index}].body[${line}]`]
      ),
    ]),
    ...binds.flatMap(({ fault }, index) => at(`forges[0].binds[${index}]`, fault)),
  ];
}

function told(text: string): string[] {
  return violations(text).map((diagnostic) => `${diagnostic.code} ${mainMark(diagnostic)?.path}`);
}

function plantedProgram(random: Random, violationCount: number): Drafts {
  let names = 0;
  const fresh = () => `v${names++}`;
  const drafts = validDrafts(random, fresh);
  assertEquals(told(write(drafts)), [], "the program is valid before anything is planted");
  const codes = Object.keys(PLANTS);
  for (let planted = 0; planted < violationCount; planted++) {
    const [code = ""] = codes.splice(random.below(codes.length), 1);
    const beds = drafts.procs.filter(({ head }) => head.startsWith("K::work"));
    PLANTS[code]?.({ random, drafts, bed: random.pick(beds), fresh }, code);
  }
  return drafts;
}

// covers: DIR-02, FAI-06, TYP-01, TYP-02, TYP-03, TYP-05, TYP-06, TYP-09, TYP-11, TYP-13, TYP-14, TYP-22, Q-01, Q-02, Q-05, Q-09
Deno.test("each planted violation alone is reported at its place", () => {
  for (const [code, plant] of Object.entries(PLANTS)) {
    let names = 0;
    const random = new Random(1), fresh = () => `v${names++}`;
    const drafts = validDrafts(random, fresh);
    const bed = drafts.procs.find(({ head }) => head.startsWith("K::work"));
    assert(bed !== undefined);
    plant({ random, drafts, bed, fresh }, code);
    assertEquals(told(write(drafts)), expected(drafts), `${code} in ${write(drafts)}`);
  }
});

// covers: DIR-02, FAI-04, FAI-06
Deno.test("k planted violations are reported, exactly those, in document order", () => {
  const random = new Random(testSeed("planted violations", 20260802));
  const programs = sized({ quick: 100, ci: 2_000 });
  for (let index = 0; index < programs; index++) {
    const drafts = plantedProgram(random, 1 + (index % 10));
    const text = write(drafts);
    assertEquals(told(text), expected(drafts), text);
  }
});
