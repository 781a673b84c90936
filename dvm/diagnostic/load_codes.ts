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
    rule:
      "A JSON object has each member at most once. Most JSON parsers would silently keep the last.",
    clauses: ["DIR-04", "DIR-01"],
    spec: "spec 12.10",
  },
  DR0103: {
    kind: "DirLoad",
    title: "JSON nested too deeply",
    rule: "Values in an artifact nest at most 512 deep.",
    clauses: ["FAI-11"],
    spec: "semantics, limits",
  },
  DR0104: {
    kind: "DirLoad",
    title: "Unexpected kind of JSON value",
    rule: "The value of each member of a DIR record is of one JSON kind.",
    clauses: ["DIR-01", "DIR-22"],
    spec: "spec 12.10",
  },
  DR0105: {
    kind: "DirLoad",
    title: "Member missing",
    rule: "A DIR record has all its members; only types, locals and version are optional.",
    clauses: ["DIR-22"],
    spec: "spec 12.4",
  },
  DR0106: {
    kind: "DirLoad",
    title: "Unknown member",
    rule:
      "A member that DIR does not define is refused, because it could change the meaning. span and spans are ignored.",
    clauses: ["DIR-09"],
    spec: "spec 13.6",
  },
  DR0107: {
    kind: "DirLoad",
    title: "Number or text without an exact representation",
    rule:
      "Integers fit 64 bits signed, other numbers are finite, and strings are well-formed Unicode. Nothing is rounded or replaced.",
    clauses: ["DIR-20"],
    spec: "spec 2.6",
  },
  DR0108: {
    kind: "DirLoad",
    title: "No forge, or an empty name",
    rule: "A program has at least one forge, and no name in it is empty.",
    clauses: ["DIR-03"],
    spec: "spec 3.1",
  },
  DR0109: {
    kind: "DirLoad",
    title: "Artifact too long",
    rule: "An artifact has at most 251,658,240 UTF-16 units.",
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
    rule: "The whole text must be one well-formed expression; nothing after it is ignored.",
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
    title: "Expression nested too deeply",
    rule: "The tree of an expression is at most 1,000 levels deep.",
    clauses: ["FAI-11"],
    spec: "semantics, limits",
  },
  DR0115: {
    kind: "DirLoad",
    title: "Expression that the compiler could not print",
    rule:
      "Text such as { ... } replaces an expression that the compiler lost. It is refused rather than given a meaning.",
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
    rule: "The regime of a process is K, Q or Φ.",
    clauses: ["DIR-05", "DIR-06"],
    spec: "spec 4.1",
  },
  DR0118: {
    kind: "DirLoad",
    title: "Unknown qualifier",
    rule: "The only qualifier is linear.",
    clauses: ["DIR-09"],
    spec: "spec 3.5.6",
  },
  DR0119: {
    kind: "DirLoad",
    title: "Unknown effect kind",
    rule:
      "The effect kinds are emit, observe and seal. The kind expr is an expression statement, which leaves no record.",
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
      "A declared version is 0.1 or 0.2, and not older than the newest feature that the artifact uses.",
    clauses: ["DIR-10"],
    spec: "spec 14.5",
  },
  DR0123: {
    kind: "DirLoad",
    title: "Unsupported type declaration",
    rule: "A declared type is a struct or an alias; enums are not supported yet.",
    clauses: ["DIR-09", "DIR-10"],
    spec: "spec v0.2 5",
  },
} as const satisfies { readonly [code: string]: CodeEntry };
