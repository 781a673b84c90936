/**
 * The codes of violations of static rules: names, types, linearity, effects, binds.
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
      "Every call names exactly one existing process: of its own forge, or of exactly one other forge of the linked program. In a program linked from several artifacts, only runs that can reach the call are refused.",
    clauses: ["DIR-25"],
    spec: "spec 10.3",
  },
  DR0202: {
    kind: "DirValidate",
    title: "Callee is ambiguous",
    rule:
      "A path that matches several processes names none of them; file order decides nothing. In a program linked from several artifacts, only runs that can reach the call are refused.",
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
      "A name is bound at most once in a scope, parameters included. A nested block of DIR 0.2 is a separate scope.",
    clauses: ["TYP-13"],
    spec: "spec 5.6.1",
  },
  DR0205: {
    kind: "DirValidate",
    title: "Declared twice",
    rule:
      "Forges, shapes, processes, fields and parameters are each unique in their namespace, and binds, by their ends, in the whole program.",
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
    rule: "A process can be called, but not bound, passed or returned.",
    clauses: ["TYP-22"],
    spec: "spec 8.8",
  },
  DR0208: {
    kind: "DirValidate",
    title: "Not an identifier",
    rule:
      "A declared name is ASCII letters, digits and underscores, does not start with a digit, and is not a reserved word.",
    clauses: ["DIR-21"],
    spec: "spec 2.4",
  },
  DR0209: {
    kind: "DirValidate",
    title: "Break or continue outside a loop",
    rule: "break and continue apply to the innermost loop, so they must be inside one.",
    clauses: ["K-12"],
    spec: "spec v0.2 3",
  },
  DR0210: {
    kind: "DirValidate",
    title: "Unreachable statement",
    rule:
      "Only constraints may follow a return, or an If both of whose branches return: anything else could never execute.",
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
    rule: "DIR 0.1 has no recursion. DIR 0.2 allows it in K processes, up to a depth limit.",
    clauses: ["K-09"],
    spec: "spec 8.10",
  },
  DR0214: {
    kind: "DirValidate",
    title: "Assignment to an immutable name",
    rule:
      "Only a local can be assigned. If the process declares its locals, it must be declared mutable; otherwise any name bound by let can be assigned. A parameter, a loop variable or a witness never can.",
    clauses: ["K-10"],
    spec: "spec v0.2 3",
  },
  DR0215: {
    kind: "DirValidate",
    title: "Assignment after seal",
    rule: "A sealed name cannot be assigned.",
    clauses: ["EFF-16"],
    spec: "spec 6.5",
  },
  DR0216: {
    kind: "DirValidate",
    title: "Unknown shape",
    rule: "A shape literal names a shape in scope.",
    clauses: ["TYP-01", "TYP-06"],
    spec: "spec 5.4",
  },
  DR0217: {
    kind: "DirValidate",
    title: "Too many calls in one expression",
    rule:
      "An expression has at most 1,000 calls, because it is evaluated again after each of them.",
    clauses: ["FAI-11"],
    spec: "semantics X-64",
  },
  DR0218: {
    kind: "DirValidate",
    title: "Process named like a prefix operator",
    rule:
      "No process is named Neg or Not: in the text of an expression, Neg(x) and Not(x) are the operators, so a call could not be distinguished from them.",
    clauses: ["DIR-25"],
    spec: "semantics, Names and types",
  },
  DR0219: {
    kind: "DirValidate",
    title: "Alias without an end",
    rule:
      "An alias of a type, used or not, leads to a primitive, a shape or an array through at most 64 aliases, itself included, and never back to itself.",
    clauses: ["TYP-01"],
    spec: "semantics, Names and types",
  },
  DR0220: {
    kind: "DirValidate",
    title: "Operation of the draft language",
    rule:
      "Draft v0.2 of the language has unsafe blocks, which are not executed. A call of the name of an operation of the draft is a call of a process where any artifact of the program defines one, or, in a program linked from several artifacts, where its arguments do not fit the operation (DR0201).",
    clauses: ["DIR-09", "DIR-26"],
    spec: "spec v0.2 3.1, semantics X-60",
  },
  DR0221: {
    kind: "DirValidate",
    title: "Operation in an artifact of DIR 0.1",
    rule:
      "An artifact that uses operations of draft v0.2 needs DIR 0.2. It states that version, or none.",
    clauses: ["DIR-09"],
    spec: "spec v0.2 3",
  },
  DR0222: {
    kind: "DirValidate",
    title: "Operation inside an expression",
    rule:
      "An operation of draft v0.2 is the whole of a call statement or expression statement, or of the right side of a let, assignment or return.",
    clauses: ["EFF-14", "MEM-01"],
    spec: "semantics X-36",
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
      "A value that enters a parameter, field, local, return or array has the declared type. Shapes are identified by name.",
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
    rule: "A call has one argument for each declared parameter.",
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
    rule: "A process that declares a return type returns a value of that type.",
    clauses: ["TYP-10"],
    spec: "spec 5.7",
  },
  DR0308: {
    kind: "DirValidate",
    title: "Condition is not a bool",
    rule: "The condition of a branch or loop is a bool; numbers do not convert.",
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
    rule:
      "A literal is in the range of its type: an integer in that of the declared type of its position, a float in that of the type that its uses decide.",
    clauses: ["TYP-15"],
    spec: "spec 5.3.1",
  },
  DR0311: {
    kind: "DirValidate",
    title: "Call without a result used as a value",
    rule: "A call of a process without a return type has no value.",
    clauses: ["TYP-12"],
    spec: "spec 8.5.2",
  },
  DR0312: {
    kind: "DirValidate",
    title: "Not an array",
    rule: "Only arrays can be indexed.",
    clauses: ["TYP-21"],
    spec: "spec v0.2 5",
  },
  DR0313: {
    kind: "DirValidate",
    title: "Forged witness",
    rule: "Only prove makes witnesses; no literal is one.",
    clauses: ["WIT-03"],
    spec: "spec 7.6",
  },
  DR0314: {
    kind: "DirValidate",
    title: "phi_witness",
    rule:
      "phi_witness is an operation of the upstream executor (--semantics host-0.1). In the language, prove makes witnesses.",
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
      "q_alloc takes the name of a type; q_move, q_use and q_consume take one linear name. Each is the whole right side of a let or a separate statement, and the result of q_alloc and q_move is bound to a name.",
    clauses: ["Q-16", "Q-17"],
    spec: "semantics X-52",
  },
  DR0317: {
    kind: "DirValidate",
    title: "Value too large",
    rule:
      "The values of a type have at most 1,000,000 parts and nest at most 256 levels deep, so that they fit in memory and in one line of the log.",
    clauses: ["FAI-11"],
    spec: "semantics X-64",
  },
  DR0318: {
    kind: "DirValidate",
    title: "Handle outside regime K",
    rule:
      "Handles and the operations on them exist in K processes only. A Φ process does not reach them through calls either.",
    clauses: ["TYP-24"],
    spec: "spec v0.2 5.4",
  },
  DR0319: {
    kind: "DirValidate",
    title: "Handle inside a value",
    rule: "No shape, array or literal of one holds a handle.",
    clauses: ["TYP-24"],
    spec: "spec v0.2 5.4",
  },
  DR0320: {
    kind: "DirValidate",
    title: "Handle as a payload",
    rule: "A handle is not the payload of an effect, nor an expression statement.",
    clauses: ["TYP-24"],
    spec: "spec v0.2 5.4",
  },
  DR0321: {
    kind: "DirValidate",
    title: "Handle in a constraint",
    rule: "No constraint or proof mentions a handle.",
    clauses: ["TYP-24"],
    spec: "spec v0.2 5.4",
  },
  DR0322: {
    kind: "DirValidate",
    title: "Handle compared",
    rule: "Handles are not compared, and no match is of handles or yields one.",
    clauses: ["TYP-24"],
    spec: "spec v0.2 5.4",
  },
  DR0323: {
    kind: "DirValidate",
    title: "Handle across a bind",
    rule: "No call between the ends of a bind takes or returns a handle, whichever end calls.",
    clauses: ["TYP-24"],
    spec: "spec v0.2 6.5",
  },
  DR0324: {
    kind: "DirValidate",
    title: "No process to start",
    rule:
      "spawn starts a K process: spawn(p), or spawn(p(a, b)) with its arguments, and after it at most a seed. Arguments are given as in a call of p.",
    clauses: ["CCY-04"],
    spec: "spec v0.2 4.3.5, semantics X-58",
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
    title: "Linear value not used",
    rule:
      "In a Q process, and in any process marked linear, every parameter and bound name is used before its scope ends: returned, passed, measured or freed.",
    clauses: ["Q-02", "Q-16"],
    spec: "spec 4.4.2",
  },
  DR0403: {
    kind: "DirValidate",
    title: "Q process without linear",
    rule: "Every Q process has the linear qualifier.",
    clauses: ["Q-05"],
    spec: "spec 4.4.3",
  },
  DR0404: {
    kind: "Inadmissible",
    title: "Measured value used as a whole",
    rule:
      "observe measures a value and consumes it. From then on the name denotes the classical outcome, of which only fields can be read.",
    clauses: ["Q-10", "Q-11"],
    spec: "semantics X-09",
  },
  DR0405: {
    kind: "Inadmissible",
    title: "Used after a move across a bind",
    rule:
      "A bind with linearity_enforced == true moves the argument to the callee. The caller can no longer use that value, under whatever name; values that may be the same count as the same.",
    clauses: ["CTR-06", "BND-08"],
    spec: "spec 10.5.2",
  },
  DR0406: {
    kind: "Inadmissible",
    title: "Linear value used on some paths only",
    rule:
      "Uses are counted along paths: a linear value is used once in both branches and in every arm of a match, or in none of them and once elsewhere.",
    clauses: ["Q-06"],
    spec: "spec 4.4.2",
  },
  DR0407: {
    kind: "DirValidate",
    title: "Q operation outside Q",
    rule: "q_alloc, q_move, q_use and q_consume are available in Q processes only.",
    clauses: ["DIR-07"],
    spec: "spec 4.3",
  },
  DR0408: {
    kind: "Inadmissible",
    title: "Equality of a linear value",
    rule:
      "Equality applies to a linear name as a whole only in a constraint. Fields may be compared, which uses the value.",
    clauses: ["Q-01", "Q-14"],
    spec: "semantics X-35",
  },
  DR0501: {
    kind: "DirValidate",
    title: "Effect in a Q process",
    rule: "A Q process has no emit and no seal. observe of a linear name measures it.",
    clauses: ["Q-09", "BND-13"],
    spec: "spec 6.5.2",
  },
  DR0502: {
    kind: "DirValidate",
    title: "Measurement of an expression",
    rule: "observe in a Q process is applied to one linear name.",
    clauses: ["Q-10"],
    spec: "spec 6.5.2",
  },
  DR0503: {
    kind: "DirValidate",
    title: "Effect in a Φ process without a witness",
    rule: "The only effect of a Φ process is to report a witness that it has proved before.",
    clauses: ["PHI-01", "EFF-19", "WIT-07", "WIT-08"],
    spec: "spec 6.5.3",
  },
  DR0504: {
    kind: "DirValidate",
    title: "Effectful call inside an expression",
    rule:
      "A call with effects is the whole right side of a let or assignment, a call statement, or a returned expression. It is not part of a larger expression, a predicate or a payload.",
    clauses: ["EFF-14", "CON-02"],
    spec: "spec 6.6",
  },
  DR0601: {
    kind: "DirValidate",
    title: "End of a bind",
    rule:
      "Each end of a bind names exactly one process: as regime::name one of its own forge, or else of exactly one other forge of the linked program; a bare name is one of its own forge.",
    clauses: ["BND-03"],
    spec: "spec 10.3, semantics X-51",
  },
  DR0602: {
    kind: "DirValidate",
    title: "Call across regimes without a bind",
    rule:
      "A call between processes of different regimes needs a bind between these two; binds do not compose.",
    clauses: ["BND-01", "BND-05", "Q-13", "PHI-12"],
    spec: "spec 10.1",
  },
  DR0603: {
    kind: "DirValidate",
    title: "Effectful callee of a Q or Φ process",
    rule: "A Q or Φ process may call a process of another regime only if that has no effects.",
    clauses: ["Q-13", "PHI-12"],
    spec: "spec 4.6",
  },
  DR0604: {
    kind: "DirValidate",
    title: "Clause does not fit its attribute",
    rule:
      "latency_us is compared with a whole number; the other attributes are compared with true or false by ==.",
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
