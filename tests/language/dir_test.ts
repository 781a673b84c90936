/**
 * What is a DIR artifact and what is not: loading, versions, linking.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { check, execute, executeArtifacts, executeText, load, summaryTrace } from "../../mod.ts";
import {
  artifact,
  bind,
  branch,
  codeOfRun,
  codes,
  forge,
  type Json,
  loop,
  main,
  type Part,
  proc,
  program,
  shape,
  type Statement,
  summary,
} from "../support/program.ts";

/** An artifact with one process: the given members, and defaults for the others. */
function withProc(members: { readonly [name: string]: Json }): string {
  const whole = {
    regime: "K",
    name: "main",
    params: [],
    uses: [],
    ret: null,
    qualifiers: [],
    body: [],
    ...members,
  };
  return JSON.stringify({ forges: [{ name: "F", shapes: [], binds: [], procs: [whole] }] });
}

// ── one complete artifact ────────────────────────────────────────────────────────────────────────────────────────

// covers: DIR-01, FAI-06
Deno.test("a text that is not one whole JSON object with forges is refused when it is loaded", () => {
  assertStrictEquals(codeOfRun(main()), "ok");
  const whole = main();
  const table: readonly (readonly [string, string])[] = [
    ["", "DR0101"],
    ["forge X { proc K::main() { } }", "DR0101"],
    [whole.slice(0, -3), "DR0101"],
    [`${whole}x`, "DR0101"],
    [`${whole}{}`, "DR0101"],
    [`[${whole}]`, "DR0104"],
    ["null", "DR0104"],
    ["{}", "DR0105"],
    ['{"forges":{}}', "DR0104"],
    [`\ufeff${whole}`, "DR0101"],
    ['{"forges":[],}', "DR0101"],
    ['{"forges":[,]}', "DR0101"],
    ["{'forges':[]}", "DR0101"],
    ['{"forges":[]} // none', "DR0101"],
    ['{"forges":[],"forges":[]}', "DR0102"],
    ['{"forges":[],"span":{"a":1,"a":2}}', "DR0102"],
    ['{"forges":[],"\\u0066orges":[]}', "DR0102"],
    ['{"forges":[{"name":"\\ud800","shapes":[],"procs":[],"binds":[]}]}', "DR0107"],
    ['{"forges":[{"name":"a\ud800","shapes":[],"procs":[],"binds":[]}]}', "DR0101"],
    ['{"forges":[{"name":"a\nb","shapes":[],"procs":[],"binds":[]}]}', "DR0101"],
    ['{"forges":[{"name":"\\x41","shapes":[],"procs":[],"binds":[]}]}', "DR0101"],
    [`{"span":${"[".repeat(1e5)}`, "DR0103"],
    [`{"forges":${'[{"a":'.repeat(1e5)}`, "DR0101"],
    ['{"forges":{}', "DR0101"],
    ['{"forges":[-]}', "DR0101"],
  ];
  for (const [text, code] of table) {
    const { outcome, effects } = executeText(text);
    assertStrictEquals(outcome.error?.code, code, text.slice(0, 80));
    assertStrictEquals(outcome.error?.kind, "DirLoad");
    assertEquals(effects, []);
  }
});

// covers: DIR-02, DIR-05, DIR-09
Deno.test("one invalid part anywhere invalidates the whole program, reached or not", () => {
  const text = (regime: string) =>
    program(proc("K::main()", 'emit "A"'), proc(`${regime}::other()`));
  assertStrictEquals(summary(text("K")), "emit A; null");
  assertStrictEquals(summary(text("Z")), "DR0117");
  const unreached = program(proc("K::main()", 'emit "A"'), proc("K::other()", "emit ghost"));
  assertStrictEquals(summary(unreached), "DR0203");
});

// covers: DIR-03
Deno.test("a program has a forge, and forges and processes have names", () => {
  assertStrictEquals(codeOfRun(main()), "ok");
  assertEquals(codes('{"forges":[]}'), ["DR0108"]);
  assertEquals(codes(withProc({ name: "" })), ["DR0108"]);
  assertEquals(codes(artifact(forge("", proc("K::main()")))), ["DR0108"]);
});

