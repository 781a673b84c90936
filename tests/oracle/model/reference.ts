/**
 * The reference model as the reference of a campaign (`campaign/judge.ts`).
 *
 * @module
 */
import type { Reference, ReferenceVerdict } from "../../../campaign/judge.ts";
import type { RunInput } from "../../../mod.ts";
import type { Bug } from "./bugs.ts";
import { judge, type ModelInput, type Verdict, verdictTrace } from "./model.ts";

/** The model as a reference, correct or with one bug planted. */
export function modelReference(bug?: Bug): Reference {
  return (text, input) => referenceVerdict(judge(text, modelInput(input), bug));
}

/** A verdict of the model as the judge of a campaign takes it. */
export function referenceVerdict(verdict: Verdict): ReferenceVerdict {
  const { status, kind, kinds, values } = verdict;
  return { status, kind, kinds, values, trace: verdictTrace(verdict) };
}

/** The part of a run's input that the model knows. */
export function modelInput({ entry, seed, args, limits, environment }: RunInput): ModelInput {
  return {
    ...(entry === undefined ? {} : { entry }),
    ...(seed === undefined ? {} : { seed }),
    ...(args === undefined ? {} : { args }),
    ...(limits === undefined ? {} : { limits }),
    environment: {
      ...(environment?.tick_us === undefined ? {} : { tick_us: environment.tick_us }),
      ...(environment?.inputs === undefined ? {} : { inputs: environment.inputs }),
      ...(environment?.resources === undefined ? {} : {
        resources: environment.resources.map(({ resource, args }) => ({
          resource,
          args: args.map(({ name, value }) => ({
            name,
            value: "value" in value ? value.value : undefined,
          })),
        })),
      }),
    },
  };
}
