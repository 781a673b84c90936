/**
 * Ambiguous and missing callees of linked sets: what reports them, what reaches them, and in which order names resolve.
 *
 * @module
 */
import {
  artifact,
  bind,
  branch,
  forge,
  loop,
  type Part,
  proc,
  type Statement,
} from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const REFUSED = "static DirValidate";
const OTHER = { entry: "other" };
const f = (value: number): Part => proc("K::f() -> i64", `return ${value}`);
const named = (name: string, value: number): Part =>
  proc(`K::${name}(n: i64) -> i64`, `return n Add ${value}`);
const A = (...parts: readonly Part[]): string => artifact(forge("A", ...parts));
const B = artifact(forge("B", f(1)));
const C = artifact(forge("C", f(2)));
const other = proc("K::other() -> i64", "return 5");

/** Linked with two forges that both have `K::f`. */
function among(id: string, outcome: string, parts: readonly Part[], entry?: string): Case {
  return given(
    id,
    `${q.AMBIGUOUS} ${q.LINKED}`,
    [A(...parts), B, C],
    outcome,
    entry === undefined ? {} : { entry },
  );
}

/** `K::main` reaches the ambiguous name in this statement; `K::other` does not. */
function inStatement(id: string, ...body: readonly Statement[]): readonly Case[] {
  const parts = [main(...body, "return 0"), other];
  return [
    among(`${id}-reached`, REFUSED, parts),
    among(`${id}-other`, 'reports; {"Int":5}', parts, "other"),
  ];
}

export const LINKED: readonly Case[] = [
  among("link-01", REFUSED, [main("return f()")]),
  among("link-02", 'reports; {"Int":5}', [main("return f()"), other], "other"),
  among("link-03", REFUSED, [main("return g()"), proc("K::g() -> i64", "return f()")]),
  among("link-04", 'reports; {"Int":5}', [
    main("return g()"),
    proc("K::g() -> i64", "return f()"),
    other,
  ], "other"),
  among("link-05", '{"Int":1}', [main("return B::K::f()")]),
  among("link-06", '{"Int":3}', [main("return B::K::f() Add C::K::f()")]),
  among("link-07", '{"Int":0}', [main("return f()"), f(0)]),
  among("link-08", REFUSED, [main(branch("false", ["let x = f()"]), "return 3")]),
  among("link-09", "reports; Inadmissible", [
    main("return f()"),
    proc("K::other() -> i64", "constrain false", "return 5"),
  ], "other"),
  among("link-10", "reports; Runtime", [
    main("return f()"),
    proc("K::other() -> i64", "let z = 0", "return 1 Div z"),
  ], "other"),
  among("link-11", '{"Int":2}', [main("let x = call C::K::f()", "return x")]),
  ...inStatement("link-12", "call f()"),
  ...inStatement("link-13", "let x = call f()"),
  ...inStatement("link-14", "constrain f() Gt 0"),
  ...inStatement("link-15", "emit f()"),
  ...inStatement("link-16", "let x = match 1 Lt 2 { true => 1, false => f() }"),
  ...inStatement("link-17", loop("f() Gt 3", ["emit 1"])),
  ...inStatement("link-18", "expr f()"),
  ...order(),
  ...missing(),
  ...across(),
];

