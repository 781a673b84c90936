/**
 * The reference model as the reference of a campaign (`campaign/judge.ts`).
 *
 * @module
 */
import type { Reference } from "../../../campaign/judge.ts";
import type { RunInput } from "../../../mod.ts";
import type { Bug } from "./bugs.ts";
import { judge, type ModelInput, verdictTrace } from "./model.ts";

/** The model as a reference, correct or with one bug planted. */
export function modelReference(bug?: Bug): Reference {
  return (text, input) => {
    const verdict = judge(text, modelInput(input), bug);
    const { status, kind, kinds, values } = verdict;
    return { status, kind, kinds, values, trace: verdictTrace(verdict) };
  };
}

/** The part of a run's input that the model knows. */
export function modelInput({ entry, args, limits, environment }: RunInput): ModelInput {
  return {
    ...(entry === undefined ? {} : { entry }),
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
