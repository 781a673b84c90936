/**
 * How a run of dustrun and one of the naive interpreter differ.
 *
 * @module
 */
import type { GeneratedCase } from "../../../campaign/artifact.ts";
import { type Diagnostic, executeText } from "../../../mod.ts";
import type { TimeBug } from "./bugs.ts";
import { interpret, type NaiveEnding } from "./naive.ts";

/** The difference, or `undefined`. */
export function timeDifference(one: GeneratedCase): string | undefined {
  const machine = machineEnding(one);
  const naive = naiveEnding(one);
  return machine === naive ? undefined : `the machine: ${machine}, the naive interpreter: ${naive}`;
}

/** How dustrun ends, as a text that {@link naiveEnding} must equal. */
export function machineEnding({ text, input }: GeneratedCase): string {
  return JSON.stringify(endingOf(text, input));
}

/** How the naive interpreter ends, with a bug planted or none. */
export function naiveEnding({ text, input }: GeneratedCase, bug?: TimeBug): string {
  return JSON.stringify(comparable(interpret(text, input, bug)));
}

function endingOf(text: string, input: GeneratedCase["input"]): NaiveEnding {
  const { outcome, diagnostics } = executeText(text, input);
  const code = outcome.error?.code;
  const { returned } = outcome;
  const value = typeof returned === "object" && returned !== null && "Int" in returned
    ? Number(returned["Int"])
    : 0;
  return comparable({ code, ...placesOf(diagnostics[0]), ticks: outcome.ticks, value });
}

/** A Φ call without a configuration is decided before its statements, so that none of them is the place. */
function comparable(ending: NaiveEnding): NaiveEnding {
  const { code, bound, at, ticks, value } = ending;
  return { code, bound, at: code === "DR0902" ? undefined : at, ticks, value };
}

function placesOf(diagnostic: Diagnostic | undefined): Pick<NaiveEnding, "bound" | "at"> {
  const [main, second] = diagnostic?.marks.map(({ path }) => path) ?? [];
  switch (diagnostic?.code) {
    case "DR0691": // the call, the clause, and the statement if it is an upper side
      return { bound: second, at: diagnostic.marks.find(({ role }) => role === "origin")?.path };
    case "DR0791":
      return { bound: second, at: main };
    default:
      return { bound: undefined, at: main };
  }
}
