/**
 * Binds, contracts, gates, resources and timers.
 *
 * @module
 */
import { bind, branch, count, type Part, proc, program, shape } from "../../support/program.ts";
import type { RunInput } from "../../../mod.ts";
import { agree, type Case, main } from "./table.ts";

const STATE = shape("S { id: i64 }");
const TAG = proc("Q::tag(q: S) -> S linear", "let n = q.id", "return S{id: n Add 100}");
const PURE = proc("K::f(n: i64) -> i64", "let a = n Add 1", "let b = a Add 1", "return b");
const NOISY = proc("K::f(n: i64) -> i64", "emit n", "return n");

/** `K::main` calls `K::f(1)` under this contract. */
function under(callee: Part, outcome: string, ...clauses: readonly string[]): Case {
  const caller = main("let x = f(1)", "return x");
  return [program(callee, caller, bind("K::main -> K::f", ...clauses)), outcome];
}

/** The same, where a tick lasts 10 microseconds. */
function slowly([text, outcome]: Case): Case {
  return [text, outcome, { environment: { tick_us: 10 } }];
}

// covers: BND-01, BND-03, BND-05, BND-12
Deno.test("second opinion: which calls a bind licenses", () => {
  const calls = main("let r = tag(S{id: 1})", "return r.id");
  const mid = proc("K::mid() -> i64", "let r = tag(S{id: 1})", "return r.id");
  agree([
    [program(STATE, TAG, calls), "static DR0602"],
    [program(STATE, TAG, calls, bind("K::main -> Q::tag")), '{"Int":101}'],
    [program(STATE, TAG, calls, bind("Q::tag -> K::main")), '{"Int":101}'],
    [program(STATE, TAG, calls, bind("main -> tag")), '{"Int":101}'],
    [
      program(STATE, TAG, mid, calls, bind("K::main -> K::mid"), bind("K::mid -> Q::tag")),
      "static DR0602",
    ],
    [program(STATE, TAG, mid, main("return mid()"), bind("K::mid -> Q::tag")), '{"Int":101}'],
    [
      program(STATE, TAG, calls, bind("K::main -> Q::tag"), bind("K::main -> Q::tag")),
      "static DR0205",
    ],
    [program(STATE, TAG, calls, bind("K::main -> Q::ghost")), "DirValidate"],
    [program(STATE, TAG, main("return 0"), bind("K::ghost -> Q::tag")), "static DR0601"],
  ]);
});

// covers: CTR-01, CTR-03, CTR-04, CTR-08, CTR-10, BND-14
Deno.test("second opinion: clauses of a contract", () => {
  const maybe = proc("K::f(n: i64) -> i64", branch("n Gt 5", ["emit n"]), "return n");
  const deep = proc("K::f(n: i64) -> i64", "return g(n)");
  const g = proc("K::g(n: i64) -> i64", "emit n", "return n");
  const skipped = main(branch("false", ["call f(1)"]), "return 0");
  agree([
    under(PURE, '{"Int":3}'),
    under(NOISY, "run DR0690"),
    under(NOISY, "run DR0690", "effects_allowed == false"),
    under(NOISY, 'emit 1; {"Int":1}', "effects_allowed == true"),
    under(NOISY, "run DR0690", "effects_allowed == true", "effects_allowed == false"),
    under(maybe, "run DR0690"),
    [program(deep, g, main("return f(1)"), bind("K::main -> K::f")), "run DR0690"],
    [program(deep, g, main("return f(1)"), bind("K::f -> K::g")), "run DR0690"],
    [program(NOISY, skipped, bind("K::main -> K::f")), '{"Int":0}'],
    under(PURE, "run DR0693", "colour == 3"),
    under(PURE, "run DR0693", "colour == true", "effects_allowed == true"),
    [program(PURE, main("return 0"), bind("K::main -> K::f", "colour == 3")), '{"Int":0}'],
    under(PURE, "load DR0121", "latency_us != 3"),
    under(PURE, "static DR0604", "effects_allowed == maybe"),
    under(PURE, "static DR0604", "effects_allowed < true"),
    under(PURE, "static DR0604", "effects_allowed == 1"),
    under(PURE, "static DR0604", "latency_us < true"),
    under(PURE, "static DR0604", "latency_us < soon"),
    under(PURE, "ContractViolation", "latency_us == 3", "effects_allowed == true"),
    [
      program(NOISY, main("let x = f(1)", "constrain false", "return x"), bind("K::main -> K::f")),
      "run DR0690",
    ],
    [
      program(NOISY, main("constrain false", "let x = f(1)", "return x"), bind("K::main -> K::f")),
      "run DR0901",
    ],
    [
      program(
        proc("K::f(n: i64) -> i64", "constrain false", "emit n", "return n"),
        main("let x = f(1)", "return x"),
        bind("K::main -> K::f"),
      ),
      "run DR0690",
    ],
  ]);
});

