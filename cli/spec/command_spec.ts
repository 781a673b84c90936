/**
 * What a command is: the table in `commands.ts` is made of these, and yields parsing, help, completions and the man page.
 *
 * @module
 */

/** One option. */
export interface OptionSpec {
  /** Long name without dashes. */
  readonly name: string;
  readonly short?: string;
  /** Placeholder of its value, `FILE`; absent for a flag. */
  readonly value?: string;
  /** Whether it may be given several times. */
  readonly multiple?: true;
  /** The values it takes, where they are few. */
  readonly choices?: readonly string[];
  /** One line, no full stop. */
  readonly help: string;
}

/** A command line to copy, and what it does. */
export interface ExampleSpec {
  readonly line: string;
  readonly does: string;
}

/** The name of a command. */
export type CommandName =
  | "run"
  | "check"
  | "resume"
  | "audit"
  | "runs"
  | "verify"
  | "checkpoint"
  | "explain"
  | "completions"
  | "replay"
  | "diff"
  | "state"
  | "step"
  | "export"
  | "conformance"
  | "equiv";

/** One command. */
export interface CommandSpec {
  readonly name: CommandName;
  /** One line, no full stop. */
  readonly summary: string;
  /** Operands as the usage line shows them, `LOG [PROGRAM]`. */
  readonly operands: string;
  /** Fewest and most operands; `undefined` for any number. */
  readonly operandCount: { readonly least: number; readonly most?: number };
  readonly options: readonly OptionSpec[];
  readonly examples: readonly ExampleSpec[];
}

/** The words of a command line, sorted by the table. */
export class CommandArguments {
  readonly operands: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(operands: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.operands = operands;
    this.#values = values;
  }

  /** The operand at an index; the table has made sure that the required ones are there. */
  operand(index: number): string {
    return this.operands[index] ?? "";
  }

  /** Whether a flag is set. */
  flag(name: string): boolean {
    return this.#values.has(name);
  }

  /** The value of an option that is given at most once. */
  value(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  /** All values of an option. */
  values(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }
}
