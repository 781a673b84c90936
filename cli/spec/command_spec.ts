/**
 * The description of a command. The table in `commands.ts` consists of these; from it follow parsing, the types of parsed arguments, help,
 * completions and the man page.
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
  /** The allowed values, if there are few. */
  readonly choices?: readonly string[];
  /** The least value of an option whose value is a whole number. */
  readonly least?: 0 | 1;
  /** What a shell offers as its value, apart from files. */
  readonly offers?: Offered;
  /** One line, no full stop. */
  readonly help: string;
}

/** What a shell offers: processes of the program, their parameters, runs of the store, and the codes of diagnostics. */
export type Offered = "processes" | "parameters" | "runs" | "runs and codes";

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
  /** Fewest and most operands; `most` is absent for any number. */
  readonly operandCount: { readonly least: 0 | 1 | 2; readonly most?: number };
  /** What a shell offers as operands, apart from files. */
  readonly operandOffers?: Offered;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly ExampleSpec[];
}

/** The value of a parsed option: its type follows from the table. */
type ValueOf<Option extends OptionSpec> = Option extends { readonly value: string }
  ? Option extends { readonly multiple: true } ? readonly string[]
  : Option extends { readonly choices: readonly (infer Choice)[] } ? Choice | undefined
  : Option extends { readonly least: number } ? number | undefined
  : string | undefined
  : boolean;

/** `max-ticks` as a member's name, `maxTicks`. */
type MemberName<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<MemberName<Rest>>}`
  : Name;

/** Parsed options by name. A flag is `false` and a list empty unless given; another option is then `undefined`. */
export type OptionsOf<Options extends readonly OptionSpec[]> = {
  readonly [Option in Options[number] as MemberName<Option["name"]>]: ValueOf<Option>;
};

/** A tuple of the operands that the command needs at least. */
type OperandsOf<Least extends number> = Least extends 2
  ? readonly [string, string, ...(readonly string[])]
  : Least extends 1 ? readonly [string, ...(readonly string[])]
  : readonly string[];

/** The parsed command line of a command. */
export type ParsedArguments<Spec extends CommandSpec> = OptionsOf<Spec["options"]> & {
  readonly operands: OperandsOf<Spec["operandCount"]["least"]>;
};

/** `max-ticks` as the member of parsed options, `maxTicks`. */
export function memberName(option: string): string {
  return option.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Whether an option was given on the command line that `args` were parsed from. */
export function isGiven(args: object, { name }: OptionSpec): boolean {
  const value: unknown = Reflect.get(args, memberName(name));
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}
