/**
 * What `prove` records: constraints in force against order, blocks, assignment, hiding, callees and binds.
 *
 * @module
 */
import { branch, loop, proc, shape } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const FALSE = "run Inadmissible";
const PROVE = "prove w from true";
const BOTH = `${q.WITNESS} ${q.CONFIGURATION}`;

/** A success that returns 5 and leaves these witnesses. */
export function recorded(
  id: string,
  rests: string,
  parts: Parameters<typeof given>[2],
  ...witnesses: readonly string[]
): Case {
  return given(id, rests, parts, '{"Int":5}', {}, { witnesses });
}

export const WITNESSES: readonly Case[] = [
  given(
    "witness-01",
    BOTH,
    [proc("K::main(p: i64) -> i64", "constrain p Gt 0", PROVE, "constrain p Lt 10", "return p")],
    '{"Int":5}',
    { args: { p: 5 } },
    {
      witnesses: ['["p Gt 0","p Lt 10"] {"p":{"Int":5}}'],
    },
  ),
  recorded("witness-02", BOTH, [
    main("let n = 5", PROVE, "let m = 6", "constrain m Gt 0", "constrain n Gt 0", "return n"),
  ], '["n Gt 0"] {"n":{"Int":5}}'),
  recorded("witness-03", BOTH, [
    main("let n = 2", "constrain n Gt 0", PROVE, "set n = 5", "constrain n Lt 6", "return n"),
  ], '["n Gt 0"] {"n":{"Int":2}}'),
  given("witness-04", q.WIT_02, [
    main("let n = 5", "constrain n Gt 0", PROVE, "set n = 0", "return n"),
  ], FALSE),
  recorded("witness-05", BOTH, [
    main("let n = 5", branch("true", ["constrain n Gt 1"]), PROVE, "constrain n Gt 0", "return n"),
  ], '["n Gt 1","n Gt 0"] {"n":{"Int":5}}'),
  recorded("witness-06", BOTH, [
    main("let n = 5", branch("false", ["constrain n Gt 1"]), PROVE, "constrain n Gt 0", "return n"),
  ], '["n Gt 0"] {"n":{"Int":5}}'),
  recorded("witness-07", BOTH, [
    main("let n = 5", PROVE, branch("true", ["constrain n Gt 1"]), "return n"),
  ], "[] {}"),
  recorded("witness-08", BOTH, [
    main("let n = 5", "constrain n Gt 0", branch("true", ["let n = 0", PROVE]), "return n"),
  ], "[] {}"),
  recorded(
    "witness-09",
    BOTH,
    [main(
      "let n = 5",
      "let k = 3",
      "constrain n Gt 0",
      "constrain k Gt 1",
      branch("true", ["let n = 0", PROVE]),
      "return n",
    )],
    '["k Gt 1"] {"k":{"Int":3}}',
  ),
  recorded("witness-10", BOTH, [
    main("let b = 1", "let a = 5", "constrain a Gt b", PROVE, "return a"),
  ], '["a Gt b"] {"b":{"Int":1},"a":{"Int":5}}'),
  recorded("witness-11", BOTH, [
    main("let a = 5", "let b = 2", "constrain a Gt 0", PROVE, "return a"),
  ], '["a Gt 0"] {"a":{"Int":5}}'),
  given(
    "witness-12",
    BOTH,
    [proc("K::main(p: i64) -> i64", "let a = 5", "constrain a Gt 0", PROVE, "return a")],
    '{"Int":5}',
    { args: { p: 9 } },
    {
      witnesses: ['["a Gt 0"] {"p":{"Int":9},"a":{"Int":5}}'],
    },
  ),
  recorded(
    "witness-13",
    BOTH,
    [
      proc("K::f(n: i64) -> i64", "constrain n Gt 0", PROVE, "return n Add 1"),
      main("let k = 4", "constrain k Lt 9", "let x = f(k)", "return x"),
    ],
    '["n Gt 0"] {"n":{"Int":4}}',
  ),
  given(
    "witness-14",
    `${BOTH} ${q.CANONICAL}`,
    [proc(
      "Φ::p(n: i64) -> i64",
      "constrain n Gt 3",
      "prove w from n",
      "constrain n Lt 9",
      "return n",
    )],
    '{"Int":4}',
    { entry: "p" },
    {
      witnesses: ['["n Gt 3","n Lt 9"] {"n":{"Int":4}}'],
    },
  ),
  given(
    "witness-15",
    `${BOTH} ${q.CANONICAL}`,
    [proc(
      "Φ::p(n: i64) -> i64",
      "let s = n Add 1",
      "constrain s Gt 3",
      "prove w from n",
      "let t = s Add 1",
      "constrain t Lt 10",
      "return n",
    )],
    '{"Int":3}',
    { entry: "p" },
    { witnesses: ['["s Gt 3"] {"n":{"Int":3},"s":{"Int":4}}'] },
  ),
  given("witness-16", q.WIT_04, [main("let ok = 1 Gt 2", "prove w from ok", "return 1")], FALSE),
  given("witness-17", q.WIT_02, [
    main("let n = 5", PROVE, "emit 1", "constrain n Gt 9", "return n"),
  ], FALSE),
  given("witness-18", `${q.WIT_02} ${q.EXIT}`, [
    main("let n = 5", PROVE, branch("true", ["return n"]), "constrain n Lt 3", "return 1"),
  ], FALSE),
  recorded("witness-19", BOTH, [
    main(
      "let n = 5",
      loop("true", ["constrain n Gt 1", PROVE, "break"]),
      "constrain n Gt 0",
      "return n",
    ),
  ], '["n Gt 1","n Gt 0"] {"n":{"Int":5}}'),
  recorded("witness-20", BOTH, [
    main("let n = 5", branch("true", ["let k = 9", PROVE]), "constrain n Gt 0", "return n"),
  ], '["n Gt 0"] {"n":{"Int":5}}'),
  recorded(
    "witness-21",
    BOTH,
    [main(
      "let n = 5",
      branch("true", ["let k = 9", "constrain k Gt 1", PROVE]),
      "constrain n Gt 0",
      "return n",
    )],
    '["k Gt 1","n Gt 0"] {"n":{"Int":5},"k":{"Int":9}}',
  ),
  recorded("witness-22", BOTH, [
    main("let n = 5", branch("true", [PROVE, "constrain n Gt 1"]), "return n"),
  ], "[] {}"),
  recorded("witness-23", BOTH, [
    main("let n = 5", "constrain m Gt 0", PROVE, "let m = 4", "return n Add m Sub 4"),
  ], "[] {}"),
  recorded("witness-24", BOTH, [
    main("let n = 5", PROVE, "constrain n Gt 0", branch("false", ["set n = 9"]), "return n"),
  ], "[] {}"),
  recorded("witness-25", BOTH, [
    main("let n = 5", "constrain n Gt 0", PROVE, branch("false", ["set n = 9"]), "return n"),
  ], '["n Gt 0"] {"n":{"Int":5}}'),
  recorded("witness-26", BOTH, [
    main(
      "let n = 5",
      PROVE,
      "constrain n Gt 0",
      branch("true", ["let n = 1", "set n = 0"]),
      "return n",
    ),
  ], '["n Gt 0"] {"n":{"Int":5}}'),
  recorded(
    "witness-27",
    BOTH,
    [
      shape("P { x: i64 }"),
      proc("K::f(c: P) -> i64", "constrain c.x Gt 0", "prove w from c", "return c.x"),
      main("return f(P{x: 5})"),
    ],
    '["c.x Gt 0"] {"c":{"Struct":{"ty":"P","fields":{"x":{"Int":5}}}}}',
  ),
  recorded(
    "witness-28",
    BOTH,
    [main(
      "let n = 5",
      "constrain n Gt 0",
      "prove v from true",
      "constrain n Lt 9",
      "prove w from true",
      "return n",
    )],
    '["n Gt 0","n Lt 9"] {"n":{"Int":5}}',
    '["n Gt 0","n Lt 9"] {"n":{"Int":5}}',
  ),
  recorded(
    "witness-29",
    BOTH,
    [main(
      "let n = 1",
      "constrain n Lt 9",
      "prove v from true",
      "set n = 5",
      "prove w from true",
      "return n",
    )],
    '["n Lt 9"] {"n":{"Int":1}}',
    '["n Lt 9"] {"n":{"Int":5}}',
  ),
  recorded("witness-30", BOTH, [
    main("let n = 9", PROVE, "set n = 5", "constrain n Lt 6", "return n"),
  ], "[] {}"),
  recorded("witness-31", BOTH, [
    main("let n = 5", PROVE, branch("true", ["return n"]), "constrain n Gt 0", "return 1"),
  ], '["n Gt 0"] {"n":{"Int":5}}'),
  recorded("witness-32", BOTH, [
    main(
      "let n = 5",
      PROVE,
      branch("true", ["return n"]),
      "let m = 0",
      "constrain m Gt 0",
      "return 1",
    ),
  ], "[] {}"),
];
