/**
 * The codes of failures under `--semantics host-0.1`, where kinds and messages are those of the upstream executor and not
 * those of the language. `docs/host-0.1.md` lists where the two differ.
 *
 * @module
 */
import type { CodeEntry } from "./entry.ts";

/** Codes of family 12. */
export const HOST01_CODES = {
  DR1201: {
    kind: "DirLoad",
    title: "Artifact the upstream executor cannot read",
    rule:
      "Under host-0.1 an artifact is read as the upstream executor reads it: unknown members are ignored, a missing or " +
      "repeated known member is an error, and only the five statements of DIR v0.1 exist.",
    clauses: ["DIR-01"],
    spec: "host-0.1",
  },
  DR1202: {
    kind: "DirValidate",
    title: "Artifact the upstream executor refuses",
    rule:
      "Under host-0.1 a program has a forge, no forge or process has a blank name, and regimes are K, Q and Φ. Nothing " +
      "else is checked before execution.",
    clauses: ["DIR-03", "DIR-05"],
    spec: "host-0.1",
  },
  DR1203: {
    kind: "EntrypointNotFound",
    title: "Entry names no process",
    rule:
      "Under host-0.1 the entry is the bare name of a process; the first one in the text is taken.",
    clauses: ["FAI-16"],
    spec: "host-0.1",
  },
  DR1204: {
    kind: "Runtime",
    title: "Entry has parameters",
    rule: "Under host-0.1 an entry takes no arguments, so it may have no parameters.",
    clauses: ["PHI-09"],
    spec: "host-0.1",
  },
  DR1205: {
    kind: "Inadmissible",
    title: "Predicate does not hold",
    rule:
      "Under host-0.1 a predicate is decided at its own place, and in Φ before everything else with no name bound. In Φ " +
      "whatever goes wrong in a constraint counts as this failure.",
    clauses: ["CON-07"],
    spec: "host-0.1",
  },
  DR1206: {
    kind: "ConstraintFailure",
    title: "Predicate is not boolean",
    rule: "Under host-0.1 a predicate whose value is not a boolean fails when it is reached.",
    clauses: ["CON-01"],
    spec: "host-0.1",
  },
  DR1207: {
    kind: "Runtime",
    title: "Expression without a value",
    rule:
      "Under host-0.1 an expression is text, read and evaluated when its statement is reached. Only the characters of the " +
      "whole text have to be readable; what follows the first complete expression is not looked at.",
    clauses: ["DIR-16"],
    spec: "host-0.1",
  },
  DR1208: {
    kind: "Runtime",
    title: "Digest is not a string",
    rule: "Under host-0.1 phi_witness takes a string.",
    clauses: ["WIT-11"],
    spec: "host-0.1",
  },
  DR1209: {
    kind: "Inadmissible",
    title: "Linear binding misused",
    rule:
      "Under host-0.1 only what q_alloc made is linear: its name is allocated once, and is dead once moved or consumed.",
    clauses: ["Q-17"],
    spec: "host-0.1",
  },
  DR1210: {
    kind: "UnsupportedRegime",
    title: "Φ is not executed",
    rule:
      "Under host-0.1 a Φ entry is walked through and then refused, whatever it says. Leave out --semantics to have it resolved.",
    clauses: ["PHI-02"],
    spec: "host-0.1",
  },
  DR1211: {
    kind: "Runtime",
    title: "Upstream executor would crash",
    rule:
      "The least integer divided by -1, and expressions nested beyond what its stack holds, end the upstream executor " +
      "without a trace. Here they are ordinary failures.",
    clauses: ["FAI-11"],
    spec: "host-0.1",
  },
} as const satisfies { readonly [code: string]: CodeEntry };
