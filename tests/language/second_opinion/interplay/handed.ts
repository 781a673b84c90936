/**
 * `linearity_enforced` against the ways a value takes in K: names, fields, arrays, `match`, assignment, loops and callees.
 * Also binds declared twice.
 *
 * @module
 */
import {
  bind,
  branch,
  loop,
  type Part,
  proc,
  shape,
  type Statement,
} from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const REFUSED = "static Inadmissible";
const RULE = `${q.FLOW} ${q.HANDED}`;
export const S = shape("S { id: i64 }");
export const H = shape("H { s: S, k: i64 }");
export const TAG = proc("Q::tag(q: S) -> S linear", "let n = q.id", "return S{id: n Add 100}");
const LICENCE = bind("K::main -> Q::tag", "linearity_enforced == true");
const INVALID = "static DirValidate";
const F = proc("K::f(s: S) -> i64", "let r = tag(s)", "return s.id");
const BOUND = bind("K::f -> Q::tag", "linearity_enforced == true");
export const MAKE = "let q = S{id: 1}";
const GIVE = "let r = tag(q)";

/** A main process under a bind that takes its arguments. */
function takes(
  id: string,
  outcome: string,
  body: readonly Statement[],
  ...others: readonly Part[]
): Case {
  return given(id, RULE, [S, H, TAG, ...others, main(...body), LICENCE], outcome);
}

const SAME = proc("K::same(s: S) -> S", "return s");
const FRESH = proc("K::fresh(s: S) -> S", "return S{id: s.id Add 1}");
const PICK = proc("K::pick(a: S, b: S) -> S", branch("a.id Gt 0", ["return a"]), "return b");
const WRAP = proc("K::wrap(s: S) -> H", "return H{s: s, k: 2}");

