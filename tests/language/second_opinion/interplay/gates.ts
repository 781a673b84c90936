/**
 * Gates and the resources they demand, against the order of a run.
 *
 * @module
 */
import { bind, branch, type Part, proc } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const STATIC = "static DirValidate";
const NONE = { environment: { resources: [] } };
const SENSOR = "uses Sensor(id=1)";
const offers = (value: number) => ({
  environment: {
    resources: [{
      resource: "Sensor",
      args: [{ name: "id", value: { kind: "Int" as const, value } }],
    }],
  },
});
const GRANT = "effects_allowed == true";
const GATE = bind("Φ::v -> K::main", GRANT);
const LOUD_MAIN = main("emit 1", "return 1");
const WITHHELD = "run ResourceUnavailable";
const DONE = 'emit 1; {"Int":1}';
const open = (...uses: readonly string[]) =>
  proc("Φ::v(n: i64) -> i64", ...uses, "constrain n Gt 5", "return n");
const shut = (...uses: readonly string[]) =>
  proc("Φ::v(n: i64) -> i64", ...uses, "constrain n Gt 5", "constrain n Lt 5", "return n");

export const GATES: readonly Case[] = [
  given("gate-01", q.GATE_RESOURCES, [open(SENSOR), LOUD_MAIN, GATE], WITHHELD, NONE),
  given("gate-02", q.GATE_RESOURCES, [open(SENSOR), LOUD_MAIN, GATE], DONE),
  given("gate-03", `${q.GATE_RESOURCES} RES-04`, [open(SENSOR), LOUD_MAIN, GATE], DONE, offers(1)),
  given(
    "gate-04",
    `${q.GATE_RESOURCES} RES-04`,
    [open(SENSOR), LOUD_MAIN, GATE],
    WITHHELD,
    offers(2),
  ),
  given("gate-05", q.ORDER, [shut(SENSOR), LOUD_MAIN, GATE], WITHHELD, NONE),
  given("gate-06", q.ORDER, [shut(SENSOR), LOUD_MAIN, GATE], "run Inadmissible", offers(1)),
  given("gate-07", q.BND_04, [shut(SENSOR), LOUD_MAIN, bind("K::main -> Φ::v", GRANT)], DONE, NONE),
  given(
    "gate-08",
    q.GATE_RESOURCES,
    [
      proc("Φ::v(n: i64) -> i64", "let m = w(n)", "return m"),
      proc("Φ::w(n: i64) -> i64", SENSOR, "return n"),
      LOUD_MAIN,
      GATE,
    ],
    WITHHELD,
    NONE,
  ),
  given(
    "gate-09",
    q.ORDER,
    [
      shut(SENSOR),
      LOUD_MAIN,
      proc("K::other() -> i64", "return 2"),
      bind("Φ::v -> K::other", GRANT),
    ],
    DONE,
    NONE,
  ),
  given("gate-10", q.ORDER, [
    shut(),
    main("emit 1", "let x = f()", "return x"),
    proc("K::f() -> i64", "return 1"),
    bind("Φ::v -> K::f", GRANT),
  ], "run Inadmissible"),
  given(
    "gate-11",
    q.GATE_RESOURCES,
    [
      open(SENSOR),
      main("emit 1", "let x = f()", "return x"),
      proc("K::f() -> i64", "return 1"),
      bind("Φ::v -> K::f", GRANT),
    ],
    WITHHELD,
    NONE,
  ),
  given(
    "gate-12",
    q.ORDER,
    [shut(), main("let z = 0", "return 1 Div z"), GATE],
    "run Inadmissible",
  ),
  given("gate-13", q.ORDER, [open(), main("let z = 0", "return 1 Div z"), GATE], "run Runtime"),
  given(
    "gate-14",
    q.ORDER,
    [open(), shutAs("w"), LOUD_MAIN, GATE, bind("Φ::w -> K::main", GRANT)],
    "run Inadmissible",
  ),
  given("gate-15", q.X_38, [open(SENSOR), main("return true"), GATE], STATIC, NONE),
  given(
    "gate-16",
    q.ORDER,
    [
      proc("K::f() -> i64", SENSOR, "return 1"),
      main("emit 1", branch("2 Lt 1", ["call f()"]), "return 1"),
    ],
    WITHHELD,
    NONE,
  ),
  given("gate-17", q.ORDER, [main(SENSOR, "constrain false", "return 1")], WITHHELD, NONE),
  given("gate-18", `X-14: "If K calls it, those calls decide."`, [
    open(),
    main("let x = v(9)", "return x"),
    GATE,
  ], '{"Int":9}'),
  given("gate-19", `X-14: "If K calls it, those calls decide."`, [
    open(),
    main("let x = v(5)", "return x"),
    GATE,
  ], "run Inadmissible"),
  given("gate-20", q.ORDER, [open(), main("return 1"), GATE], '{"Int":1}', {
    limits: { max_ticks: 1 },
  }),
  given("gate-21", `${q.ORDER} BND-05`, [
    shut(),
    proc("K::a() -> i64", "return 1"),
    LOUD_MAIN,
    bind("Φ::v -> K::a", GRANT),
    bind("K::a -> K::main", GRANT),
  ], DONE),
];

function shutAs(name: string): Part {
  return proc(`Φ::${name}(n: i64) -> i64`, "constrain n Gt 5", "constrain n Lt 5", "return n");
}