// covers: DIR-04
Deno.test("names are unique in their namespace; K::f and Q::f are two processes", () => {
  assertEquals(codes(program(proc("K::f()"), proc("Q::f() linear"))), []);
  assertEquals(codes(program(proc("K::f()"), proc("K::f()"))), ["DR0205"]);
  assertEquals(codes(program(shape("S { a: i64 }"), shape("S { b: i64 }"))), ["DR0205"]);
  assertEquals(codes(program(shape("S { a: i64, a: i64 }"))), ["DR0205"]);
  assertEquals(codes(artifact(forge("F"), forge("F"))), ["DR0205"]);
  assertEquals(codes(program(proc("K::f(a: i64, a: i64)"))), ["DR0205"]);
  assertEquals(codes(program(shape("Int { a: i64 }"))), ["DR0205"]);
  const types = (...names: readonly string[]) =>
    JSON.stringify({
      forges: [{ name: "F", shapes: [], procs: [], binds: [] }],
      types: names.map((name) => ({ kind: { Alias: { target: "i64" } }, name })),
    });
  assertEquals(codes(types("A", "B")), []);
  assertEquals(codes(types("A", "A")), ["DR0205"]);
  assertEquals(codes(types("i64")), ["DR0205"]);
});

// covers: DIR-05
Deno.test("the regime is spelled K, Q or Φ", () => {
  for (const regime of ["Phi", "k", "", "KQ"]) {
    assertEquals(codes(withProc({ regime })), ["DR0117"]);
  }
  const missing = withProc({}).replace('"regime":"K",', "");
  assertEquals(codes(missing), ["DR0105"]);
});

// covers: DIR-06
Deno.test("a Q process follows the rules of Q, even if its body looks classical", () => {
  assertEquals(codes(program(proc("Q::f(q: i64) -> i64 linear", "return q"))), []);
  const [violation] = codes(program(proc("Q::f(q: i64) -> i64 linear", "return 1")));
  assertMatch(violation ?? "", /^DR04/);
  const used = executeText(program(proc("Q::f(q: i64) -> i64 linear", "return q")), {
    entry: "f",
    args: { q: 1 },
  }).events.filter(({ kind }) => kind.startsWith("q_"));
  assertEquals(used.map(({ kind }) => kind), ["q_alloc", "q_consume"]);
});

// covers: DIR-07
Deno.test("K reaches Q by a bound call, and has none of its operations", () => {
  const held = program(
    shape("QState { id: i64 }"),
    proc("K::main() -> i64", "let q = tag(QState{id: 1})", "return q.id"),
    proc("Q::tag(q: QState) -> QState linear", "return q"),
    bind("K::main -> Q::tag"),
  );
  assertStrictEquals(summary(held), '{"Int":1}');
  const violated = program(shape("QBit { id: i64 }"), proc("K::main()", "let a = q_alloc(QBit)"));
  assertEquals(codes(violated), ["DR0407"]);
});

// covers: DIR-08, DIR-10
Deno.test("an artifact that declares 0.1 contains no feature of 0.2", () => {
  const declared = (version: string, ...body: readonly Statement[]) =>
    JSON.stringify({ version, ...JSON.parse(main(...body)) });
  const straight: readonly Statement[] = [
    "let a = 1",
    "constrain a Gt 0",
    "prove w from a",
    "emit a",
  ];
  assertEquals(codes(declared("0.1", ...straight)), []);
  const later: readonly Statement[] = [
    branch("true", []),
    loop("false", []),
    { For: { var: "i", start: "0", end: "1", body: [] } },
    "expr 1",
    "return",
    "let m = match 1 { _ => 2 }",
    { Assign: { target: "x", expr: "1" } },
    { Alloc: { size: "8", result: "p" } },
  ];
  for (const stmt of later) {
    assertEquals(codes(declared("0.1", stmt)), ["DR0122"], JSON.stringify(stmt));
  }
  for (const stmt of later.slice(0, 6)) assertEquals(codes(declared("0.2", stmt)), []);
  for (const version of ["0.3", "1.0", "", "0.10"]) {
    assertEquals(codes(declared(version)), ["DR0122"]);
  }
  const aliased = { types: [{ kind: { Alias: { target: "bool" } }, name: "Flag" }], forges: [] };
  assertEquals(codes(JSON.stringify({ version: "0.1", ...aliased })), ["DR0108", "DR0122"]);
});

