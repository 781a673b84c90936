/**
 * The codes of load failures: the text is not DIR.
 *
 * @module
 */
import type { CodeEntry } from "./entry.ts";

/** Codes of family 01. */
export const LOAD_CODES = {
  DR0101: {
    kind: "DirLoad",
    title: "Not well-formed JSON",
    rule:
      "An artifact is one complete JSON text in UTF-8, without a byte order mark and with nothing after it.",
    clauses: ["DIR-01"],
    spec: "spec 12.10",
  },
  DR0102: {
    kind: "DirLoad",
    title: "Member occurs twice",
    rule: "A JSON object has each member once. JSON readers would silently keep the last.",
    clauses: ["DIR-04", "DIR-01"],
    spec: "spec 12.10",
  },
  DR0103: {
    kind: "DirLoad",
    title: "JSON nested too deep",
    rule: "Values in an artifact nest at most 512 deep.",
    clauses: ["FAI-11"],
    spec: "semantics, limits",
  },
  DR0104: {
    kind: "DirLoad",
    title: "Unexpected kind of JSON value",
    rule: "Each member of a DIR record holds a value of one kind.",
    clauses: ["DIR-01", "DIR-22"],
    spec: "spec 12.10",
  },
  DR0105: {
    kind: "DirLoad",
    title: "Member missing",
    rule: "A DIR record states all its members; only types, locals and version may be absent.",
    clauses: ["DIR-22"],
    spec: "spec 12.4",
  },
  DR0106: {
    kind: "DirLoad",
    title: "Unknown member",
    rule:
      "A member that DIR does not define could change the meaning, so it is refused. span and spans are inert and kept.",
    clauses: ["DIR-09"],
    spec: "spec 13.6",
  },
  DR0107: {
    kind: "DirLoad",
    title: "Number or text that cannot be held exactly",
    rule:
      "Integers are signed 64-bit, numbers finite, and strings well-formed Unicode. Nothing is rounded or replaced.",
    clauses: ["DIR-20"],
    spec: "spec 2.6",
  },
  DR0108: {
    kind: "DirLoad",
    title: "Nothing there, or no name",
    rule: "A program has at least one forge, and every forge, process and name in it is not empty.",
    clauses: ["DIR-03"],
    spec: "spec 3.1",
  },
  DR0109: {
    kind: "DirLoad",
    title: "Artifact too long",
    rule: "An artifact has at most 268,435,456 UTF-16 units.",
    clauses: ["FAI-11"],
    spec: "semantics, limits",
  },
  DR0110: {
    kind: "DirLoad",
    title: "Character that begins no expression",
    rule: "Expression text is ASCII outside string literals, apart from the regime Φ in a path.",
    clauses: ["DIR-16"],
    spec: "spec 3.8",
  },
  DR0111: {
    kind: "DirLoad",
    title: "Not one whole expression",
    rule:
      "An expression is accepted only if its whole text is one well-formed expression; nothing at its end is ignored.",
    clauses: ["DIR-18"],
    spec: "spec 3.8",
  },
  DR0112: {
    kind: "DirLoad",
    title: "Malformed literal",
    rule: "String and character literals are closed, and use only the defined escapes.",
    clauses: ["DIR-19"],
    spec: "spec 2.6.3",
  },
  DR0113: {
    kind: "DirLoad",
    title: "Integer literal out of range",
    rule: "An integer literal fits 64 bits.",
    clauses: ["DIR-20"],
    spec: "spec 2.6.1",
  },
  DR0114: {
    kind: "DirLoad",
    title: "Expression nested too deep",
    rule: "An expression's tree is at most 1,000 deep.",
    clauses: ["FAI-11"],
    spec: "semantics, limits",
  },
  DR0115: {
    kind: "DirLoad",
    title: "Expression the compiler could not render",
    rule:
      "Text such as { ... } stands for something that was lost. It is refused rather than given a meaning.",
    clauses: ["DIR-23"],
    spec: "spec 12.10",
  },
  DR0116: {
    kind: "DirLoad",
    title: "Unknown operator",
    rule: "A word between two operands must be one of the operators.",
    clauses: ["DIR-16"],
    spec: "spec 3.8",
  },
  DR0117: {
    kind: "DirLoad",
    title: "Unknown regime",
    rule: "A process has exactly one regime out of K, Q and Φ, as written.",
    clauses: ["DIR-05", "DIR-06"],
    spec: "spec 4.1",
  },
  DR0118: {
    kind: "DirLoad",
    title: "Unknown qualifier",
    rule: "The one qualifier is linear.",
    clauses: ["DIR-09"],
    spec: "spec 3.5.6",
  },
  DR0119: {
    kind: "DirLoad",
    title: "Unknown effect kind",
    rule:
      "The effect kinds are emit, observe and seal. A statement lowered as expr is evaluated and leaves no record.",
    clauses: ["EFF-01", "DIR-24"],
    spec: "spec 6.2",
  },
  DR0120: {
    kind: "DirLoad",
    title: "Unknown statement",
    rule: "A statement is one of the forms of DIR v0.1 or v0.2.",
    clauses: ["DIR-09", "DIR-08"],
    spec: "spec 12.5",
  },
  DR0121: {
    kind: "DirLoad",
    title: "Malformed contract clause",
    rule: "A clause is an attribute, one of == < <= > >=, and a literal or identifier.",
    clauses: ["CTR-08"],
    spec: "spec 3.6.3",
  },
  DR0122: {
    kind: "DirLoad",
    title: "Unsupported version",
    rule:
      "The version of an artifact is that of the newest feature it uses; a declared version is 0.1 or 0.2 and not older than that.",
    clauses: ["DIR-10"],
    spec: "spec 14.5",
  },
  DR0123: {
    kind: "DirLoad",
    title: "Unsupported type declaration",
    rule: "Declared types are structs and aliases; enums are not executed yet.",
    clauses: ["DIR-09", "DIR-10"],
    spec: "spec v0.2 5",
  },
} as const satisfies { readonly [code: string]: CodeEntry };
