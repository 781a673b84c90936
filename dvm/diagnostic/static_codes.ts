/**
 * The codes of violations that are found without executing: names, types, linearity, effects, binds.
 *
 * @module
 */
import type { CodeEntry } from "./entry.ts";

/** Codes of families 02 to 07 that the static checks report. */
export const STATIC_CODES = {
  DR0201: {
    kind: "DirValidate",
    title: "Callee does not exist",
    rule:
      "Every call names exactly one existing process: of its own forge, or of exactly one other forge of the linked program. In a program linked from several artifacts, processes that the entry cannot reach may lack callees.",
    clauses: ["DIR-25"],
    spec: "spec 10.3",
  },
  DR0202: {
    kind: "DirValidate",
    title: "Callee is ambiguous",
    rule: "A path that several processes have names none of them. Nothing is picked by file order.",
    clauses: ["DIR-25", "DIR-13"],
    spec: "spec 10.3",
  },
  DR0203: {
    kind: "DirValidate",
    title: "Unknown name",
    rule:
      "A statement mentions parameters and earlier bindings only; a constraint may also mention later ones.",
    clauses: ["TYP-14", "CON-05"],
    spec: "spec 5.6",
  },
  DR0204: {
    kind: "DirValidate",
    title: "Name bound twice",
    rule:
      "A name is bound at most once in a scope, parameters included. A nested block of DIR 0.2 is a scope of its own.",
    clauses: ["TYP-13"],
    spec: "spec 5.6.1",
  },
  DR0205: {
    kind: "DirValidate",
    title: "Declared twice",
    rule: "Forges, shapes, processes, fields and parameters are each unique in their namespace.",
    clauses: ["DIR-04"],
    spec: "spec 3",
  },
  DR0206: {
    kind: "DirValidate",
    title: "Unknown type",
    rule: "Every type is a primitive or a shape in scope.",
    clauses: ["TYP-01"],
    spec: "spec 5.3",
  },
  DR0207: {
    kind: "DirValidate",
    title: "Process used as a value",
    rule: "Processes are called; they are not bound, passed or returned.",
    clauses: ["TYP-22"],
    spec: "spec 8.8",
  },
  DR0208: {
    kind: "DirValidate",
    title: "Not an identifier",
    rule:
      "A declared name is ASCII letters, digits and underscores, does not start with a digit, and is no reserved word.",
    clauses: ["DIR-21"],
    spec: "spec 2.4",
  },
  DR0209: {
    kind: "DirValidate",
    title: "Break or continue outside a loop",
    rule: "break and continue act on the innermost loop and need one.",
    clauses: ["K-12"],
    spec: "spec v0.2 3",
  },
  DR0210: {
    kind: "DirValidate",
    title: "Unreachable statement",
    rule: "Nothing but a constraint may follow a statement that always leaves: it could never act.",
    clauses: ["TYP-11", "K-06"],
    spec: "spec 8.4",
  },
  DR0211: {
    kind: "DirValidate",
    title: "Statement outside its regime",
    rule: "Branches, loops and assignment occur only in K processes.",
    clauses: ["K-14", "DIR-07"],
    spec: "spec v0.2 3",
  },
  DR0212: {
    kind: "DirValidate",
    title: "Call cycle",
    rule: "DIR 0.1 has no recursion. DIR 0.2 has it for K processes, under a depth limit.",
    clauses: ["K-09"],
    spec: "spec 8.10",
  },
  DR0213: {
    kind: "DirValidate",
    title: "Memory statement",
    rule:
      "Alloc, Dealloc, Load and Store are read, and refused: this version does not execute them.",
    clauses: ["MEM-08", "DIR-10"],
    spec: "spec v0.2 4",
  },
  DR0214: {
    kind: "DirValidate",
    title: "Assignment to what cannot change",
    rule:
      "Only a local can be assigned: one declared mutable where the process lists its locals, any let-bound name where it lists none; never a parameter, a loop's variable or a witness.",
    clauses: ["K-10"],
    spec: "spec v0.2 3",
  },
  DR0215: {
    kind: "DirValidate",
    title: "Assignment after seal",
    rule: "What has been sealed cannot change any more.",
    clauses: ["EFF-16"],
    spec: "spec 6.5",
  },
  DR0216: {
    kind: "DirValidate",
    title: "Unknown shape",
    rule: "A shape literal names a shape of the forge.",
    clauses: ["TYP-01", "TYP-06"],
    spec: "spec 5.4",
  },
  DR0217: {
    kind: "DirValidate",
    title: "Too many calls in one expression",
    rule: "An expression holds at most 1,000 calls: it is evaluated again after each of them.",
    clauses: ["FAI-11"],
    spec: "semantics X-64",
  },
  DR0301: {
    kind: "DirValidate",
    title: "Operator does not apply",
    rule:
      "Arithmetic and ordering take two numbers of one type, logic takes bools, equality two operands of one type. Nothing converts implicitly.",
    clauses: ["TYP-02", "TYP-03", "TYP-04", "TYP-18"],
    spec: "spec 5.6.2",
  },
  DR0302: {
    kind: "DirValidate",
    title: "Wrong type",
    rule:
      "A value that enters a parameter, field, local, return or array has the declared type. Shapes are told apart by name.",
    clauses: ["TYP-02", "TYP-07", "TYP-09", "TYP-10"],
    spec: "spec 5.6.2",
  },
  DR0303: {
    kind: "DirValidate",
    title: "No such field",
    rule: "A field is read from a shape that declares it.",
    clauses: ["TYP-05"],
    spec: "spec 5.4",
  },
  DR0304: {
    kind: "DirValidate",
    title: "Fields of a shape literal",
    rule: "A shape literal gives each declared field exactly once.",
    clauses: ["TYP-06"],
    spec: "spec 5.4.2",
  },
  DR0305: {
    kind: "DirValidate",
    title: "Number of arguments",
    rule: "A call gives exactly the declared parameters.",
    clauses: ["TYP-09"],
    spec: "spec 8.3",
  },
  DR0306: {
    kind: "DirValidate",
    title: "Missing return",
    rule: "A process that declares a return type returns on every path.",
    clauses: ["TYP-11"],
    spec: "spec 5.7",
  },
  DR0307: {
    kind: "DirValidate",
    title: "Return without a value",
    rule: "A process that declares a return type returns a value of it.",
    clauses: ["TYP-10"],
    spec: "spec 5.7",
  },
  DR0308: {
    kind: "DirValidate",
    title: "Condition is not a bool",
    rule: "The condition of a branch or loop is a bool; no number is true.",
    clauses: ["K-11", "K-12", "TYP-02"],
    spec: "spec v0.2 3",
  },
  DR0309: {
    kind: "DirValidate",
    title: "Predicate is not a bool",
    rule: "A constraint's predicate evaluates to a bool.",
    clauses: ["CON-01"],
    spec: "spec 7.2",
  },
  DR0310: {
    kind: "DirValidate",
    title: "Literal outside its declared type",
    rule: "An integer literal lies in the range of the type that it enters.",
    clauses: ["TYP-15"],
    spec: "spec 5.3.1",
  },
  DR0311: {
    kind: "DirValidate",
    title: "No value to bind",
    rule: "A process without a return type hands no value to its caller.",
    clauses: ["TYP-12"],
    spec: "spec 8.5.2",
  },
  DR0312: {
    kind: "DirValidate",
    title: "Not an array",
    rule: "Only arrays are indexed.",
    clauses: ["TYP-21"],
    spec: "spec v0.2 5",
  },
  DR0313: {
    kind: "DirValidate",
    title: "Forged witness",
    rule: "A witness comes only from prove; none can be written down.",
    clauses: ["WIT-03"],
    spec: "spec 7.6",
  },
  DR0314: {
    kind: "DirValidate",
    title: "phi_witness",
    rule:
      "phi_witness is an operation of the upstream executor (--semantics host-0.1). In the language a witness comes from prove.",
    clauses: ["WIT-03", "DIR-26"],
    spec: "semantics X-21",
  },
  DR0315: {
    kind: "DirValidate",
    title: "Infinite shape",
    rule: "A shape does not contain itself.",
    clauses: ["TYP-01"],
    spec: "spec 5.4",
  },
  DR0316: {
    kind: "DirValidate",
    title: "Form of an intrinsic",
    rule:
      "q_alloc takes the name of a type; q_move, q_use and q_consume take one linear name. Each is the whole right side of a let or a statement of its own, and what q_alloc and q_move give is bound to a name.",
    clauses: ["Q-16", "Q-17"],
    spec: "semantics X-52",
  },
  DR0317: {
    kind: "DirValidate",
    title: "Value too large",
    rule:
      "A type's values have at most 1,000,000 parts and are nested at most 256 deep: a value must fit in memory and in one line of the log.",
    clauses: ["FAI-11"],
    spec: "semantics X-64",
  },
  DR0401: {
    kind: "Inadmissible",
    title: "Linear value used twice",
    rule:
      "In a Q process, and in any process marked linear, every name is used exactly once. One field access uses the whole value.",
    clauses: ["Q-01", "Q-03", "Q-08", "Q-11"],
    spec: "spec 4.4.2",
  },
  DR0402: {
    kind: "Inadmissible",
    title: "Linear value left over",
    rule:
      "In a Q process, and in any process marked linear, every parameter and bound name is used by the end: returned, passed on, measured or freed.",
    clauses: ["Q-02", "Q-16"],
    spec: "spec 4.4.2",
  },
  DR0403: {
    kind: "DirValidate",
    title: "Q process without linear",
    rule: "Every Q process carries the linear qualifier.",
    clauses: ["Q-05"],
    spec: "spec 4.4.3",
  },
  DR0404: {
    kind: "Inadmissible",
    title: "Measured value used as a whole",
    rule:
      "observe measures and consumes. The name then stands for the classical outcome, which is read by field only.",
    clauses: ["Q-10", "Q-11"],
    spec: "semantics X-09",
  },
  DR0405: {
    kind: "Inadmissible",
    title: "Used after it was handed over",
    rule: "linearity_enforced == true takes the argument from the side that gave it.",
    clauses: ["CTR-06", "BND-08"],
    spec: "spec 10.5.2",
  },
  DR0406: {
    kind: "Inadmissible",
    title: "Branches use different linear values",
    rule: "Whichever branch is taken, the same linear names must be left.",
    clauses: ["Q-06"],
    spec: "spec 4.4.2",
  },
  DR0407: {
    kind: "DirValidate",
    title: "Q operation outside Q",
    rule: "q_alloc, q_move, q_use and q_consume belong to Q processes.",
    clauses: ["DIR-07"],
    spec: "spec 4.3",
  },
  DR0408: {
    kind: "Inadmissible",
    title: "Equality of a linear value",
    rule:
      "Equality never applies to a linear name as a whole, except in a constraint. Fields may be compared; that uses the value.",
    clauses: ["Q-01", "Q-14"],
    spec: "semantics X-35",
  },
  DR0501: {
    kind: "DirValidate",
    title: "Effect in a Q process",
    rule: "A Q process performs no emit and no seal. observe of a linear name is its measurement.",
    clauses: ["Q-09", "BND-13"],
    spec: "spec 6.5.2",
  },
  DR0502: {
    kind: "DirValidate",
    title: "Measurement of what is no name",
    rule: "observe in a Q process names the linear value that it measures.",
    clauses: ["Q-10"],
    spec: "spec 6.5.2",
  },
  DR0503: {
    kind: "DirValidate",
    title: "Effect in a Φ process without a witness",
    rule: "A Φ process has no effect but the report of a witness that it has proved before.",
    clauses: ["PHI-01", "EFF-19", "WIT-07", "WIT-08"],
    spec: "spec 6.5.3",
  },
  DR0504: {
    kind: "DirValidate",
    title: "Effectful call inside an expression",
    rule:
      "A call with effects is the whole right side of a let or assignment, a call statement, or a returned expression. Predicates, payloads and arguments have none.",
    clauses: ["EFF-14", "CON-02"],
    spec: "spec 6.6",
  },
  DR0601: {
    kind: "DirValidate",
    title: "End of a bind",
    rule: "Each end of a bind is exactly one process of the forge.",
    clauses: ["BND-03"],
    spec: "spec 10.3",
  },
  DR0602: {
    kind: "DirValidate",
    title: "Call across regimes without a bind",
    rule:
      "Processes of different regimes reach each other only over a declared bind; binds do not compose.",
    clauses: ["BND-01", "BND-05", "Q-13", "PHI-12"],
    spec: "spec 10.1",
  },
  DR0603: {
    kind: "DirValidate",
    title: "Effectful callee of a Q or Φ process",
    rule:
      "A Q or Φ process reaches another regime only over a bind, and only a callee without effects.",
    clauses: ["Q-13", "PHI-12"],
    spec: "spec 4.6",
  },
  DR0604: {
    kind: "DirValidate",
    title: "Clause does not fit its attribute",
    rule:
      "latency_us is compared with a whole number; the other attributes are compared == with true or false.",
    clauses: ["CTR-08", "CTR-02"],
    spec: "spec 10.5.2",
  },
  DR0701: {
    kind: "DirValidate",
    title: "Malformed Timer",
    rule: "deadline_us of a Timer is a whole number of microseconds.",
    clauses: ["TIM-09"],
    spec: "spec 9.3",
  },
} as const satisfies { readonly [code: string]: CodeEntry };
