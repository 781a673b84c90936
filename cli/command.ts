/**
 * What a command is: the table in `commands.ts` is made of these, and yields parsing, help, completions and the man page.
 *
 * @module
 */
import type { Io } from "./io.ts";

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

/** One command. */
export interface CommandSpec {
  readonly name: string;
  /** One line, no full stop. */
  readonly summary: string;
  /** Operands as the usage line shows them, `LOG [PROGRAM]`. */
  readonly operands: string;
  /** Fewest and most operands; `undefined` for any number. */
  readonly operandCount: { readonly least: number; readonly most?: number };
  readonly options: readonly OptionSpec[];
  readonly examples: readonly ExampleSpec[];
  /** Loads the code of the command, and only it: starting is quick whatever the table holds. */
  readonly load: () => Promise<CommandModule>;
}

/** The code of a command. */
export interface CommandModule {
  /** Does it, and answers the exit code. Throws `Fault` for what is wrong with words and files. */
  readonly run: (args: CommandArguments, io: Io) => number | Promise<number>;
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