export const HANDED: readonly Case[] = [
  takes("handed-01", 'emit 101; {"Int":0}', [MAKE, GIVE, "emit r.id", "return 0"]),
  takes("handed-02", REFUSED, [MAKE, GIVE, "emit q.id", "return 0"]),
  takes("handed-03", REFUSED, [MAKE, GIVE, "return q.id"]),
  takes("handed-04", REFUSED, [MAKE, "let p = q", GIVE, "return p.id"]),
  takes("handed-05", REFUSED, [MAKE, "let p = q", "let r = tag(p)", "return q.id"]),
  takes("handed-06", REFUSED, [MAKE, "let n = q.id", GIVE, "return n"]),
  takes("handed-07", '{"Int":1}', [MAKE, "let n = q.id Add 0", GIVE, "return n"]),
  takes("handed-08", REFUSED, [MAKE, "let h = H{s: q, k: 2}", GIVE, "return h.s.id"]),
  takes("handed-09", REFUSED, [MAKE, "let h = H{s: q, k: 2}", "let r = tag(h.s)", "return q.id"]),
  takes("handed-10", REFUSED, [
    MAKE,
    "let h = H{s: q, k: 2}",
    "let s = h.s",
    "let r = tag(s)",
    "let g = h",
    "return 0",
  ]),
  takes("handed-11", REFUSED, [
    MAKE,
    "let p = match 1 Lt 2 { true => q, false => S{id: 2} }",
    "let r = tag(p)",
    "return q.id",
  ]),
  takes("handed-12", REFUSED, [
    MAKE,
    "let p = match 1 Lt 2 { true => S{id: 2}, false => q }",
    GIVE,
    "return p.id",
  ]),
  takes("handed-13", '{"Int":2}', [
    MAKE,
    "let p = match 1 Lt 2 { true => S{id: 2}, false => S{id: 3} }",
    GIVE,
    "return p.id",
  ]),
  takes("handed-14", REFUSED, [MAKE, "let a = [q]", GIVE, "return a[0].id"]),
  takes("handed-15", REFUSED, [MAKE, "let a = [q]", "let r = tag(a[0])", "return q.id"]),
  takes("handed-16", REFUSED, [MAKE, "let p = same(q)", GIVE, "return p.id"], SAME),
  takes("handed-17", REFUSED, [MAKE, "let p = same(q)", "let r = tag(p)", "return q.id"], SAME),
  takes("handed-18", '{"Int":2}', [MAKE, "let p = fresh(q)", GIVE, "return p.id"], FRESH),
  takes("handed-19", REFUSED, [
    MAKE,
    "let b = S{id: 2}",
    "let p = pick(q, b)",
    "let r = tag(p)",
    "return b.id",
  ], PICK),
  takes("handed-20", REFUSED, [MAKE, "let h = wrap(q)", GIVE, "return h.s.id"], WRAP),
  takes("handed-21", REFUSED, [MAKE, "let p = S{id: 0}", "set p = q", GIVE, "return p.id"]),
  takes("handed-22", '{"Int":3}', [
    MAKE,
    "let p = S{id: 0}",
    "set p = q",
    "let r = tag(p)",
    "set p = S{id: 3}",
    "return p.id",
  ]),
  takes("handed-23", '{"Int":3}', [MAKE, GIVE, "set q = S{id: 3}", "return q.id"]),
  takes("handed-24", REFUSED, [MAKE, branch("1 Lt 2", [GIVE]), "return q.id"]),
  takes("handed-25", '{"Int":1}', [MAKE, branch("2 Lt 1", [GIVE, "return 5"]), "return q.id"]),
  takes("handed-26", '{"Int":5}', [MAKE, branch("1 Lt 2", [GIVE], ["emit q.id"]), "return 5"]),
  takes("handed-27", REFUSED, [
    MAKE,
    "let n = 0",
    loop("n Lt 2", [GIVE, "set n = n Add 1"]),
    "return n",
  ]),
  takes("handed-28", '{"Int":2}', [
    "let n = 0",
    loop("n Lt 2", [MAKE, GIVE, "set n = n Add 1"]),
    "return n",
  ]),
  takes("handed-29", '{"Int":5}', [MAKE, loop("1 Lt 2", [GIVE, "break"]), "return 5"]),
  takes("handed-30", REFUSED, [MAKE, GIVE, "let t = tag(q)", "return 0"]),
  takes("handed-31", 'emit 201; {"Int":0}', [
    MAKE,
    GIVE,
    "let t = tag(r)",
    "emit t.id",
    "return 0",
  ]),
  takes("handed-32", REFUSED, [MAKE, GIVE, "let t = tag(r)", "return r.id"]),
  takes("handed-33", '{"Int":101}', ["let r = tag(S{id: 1})", "return r.id"]),
  given("handed-34", q.NO_USE, [
    S,
    TAG,
    main(MAKE, GIVE, "constrain q.id Gt 0", "return 5"),
    LICENCE,
  ], '{"Int":5}'),
  given("handed-35", q.NO_USE, [
    S,
    TAG,
    main(MAKE, GIVE, "constrain q.id Gt 1", "return 5"),
    LICENCE,
  ], "run Inadmissible"),
  given(
    "handed-36",
    q.NO_USE,
    [S, TAG, main(MAKE, GIVE, "prove w from q", "return 5"), LICENCE],
    '{"Int":5}',
  ),
  given("handed-37", q.X_18, [
    S,
    TAG,
    main(MAKE, GIVE, "return q.id"),
    bind("K::main -> Q::tag", "linearity_enforced == false"),
  ], '{"Int":1}'),
  given("handed-38", q.X_18, [
    S,
    TAG,
    main(MAKE, GIVE, "let t = tag(q)", "return q.id"),
    bind("K::main -> Q::tag"),
  ], '{"Int":1}'),
  given("handed-39", `${q.X_18} ${q.X_30_FIRST}`, [
    S,
    TAG,
    main(MAKE, GIVE, "return q.id"),
    bind("K::main -> Q::tag", "linearity_enforced >= true"),
  ], INVALID),
  // The callee uses what it has moved, after a fault of the caller.
  given(
    "handed-60",
    q.X_30_FIRST,
    [S, TAG, main("call f(S{id: 1})", "return missing"), F, BOUND],
    INVALID,
  ),
  given(
    "handed-61",
    q.X_30_FIRST,
    [S, TAG, F, main("call f(S{id: 1})", "return missing"), BOUND],
    REFUSED,
  ),
];