// covers: DIR-11
Deno.test("words that 0.2 reserves are still names, and a 0.1 artifact means the same when linked with 0.2", () => {
  const text = main("let read = 1", "let write = read Add 1", "emit write");
  assertStrictEquals(summary(text), "emit 2; null");
  assertStrictEquals(
    summary(text.replace("{", '{ "version": "0.2", "types": [],')),
    "emit 2; null",
  );
});

// covers: DIR-09, DIR-22
Deno.test("members that DIR does not define are refused, and so is a record that lacks one", () => {
  assertEquals(codes(withProc({ ret: null, qualifiers: ["linear"] })), []);
  assertEquals(codes(withProc({ span: { line: 1 } })), []);
  const table: readonly (readonly [{ readonly [name: string]: Json }, string])[] = [
    [{ qualifiers: ["async"] }, "DR0118"],
    [{ extra: 1 }, "DR0106"],
    [{ body: [{ Retry: {} }] }, "DR0120"],
    [{ body: ["Retry"] }, "DR0120"],
    [{ body: [{}] }, "DR0120"],
    [{ body: [{ Let: { name: "x", expr: "1" }, Return: { expr: "1" } }] }, "DR0106"],
    [{ body: [{ Let: { name: "x" } }] }, "DR0105"],
    [{ body: [{ Let: { name: "x", expr: "1", type: "i64" } }] }, "DR0106"],
    [{ body: [{ Let: { name: "x", expr: 1 } }] }, "DR0104"],
    [{ body: [{ Effect: { kind: "couple", payload: "1" } }] }, "DR0119"],
    [{ body: [{ Return: {} }] }, "DR0105"],
    [{ uses: [{ resource: "R", args: [["a", { Int: 1.5 }]] }] }, "DR0107"],
    [{ uses: [{ resource: "R", args: [["a", { Complex: 1 }]] }] }, "DR0106"],
    [{ uses: [{ resource: "R", args: [["a"]] }] }, "DR0104"],
    [{ locals: [{ name: "x", ty: "i64" }] }, "DR0105"],
    [{ params: [{ name: "x", ty: null }] }, "DR0104"],
  ];
  for (const [members, code] of table) {
    assertEquals(codes(withProc(members)), [code], JSON.stringify(members));
  }
  for (const member of ["regime", "name", "params", "uses", "ret", "qualifiers", "body"]) {
    const { [member]: _, ...others } = JSON.parse(withProc({})).forges[0].procs[0];
    const forges = [{ name: "F", shapes: [], binds: [], procs: [others] }];
    assertEquals(codes(JSON.stringify({ forges })), ["DR0105"], member);
  }
});

// covers: DIR-20
Deno.test("numbers in an artifact are exact: another form of number instead of an integer is refused", () => {
  const text = (int: string) =>
    withProc({ uses: [{ resource: "R", args: [["a", { Int: "@" }]] }] }).replace('"@"', int);
  for (const int of ["0", "-0", "9223372036854775807", "-9223372036854775808"]) {
    assertEquals(codes(text(int)), [], int);
  }
  for (const int of ["1e3", "1.0", "9223372036854775808", "1E0", '"1"']) {
    assertMatch(codes(text(int)).join(), /^DR010[47]$/, int);
  }
  for (const int of ["01", "+1", ".5", "1.", "0x10", "NaN", "Infinity", "1_000"]) {
    assertMatch(codes(text(int)).join(), /^DR010[147]$/, int);
  }
});

