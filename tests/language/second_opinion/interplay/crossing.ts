/**
 * Witnesses that cross a bind.
 *
 * @module
 */
import { bind, proc } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import { recorded } from "./witnesses.ts";
import * as q from "./quotes.ts";

const FALSE = "run Inadmissible";

export const CROSSING: readonly Case[] = [...crossing()];

function crossing(): readonly Case[] {
  const holds = proc(
    "Φ::v(n: i64) -> PhiWitness",
    "constrain n Gt 0",
    "prove w from n",
    "return w",
  );
  const plain = proc("Φ::v(n: i64) -> i64", "constrain n Gt 0", "prove w from n", "return n");
  const takes = main("let r = v(5)", "return 5");
  return [
    given("witness-40", q.WIT_05, [holds, takes, bind("K::main -> Φ::v")], "run ContractViolation"),
    given("witness-41", q.WIT_05, [
      holds,
      takes,
      bind("K::main -> Φ::v", "witness_transfer == false"),
    ], "run ContractViolation"),
    recorded("witness-42", q.WIT_05, [
      holds,
      takes,
      bind("K::main -> Φ::v", "witness_transfer == true"),
    ], '["n Gt 0"] {"n":{"Int":5}}'),
    recorded(
      "witness-43",
      q.WIT_05,
      [plain, takes, bind("K::main -> Φ::v")],
      '["n Gt 0"] {"n":{"Int":5}}',
    ),
    given("witness-44", `${q.WIT_05} ${q.PHI_CALL}`, [
      holds,
      main("let r = v(0)", "return 5"),
      bind("K::main -> Φ::v"),
    ], FALSE),
  ];
}
