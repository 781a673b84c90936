/**
 * Effectful calls in every position of a statement, also under contracts.
 *
 * @module
 */
import { bind, branch, loop, type Part, proc, type Statement } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const STATIC = "static DirValidate";
const LOUD = proc("K::f(n: i64) -> i64", "emit n", "return n Add 1");
const MUTE = proc("K::g(n: i64) -> i64", "return n Add 1");
const VOID = proc("K::v(n: i64)", "emit n");
const DEEP = proc("K::d(n: i64) -> i64", "let x = f(n)", "return x");
const ALL = [LOUD, MUTE, VOID, DEEP];

/** A main process that may call a process with effects, one without, and one without a value. */
function body(
  id: string,
  rests: string,
  outcome: string,
  ticks: number | undefined,
  ...statements: readonly Statement[]
): Case {
  return given(
    id,
    rests,
    [...ALL, main(...statements)],
    outcome,
    {},
    ticks === undefined ? {} : { ticks },
  );
}

function refused(id: string, ...statements: readonly Statement[]): Case {
  return body(id, q.X_36, STATIC, undefined, ...statements);
}

export const CALLS: readonly Case[] = [
  body("call-01", q.EXPR, 'emit 4; {"Int":0}', 2, "expr f(4)", "return 0"),
  body("call-02", q.EXPR, '{"Int":0}', 1, "expr g(4)", "return 0"),
  body("call-03", q.EXPR, 'emit 4; {"Int":0}', 2, "expr v(4)", "return 0"),
  body("call-04", q.EXPR, 'emit 4; emit 4; {"Int":0}', 4, "expr f(4)", "expr f(4)", "return 0"),
  body("call-05", q.EXPR, 'emit 4; {"Int":0}', 3, "expr d(4)", "return 0"),
  body("call-06", q.EXPR, 'emit 5; {"Int":0}', 2, "expr f(g(4))", "return 0"),
  body(
    "call-07",
    `DIR-24: "evaluated for failure only and leaves no effect record"`,
    "run Runtime",
    undefined,
    "let z = 0",
    "emit 1",
    "expr 1 Div z",
    "return 0",
  ),
  body(
    "call-08",
    `${q.EXPR} ${q.CON_12}`,
    "run Inadmissible",
    undefined,
    "let n = 1",
    "expr f(4)",
    "constrain n Gt 1",
    "return 0",
  ),
  body(
    "call-09",
    `${q.EXPR} K-12`,
    'emit 1; emit 2; {"Int":2}',
    undefined,
    "let n = 0",
    loop("n Lt 2", ["set n = n Add 1", "expr f(n)"]),
    "return n",
  ),
  body(
    "call-10",
    `${q.EXPR} K-11`,
    'emit 2; {"Int":0}',
    undefined,
    branch("2 Lt 1", ["expr f(1)"], ["expr f(2)"]),
    "return 0",
  ),
  refused("call-11", "expr f(4) Add 1", "return 0"),
  refused("call-12", "expr g(f(4))", "return 0"),
  refused("call-13", "emit f(4)", "return 0"),
  refused("call-14", "constrain f(4) Gt 0", "return 0"),
  refused("call-15", branch("f(4) Gt 0", ["emit 1"]), "return 0"),
  refused("call-16", loop("f(4) Gt 9", ["emit 1"]), "return 0"),
  refused("call-17", "let x = match 1 Lt 2 { true => f(4), false => 0 }", "return x"),
  refused("call-18", "let x = [f(4)]", "return 0"),
  refused("call-19", "return f(4) Add 0"),
  refused("call-20", "let x = g(d(4))", "return x"),
  refused("call-21", "call g(f(4))", "return 0"),
  body("call-22", "X-36 amended", 'emit 4; {"Int":5}', 1, "return f(4)"),
  body("call-23", "X-36 amended", 'emit 4; {"Int":5}', 3, "let x = 0", "set x = f(4)", "return x"),
  body("call-24", q.X_36, 'emit 5; {"Int":5}', 1, "emit g(4)", "return 5"),
  body("call-25", q.X_36, '{"Int":6}', 1, "let x = g(g(4))", "return x"),
  body(
    "call-26",
    `TYP-12: "let x = logger() binds a value" violates it`,
    STATIC,
    undefined,
    "let x = v(4)",
    "return 0",
  ),
  ...contracts(),
];

function contracts(): readonly Case[] {
  const allowed = bind("K::main -> K::f", "effects_allowed == true");
  const denied = bind("K::main -> K::f", "effects_allowed == false");
  const CTR_03 =
    `CTR-03: "Without a grant of effects_allowed, the target performs no effect through the bind, directly or through what it calls."`;
  const contract = (
    id: string,
    outcome: string,
    licence: Part,
    ...statements: readonly Statement[]
  ): Case => given(id, `${q.EXPR} ${CTR_03}`, [...ALL, main(...statements), licence], outcome);
  return [
    contract("call-30", 'emit 4; {"Int":0}', allowed, "expr f(4)", "return 0"),
    contract("call-31", "run ContractViolation", denied, "expr f(4)", "return 0"),
    contract(
      "call-32",
      "run ContractViolation",
      bind("K::main -> K::f"),
      "emit 1",
      "expr f(4)",
      "return 0",
    ),
    contract(
      "call-33",
      "run ContractViolation",
      bind("K::main -> K::d", "effects_allowed == false"),
      "expr d(4)",
      "return 0",
    ),
    contract("call-34", 'emit 4; {"Int":0}', denied, "expr d(4)", "return 0"),
    contract("call-35", '{"Int":0}', bind("K::main -> K::g"), "expr g(4)", "return 0"),
    contract(
      "call-36",
      "run ContractViolation",
      bind("K::main -> K::f", "effects_allowed == true", "latency_us < 1"),
      "expr f(4)",
      "return 0",
    ),
    contract(
      "call-37",
      'emit 4; {"Int":0}',
      bind("K::main -> K::f", "effects_allowed == true", "latency_us == 1"),
      "expr f(4)",
      "return 0",
    ),
    contract("call-38", '{"Int":0}', denied, branch("2 Lt 1", ["expr f(4)"]), "return 0"),
  ];
}