// covers: DIR-10, MEM-08
Deno.test("memory statements are the calls of the operations, in whatever order their members are", () => {
  const statements: readonly Statement[] = [
    { Alloc: { result: "p", size: "8" } },
    { Store: { value: "7", ptr: "p" } },
    { Load: { result: "v", ptr: "p" } },
    { Dealloc: { ptr: "p" } },
    "return v",
  ];
  const call = (target: string, ...args: string[]) => ({ Call: { target, args, result: null } });
  const calls: readonly Statement[] = [
    "let p = alloc(8)",
    call("store", "p", "7"),
    "let v = load(p)",
    call("free", "p"),
    "return v",
  ];
  const [first, second] = [statements, calls].map((body) =>
    executeText(program(proc("K::main() -> i64", ...body)))
  );
  assertStrictEquals(first?.outcome.error, undefined);
  assertEquals(first?.events.slice(2), second?.events.slice(2));
});

// covers: DIR-13
Deno.test("the order of forges, shapes, processes and binds carries no meaning", () => {
  const parts = [
    shape("S { a: i64 }"),
    shape("T { s: S }"),
    proc("K::main() -> i64", "let t = make(3)", "emit t", "return twice(t.s.a)"),
    proc("K::make(n: i64) -> T", "return T{s: S{a: n}}"),
    proc("K::twice(n: i64) -> i64", "return n Mul 2"),
    bind("K::main -> K::twice", "latency_us < 5"),
  ];
  const trace = JSON.stringify(summaryTrace(executeText(program(...parts))));
  assertStrictEquals(
    JSON.stringify(summaryTrace(executeText(program(...parts.toReversed())))),
    trace,
  );
  const two = [forge("A", proc("K::main()")), forge("B", proc("K::main()"))];
  for (const order of [two, two.toReversed()]) {
    assertStrictEquals(codeOfRun(artifact(...order)), "DR1001");
    assertStrictEquals(codeOfRun(artifact(...order), { entry: "B::K::main" }), "ok");
  }
});

// covers: DIR-14
Deno.test("the log carries the artifact as it is: nothing is lost, merged or weakened", () => {
  const text = program(
    proc("K::main()", "emit 1", "emit 1", "constrain 1 Eq 1", "let unused = f()"),
    proc("K::f() -> i64", "return 1"),
    bind("K::main -> K::f", "latency_us < 5000"),
  );
  const { events, effects } = executeText(text);
  const loaded = events.find((event) => event.kind === "program_loaded");
  assertStrictEquals(loaded?.kind === "program_loaded" && loaded.text, text);
  assertStrictEquals(effects.length, 2);
  assertStrictEquals(events.filter(({ kind }) => kind === "constraint_held").length, 1);
});

// covers: DIR-15
Deno.test("neither the artifact's name nor the host's settings change what a program means", () => {
  const text = main("constrain 1 Gt 2", "emit 1");
  const trace = (name: string) => {
    const loaded = load([{ name, text }]);
    assert(loaded.ok);
    return JSON.stringify(summaryTrace(execute(loaded.value)));
  };
  const first = trace("a.dir.json");
  Deno.env.set("DUSTRUN_CONSTRAINTS", "off");
  Deno.env.set("LANG", "tr_TR.UTF-8");
  assertStrictEquals(trace("/elsewhere/b.ds"), first);
  Deno.env.delete("DUSTRUN_CONSTRAINTS");
});

