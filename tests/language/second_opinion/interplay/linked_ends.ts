/**
 * The ends of binds in linked sets: in which forge an end is looked up, and what follows from where it is found.
 *
 * @module
 */
import { artifact, bind, forge, type Json, type Part, proc } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const REFUSED = "static DirValidate";
const A = (...parts: readonly Part[]): string => artifact(forge("A", ...parts));

export const LINKED_ENDS: readonly Case[] = ends();

function ends(): readonly Case[] {
  const tag = (add: number) => proc("Q::tag(n: i64) -> i64 linear", `return n Add ${add}`);
  const tagIn = (name: string, add: number) => artifact(forge(name, tag(add)));
  const calls = main("return tag(1)");
  const over = bind("K::main -> Q::tag");
  const twice = main("let a = tag(1)", "return B::Q::tag(a)");
  const slow = proc("Q::tag(n: i64) -> i64 linear", "let m = n Add 2", "return m");
  const closed = proc("Φ::v(n: i64) -> i64", "constrain n Gt 0", "constrain n Lt 0", "return n");
  const links = artifact(forge("D", over));
  const many = (...forges: readonly Json[]) => [artifact(...forges)];
  const end = (id: string, texts: readonly string[], outcome: string, code?: string) =>
    given(id, q.BIND_ENDS, texts, outcome, {}, code === undefined ? {} : { code });
  const missing = (id: string, texts: readonly string[]) => end(id, texts, REFUSED, "DR0601");
  return [
    end("link-50", [A(calls, over), tagIn("B", 1)], '{"Int":2}'),
    end("link-51", [tagIn("B", 1), A(calls, over)], '{"Int":2}'),
    end("link-52", [A(calls), links, tagIn("B", 1)], '{"Int":2}'),
    end("link-53", [A(calls), artifact(forge("B", tag(1), over))], '{"Int":2}'),
    end("link-54", [A(calls, over, tag(1)), tagIn("B", 2)], '{"Int":2}'),
    end("link-55", many(forge("A", calls, over), forge("B", tag(1))), '{"Int":2}'),
    end("link-56", [A(calls, bind("A::K::main -> Q::tag")), tagIn("B", 1)], '{"Int":2}'),
    missing("link-57", [A(main("return 0"), over), tagIn("B", 1), tagIn("C", 2)]),
    missing(
      "link-58",
      many(forge("A", main("return 0"), over), forge("B", tag(1)), forge("C", tag(2))),
    ),
    missing("link-59", [A(main("return 0"), bind("K::main -> Q::ghost")), tagIn("B", 1)]),
    missing("link-60", [A(main("return 0"), bind("K::main -> tag")), tagIn("B", 1)]),
    missing("link-61", [A(main("return 0")), artifact(forge("B", tag(1), bind("main -> Q::tag")))]),
    missing("link-62", [A(main("return 0"), bind("K::main -> K::tag")), tagIn("B", 1)]),
    end(
      "link-63",
      [A(calls, bind("K::main -> B::Q::tag"), tag(1)), tagIn("B", 2)],
      REFUSED,
      "DR0602",
    ),
    given(
      "link-64",
      `${q.BIND_ENDS} ${q.SAME_ENDS}`,
      [A(calls, over), artifact(forge("B", tag(1), over))],
      REFUSED,
      {},
      { code: "DR0205" },
    ),
    given(
      "link-65",
      `${q.BIND_ENDS} ${q.X_14}`,
      [
        A(main("return 0")),
        artifact(forge("B", closed)),
        artifact(forge("D", bind("Φ::v -> K::main"))),
      ],
      "run Inadmissible",
    ),
    end("link-66", [
      A(twice, tag(1), bind("K::main -> Q::tag", "latency_us < 1")),
      artifact(forge("B", slow, bind("K::main -> Q::tag", "latency_us < 2"))),
    ], '{"Int":4}'),
    end("link-67", [
      A(twice, tag(1), bind("K::main -> Q::tag", "latency_us < 2")),
      artifact(forge("B", slow, bind("K::main -> Q::tag", "latency_us < 1"))),
    ], "run ContractViolation"),
    given(
      "link-68",
      `${q.BIND_ENDS} ${q.X_13}`,
      [
        A(main("return f()"), bind("K::main -> K::f", "latency_us < 1")),
        artifact(forge("B", proc("K::f() -> i64", "let a = 1", "return a"))),
      ],
      "run ContractViolation",
    ),
  ];
}
