/**
 * Failures: what ends a run, how it is reported, and that nothing is left of what had been computed before.
 *
 * @module
 */
import { assert, assertEquals, assertNotMatch, assertStrictEquals } from "../../std/assert.ts";
import { executeArtifacts, executeText, mainMark, type RunInput, summaryTrace } from "../../mod.ts";
import { dustrun } from "../support/memory_io.ts";
import {
  artifact,
  bind,
  branch,
  codeOfRun,
  codes,
  count,
  forge,
  loop,
  proc,
  program,
  summary,
} from "../support/program.ts";

/** One program for each class of outcome that K can have, and the kind of its failure. */
const CLASSES: readonly {
  readonly kind: string | undefined;
  readonly status: string;
  readonly text: string;
  readonly input?: RunInput;
}[] = [
  { kind: undefined, status: "returned", text: program(proc("K::main()", "emit 1")) },
  { kind: "DirLoad", status: "failed", text: "{" },
  { kind: "DirValidate", status: "failed", text: program(proc("K::main()", "emit ghost")) },
  { kind: "EntrypointNotFound", status: "failed", text: program(proc("K::other()")) },
  { kind: "Runtime", status: "failed", text: program(proc("K::main()", "emit 1", "emit 1 Div 0")) },
  {
    kind: "Inadmissible",
    status: "inadmissible",
    text: program(proc("K::main()", "emit 1", "constrain false")),
  },
  {
    kind: "ContractViolation",
    status: "failed",
    text: program(
      proc("K::main()", "emit 1", "let x = slow()"),
      proc("K::slow() -> i64", "let a = 1", "return a"),
      bind("K::main -> K::slow", "latency_us < 1"),
    ),
  },
  {
    kind: "ResourceUnavailable",
    status: "failed",
    text: program(proc("K::main()", "uses Sensor(channel=1)", "emit 1")),
    input: { environment: { resources: [] } },
  },
  {
    kind: "TimeViolation",
    status: "failed",
    text: program(proc("K::main()", "uses Timer(deadline_us=1)", "emit 1", "emit 2")),
  },
];

// covers: FAI-05, FAI-03, FAI-10, FAI-12, TRC-02
Deno.test("every class of outcome has its own kind, and a failed run has no value and no effect", () => {
  for (const { kind, status, text, input } of CLASSES) {
    const execution = executeText(text, input);
    const { outcome } = execution;
    assertStrictEquals(outcome.error?.kind, kind);
    assertStrictEquals(outcome.status, status, kind);
    if (kind === undefined) continue;
    assertStrictEquals("returned" in outcome, false, kind);
    assertEquals(execution.effects, [], kind);
    assertEquals(Object.keys(summaryTrace(execution)), ["error"], kind);
    assert(execution.diagnostics.length > 0, kind);
  }
  const kinds = CLASSES.map(({ kind }) => kind);
  assertStrictEquals(new Set(kinds).size, kinds.length);
});

// covers: FAI-01, FAI-09
Deno.test("a failure ends the run where it happens: nothing after it is evaluated or entered", () => {
  const text = program(
    proc("K::main()", "emit 1", "let x = 1 Div 0", 'emit "later"', "call other()"),
    proc("K::other()", 'emit "other"'),
  );
  const { events } = executeText(text);
  const entered = events.filter(({ kind }) => kind === "enter_proc");
  assertStrictEquals(entered.length, 1);
  assertStrictEquals(events.at(-1)?.kind, "outcome");
  assert(!events.some((event) => "at" in event && event.at > "main.body[1]"));
});

// covers: FAI-02
Deno.test("a failure passes outward through calls with its class", () => {
  const through = (stmt: string) =>
    program(
      proc("K::main() -> i64", "let a = outer()", 'emit "absorbed"', "return 0"),
      proc("K::outer() -> i64", "return inner() Add 1"),
      proc("K::inner() -> i64", stmt, "return 1"),
    );
  assertStrictEquals(executeText(through("constrain false")).outcome.error?.kind, "Inadmissible");
  assertStrictEquals(executeText(through("let x = 1 Div 0")).outcome.error?.kind, "Runtime");
  assertStrictEquals(summary(through("let x = 1 Div 1")), 'emit absorbed; {"Int":0}');
});

