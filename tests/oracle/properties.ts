/**
 * The properties of generated programs: `deno task fuzz:properties` checks each at a large size, and the test named with it at a
 * bounded one.
 *
 * @module
 */
import type { GeneratedCase } from "../../campaign/artifact.ts";
import { renderDifference } from "../../campaign/difference.ts";
import { generateCase } from "../../campaign/generate.ts";
import { generateExits } from "../../campaign/generate_exits.ts";
import { differenceIn } from "../../campaign/judge.ts";
import {
  constraintsAtExits,
  type LogFindings,
  witnessRecords,
} from "../../campaign/log_properties.ts";
import { generateIoCase } from "../../campaign/io.ts";
import { generateMemoryCase } from "../../campaign/memory.ts";
import { Random } from "../../campaign/random.ts";
import { generateThreadCase } from "../../campaign/threads.ts";
import { generateTimedCase } from "../../campaign/timed.ts";
import { nearestFloat } from "../../dvm/value/decimal.ts";
import { executeText, type Execution } from "../../mod.ts";
import { callDifferences, executeLinked as executeCalls, nearbyName } from "./calls/call_forms.ts";
import { DUSTRUN, linearDifference } from "./linear/linear_paths.ts";
import { randomBody, textOf as textOfBody } from "./linear/linear_program.ts";
import { valueFlowDifference } from "./linear/value_flow.ts";
import { randomProcesses, textOf as textOfProcesses } from "./linear/value_program.ts";
import { certainDifference } from "./memory/certain_violations.ts";
import { modelReference } from "./model/reference.ts";
import { anyText, argumentDifference, headerDifference } from "./numbers/arguments.ts";
import {
  conversionDifference,
  isLiteral,
  literalDifference,
  throughArgument,
} from "./numbers/conversions.ts";
import { decimalText } from "./numbers/number_text.ts";
import { executeLinked, orderDifference } from "./order/meaning.ts";
import { pathDifference, pathProgram } from "./order/paths.ts";
import type { Property, Violation } from "./property.ts";
import { everyScheduleDifference, threadDifference } from "./threads/agreement.ts";
import { smallProgram } from "./threads/small_program.ts";
import { timeDifference } from "./time/compare.ts";

const JUDGE = { execute: executeText, reference: modelReference() };

/** One argument in this many takes the whole way through the command line. */
const COMMAND_LINE_EVERY = 25;

/** Every property. */
export const PROPERTIES: readonly Property[] = [
  {
    name: "constraints",
    claim: "no process is left while a constraint of its body is false",
    test: "logs/log_properties_test.ts",
    violationOf: (seed) => inLogs(seed, constraintsAtExits),
  },
  {
    name: "witnesses",
    claim:
      "every constraint that a witness records is true under the configuration that it records",
    test: "logs/log_properties_test.ts",
    violationOf: (seed) => inLogs(seed, witnessRecords),
  },
  {
    name: "order",
    claim: "order, and division between forges and artifacts, change nothing that a program means",
    test: "order/order_test.ts",
    violationOf: (seed) => orderDifference(seed, executeLinked),
  },
  {
    name: "paths",
    claim: "calls and ends of binds mean what the reference model finds, in whatever forges",
    test: "order/order_test.ts",
    violationOf: (seed) => pathDifference(pathProgram(new Random(seed))),
  },
  {
    name: "calls",
    claim:
      "a `Call` statement and the same call in a `let` mean the same, whatever the process is named",
    test: "calls/call_forms_test.ts",
    violationOf: (seed) => callDifferences(nearbyName(new Random(seed)), executeCalls)[0],
  },
  {
    name: "time",
    claim: "bounds on time name the same failure as a naive interpreter, ties included",
    test: "time/time_test.ts",
    violationOf: (seed) => {
      const one = generateTimedCase(seed);
      return withText(timeDifference(one), one.text);
    },
  },
  {
    name: "memory",
    claim:
      "memory: machine and model agree on programs with holders, and the log keeps its invariants",
    test: "memory/holders_test.ts",
    violationOf: (seed) => {
      const { text, input } = generateMemoryCase(seed);
      const difference = differenceIn(text, input, JUDGE);
      return withText(difference && renderDifference(difference), text);
    },
  },
  {
    name: "io",
    claim: "files, ports and devices: machine and model agree, and the log keeps its invariants",
    test: "properties_test.ts",
    violationOf: (seed) => {
      const { text, input } = generateIoCase(seed);
      const difference = differenceIn(text, input, JUDGE);
      return withText(difference && renderDifference(difference), text);
    },
  },
  {
    name: "threads",
    claim:
      "threads and locks: machine and model agree, on the thread of every dispatch too, and the log keeps its invariants",
    test: "threads/threads_test.ts",
    violationOf: (seed) => {
      const { text, input } = generateThreadCase(seed);
      return withText(threadDifference(text, input), text);
    },
  },
  {
    name: "schedules",
    claim: "machine and model agree in one schedule of each class of a small program",
    test: "threads/threads_test.ts",
    violationOf: (seed) => {
      const program = smallProgram(new Random(seed), 2 + seed % 3);
      return withText(everyScheduleDifference(program), program.text);
    },
  },
  {
    name: "certain",
    claim: "what check is certain of is refused by every run, with every argument",
    test: "memory/holders_test.ts",
    violationOf: (seed) => certainDifference(seed),
  },
  {
    name: "linear",
    claim: "linear use is counted on paths: verdict and log agree with every path walked by itself",
    test: "linear/linear_paths_test.ts",
    violationOf: (seed) => {
      const body = randomBody(new Random(seed));
      return withText(linearDifference(body, DUSTRUN), textOfBody(body));
    },
  },
  {
    name: "values",
    claim:
      "a moved value is followed: the verdict agrees with every path walked with values that are objects",
    test: "linear/value_flow_test.ts",
    violationOf: (seed) => {
      const processes = randomProcesses(new Random(seed));
      return withText(valueFlowDifference(processes), textOfProcesses(processes));
    },
  },
  {
    name: "numbers",
    claim: "a number in text becomes the nearest value of its type in one rounding",
    test: "numbers/number_text_test.ts",
    violationOf: (seed) => {
      const text = decimalText(new Random(seed));
      return conversionDifference(text, nearestFloat) ??
        conversionDifference(text, throughArgument) ??
        (isLiteral(text) ? literalDifference([text]) : undefined);
    },
  },
  {
    name: "arguments",
    claim: "no argument changes its value between the command line and the replay of its log",
    test: "numbers/number_text_test.ts",
    violationOf: (seed) => {
      const text = anyText(new Random(seed));
      const difference = headerDifference(text);
      const isWhole = difference === undefined && seed % COMMAND_LINE_EVERY === 0;
      return isWhole ? argumentDifference(text) : difference;
    },
  },
  {
    name: "agreement",
    claim: "execution agrees with the reference model and preserves the invariants of the log",
    test: "campaign_test.ts",
    violationOf: (seed) => {
      const { text, input } = generateCase(seed);
      const difference = differenceIn(text, input, JUDGE);
      return difference &&
        `${renderDifference(difference)}; deno task fuzz --count 1 --seed ${seed}`;
    },
  },
];

/** On the program of a seed with early returns, and on one of all regimes. */
function inLogs(
  seed: number,
  property: (text: string, execution: Execution) => LogFindings,
): Violation {
  const violationIn = ({ text, input }: GeneratedCase) =>
    withText(property(text, executeText(text, input)).violations[0], text);
  return violationIn(generateExits(seed)) ?? violationIn(generateCase(seed));
}

function withText(violation: Violation, text: string): Violation {
  return violation && `${violation}\n${text}`;
}
