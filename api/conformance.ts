/**
 * Conformance: fixtures, verdicts and reports, and judging the traces of other executors.
 *
 * @module
 */
export { parseJsonc } from "../store/json/jsonc.ts";
export {
  type ConformanceCase,
  type Expectation,
  type GoldenPlace,
  isFixtureText,
  readFixtures,
} from "../store/conformance/fixture.ts";
export { membersOfInputs } from "../store/conformance/fixture_inputs.ts";
export {
  type CaseResult,
  type ConformanceFiles,
  judgeCase,
  readGolden,
  runCase,
} from "../store/conformance/run_case.ts";
export {
  type BlessedFile,
  blessedFiles,
  parseShard,
  repeatedNames,
  reportOf,
  selectCases,
  type Selection,
  type Shard,
  type SuiteReport,
} from "../store/conformance/suite.ts";
export { type JudgedTrace, judgeTrace } from "../store/conformance/equivalence.ts";
export { recordedChoices } from "../store/conformance/recorded_choices.ts";
export {
  renderJson as renderSuiteJson,
  renderJunit as renderSuiteJunit,
  renderTap as renderSuiteTap,
  renderText as renderSuiteText,
} from "../store/conformance/render_report.ts";