// covers: CTR-05, TIM-02, TIM-07
Deno.test("second opinion: latency is a count of the callee's ticks", () => {
  const deep = proc("K::f(n: i64) -> i64", "let a = g(n)", "return a");
  const g = proc("K::g(n: i64) -> i64", "let a = n Add 1", "return a");
  const loops = proc("K::f(n: i64) -> i64", count("i in 0..3", ["expr i"]), "return n");
  agree([
    under(PURE, '{"Int":3}', "latency_us <= 2"),
    under(PURE, "run DR0691", "latency_us < 2"),
    under(PURE, '{"Int":3}', "latency_us == 2"),
    under(PURE, '{"Int":3}', "latency_us >= 2"),
    under(PURE, "run DR0691", "latency_us > 2"),
    under(PURE, "run DR0691", "latency_us <= 9", "latency_us < 2"),
    slowly(under(PURE, '{"Int":3}', "latency_us <= 20")),
    slowly(under(PURE, "run DR0691", "latency_us < 20")),
    [
      program(deep, g, main("return f(1)"), bind("K::main -> K::f", "latency_us == 2")),
      '{"Int":2}',
    ],
    under(loops, '{"Int":1}', "latency_us == 7"),
    under(proc("K::f(n: i64) -> i64", "return n"), '{"Int":1}', "latency_us == 0"),
    under(proc("K::f(n: i64) -> i64", "return n"), "run DR0691", "latency_us < 0"),
  ]);
});

// covers: CTR-06, BND-08
Deno.test("second opinion: linearity_enforced consumes the argument", () => {
  const enforced = bind("K::main -> Q::tag", "linearity_enforced == true");
  const q = (...body: string[]) => program(STATE, TAG, main("let q = S{id: 1}", ...body), enforced);
  const loose = (clause: string[]) =>
    program(
      STATE,
      TAG,
      main("let q = S{id: 1}", "let r = tag(q)", "return q.id"),
      bind("K::main -> Q::tag", ...clause),
    );
  agree([
    [loose(["linearity_enforced == true"]), "static DR0405"],
    [loose(["linearity_enforced == false"]), '{"Int":1}'],
    [loose([]), '{"Int":1}'],
    [q("emit q.id", "let r = tag(q)", "return r.id Add r.id"), 'emit 1; {"Int":202}'],
    [q("let r = tag(q)", "let s = tag(q)", "return s.id"), "static DR0405"],
    [q("let r = tag(S{id: q.id})", "return r.id"), '{"Int":101}'],
    [q("let r = tag(q)", "constrain q.id Eq 1", "return r.id"), '{"Int":101}'],
    [
      program(
        STATE,
        TAG,
        main("let q = S{id: 1}", branch("true", ["call tag(q)"]), "return q.id"),
        enforced,
      ),
      "static DR0405",
    ],
    [
      program(
        STATE,
        TAG,
        main("let q = S{id: 1}", branch("true", ["call tag(q)"], ["call tag(q)"]), "return 0"),
        enforced,
      ),
      '{"Int":0}',
    ],
    [
      program(
        STATE,
        TAG,
        main("let q = S{id: 1}", count("i in 0..2", ["call tag(q)"]), "return 0"),
        enforced,
      ),
      "Inadmissible",
    ],
    [
      program(STATE, TAG, proc("K::main(q: S) -> i64", "call tag(q)", "return q.id"), enforced),
      "static DR0405",
    ],
  ]);
});

// covers: WIT-05, WIT-06, CTR-04
Deno.test("second opinion: a witness crosses only with a grant", () => {
  const gives = proc("Φ::v(n: i64) -> PhiWitness", "prove w from n", "return w");
  const box = shape("Box { w: PhiWitness }");
  const boxes = proc("Φ::v(n: i64) -> Box", "prove w from n", "return Box{w: w}");
  const takes = proc("Φ::take(w: PhiWitness) -> i64", "return 5");
  const asks = main("let w = v(1)", "return 0");
  const hands = main("prove w from true", "return take(w)");
  agree([
    [program(gives, asks, bind("K::main -> Φ::v")), "run DR0692"],
    [program(gives, asks, bind("K::main -> Φ::v", "witness_transfer == false")), "run DR0692"],
    [program(gives, asks, bind("K::main -> Φ::v", "witness_transfer == true")), '{"Int":0}'],
    [program(gives, asks, bind("Φ::v -> K::main", "witness_transfer == true")), '{"Int":0}'],
    [program(box, boxes, asks, bind("K::main -> Φ::v")), "run DR0692"],
    [program(box, boxes, asks, bind("K::main -> Φ::v", "witness_transfer == true")), '{"Int":0}'],
    [program(takes, hands, bind("K::main -> Φ::take")), "run DR0692"],
    [program(takes, hands, bind("K::main -> Φ::take", "witness_transfer == true")), '{"Int":5}'],
    [program(takes, hands, bind("Φ::take -> K::main", "witness_transfer == true")), "run DR0692"],
  ]);
});