// covers: DIR-16, DIR-17, DIR-18, DIR-19
Deno.test("expression text is parsed whole, by the precedence levels of the language", () => {
  const held: readonly (readonly [string, string])[] = [
    ["1 Add 2 Mul 3", "7"],
    ["10 Sub 4 Sub 3", "3"],
    ["true Eq 1 Lt 2", "true"],
    ["(1 Add 2)", "3"],
    ["3 Gt 0 And 4 Lt 5", "true"],
    ['"a\\nb"', "a\nb"],
  ];
  for (const [expr, payload] of held) {
    assertStrictEquals(executeText(main(`emit ${expr}`)).effects[0]?.payload, payload, expr);
  }
  const violated: readonly (readonly [string, string])[] = [
    ["1 Foo 2", "DR0116"],
    ["1 2", "DR0111"],
    ["1 Add 2)", "DR0111"],
    ["5 -3", "DR0111"],
    ['"\\q"', "DR0112"],
    ['"open', "DR0112"],
    ["{ ... }", "DR0115"],
    ["9223372036854775808", "DR0113"],
    [`${"9".repeat(400)}.0`, "DR0113"],
    ["", "DR0111"],
  ];
  for (const [expr, code] of violated) assertEquals(codes(main(`emit ${expr}`)), [code], expr);
});

// covers: DIR-21
Deno.test("a declared name is an identifier and not a reserved word", () => {
  assertEquals(codes(main("let job_id = 1")), []);
  for (const name of ["1x", "my-value", "match", "true", "é"]) {
    assert(codes(main({ Let: { name, expr: "1" } })).length > 0, name);
    assert(codes(withProc({ params: [{ name, ty: "i64" }] })).includes("DR0208"), name);
    assertEquals(codes(artifact(forge(name, proc("K::main()")))), ["DR0208"], name);
  }
});

// covers: DIR-24
Deno.test("an effect of kind expr is evaluated for its failure only", () => {
  const { events, effects } = executeText(main("expr 1 Add 2"));
  assertEquals(effects, []);
  assert(!events.some(({ kind }) => kind === "effect"));
  assertStrictEquals(codeOfRun(main("expr 1 Div 0")), "DR0802");
});

// ── linking ──────────────────────────────────────────────────────────────────────────────────────────────────────

// covers: DIR-25, FAI-16
Deno.test("a call names one process: held, violated by none and by two", () => {
  const compute = proc("K::compute(n: i64) -> i64", "return n");
  const text = program(proc("K::main() -> i64", "let y = compute(5)", "return y"), compute);
  assertStrictEquals(summary(text), '{"Int":5}');
  assertStrictEquals(summary(main('emit "A"', "call ghost()")), "DR0201");
  const both = program(proc("K::main()", "call f()"), proc("K::f()"), proc("Q::f() linear"));
  assertEquals(codes(both), ["DR0202"]);
  const said = program(proc("K::main()", "call K::f()"), proc("K::f()"), proc("Q::f() linear"));
  assertEquals(codes(said), []);
});

// covers: DIR-25
Deno.test("linked artifacts: own forge first, then exactly one other, else an error with the candidates", () => {
  const run = (texts: readonly string[], entry: string) => {
    const loaded = load(texts.map((text, n) => ({ name: `${n}.dir.json`, text })));
    assert(loaded.ok);
    const { outcome } = execute(loaded.value, { entry });
    return outcome.error?.message ?? JSON.stringify(outcome.returned);
  };
  const lib = (name: string, value: number) =>
    artifact(forge(name, proc("K::f() -> i64", `return ${value}`)));
  const app = (...body: readonly Statement[]) =>
    artifact(forge("App", proc("K::main() -> i64", ...body)));
  assertStrictEquals(run([app("return f()"), lib("A", 1)], "main"), '{"Int":1}');
  assertStrictEquals(
    run([app("return f()"), lib("A", 1), lib("B", 2)], "main"),
    "f matches 2 processes: A::K::f, B::K::f",
  );
  assertStrictEquals(run([app("return B::K::f()"), lib("A", 1), lib("B", 2)], "main"), '{"Int":2}');
  // Compilers call a forge that the source does not name by one fixed name, so two artifacts may have it.
  const root = (entry: string, value: number) =>
    artifact(
      forge(
        "__root__",
        proc(`K::${entry}() -> i64`, "return f()"),
        proc("K::f() -> i64", `return ${value}`),
      ),
    );
  const roots = [root("one", 1), root("two", 2)];
  assertStrictEquals(run(roots, "one"), '{"Int":1}');
  assertStrictEquals(run(roots, "two"), '{"Int":2}');
  assertMatch(run(roots, "f"), /names 2 processes/);
});

