/**
 * The texts that the expectations rest on, quoted, each with where it stands.
 *
 * @module
 */
const ROUND = "semantics.md, second round";

export const EXIT =
  `${ROUND}, Constraints: "When control leaves by \`return\` or at the end, those not reached are executed first, in document order, before the return's expression, each with its tick"`;
export const EVALUATION =
  `${ROUND}, Constraints: "one whose evaluation fails fails as it would where it stands"`;
export const UNMADE =
  `${ROUND}, Constraints: "One with a name whose binding was never made holds as a whole (an inner \`m\` is not the body's \`m\`)"`;
export const AFTER_FAILURE = `${ROUND}, Constraints: "After a failure nothing more is decided."`;
export const CALLEE_EXIT = `${ROUND}, Constraints: "A callee is left the same way."`;
export const INNER =
  `${ROUND}, Constraints: "A constraint in an inner block counts when it is reached, and from then on (X-53); one after a \`return\` of that block is decided before it (X-22)"`;
export const BREAK =
  `${ROUND}, Constraints: "\`break\` and \`continue\` do not make unreached ones count."`;
export const ASSIGNED =
  `${ROUND}, Constraints: "a constraint is in force from the point where it is reached; it is decided then and at each later assignment (CON-14), and at an exit with the last values"`;
export const CON_03 =
  `CON-03: "A constraint governs its whole process wherever it is written, including statements before it."`;
export const CON_06 =
  `CON-06: "No effect of a process happens unless all of its constraints are satisfied"`;
export const CON_12 =
  `CON-12: "a callee's effects cannot happen while the caller's constraints fail"`;
export const TICK =
  `semantics.md, Time: "A tick is one executed statement other than \`Return\`; a call statement counts itself and everything it executes; a loop or \`If\` counts one for each evaluation of its condition."`;
export const BINDINGS = `${ROUND}: "Names are bindings, not spellings"`;
export const UNREACHABLE =
  `${ROUND}, Names and types: "Only what stands after a \`return\` (or after an \`If\` both of whose branches return) is unreachable in the sense of X-22. For TYP-11 a \`While true\` without \`break\` never completes; what follows it is still reachable for X-22."`;

export const WITNESS =
  `${ROUND}, Witnesses: "The record of \`prove\` names, in statement order: the constraints in force at the \`prove\`, and those of the body not yet reached whose bindings are all made and assigned nowhere in the process; none that mentions a hidden name."`;
export const CONFIGURATION =
  `${ROUND}, Witnesses: "\`configuration\` (X-21): the parameters, then each further name that these mention, in order of binding."`;
export const WIT_02 =
  `WIT-02: "No witness exists unless every constraint of the process holds, including ones written after the prove."`;
export const WIT_04 = `WIT-04: "a boolean source must be true"`;
export const WIT_05 =
  `WIT-05: "A witness crosses a bind only if its contract grants witness_transfer; otherwise the attempt is a contract violation."`;
export const CANONICAL =
  `semantics.md, Φ resolution: "the lexicographically least, integers ordered 0, 1, -1, 2, -2, …, false before true"`;

export const SAME_ENDS =
  `${ROUND}, Binds: "Two binds with the same ends are one entity declared twice (DR0205) across the whole linked set"`;
export const FLOW =
  `${ROUND}, Binds: "\`linearity_enforced\` follows the value within K. A literal, an operator's result and the result of a bound call are new values; names, assignment, fields, elements, \`match\` and K calls carry values."`;
export const HANDED =
  `${ROUND}, Binds: "After the hand-over any use of it, or of what holds it or is held in it, is refused, also when a callee handed over its parameter; what may be the same value counts as the same."`;
export const NO_USE =
  `${ROUND}, Binds: "Mentions in \`constrain\` and \`prove … from\` are no uses."`;
export const X_18 = `X-18: "\`== false\`, or absence, leaves K arguments reusable"`;

export const BOUND =
  `${ROUND}, Binds, Time: "A statement may begin or complete only if the clock plus its tick keeps every open upper bound (\`<\`, \`<=\`, the upper side of \`==\`, \`Timer\`); otherwise that is the failure, before the statement is evaluated."`;
export const TIES =
  `${ROUND}, Binds, Time: "Of several at one tick: the innermost call first, there \`Timer\` before clauses in written order, \`max_ticks\` last."`;
export const LOWER =
  `${ROUND}, Binds, Time: "Lower sides (\`>\`, \`>=\`, the lower side of \`==\`) are decided on return."`;
export const WITHIN =
  `${ROUND}, Binds, Time: "A callee that fails within its bounds keeps its failure."`;
export const PHI_CALL =
  `${ROUND}, Binds, Time: "A Φ call is resolved before its statements count."`;
export const TICK_US =
  `semantics.md, Time: "One tick lasts \`tick_us\` microseconds (default 1) by declaration. A \`latency_us\` clause bounds the ticks of the exercised call; \`Timer(deadline_us=…)\` bounds those of its process"`;
export const X_12 =
  `X-12: "One bind licenses calls between its two endpoints whichever of them calls; arguments and result of that call belong to one exercise of the bind. Direction decides only (a) whose effects \`effects_allowed\` speaks of, (b) which Φ process gates which K process."`;
export const X_16 =
  `X-16: "It must be granted (\`== true\`) for the target, or the process called across the bind, to contain any effect, its own or through calls. Absent means not granted."`;
export const CTR_01 = `CTR-01: "Every clause of a contract must hold."`;
export const CTR_04 =
  `CTR-04: "Permissions not stated in a contract (effect propagation, witness transfer) are not granted."`;