// covers: BND-06, BND-09, PHI-09
Deno.test("second opinion: a Φ process gates the K process that it is bound to", () => {
  const no = proc("Φ::v(n: i64) -> i64", "constrain n Gt 0", "constrain n Lt 0", "return n");
  const yes = proc(
    "Φ::v(n: i64) -> i64",
    "constrain n Gt 0",
    "prove w from n",
    "seal w",
    "return n",
  );
  const float = proc("Φ::v(x: f64) -> f64", "constrain x Gt 0", "return x");
  const quiet = main("emit 1", "return 0");
  const gate = bind("Φ::v -> K::main", "effects_allowed == true");
  const sub = proc("K::sub() -> i64", "return 3");
  agree([
    [program(no, quiet, gate), "run DR0902"],
    [program(no, quiet, bind("K::main -> Φ::v")), 'emit 1; {"Int":0}'],
    [program(yes, quiet, gate), 'emit 1; {"Int":0}'],
    [program(yes, quiet, bind("Φ::v -> K::main")), 'emit 1; {"Int":0}'],
    [program(float, quiet, gate), "Runtime"],
    [program(no, sub, main("return sub()"), bind("Φ::v -> K::sub")), "run DR0902"],
    [program(no, sub, main("return 0"), bind("Φ::v -> K::sub")), '{"Int":0}'],
    [
      program(no, sub, main("constrain false", "return sub()"), bind("Φ::v -> K::sub")),
      "run DR0902",
    ],
    [program(no, main(branch("false", ["call v(1)"]), "return 0"), gate), '{"Int":0}'],
    [program(yes, quiet, bind("Φ::v -> K::main", "colour == 3")), "run DR0693"],
    [
      program(yes, main("return v(-1)"), bind("Φ::v -> K::main", "effects_allowed == true")),
      "Inadmissible",
    ],
  ]);
});

// covers: RES-01, RES-03, RES-04, RES-05, TIM-05, TIM-09
Deno.test("second opinion: resources and timers", () => {
  const none = { environment: { resources: [] } };
  const offered: RunInput = {
    environment: {
      resources: [{
        resource: "Console",
        args: [
          { name: "device", value: { kind: "String", value: "stdout" } },
          { name: "x", value: { kind: "Int", value: 1 } },
        ],
      }],
    },
  };
  const uses = main('uses Console(device="stdout")', "emit 1", "return 0");
  const leaf = proc("K::leaf() -> i64", "uses Disk(n=1)", "return 1");
  const clean = 'emit 1; {"Int":0}';
  const timer = (us: number) => main(`uses Timer(deadline_us=${us})`, "let x = f(1)", "return x");
  agree([
    [program(uses), clean],
    [program(uses), "run DR0790", none],
    [program(uses), clean, offered],
    [program(main('uses Console(device="stderr")', "return 0")), "run DR0790", offered],
    [program(main("uses Console", "return 0")), '{"Int":0}', offered],
    [program(main("uses Console(y=1)", "return 0")), "run DR0790", offered],
    [program(main("emit 1", "return 0")), clean, none],
    [program(leaf, main(branch("false", ["call leaf()"]), "return 0")), "run DR0790", none],
    [program(leaf, main("return 0")), '{"Int":0}', none],
    [program(main("uses Console", "constrain false", "return 0")), "run DR0790", none],
    [program(timer(3), PURE), '{"Int":3}'],
    [program(timer(2), PURE), "run DR0791"],
    [program(timer(30), PURE), '{"Int":3}', { environment: { tick_us: 10 } }],
    [program(timer(29), PURE), "run DR0791", { environment: { tick_us: 10 } }],
    [program(main("uses Timer(deadline_us=0)", "return 0")), '{"Int":0}'],
    [program(main("uses Timer(deadline_us=0)", "emit 1", "return 0")), "run DR0791"],
    [program(main('uses Timer(deadline_us="x")', "return 0")), "static DR0701"],
    [program(main("uses Timer(deadline_us=true)", "return 0")), "static DR0701"],
    [
      program(proc("Q::q() -> i64 linear", "uses Timer(deadline_us=1)", "let a = 1", "return a")),
      '{"Int":1}',
      {
        entry: "q",
      },
    ],
    [
      program(proc("Q::q() -> i64 linear", "uses Timer(deadline_us=0)", "let a = 1", "return a")),
      "run DR0791",
      {
        entry: "q",
      },
    ],
  ]);
});
