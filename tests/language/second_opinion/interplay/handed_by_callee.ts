/**
 * Values handed over by callees, plain values, and binds declared twice.
 *
 * @module
 */
import { artifact, bind, count, forge, proc, type Statement } from "../../../support/program.ts";
import { MAKE, S, TAG } from "./handed.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const REFUSED = "static Inadmissible";
const RULE = `${q.FLOW} ${q.HANDED}`;

export const HANDED_BY_CALLEE: readonly Case[] = [...inCallee(), ...plainValues(), ...twice()];

/** A callee hands over its parameter. */
function inCallee(): readonly Case[] {
  const give = proc("K::give(s: S) -> i64", "let r = tag(s)", "return r.id");
  const deep = proc("K::deep(s: S) -> i64", "let t = s", "let x = give(t)", "return x");
  const licence = bind("K::give -> Q::tag", "linearity_enforced == true");
  const calls = (id: string, outcome: string, ...body: readonly Statement[]): Case =>
    given(id, RULE, [S, TAG, give, deep, main(...body), licence], outcome);
  return [
    calls("handed-40", '{"Int":101}', MAKE, "let x = give(q)", "return x"),
    calls("handed-41", REFUSED, MAKE, "let x = give(q)", "return q.id"),
    calls("handed-42", REFUSED, MAKE, "let x = give(q)", "let y = give(q)", "return y"),
    calls("handed-43", REFUSED, MAKE, "let x = deep(q)", "return q.id"),
    calls(
      "handed-44",
      '{"Int":102}',
      MAKE,
      "let x = give(q)",
      "let y = give(S{id: 2})",
      "return y",
    ),
    calls("handed-45", REFUSED, MAKE, "let p = q", "call give(q)", "return p.id"),
    calls("handed-46", REFUSED, MAKE, count("i in 0..2", ["let x = give(q)"]), "return 0"),
    calls("handed-47", '{"Int":0}', count("i in 0..2", [MAKE, "let x = give(q)"]), "return 0"),
    given("handed-48", RULE, [
      S,
      TAG,
      proc("K::give(s: S) -> i64", "let r = tag(s)", "return s.id"),
      main("return 0"),
      licence,
    ], REFUSED),
  ];
}

/** Numbers are handed over, too. */
function plainValues(): readonly Case[] {
  const tag = proc("Q::tag(n: i64) -> i64 linear", "return n Add 100");
  const k = proc("K::tag(n: i64) -> i64", "return n Add 100");
  const phi = proc("Φ::tag(n: i64) -> i64", "constrain n Gt 0", "return n Add 100");
  const to = (regime: string) => bind(`K::main -> ${regime}::tag`, "linearity_enforced == true");
  return [
    given(
      "handed-50",
      RULE,
      [tag, main("let n = 1", "let x = tag(n)", "return n"), to("Q")],
      REFUSED,
    ),
    given(
      "handed-51",
      RULE,
      [tag, main("let n = 1", "let x = tag(n Add 0)", "return n"), to("Q")],
      '{"Int":1}',
    ),
    given(
      "handed-52",
      RULE,
      [tag, main("let n = 1", "let x = tag(n)", "return x"), to("Q")],
      '{"Int":101}',
    ),
    given("handed-53", RULE, [
      tag,
      main("let n = 1", "let m = n", "let x = tag(n)", "return x Add m"),
      to("Q"),
    ], REFUSED),
    given(
      "handed-54",
      RULE,
      [k, main("let n = 1", "let x = tag(n)", "return n"), to("K")],
      REFUSED,
    ),
    given(
      "handed-55",
      RULE,
      [phi, main("let n = 1", "let x = tag(n)", "return n"), to("Φ")],
      REFUSED,
    ),
    given("handed-56", RULE, [
      phi,
      main("let n = 1", "let m = n Mul 1", "let x = tag(n)", "return m"),
      to("Φ"),
    ], '{"Int":1}'),
  ];
}

/** One bind declared twice. */
function twice(): readonly Case[] {
  const f = proc("K::f() -> i64", "return 1");
  const ends = "A::K::main -> A::K::f";
  const DR0205 = { code: "DR0205" };
  return [
    given(
      "twice-01",
      q.SAME_ENDS,
      [
        f,
        main("return f()"),
        bind("K::main -> K::f", "latency_us < 5"),
        bind("K::main -> K::f", "latency_us < 9"),
      ],
      "static DirValidate",
      {},
      DR0205,
    ),
    given(
      "twice-02",
      `${q.SAME_ENDS} ${q.BINDINGS}`,
      [f, main("return f()"), bind("K::main -> K::f"), bind("main -> f")],
      "static DirValidate",
      {},
      DR0205,
    ),
    given(
      "twice-03",
      q.SAME_ENDS,
      [
        artifact(forge("A", f, main("return f()"), bind("K::main -> K::f"))),
        artifact(forge("B", bind(ends))),
      ],
      "static DirValidate",
      {},
      DR0205,
    ),
    given(
      "twice-04",
      q.SAME_ENDS,
      [
        artifact(forge("A", f, main("return f()"), bind("K::main -> K::f"))),
        artifact(forge("B", f, main("return f()"), bind("K::main -> K::f"))),
      ],
      '{"Int":1}',
      { entry: "B::K::main" },
    ),
  ];
}