function order(): readonly Case[] {
  const g = (name: string, value: number) =>
    artifact(forge(name, proc("K::h() -> i64", `return ${value}`)));
  const own = artifact(
    forge("B", proc("K::f() -> i64", "return h()"), proc("K::h() -> i64", "return 7")),
  );
  const borrows = artifact(forge("B", proc("K::f() -> i64", "return h()")));
  const caller = A(main("return f()"), proc("K::h() -> i64", "return 1"));
  const quantum = artifact(forge("C", proc("Q::f() -> i64 linear", "return 2")));
  return [
    given("link-20", q.LINKED, [B, A(main("return B::K::f()")), C], '{"Int":1}'),
    given("link-21", q.LINKED, [caller, own, g("C", 2)], '{"Int":7}'),
    given("link-22", q.LINKED, [g("C", 2), own, caller], '{"Int":7}'),
    given("link-23", `${q.LINKED} ${q.AMBIGUOUS}`, [caller, borrows, g("C", 2)], REFUSED),
    given("link-24", q.LINKED, [caller, borrows], '{"Int":1}'),
    given("link-25", q.LINKED, [A(main("return K::f()")), B, quantum], '{"Int":1}'),
    given("link-26", q.LINKED, [quantum, B, A(main("return K::f()"))], '{"Int":1}'),
    given(
      "link-27",
      `FAI-16: "An entry that names no process, or more than one, is a defined failure before anything runs."`,
      [A(main("return 1")), artifact(forge("B", main("return 2")))],
      "fails",
    ),
    given(
      "link-28",
      `X-33: "Accept name, regime::name and forge::regime::name; exactly one match"`,
      [A(main("return 1")), artifact(forge("B", main("return 2")))],
      '{"Int":2}',
      { entry: "B::K::main" },
    ),
  ];
}

function missing(): readonly Case[] {
  const bad = (name: string, body: string) => proc(`K::${name}() -> i64`, body, "return 0");
  const read = (name: string, value: number) => artifact(forge(name, named("read", value)));
  const reads = A(main("return read(1)"), other);
  return [
    given(
      "link-30",
      q.AMBIGUOUS,
      [A(bad("bad", "let x = ghost()"), main("return 1")), B],
      'reports; {"Int":1}',
    ),
    given(
      "link-31",
      q.AMBIGUOUS,
      [A(bad("bad", "let x = ghost()"), main("return bad()")), B],
      REFUSED,
    ),
    given("link-32", q.DRAFT, [reads, read("B", 10), read("C", 20)], REFUSED),
    given("link-33", q.DRAFT, [reads, read("B", 10), read("C", 20)], 'reports; {"Int":5}', OTHER),
    given("link-34", q.DRAFT, [reads, read("B", 10)], '{"Int":11}'),
    given(
      "link-35",
      q.DRAFT,
      [A(main("return C::K::read(1)")), read("B", 10), read("C", 20)],
      '{"Int":21}',
    ),
    given(
      "link-36",
      q.DRAFT,
      [A(bad("bad", 'let p = alloc("x")'), main("return 1")), B],
      'reports; {"Int":1}',
    ),
    given(
      "link-37",
      q.DRAFT,
      [A(bad("bad", 'let p = alloc("x")'), main("return bad()")), B],
      REFUSED,
    ),
  ];
}

function across(): readonly Case[] {
  const tag = artifact(forge("B", proc("Q::tag(n: i64) -> i64 linear", "return n Add 1")));
  const calls = main("return tag(1)");
  const disk = artifact(forge("B", proc("K::f() -> i64", "uses Disk(n=1)", "return 1")));
  const none = { environment: { resources: [] } };
  const unfit = artifact(forge("B", f(1), proc("Q::bad(n: i64) -> i64 linear", "return n Add n")));
  return [
    given("link-40", `${q.LINKED} X-51: "v0.2: allow a fully qualified forge::regime::name."`, [
      A(calls, bind("A::K::main -> B::Q::tag")),
      tag,
    ], '{"Int":2}'),
    given(
      "link-41",
      `BND-01: "A call between processes of different regimes is refused unless a declared bind connects the two."`,
      [A(calls), tag],
      REFUSED,
    ),
    given(
      "link-42",
      `${q.ORDER} ${q.LINKED}`,
      [A(main("return f()")), disk],
      "run ResourceUnavailable",
      none,
    ),
    given("link-43", `${q.ORDER} ${q.LINKED}`, [A(main("return f()"), other), disk], '{"Int":5}', {
      ...none,
      ...OTHER,
    }),
    given("link-44", q.X_38, [A(main("return f()")), unfit], "static Inadmissible"),
    given("link-45", `${q.CON_12} ${q.LINKED}`, [
      A(main("let x = f()", "constrain x Gt 1", "return x")),
      B,
    ], "run Inadmissible"),
  ];
}
