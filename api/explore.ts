/**
 * Every schedule of a program with threads, with the engines that it needs.
 *
 * @module
 */
export {
  DEFAULT_MAX_SCHEDULES,
  exploreSchedulesWith,
  type ScheduleEnd,
  type ScheduleQuery,
  type ScheduleReport,
} from "../store/log/schedule_report.ts";