// covers: BND-03
Deno.test("an end of a bind that names no process, or several, is reported with the candidates", () => {
  const f = proc("Φ::f(n: i64) -> i64", "return n");
  const faults = (ends: string, ...others: readonly string[]) => {
    const app = artifact(forge("App", proc("K::main() -> i64", "return 0"), bind(ends)));
    const texts = [app, ...others.map((name) => artifact(forge(name, f)))];
    const loaded = load(texts.map((text, n) => ({ name: `${n}.dir.json`, text })));
    assert(loaded.ok);
    return check(loaded.value).map(({ code, message, help }) => `${code} ${message}; ${help}`);
  };
  assertEquals(faults("K::main -> Φ::f", "A"), []);
  assertEquals(faults("K::main -> Φ::f", "A", "B"), [
    "DR0601 Φ::f matches 2 processes: A::Φ::f, B::Φ::f; write the full path: A::Φ::f",
  ]);
  assertEquals(faults("main -> f", "A", "B"), [
    "DR0601 no process named f in forge App; did you mean A::Φ::f or B::Φ::f?",
  ]);
  assertEquals(faults("K::main -> K::f", "A"), [
    "DR0601 no process named K::f; did you mean A::Φ::f?",
  ]);
});

// covers: BND-03, CTR-03
Deno.test("binds that are written alike are distinguished in events, and by who refuses a call", () => {
  const loud = proc("K::f() -> i64", "emit 1", "return 1");
  const granted = bind("K::main -> K::f", "effects_allowed == true");
  const run = (own: Part, far: Part) => {
    const main = proc("K::main() -> i64", "let a = f()", "return B::K::f()");
    const texts = [artifact(forge("A", main, loud, own)), artifact(forge("B", loud, far))];
    return executeArtifacts(texts.map((text, n) => ({ name: `${n}.dir.json`, text })), {});
  };
  const targets = run(granted, granted).events.flatMap((event) =>
    event.kind === "bind_checked" && event.stage === "enter" ? [event.target] : []
  );
  assertEquals(targets, ["A::K::f", "B::K::f"]);
  const refusing = bind("K::main -> K::f");
  for (
    const [own, far, path] of [[refusing, granted, "body[0]"], [
      granted,
      refusing,
      "body[1]",
    ]] as const
  ) {
    const { outcome, diagnostics } = run(own, far);
    assertStrictEquals(outcome.error?.code, "DR0690");
    const marks = diagnostics[0]?.marks.map(({ artifact, path }) => `${artifact} ${path}`) ?? [];
    const refuser = own === refusing ? "0.dir.json" : "1.dir.json";
    assert(marks.some((mark) => mark === `${refuser} forges[0].binds[0]`), marks.join());
    assert(marks[0]?.endsWith(path), marks.join());
  }
});

// covers: DIR-25
Deno.test("a linked library is used in parts: a process that no run reaches may call unknown processes", () => {
  const library = artifact(
    forge(
      "Lib",
      proc("K::used() -> i64", "return 1"),
      proc("K::unused() -> i64", "return puts(1)"),
    ),
  );
  const app = artifact(forge("App", proc("K::main() -> i64", "return used()")));
  const linked = load([{ name: "app", text: app }, { name: "lib", text: library }]);
  assert(linked.ok);
  assertStrictEquals(execute(linked.value).outcome.error, undefined);
  assertStrictEquals(execute(linked.value, { entry: "unused" }).outcome.error?.code, "DR0201");
  const alone = load([{ name: "lib", text: library }]);
  assert(alone.ok);
  assertStrictEquals(execute(alone.value, { entry: "used" }).outcome.error?.code, "DR0201");
});

