/**
 * The codes of failures that only execution finds: evaluation, constraints, contracts exercised, resources, limits, entry.
 *
 * @module
 */
import type { CodeEntry } from "./entry.ts";

/** Codes of families 06 to 11 that the machine produces. */
export const RUN_CODES = {
  DR0690: {
    kind: "ContractViolation",
    title: "Effects not allowed by the contract",
    rule:
      "A call across a bind may have effects, its own or through what it calls, only if the contract grants " +
      "effects_allowed == true. An absent clause grants nothing.",
    clauses: ["CTR-03", "CTR-04", "EFF-15"],
    spec: "spec 10.5.2",
  },
  DR0691: {
    kind: "ContractViolation",
    title: "Latency bound not met",
    rule:
      "latency_us bounds the ticks of the exercised call times the declared length of a tick: from above before each " +
      "statement, from below on return. No clock is read.",
    clauses: ["CTR-05", "TIM-07", "TIM-08"],
    spec: "spec 10.5.2",
  },
  DR0692: {
    kind: "ContractViolation",
    title: "Witness not allowed across the bind",
    rule: "A witness crosses a bind only if the contract grants witness_transfer == true.",
    clauses: ["WIT-05", "CTR-04"],
    spec: "spec 10.5.2",
  },
  DR0693: {
    kind: "ContractViolation",
    title: "Contract clause that cannot be interpreted",
    rule:
      "A clause with an attribute that the language does not define makes its bind unusable: it is never ignored. " +
      "The attributes are witness_transfer, effects_allowed, latency_us and linearity_enforced.",
    clauses: ["CTR-10", "CTR-02"],
    spec: "spec 10.5.2",
  },
  DR0790: {
    kind: "ResourceUnavailable",
    title: "Declared resource is not on offer",
    rule:
      "Every resource that a process in the reachable call tree declares with uses must be offered by the environment, " +
      "by name and arguments alike, before anything runs.",
    clauses: ["RES-01", "RES-04", "RES-05", "RES-06"],
    spec: "spec 8.6",
  },
  DR0791: {
    kind: "TimeViolation",
    title: "Deadline exceeded",
    rule:
      "Timer(deadline_us=…) bounds the ticks of its process times the declared length of a tick. A statement that would " +
      "exceed it does not begin.",
    clauses: ["TIM-05", "TIM-06", "TIM-09"],
    spec: "spec 9.3",
  },
  DR0792: {
    kind: "ResourceUnavailable",
    title: "File is not there",
    rule:
      "open names a file that the environment manifest lists. One that is opened to be read exists before the run, or the run has written it.",
    clauses: ["RES-11"],
    spec: "spec v0.2 4.3.6, semantics X-59",
  },
  DR0793: {
    kind: "ResourceUnavailable",
    title: "Port or device is not there",
    rule:
      "A port is one that the environment manifest lists, by its name or number. So is what the argument of a Port, Device or Mem parameter of the entry names.",
    clauses: ["RES-10"],
    spec: "spec v0.2 7.3, semantics X-59",
  },
  DR0801: {
    kind: "Runtime",
    title: "Integer overflow",
    rule:
      "Integers are signed 64-bit. A result outside that range is a failure; nothing ever wraps.",
    clauses: ["TYP-16"],
    spec: "spec 5.3",
  },
  DR0802: {
    kind: "Runtime",
    title: "Division by zero",
    rule: "A division whose divisor is zero has no value.",
    clauses: ["TYP-16"],
    spec: "spec 5.3",
  },
  DR0803: {
    kind: "Runtime",
    title: "Shift count out of range",
    rule: "A shift count lies in 0 to 63.",
    clauses: ["TYP-16"],
    spec: "spec 5.3",
  },
  DR0804: {
    kind: "Runtime",
    title: "Index out of bounds",
    rule: "An index of an array of length n lies in 0 to n - 1.",
    clauses: ["TYP-21"],
    spec: "spec v0.2 5",
  },
  DR0805: {
    kind: "Runtime",
    title: "Float result not finite",
    rule:
      "Floats are finite binary64 numbers. An operation whose result is infinite or not a number is a failure.",
    clauses: ["TYP-19"],
    spec: "spec 5.3",
  },
  DR0806: {
    kind: "Runtime",
    title: "No match arm fits",
    rule:
      "A match takes the first arm whose pattern fits its subject; if none does, there is no value. End with _.",
    clauses: ["FAI-11"],
    spec: "spec v0.2 3",
  },
  DR0807: {
    kind: "Runtime",
    title: "Value outside its declared type",
    rule:
      "Where a value meets a declared type (parameter, field, local, return) it must lie in that type's range. It is " +
      "never truncated.",
    clauses: ["TYP-15"],
    spec: "spec 5.3",
  },
  DR0808: {
    kind: "Runtime",
    title: "Too much text in a value",
    rule:
      "One value holds at most 16 Mi UTF-16 units of text, each text counted as often as it occurs, so that every value " +
      "can be recorded as one line of the log.",
    clauses: ["FAI-11"],
    spec: "dustrun help limits",
  },
  DR0809: {
    kind: "Runtime",
    title: "Too many parts in a value",
    rule:
      "One value has at most 1,000,000 parts, each counted as often as it occurs. Its type bounds them, except through arrays of any length.",
    clauses: ["FAI-11"],
    spec: "dustrun help limits",
  },
  DR0810: {
    kind: "Runtime",
    title: "Negative size",
    rule: "alloc, read and write take a size of 0 bytes or more.",
    clauses: ["MEM-01", "RES-09"],
    spec: "spec v0.2 6.1",
  },
  DR0901: {
    kind: "Inadmissible",
    title: "Constraint does not hold",
    rule:
      "A constraint governs its whole process: if it does not hold, the process does not exist and nothing of the run " +
      "happens.",
    clauses: ["CON-06", "CON-07", "CON-09"],
    spec: "spec 7.4",
  },
  DR0902: {
    kind: "Inadmissible",
    title: "No configuration exists",
    rule:
      "A Φ process is admissible exactly when some configuration of its parameters satisfies all its constraints. Here " +
      "none does. A conflict that is named is minimal: leave out any one of it and a configuration exists. Where no minimal " +
      "one was found within max_conflict_work, a larger one is marked, and the verdict stands.",
    clauses: ["PHI-02", "PHI-03", "PHI-09"],
    spec: "spec 7.5",
  },
  DR0903: {
    kind: "Runtime",
    title: "Φ work budget exhausted",
    rule:
      "Existence is decided exactly within a budget of solver steps. When the budget ends first, the answer is that it " +
      "was not decided: never inadmissible, never a guess. Raise it with --max-work.",
    clauses: ["PHI-04", "FAI-11"],
    spec: "spec 7.8",
  },
  DR0904: {
    kind: "Inadmissible",
    title: "Proof source is false",
    rule: "A prove from a boolean needs that boolean to be true.",
    clauses: ["WIT-04"],
    spec: "spec 7.6",
  },
  DR0905: {
    kind: "Runtime",
    title: "Least configuration not reached",
    rule:
      "A Φ process has the least of its configurations. One exists, but the budget for the least one ended first; the one " +
      "found is shown, and is never used instead. Raise the budget with --max-work.",
    clauses: ["PHI-08", "FAI-11"],
    spec: "spec 7.8",
  },
  DR0906: {
    kind: "Inadmissible",
    title: "Use after free",
    rule:
      "A holder of a region is used until it is freed: load, store, copy, call and return need a live one. A parameter names the holder of its caller, so freeing it there ends it for both.",
    clauses: ["MEM-03", "MEM-08"],
    spec: "spec v0.2 7.1, semantics X-55",
  },
  DR0907: {
    kind: "Inadmissible",
    title: "Freed twice",
    rule: "Each holder is freed exactly once. Freeing its last holder frees the region.",
    clauses: ["MEM-02", "MEM-06", "MEM-08"],
    spec: "spec v0.2 4.3.4, semantics X-55",
  },
  DR0908: {
    kind: "Inadmissible",
    title: "Memory leak",
    rule:
      "A live holder is freed or returned before its name leaves scope or gets another value, and is bound to a name by the end of its statement.",
    clauses: ["MEM-04", "MEM-06", "MEM-08"],
    spec: "spec v0.2 7.1, semantics X-55",
  },
  DR0909: {
    kind: "Inadmissible",
    title: "Access outside the region",
    rule:
      "load and store move the 8 bytes at the start of a region, read and write as many as they are told; the region must have them.",
    clauses: ["MEM-07", "MEM-08"],
    spec: "spec v0.2 7.1, semantics X-56",
  },
  DR0910: {
    kind: "Inadmissible",
    title: "File used after it was closed",
    rule:
      "A file is read, written and closed while it is open. Copies of a handle are one file: closing it through one of them closes it for all.",
    clauses: ["RES-08"],
    spec: "spec v0.2 7.3",
  },
  DR0911: {
    kind: "Inadmissible",
    title: "Wrong mode",
    rule:
      "A file is opened with r, w or a (read, write, append) where the environment manifest allows it, is read in mode r, and written in the modes w and a.",
    clauses: ["RES-08", "RES-11"],
    spec: "spec v0.2 6.3",
  },
  DR0912: {
    kind: "Inadmissible",
    title: "File left open",
    rule: "Every file that a run opens is closed before the run ends.",
    clauses: ["RES-08"],
    spec: "spec v0.2 7.3",
  },
  DR0913: {
    kind: "Inadmissible",
    title: "Nothing left to read at a port",
    rule: "A port delivers the values that the environment manifest lists, each once.",
    clauses: ["RES-10", "RES-11"],
    spec: "semantics X-59",
  },
  DR0914: {
    kind: "Inadmissible",
    title: "Access outside every device",
    rule:
      "mmio_read and mmio_write move 8 bytes, all of which belong to one device of the environment manifest.",
    clauses: ["RES-10"],
    spec: "spec v0.2 7.3",
  },
  DR0915: {
    kind: "Inadmissible",
    title: "Memory of the wrong kind",
    rule:
      "mmio_read and mmio_write take memory that belongs to a device, all other operations memory that was allocated.",
    clauses: ["RES-10"],
    spec: "spec v0.2 6.3",
  },
  DR0916: {
    kind: "Inadmissible",
    title: "Writing again from the beginning",
    rule:
      "What a run has written to a file is an effect and is not taken back: w, which begins with an empty file, comes before it. Append with a.",
    clauses: ["EFF-05", "RES-09"],
    spec: "dustrun help environment",
  },
  DR0917: {
    kind: "Inadmissible",
    title: "Thread joined twice",
    rule: "A thread is joined at most once, through whichever copy of its handle.",
    clauses: ["CCY-08"],
    spec: "spec v0.2 4.3.5",
  },
  DR0918: {
    kind: "Inadmissible",
    title: "Lock not held",
    rule: "A lock is released by the thread that took it.",
    clauses: ["CCY-10"],
    spec: "spec v0.2 6.2",
  },
  DR0919: {
    kind: "Inadmissible",
    title: "Lock left held",
    rule: "A thread releases every lock that it took before it ends.",
    clauses: ["CCY-10"],
    spec: "spec v0.2 6.2",
  },
  DR0920: {
    kind: "Inadmissible",
    title: "Data race",
    rule:
      "Two accesses of different threads to the same bytes, one of them a write, are ordered by spawn, join or a lock. free writes all bytes of its region; read, write and close write the position of their file.",
    clauses: ["CCY-11"],
    spec: "spec v0.2 4.3.8",
  },
  DR1001: {
    kind: "EntrypointNotFound",
    title: "Entry does not name one process",
    rule:
      "The entry is name, regime::name or forge::regime::name, and must name exactly one process of the program.",
    clauses: ["FAI-16"],
    spec: "spec 8.8",
  },
  DR1002: {
    kind: "Runtime",
    title: "Argument missing",
    rule:
      "An entry of regime K or Q needs a value for every parameter. A Φ entry resolves missing ones by existence, where " +
      "their types have a decidable domain (booleans, integers and shapes of them).",
    clauses: ["PHI-09", "K-04"],
    spec: "spec 8.3",
  },
  DR1003: {
    kind: "Runtime",
    title: "Argument does not fit",
    rule: "An argument names a parameter of the entry and has a value of its declared type.",
    clauses: ["TYP-09", "TYP-15"],
    spec: "spec 8.3",
  },
  DR1004: {
    kind: "DirValidate",
    title: "Entry with a handle",
    rule:
      "The entry returns no handle and takes none but a Port, a Device or the memory of a device, which the environment manifest has: nothing outside the run could make another, or free it.",
    clauses: ["TYP-24"],
    spec: "spec v0.2 5.4",
  },
  DR1101: {
    kind: "Runtime",
    title: "Tick limit reached",
    rule: "A run takes at most --max-ticks ticks (default 10,000,000).",
    clauses: ["FAI-11"],
    spec: "semantics, Time",
  },
  DR1102: {
    kind: "Runtime",
    title: "Call depth limit reached",
    rule: "At most --max-depth processes are open at once (default 1,000).",
    clauses: ["FAI-11"],
    spec: "semantics, Time",
  },
  DR1103: {
    kind: "Runtime",
    title: "Call limit reached",
    rule:
      "A run enters at most --max-ticks processes (default 10,000,000) beyond its entry. A return takes no tick, so " +
      "processes that do nothing but call others would otherwise never come to a limit.",
    clauses: ["FAI-11"],
    spec: "semantics, Time",
  },
  DR1104: {
    kind: "Runtime",
    title: "Memory limit reached",
    rule:
      "The regions of a run, and what it wrote to files that it can read, have at most max_memory bytes at once (default 64 MiB), a limit that the environment manifest may set.",
    clauses: ["MEM-01", "FAI-11"],
    spec: "dustrun help limits",
  },
  DR1105: {
    kind: "Runtime",
    title: "Too much in one write",
    rule: "One write moves at most 8 MiB, so that its event fits in one line of the log.",
    clauses: ["RES-09", "FAI-11"],
    spec: "dustrun help limits",
  },
  DR1106: {
    kind: "Runtime",
    title: "Deadlock",
    rule:
      "A thread waits for a lock until it is released, and for a thread that it joins until that ends. A run in which all threads that are left wait ends there.",
    clauses: ["CCY-12"],
    spec: "semantics X-58",
  },
  DR1107: {
    kind: "Runtime",
    title: "Too many threads",
    rule: "A run starts at most 1,000 threads.",
    clauses: ["CCY-04", "FAI-11"],
    spec: "dustrun help limits",
  },
} as const satisfies { readonly [code: string]: CodeEntry };
