/**
 * Exploration of schedules with every engine at hand.
 *
 * @module
 */
import { ALL_ENGINES } from "../../dvm/api/all_engines.ts";
import type { Program } from "../../dvm/dir/model.ts";
import {
  exploreSchedulesWith,
  type ScheduleQuery,
  type ScheduleReport,
} from "./schedule_report.ts";

/**
 * Executes a program with threads in every schedule, up to the order of independent steps, or for a sample of seeds. Effects are
 * recorded, never performed.
 *
 * @example
 * ```ts
 * import { exploreSchedules, load } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[
 *   {"regime":"K","name":"main","params":[],"uses":[],"ret":null,"qualifiers":[],"body":[
 *     {"Call":{"target":"spawn","args":["say"],"result":"t"}},{"Effect":{"kind":"emit","payload":"1"}}]},
 *   {"regime":"K","name":"say","params":[],"uses":[],"ret":null,"qualifiers":[],"body":[
 *     {"Effect":{"kind":"emit","payload":"2"}}]}]}]}`;
 * const program = load([{ name: "two.dir.json", text }]);
 * if (!program.ok) throw new Error();
 * const { schedules, isComplete, ends } = exploreSchedules(program.value);
 * if (schedules !== 2 || !isComplete || ends.length !== 2) throw new Error();
 * ```
 */
export function exploreSchedules(program: Program, query: ScheduleQuery = {}): ScheduleReport {
  return exploreSchedulesWith(ALL_ENGINES, program, query);
}
