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
import { NAMES } from "./names.ts";
import { NUMERALS } from "./numerals.ts";
import { PATHS } from "./paths.ts";
import { REACHABLE } from "./reachable.ts";
import { SINGLES } from "./singles.ts";
import { agree } from "./table.ts";
import { TIES } from "./ties.ts";
import { TIME_BOUNDS } from "./time.ts";
import { WITNESSES } from "./witnesses.ts";

// covers: CON-03, CON-06, CON-10, CON-12
agree("constraints and early exits", [...EXITS, ...CALLEES]);
// covers: CON-14, K-12, TYP-11, K-06
agree("constraints, blocks, assignment and what is unreachable", [...ASSIGNED, ...REACHABLE]);
// covers: WIT-01, WIT-02, WIT-04, WIT-05
agree("witnesses and the constraints in force", [...WITNESSES, ...CROSSING]);
// covers: CTR-06, BND-08, DIR-04
agree("values handed over a bind", [...HANDED, ...HANDED_BY_CALLEE]);
// covers: CTR-05, TIM-05, TIM-06, FAI-05, TIM-02
agree("time bounds tick by tick", [...TIME_BOUNDS, ...TIES]);
//
agree("linear use along paths", PATHS);
// covers: DIR-25, DIR-13
agree("callees of linked sets", LINKED);
// covers: DIR-16, TYP-01
agree("names and aliases", [...NAMES, ...ALIASES]);
// covers: TYP-21
agree("arrays of any length", ARRAYS);
// covers: TYP-15, TYP-19
agree("the type of a literal", [...NUMERALS, ...SINGLES]);
// covers: EFF-14, DIR-24, CTR-03
agree("calls with effects", CALLS);
// covers: BND-06, RES-01
agree("gates and resources", GATES);
// covers: TYP-09
agree("arguments", ARGUMENTS);
