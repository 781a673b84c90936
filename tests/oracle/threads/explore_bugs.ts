/**
 * Bugs of `dvm/explore/` that the comparison with brute force must find: a schedule that is needed is left out, or one is counted twice.
 *
 * @module
 */

/** A change to one file of `dvm/explore/`. The text to replace must be there exactly once. */
export interface PlantedExploreBug {
  /** What is wrong then. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
}

/** Changes to `dvm/explore/`. */
export const EXPLORE_BUGS: readonly PlantedExploreBug[] = [
  {
    name: "any order of effects will do",
    file: "touch.ts",
    text: '    case "effect":\n    case "proof":',
    becomes: '    case "effect":\n      return false;\n    case "proof":',
  },
  {
    name: "any order of operations on a port will do",
    file: "touch.ts",
    text: "return other.kind === one.kind && one.name === other.name;",
    becomes: 'return one.kind === "file" && other.kind === "file" && one.name === other.name;',
  },
  {
    name: "whoever takes a lock first does not matter",
    file: "touch.ts",
    text: 'return other.kind === "lock" && one.mutex === other.mutex;',
    becomes: "return false;",
  },
  {
    name: "a read and a write of the same bytes may change places",
    file: "touch.ts",
    text: "(one.isWrite || other.isWrite)",
    becomes: "(one.isWrite && other.isWrite)",
  },
  {
    name: "what was executed before a failure does not matter",
    file: "touch.ts",
    text: "some.some(isFailure) || others.some(isFailure)",
    becomes: "false",
  },
  {
    name: "what depends on the omitted dispatch may be first",
    file: "history.ts",
    text: "return follows ? starts : [last.thread, ...starts];",
    becomes: "return [last.thread, ...starts];",
  },
  {
    name: "nothing sleeps",
    file: "schedules.ts",
    text: "if (!this.#dependence(itsTouches, touches)) this.#asleep.set(other, itsTouches);",
    becomes: "",
  },
  {
    name: "what sleeps is never woken",
    file: "schedules.ts",
    text: "if (!this.#dependence(itsTouches, touches)) this.#asleep.set(other, itsTouches);",
    becomes: "this.#asleep.set(other, itsTouches);",
  },
  {
    name: "a thread that still waits for a lock is forgotten",
    file: "schedules.ts",
    text: "      this.#wantOtherOrdersOfLocks();\n",
    becomes: "",
  },
  {
    name: "what others would have done before a failure is forgotten",
    file: "schedules.ts",
    text:
      'if (touches.some(({ kind }) => kind === "failure")) addAll(choice.wanted, choice.ready);',
    becomes: "",
  },
  {
    name: "one other order is enough",
    file: "schedules.ts",
    text: "if (instead.some((other) => wanted.has(other))) continue;",
    becomes: "if (wanted.size > 1) continue;",
  },
  {
    name: "only the latest race is reversed",
    file: "history.ts",
    text: "      merge(clock, earlier.clock);\n    }\n  }\n\n  /**\n   * What does not",
    becomes: "      return;\n    }\n  }\n\n  /**\n   * What does not",
  },
];
