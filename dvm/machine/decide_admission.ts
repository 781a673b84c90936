/**
 * What is decided before the entry is entered: which process it is, its arguments, resources and gates.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import { contractOf } from "../dir/contract.ts";
import { entryCandidates, nearestProcs, procPath } from "../dir/lookup.ts";
import type { Proc, Use } from "../dir/model.ts";
import type { MachineEvent, RunStarted } from "../event/event.ts";
import { admissionPlan, type AdmissionStep, offerRefusal } from "../regime/admission.ts";
import { nearestWord } from "../text/suggest.ts";
import type { NamedValue } from "../value/value.ts";
import { valueToPlain } from "./arguments.ts";
import { resolveExistence } from "./decide_existence.ts";
import { type Decision, enter, type Machine, type Refused, refused } from "./decision.ts";
import { entryFailure, missingEntry, readEntryArguments } from "./entry_arguments.ts";
import { offerReason } from "./refusal_message.ts";

/** The next decision while nothing has been entered. The static rules hold. */
export function decideAdmission(machine: Machine): Decision {
  const { state, analysis: { program } } = machine;
  const entry = soleEntry(machine);
  if (entry === undefined) return refusedEntry(machine);
  const failure = entryFailure(entry);
  if (failure !== undefined) return refused(failure);
  const args = entryArguments(entry, inputOf(machine).args);
  if ("kind" in args) return args;
  const missing = missingEntry(entry, args, state.io);
  if (missing !== undefined) return refused(missing);
  const plan = admissionPlan(program, entry);
  const step = plan[state.admitted];
  if (step?.kind === "resource") return decideResource(machine, step);
  if (state.denied.length > 0) return deniedResources(machine, plan);
  if (step?.kind === "gate") return decideGate(machine, step);
  return enter(state, entry, args);
}

/** The one process that the run's entry path names; `undefined` when it names none or several. */
export function soleEntry(machine: Machine): Proc | undefined {
  const candidates = entryCandidates(machine.analysis.program, inputOf(machine).entry);
  return candidates.length === 1 ? candidates[0] : undefined;
}

function inputOf({ state: { input } }: Machine): RunStarted {
  assert(input !== undefined, "a decision before the run has started");
  return input;
}

/** How many processes are offered instead of one that does not exist. */
const CHOICES_MAX = 8;

function refusedEntry(machine: Machine): Refused {
  const { analysis: { program } } = machine;
  const path = inputOf(machine).entry;
  const candidates = entryCandidates(program, path);
  const isUnique = (proc: Proc) => entryCandidates(program, procPath(proc)).length === 1;
  const some = (procs: readonly Proc[]) => procs.filter(isUnique).slice(0, CHOICES_MAX);
  const choices = some(candidates.length > 0 ? candidates : program.procs);
  const nearest = candidates.length > 0 ? [] : some(nearestProcs(program, path));
  return refused({ kind: "entry", path, candidates, nearest, choices });
}

/** The entry's arguments as values; where several are refused, the run fails with the first. */
function entryArguments(proc: Proc, given: readonly NamedValue[]): NamedValue[] | Refused {
  const plain = new Map(given.map(({ name, value }) => [name, valueToPlain(value)]));
  const read = readEntryArguments(proc, plain);
  if (read.ok) return read.value;
  const [first] = read.failure;
  assert(first !== undefined, "arguments are refused without a failure");
  return refused(first);
}

function decideResource(machine: Machine, { proc, use }: ResourceStep): MachineEvent {
  const { seq } = machine.state;
  const refusal = offerRefusal(use, inputOf(machine).resources);
  const declared = { proc: proc.reference, resource: use.resource, args: [...use.args] };
  if (refusal === undefined) return { seq, kind: "resource_granted", ...declared };
  const reason = offerReason(use.resource, refusal);
  return { seq, kind: "resource_denied", ...declared, reason, refusal };
}

/** All resources have been looked at, and some are not on offer. */
function deniedResources(machine: Machine, plan: readonly AdmissionStep[]): Refused {
  const { state } = machine;
  const offered = inputOf(machine).resources?.map(({ resource }) => resource) ?? [];
  return {
    kind: "refused",
    failures: state.denied.map(({ step, event: { refusal } }) => {
      const denied = plan[step];
      assert(denied?.kind === "resource", "a resource is denied that the plan does not have");
      const { proc, use } = denied;
      const nearest = refusal.kind === "absent" ? nearestWord(use.resource, offered) : undefined;
      return { kind: "resource", proc, use, refusal, nearest };
    }),
  };
}

type ResourceStep = { readonly proc: Proc; readonly use: Use };

function decideGate(
  machine: Machine,
  { proc, binds }: Extract<AdmissionStep, { kind: "gate" }>,
): Decision {
  for (const bind of binds) {
    const clause = contractOf(bind).unusable;
    if (clause !== undefined) return refused({ kind: "gate", bind, clause });
  }
  return resolveExistence(machine, proc, new Map(), true);
}