// covers: DIR-25
Deno.test("a call that several linked processes match refuses only the runs that reach it", () => {
  const sources = [
    artifact(
      forge(
        "App",
        proc("K::main() -> i64", "return both()"),
        proc("K::other() -> i64", "return 5"),
      ),
    ),
    artifact(forge("A", proc("K::both() -> i64", "return 1"))),
    artifact(forge("B", proc("K::both() -> i64", "return 2"))),
  ].map((text, index) => ({ name: `${index}`, text }));
  const linked = load(sources);
  assert(linked.ok);
  const [found, ...more] = check(linked.value);
  assertEquals(more, []);
  assertStrictEquals(found?.message, "both matches 2 processes: A::K::both, B::K::both");
  assertStrictEquals(execute(linked.value).outcome.error?.code, "DR0202");
  assertEquals(execute(linked.value, { entry: "other" }).outcome.returned, { Int: 5 });
});

// covers: DIR-04, DIR-13
Deno.test("two binds with the same ends are declared twice, in whatever forges and order", () => {
  const ends = [
    forge(
      "A",
      proc("K::f() -> i64", "return 1"),
      proc("K::main() -> i64", "return f()"),
      bind("K::main -> K::f", "latency_us < 9"),
    ),
    forge("B", bind("A::K::main -> A::K::f", "latency_us < 1")),
  ];
  for (const forges of [ends, ends.toReversed()]) {
    for (const texts of [[artifact(...forges)], forges.map((each) => artifact(each))]) {
      const linked = load(texts.map((text, index) => ({ name: `${index}`, text })));
      assert(linked.ok);
      const [found, ...more] = check(linked.value);
      assertEquals(more, []);
      assertStrictEquals(found?.code, "DR0205");
      const kinds = found.marks.map(({ role, path }) => [role, path.endsWith(".binds[0]")]);
      assertEquals(kinds, [["main", true], ["origin", true]]);
    }
  }
  const back = program(
    proc("K::f() -> i64", "return 1"),
    proc("K::main() -> i64", "return f()"),
    bind("K::main -> K::f"),
    bind("K::f -> K::main"),
  );
  assertEquals(codes(back), []);
});

// covers: DIR-04, DIR-13
Deno.test("what else is reported beside a bind declared twice does not depend on the order of the two", () => {
  const codesOf = (...binds: readonly Part[]) =>
    [...codes(program(
      shape("S { id: i64 }"),
      proc("Q::tag(q: S) -> i64 linear", "return q.id"),
      proc("K::main() -> i64", "let q = S{id: 1}", "let a = tag(q)", "return q.id"),
      ...binds,
    ))].sort();
  const plain = bind("K::main -> Q::tag", "latency_us < 9");
  const enforced = bind("K::main -> Q::tag", "linearity_enforced == true");
  assertEquals(codesOf(plain, enforced), codesOf(enforced, plain));
});

// covers: RES-01, BND-06
Deno.test("a gate demands its resources, and is the process that its bind names", () => {
  const gate = (name: string, ...body: readonly string[]) =>
    forge(name, proc("Φ::v(n: i64) -> i64", ...body, "return n"));
  const text = artifact(
    gate("A", "constrain n Gt 0"),
    gate("B", 'uses Sensor(id="x")', "constrain n Gt 0", "constrain n Lt 0"),
    forge("C", proc("K::main() -> i64", "return 1"), bind("B::Φ::v -> C::K::main")),
  );
  const withheld = executeText(text, { environment: { resources: [] } });
  assertStrictEquals(withheld.outcome.error?.code, "DR0790");
  const shut = executeText(text);
  assertStrictEquals(shut.outcome.error?.code, "DR0902");
  assertMatch(shut.outcome.error.where, /^forges\[1\]/);
});

// covers: DIR-26, WIT-03
Deno.test("an extension shadows no process of the program, and forging a witness is not an extension", () => {
  const text = program(
    proc("K::main() -> i64", "return q_alloc(4)"),
    proc("K::q_alloc(n: i64) -> i64", "return n Add 1"),
  );
  assertStrictEquals(summary(text), '{"Int":5}');
  assertEquals(codes(main('let w = phi_witness("x")')), ["DR0314"]);
});