export const CTR_10 = `CTR-10: "A clause the executor cannot interpret is never ignored."`;
export const BND_04_FLOW =
  `BND-04: "A bind permits flow from source to target only; flow the other way needs its own bind."`;
export const BIND_ENDS =
  `BND-03: "Each bind endpoint resolves to exactly one process, written as regime::name or as a bare name looked up in the same forge." X-51, "Calls and binds across forges", in semantics.md: "Names resolve in their forge first, then, if exactly one other forge of the linked set has that \`regime::name\`, there; an ambiguous or missing target is a static error that lists the candidates"`;
export const BND_14 =
  `BND-14: "A bind whose contract fails blocks its own exercise only; processes that do not use it still run."`;
export const X_14 =
  `X-14: "If K calls it, those calls decide. If not, before running K the Φ process must be admissible by itself (existence, as X-07)."`;
export const X_13 =
  `X-13: "Same-regime calls need none; if a bind between the pair exists, its contract applies to every call between them."`;

export const PATHS =
  `${ROUND}, Linearity: "Uses are counted along paths, \`match\` arms included: a linear value must be used exactly once in every arm, or in none and elsewhere once."`;
export const X_09 =
  `X-09: "Any mention of a linear name, including one field access, consumes the whole value … After \`observe q\` … \`q\` names its classical outcome, which may be read by field access … Mentions in \`constrain\` and \`prove … from\` are not uses."`;
export const X_30 =
  `semantics.md, X-30: "A linearity violation is \`Inadmissible\` … although it is found statically."`;
export const X_30_FIRST =
  `X-30: "With several faults report all, first in document order as the main one."`;
export const X_38 = `X-38: "Static rules over the whole artifact before anything runs"`;

export const AMBIGUOUS =
  `${ROUND}, Binds: "An ambiguous callee is treated as a missing one (X-51): \`check\` reports it with its candidates, and it refuses only runs that can reach it."`;
export const LINKED =
  `semantics.md, X-51: "Names resolve in their forge first, then, if exactly one other forge of the linked set has that \`regime::name\`, there"`;
export const DRAFT =
  `${ROUND}, Binds: "A name that any linked process bears is never an operation of the draft language, ambiguous or not; in a linked set an operation whose argument types do not fit is a missing callee."`;
export const NEG =
  `${ROUND}, Names and types: "A process named \`Neg\` or \`Not\` cannot be told from the operator in expression text: declaring it is refused under \`spec\`"`;
export const X_34 = `X-34: "A word operator is one only between two operands."`;
export const SAME_CALL =
  `issue 14: "a \`Call\` statement and the same call in a \`let\` mean the same, for every name a process may have"`;
export const X_60 =
  `X-60: "Treat them as operations only in call position when no process of that name exists; as names they stay usable."`;
export const ALIASES = `${ROUND}, Names and types: "Aliases are resolved whether used or not"`;
export const EXPR =
  `${ROUND}, Names and types: "\`Effect\` of kind \`expr\` may hold one call as its whole payload"`;
export const X_36 =
  `X-36: "A nested call (inside a larger expression, an argument, predicate, payload, return or prove) must be to a process with no effects."`;

export const UNSIZED =
  `${ROUND}, What the compiler loses: "\`[T; 0]\` in any declared position, nested too, means an array of any length"`;
export const UNSIZED_INDEX =
  `${ROUND}, What the compiler loses: "Its index is checked at run time (\`Runtime\`), arrays of unequal length are unequal, it does not enter \`[T; n]\`, and an open Φ parameter of it needs an argument."`;
export const LITERALS =
  `${ROUND}, What the compiler loses: "Numeric literals, and operators, lets, arrays and assignments over them, take one type from all their uses (unification within the process)"`;
export const UNDECIDED =
  `${ROUND}, What the compiler loses: "Integer text that no use decides is \`i64\`, fraction text \`f64\`; \`f32\` with \`f64\` is \`f64\`."`;
export const DEMANDS =
  `${ROUND}, What the compiler loses: "Index, bits, shifts and ranges demand integers; demands that disagree are the type error of today. \`emit\` demands nothing."`;
export const ROUNDING =
  `${ROUND}, Numbers and arguments: "Decimal text becomes \`f32\` in one rounding, an integer literal in a float position too."`;
export const EXACT =
  `${ROUND}, Numbers and arguments: "a fraction is no integer however close, \`-0\` keeps its sign for floats, \`1e18\` is the integer it says, and a text parameter takes JSON strings or plain text, never the text of refused JSON"`;
export const USAGE =
  `${ROUND}, Numbers and arguments: "On the command line, under \`spec\`, after load, check and entry: an unknown, missing, repeated or unfit argument is a usage fault (exit 5, nearest name suggested) and begins no run. A Φ entry's missing argument is open unless its type is undecidable. In the library it stays an outcome (DR1003)"`;
export const TYP_15 =
  `TYP-15: "A value entering an i32 position (parameter, field, return) must be in 32-bit signed range; the same holds for each declared width."`;
export const TYP_17 = `TYP-17: "division rounds toward zero"`;

export const GATE_RESOURCES =
  `${ROUND}, Binds: "The resources of a gating Φ process are demanded like those of a called one (RES-01)."`;
export const ORDER =
  `semantics.md, The run, in order: "4. Resources declared by \`uses\` anywhere in the reachable call tree must be on offer … 5. Gates: each Φ process bound to a K process that does not call it must be admissible by itself. 6. Resolve"`;
export const BND_04 =
  `BND-04: "A bind permits flow from source to target only … under bind Φ::v -> K::k, v gates k"`;
