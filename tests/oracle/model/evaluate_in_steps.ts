/**
 * An expression whose calls take steps: it is evaluated again after each call, with the results of all calls so far. Expressions
 * are pure, so this changes nothing.
 *
 * @module
 */
import { evaluate, type EvaluationContext } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import type { Request } from "./run_context.ts";
import type { Steps } from "./steps.ts";
import type { ModelValue } from "./values.ts";

/** What an expression is evaluated in whose calls take steps. */
export interface SteppedContext extends Omit<EvaluationContext, "answer"> {
  answer(request: Request): Steps<ModelValue>;
}

/** The value of an expression. */
export function* evaluateInSteps(expr: Expression, context: SteppedContext): Steps<ModelValue> {
  const answers: ModelValue[] = [];
  for (;;) {
    let asked = 0;
    const answer = (request: Request): ModelValue => {
      const known = answers[asked++];
      if (known === undefined) throw new Unanswered(request);
      return known;
    };
    let unanswered: Request;
    try {
      return evaluate(expr, { ...context, answer });
    } catch (thrown) {
      if (!(thrown instanceof Unanswered)) throw thrown;
      unanswered = thrown.request;
    }
    answers.push(yield* context.answer(unanswered));
  }
}

/** An expression that needs the result of a call. No error: it is not to cost a stack trace. */
class Unanswered {
  readonly request: Request;

  constructor(request: Request) {
    this.request = request;
  }
}