// covers: FAI-06
Deno.test("an artifact that breaks a static rule is rejected whole, with every violation", () => {
  const held = program(proc("K::main() -> i64", 'emit "A"', "return 1"));
  assertStrictEquals(summary(held), 'emit A; {"Int":1}');
  const text = program(
    proc("K::main() -> i64", 'emit "A"', "let x = 1 Add true", "return ghost"),
    proc("K::unused() -> i64"),
  );
  assertEquals(codes(text), ["DR0301", "DR0203", "DR0306"]);
  const { outcome, effects, events } = executeText(text);
  assertStrictEquals(outcome.error?.kind, "DirValidate");
  assertEquals(effects, []);
  assert(!events.some(({ kind }) => kind === "enter_proc"));
});

// covers: FAI-07, FAI-08
Deno.test("a report names the rule, what broke it, and where: forge, process, statement, line and column", () => {
  const text = program(proc("K::main()", "let a = 4", "let b = a Div (a Sub 4)"));
  const [diagnostic] = executeText(text).diagnostics;
  assertStrictEquals(diagnostic?.code, "DR0802");
  assertStrictEquals(diagnostic?.message, "division by zero: 4 Div 0");
  const main = mainMark(diagnostic);
  assertStrictEquals(main?.path, "forges[0].procs[0].body[1]");
  const line = text.split("\n")[(main?.line ?? 0) - 1] ?? "";
  assert(line.slice((main?.column ?? 0) - 1).startsWith("a Div (a Sub 4)"), line);
  assertStrictEquals(main?.text.slice(main.span?.start, main.span?.end), "a Div (a Sub 4)");
});

