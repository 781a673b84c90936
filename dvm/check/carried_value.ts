/**
 * The value of an expression by what it carries: which of its parts are values that cells have, and which of them may be the
 * same value. A part that is new is not listed.
 *
 * @module
 */
import type { Span } from "../expr/ast.ts";
import {
  mayBeSameStep,
  type PathStep,
  type PathSteps,
  stepsAfter,
  type ValuePath,
} from "./value_paths.ts";
import type { HandOver, ValueState } from "./value_state.ts";

/** A part of a value that may be the value of a cell, or one held in it. */
export interface CarriedPart {
  readonly at: PathSteps;
  readonly from: ValuePath;
  /** The expression that mentions it. */
  readonly mention: Span;
  /** Where it was handed over since it was mentioned. */
  lost: HandOver | undefined;
}

/** What a value carries. */
export interface CarriedValue {
  readonly parts: readonly CarriedPart[];
  /** Parts of it that may be the same value. */
  readonly twins: readonly (readonly [PathSteps, PathSteps])[];
}

/** A value that carries nothing. */
export const NEW_VALUE: CarriedValue = { parts: [], twins: [] };

/** What a part of a value carries. */
export function partOf({ parts, twins }: CarriedValue, step: PathStep): CarriedValue {
  const startsSo = (steps: PathSteps) => steps[0] !== undefined && mayBeSameStep(steps[0], step);
  return {
    parts: parts.flatMap((part): CarriedPart[] => {
      const { at, from } = part;
      if (at.length === 0) return [{ ...part, from: { ...from, steps: [...from.steps, step] } }];
      return startsSo(at) ? [{ ...part, at: at.slice(1) }] : [];
    }),
    twins: twins.flatMap(([a, b]) =>
      startsSo(a) && startsSo(b) ? [[a.slice(1), b.slice(1)] as const] : []
    ),
  };
}

/** A value that holds these, each at its step. */
export function composed(
  items: readonly (readonly [PathStep, CarriedValue])[],
  state: ValueState,
): CarriedValue {
  return {
    parts: items.flatMap(([step, { parts }]) =>
      parts.map((part) => ({ ...part, at: [step, ...part.at] }))
    ),
    twins: items.flatMap(([step, { parts, twins }], index) => [
      ...twins.map(([a, b]) => [[step, ...a], [step, ...b]] as const),
      ...items.slice(index + 1).flatMap(([otherStep, other]) =>
        twinsBetween(parts, other.parts, state)
          .map(([a, b]) => [[step, ...a], [otherStep, ...b]] as const)
      ),
    ]),
  };
}

/** Parts of two values that may be the same. */
function twinsBetween(
  parts: readonly CarriedPart[],
  others: readonly CarriedPart[],
  state: ValueState,
): readonly (readonly [PathSteps, PathSteps])[] {
  if (others.length === 0) return [];
  return parts.flatMap((part) =>
    state.sameAs(part.from).flatMap(({ path, suffix }) =>
      others.flatMap(({ at, from }) => {
        if (from.slot !== path.slot) return [];
        const own = [...part.at, ...suffix];
        const inner = stepsAfter(path.steps, from.steps);
        if (inner !== undefined) return [[[...own, ...inner], at] as const];
        const outer = stepsAfter(from.steps, path.steps);
        return outer === undefined ? [] : [[own, [...at, ...outer]] as const];
      })
    )
  );
}

/** One of these values, whichever it is. */
export function eitherOf(values: readonly CarriedValue[]): CarriedValue {
  return {
    parts: values.flatMap(({ parts }) => parts),
    twins: values.flatMap(({ twins }) => twins),
  };
}
