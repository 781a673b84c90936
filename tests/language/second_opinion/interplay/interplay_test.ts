/**
 * Every table of the second opinion on two rules that meet.
 *
 * @module
 */
import { ALIASES } from "./aliases.ts";
import { ARGUMENTS } from "./arguments.ts";
import { ARRAYS } from "./arrays.ts";
import { ASSIGNED } from "./assigned.ts";
import { CALLEES } from "./callees.ts";
import { CALLS } from "./calls.ts";
import { CROSSING } from "./crossing.ts";
import { EXITS } from "./exits.ts";
import { GATES } from "./gates.ts";
import { HANDED } from "./handed.ts";
import { HANDED_BY_CALLEE } from "./handed_by_callee.ts";
import { LINKED } from "./linked.ts";
import { LINKED_ENDS } from "./linked_ends.ts";
import { NAMES } from "./names.ts";
import { NUMERALS } from "./numerals.ts";
import { OPPOSITE } from "./opposite.ts";
import { OPPOSITE_VALUES } from "./opposite_values.ts";
import { PATHS } from "./paths.ts";
import { REACHABLE } from "./reachable.ts";
import { SINGLES } from "./singles.ts";
import { agree } from "./table.ts";
import { TIES } from "./ties.ts";
import { TIME_BOUNDS } from "./time.ts";
import { WITNESSES } from "./witnesses.ts";

// covers: CON-03, CON-06, CON-10, CON-12
Deno.test("second opinion, interplay: constraints and early exits", () => {
  agree([...EXITS, ...CALLEES]);
});

// covers: CON-14, K-12, TYP-11, K-06
Deno.test("second opinion, interplay: constraints, blocks, assignment and what is unreachable", () => {
  agree([...ASSIGNED, ...REACHABLE]);
});

// covers: WIT-01, WIT-02, WIT-04, WIT-05
Deno.test("second opinion, interplay: witnesses and the constraints in force", () => {
  agree([...WITNESSES, ...CROSSING]);
});

// covers: CTR-06, BND-08, DIR-04
Deno.test("second opinion, interplay: values handed over a bind", () => {
  agree([...HANDED, ...HANDED_BY_CALLEE]);
});

// covers: BND-12, CTR-01, CTR-03, CTR-04, CTR-06, WIT-05, BND-06
Deno.test("second opinion, interplay: a bind in each direction", () => {
  agree([...OPPOSITE, ...OPPOSITE_VALUES]);
});

// covers: CTR-05, TIM-05, TIM-06, FAI-05, TIM-02
Deno.test("second opinion, interplay: time bounds tick by tick", () => {
  agree([...TIME_BOUNDS, ...TIES]);
});

//
Deno.test("second opinion, interplay: linear use along paths", () => {
  agree(PATHS);
});

// covers: DIR-25, DIR-13
Deno.test("second opinion, interplay: callees of linked sets", () => {
  agree(LINKED);
});

// covers: BND-03, DIR-04, BND-06
Deno.test("second opinion, interplay: ends of binds in linked sets", () => {
  agree(LINKED_ENDS);
});

// covers: DIR-16, TYP-01
Deno.test("second opinion, interplay: names and aliases", () => {
  agree([...NAMES, ...ALIASES]);
});

// covers: TYP-21
Deno.test("second opinion, interplay: arrays of any length", () => {
  agree(ARRAYS);
});

// covers: TYP-15, TYP-19
Deno.test("second opinion, interplay: the type of a literal", () => {
  agree([...NUMERALS, ...SINGLES]);
});

// covers: EFF-14, DIR-24, CTR-03
Deno.test("second opinion, interplay: calls with effects", () => {
  agree(CALLS);
});

// covers: BND-06, RES-01
Deno.test("second opinion, interplay: gates and resources", () => {
  agree(GATES);
});

// covers: TYP-09
Deno.test("second opinion, interplay: arguments", () => {
  agree(ARGUMENTS);
});