// covers: FAI-14
Deno.test("messages are fixed text: nothing of the host, and the same each time", () => {
  for (const { text, input } of CLASSES) {
    const first = executeText(text, input);
    assertEquals(executeText(text, input).diagnostics, first.diagnostics);
    for (const { message } of first.diagnostics) {
      assertNotMatch(message, /\n|\.ts\b|file:|\bat \w+ \(|program\.dir|\/work|[A-Z]:\\/);
    }
  }
});

// covers: FAI-13, TRC-08
Deno.test("--emit-trace writes one JSON document and nothing else, a failure's too", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    for (const { text, kind } of CLASSES.filter(({ input }) => input === undefined)) {
      Deno.writeTextFileSync(`${folder}/p.dir.json`, text);
      const words = ["--emit-trace", "--store", `${folder}/store`, `${folder}/p.dir.json`];
      const { stdout, exit } = await dustrun(...words);
      assertEquals(
        JSON.parse(stdout),
        JSON.parse(JSON.stringify(summaryTrace(executeText(text)))),
      );
      assertStrictEquals(exit === 0, kind === undefined, kind);
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

// covers: FAI-16
Deno.test("an entry names one process, or the run is refused before anything happens", () => {
  const text = program(proc("K::main()", 'emit "A"'), proc("K::f()"), proc("Q::f() linear"));
  const ends = (entry: string) => codeOfRun(text, { entry });
  assertStrictEquals(ends("main"), "ok");
  assertStrictEquals(ends("K::f"), "ok");
  assertStrictEquals(ends("Test::Q::f"), "ok");
  for (const entry of ["ghost", "f", "Q::main", "Other::K::main", "", "::", "K::"]) {
    assertStrictEquals(ends(entry), "DR1001", entry);
  }
  const { events } = executeText(text, { entry: "ghost" });
  assertEquals(events.map(({ kind }) => kind), ["run_started", "program_loaded", "outcome"]);
});

// covers: FAI-16
Deno.test("every process that the diagnostic of an entry offers is named by a path that names it alone", () => {
  const main = proc("K::main() -> i64", "return 1");
  const one = artifact(
    forge("A", main, proc("Q::step() linear"), proc("Φ::main() -> i64", "return 2")),
  );
  const programs = [
    [one],
    [one, artifact(forge("B", main))],
    [one, artifact(forge("A", main))],
    [artifact(forge("A", main)), artifact(forge("A", main))],
    [artifact(forge("A", main), forge("C", main), forge("D", proc("K::mian()")))],
  ];
  let offered = 0, noted = 0;
  for (const texts of programs) {
    const artifacts = texts.map((text, index) => ({ name: `${index}.dir.json`, text }));
    for (
      const entry of ["main", "K::main", "A::K::main", "steps", "ghost", "K::mian", "D::K::main"]
    ) {
      const { diagnostics: [first] } = executeArtifacts(artifacts, { entry });
      if (first?.code !== "DR1001") continue;
      const mark = mainMark(first);
      assertStrictEquals(mark?.text, "", "the list is no text of the program");
      const listed = (mark?.label ?? "").replace(/^.*: /, "").split(", ");
      assertStrictEquals(new Set(listed).size, listed.length, mark?.label);
      const paths = first.help?.match(/(?:\w+::)+[KQΦ]::\w+/g) ?? [];
      for (
        const path of [
          ...paths,
          ...listed.filter((path) => !path.includes("(") && path !== "…"),
        ]
      ) {
        const again = executeArtifacts(artifacts, { entry: path });
        assert(again.outcome.error?.code !== "DR1001", `${path} of ${first.help} ${mark?.label}`);
      }
      offered += paths.length;
      noted += listed.length;
    }
  }
  assert(offered > 10 && noted > 40, `${offered}, ${noted}`);
});

// covers: WIT-03
Deno.test("an ambiguous phi_witness is reported with its candidates, and refuses only runs that reach it", () => {
  const made = proc("K::phi_witness() -> i64", "return 1");
  const artifacts = [
    artifact(
      forge(
        "A",
        proc("K::main() -> i64", "return 7"),
        proc("K::other() -> i64", "return phi_witness()"),
      ),
    ),
    artifact(forge("B", made)),
    artifact(forge("C", made)),
  ].map((text, index) => ({ name: `${index}.dir.json`, text }));
  assertStrictEquals(executeArtifacts(artifacts, { entry: "main" }).outcome.status, "returned");
  const { diagnostics } = executeArtifacts(artifacts, { entry: "other" });
  assertEquals(diagnostics.map(({ code, message }) => [code, message]), [
    ["DR0202", "phi_witness matches 2 processes: B::K::phi_witness, C::K::phi_witness"],
  ]);
});

// covers: FAI-16, TYP-09, TYP-15
Deno.test("arguments fit the parameters, or the run is refused before anything happens", () => {
  const text = program(proc("K::main(n: u8, b: bool) -> u8", "emit b", "return n"));
  const ends = (args: RunInput["args"]) => codeOfRun(text, args === undefined ? {} : { args });
  assertStrictEquals(ends({ n: 255, b: true }), "ok");
  assertStrictEquals(ends({ n: { Int: 255 }, b: { Bool: false } }), "ok");
  assertStrictEquals(ends({ n: 1 }), "DR1002");
  for (const n of [256, -1, 1.5, 2 ** 53, "1", null, true, [1], { Int: 1, Bool: true }]) {
    assertStrictEquals(ends({ n, b: true }), "DR1003", JSON.stringify(n));
  }
  assertStrictEquals(ends({ n: 1, b: true, c: 1 }), "DR1003");
  assertStrictEquals(ends({ n: 1, b: 1 }), "DR1003");
  const wide = program(proc("K::main(n: i64) -> i64", "return n"));
  assertStrictEquals(codeOfRun(wide, { args: { n: 2n ** 63n - 1n } }), "ok");
  assertStrictEquals(codeOfRun(wide, { args: { n: 2n ** 63n } }), "DR1003");
  const string = program(proc("K::main(s: string)", "emit s"));
  assertStrictEquals(codeOfRun(string, { args: { s: "\ud83d\ude00" } }), "ok");
  assertStrictEquals(codeOfRun(string, { args: { s: "\ud83d" } }), "DR1003");
});

// covers: FAI-11
Deno.test("the tick limit ends a loop that never would, and a body of exactly that length is allowed", () => {
  const text = program(proc("K::main()", loop("true", [])));
  assertStrictEquals(codeOfRun(text, { limits: { max_ticks: 1000 } }), "DR1101");
  const three = program(
    proc("K::main() -> i64", "let a = 1", "let b = 2", "let c = 3", "return c"),
  );
  assertStrictEquals(codeOfRun(three, { limits: { max_ticks: 3 } }), "ok");
  assertStrictEquals(codeOfRun(three, { limits: { max_ticks: 2 } }), "DR1101");
  const forever = program(
    proc("K::main()", count("i in -9223372036854775808..9223372036854775807", [])),
  );
  assertStrictEquals(codeOfRun(forever, { limits: { max_ticks: 1000 } }), "DR1101");
});

// covers: FAI-11
Deno.test("calls that take no tick end at a limit too", () => {
  const doubling = Array.from(
    { length: 60 },
    (_, n) =>
      proc(`K::p${n}() -> i64`, n === 59 ? "return 1" : `return p${n + 1}() Add p${n + 1}()`),
  );
  const text = program(proc("K::main() -> i64", "return p0()"), ...doubling);
  assertStrictEquals(codeOfRun(text, { limits: { max_ticks: 5_000 } }), "DR1103");
  assertStrictEquals(codeOfRun(text, { limits: { max_depth: 10 } }), "DR1102");
});

// covers: FAI-11
Deno.test("values too large for memory or for one line of the log are refused before they exist", () => {
  const nested = (depth: number) =>
    program(
      proc(
        "K::main()",
        "let a0 = 1",
        ...Array.from({ length: depth }, (_, n) => `let a${n + 1} = [a${n}]`),
        `emit a${depth} Eq a${depth}`,
      ),
    );
  assertStrictEquals(codeOfRun(nested(255)), "ok");
  assertStrictEquals(codeOfRun(nested(256)), "DR0317");
  assertStrictEquals(codeOfRun(nested(20_000)), "DR0317");
  const doubled = (times: number) =>
    program(
      proc(
        "K::main()",
        "let a0 = 1",
        ...Array.from({ length: times }, (_, n) => `let a${n + 1} = [a${n}, a${n}]`),
      ),
    );
  assertStrictEquals(codeOfRun(doubled(8)), "ok");
  assertStrictEquals(codeOfRun(doubled(40)), "DR0317");
  assertEquals(codes(program(proc("K::main(x: [[[i64;1000];1000];1000])"))), ["DR0317"]);
});

// covers: FAI-11, K-11
Deno.test("deep nesting has a limit and a code, and no text overflows the host's stack", () => {
  const around = (open: string, close: string, depth: number) =>
    program(proc("K::main()", `let x = ${open.repeat(depth)}1${close.repeat(depth)}`));
  const forms: readonly (readonly [string, string])[] = [
    ["(", ")"],
    ["[", "]"],
    ["-(", ")"],
    ["Neg(", ")"],
    ["!", ""],
    ["f(", ")"],
    ["a[", "]"],
    ["S{a: ", "}"],
    ["match 1 { _ => ", " }"],
    ["match ", " { _ => 1 }"],
    ["1 Or (1 And (1 Eq (1 Lt (1 BitOr (1 Add (1 Mul ", ")))))))"],
    ["a Or b And c Eq d Lt e BitOr f BitXor g BitAnd h Shl i Add j Mul (", ")"],
  ];
  for (const [open, close] of forms) {
    for (const depth of [90, 400, 999, 3_000, 100_000]) codeOfRun(around(open, close, depth));
    assertStrictEquals(codeOfRun(around(open, close, 100_000)), "DR0114", open);
  }
  assertStrictEquals(codeOfRun(around("(", ")", 999)), "ok");
  let body = [branch("true", [])];
  for (let depth = 0; depth < 150; depth++) body = [branch("true", body)];
  assertStrictEquals(codeOfRun(program(proc("K::main()", ...body))), "ok");
});
