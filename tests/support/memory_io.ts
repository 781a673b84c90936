/**
 * A command line without a process: words in, exit code and both streams out.
 *
 * @module
 */
import { main } from "../../cli.ts";
import { Interrupted, type StopSignal } from "../../cli/host/interrupt.ts";
import { hostIo, type Io } from "../../cli/host/io.ts";

/** The result of a command line. */
export interface CommandResult {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line against real files and remembered streams. */
export async function dustrun(...words: readonly string[]): Promise<CommandResult> {
  return await dustrunOn({ isTerminal: false }, words);
}

/** What the process is connected to. */
export interface Surroundings {
  readonly isTerminal: boolean;
  /** Whether a terminal is coloured; by default it is. */
  readonly color?: boolean;
  /** Columns of the terminal; 80 by default. */
  readonly columns?: number;
  /** The most bytes of a file of text. */
  readonly most?: number;
  /** Sends a signal when this many questions for one have been asked; by default none comes. */
  readonly interruptedAt?: { readonly question: number; readonly signal: StopSignal };
}

/** The same; on a terminal, with its colours, if asked. */
export async function dustrunOn(
  { isTerminal, color = isTerminal, columns = 80, most, interruptedAt }: Surroundings,
  words: readonly string[],
): Promise<CommandResult> {
  let stdout = "", stderr = "";
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const io: Io = {
    ...hostIo(most),
    stdout: (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
    streams: {
      stdout: {
        writeSync(bytes) {
          stdout += decoders.stdout.decode(bytes, { stream: true });
          return bytes.length;
        },
      },
      stderr: {
        writeSync(bytes) {
          stderr += decoders.stderr.decode(bytes, { stream: true });
          return bytes.length;
        },
      },
    },
    showProgress: () => {},
    interrupt: fakeInterrupt(interruptedAt),
    drop: () => {}, // the tests continue in this process
    isStdoutTerminal: isTerminal,
    isStderrTerminal: isTerminal,
    columns,
    color,
    isColorForced: false,
  };
  const exit = await main(words, io);
  return { exit, stdout, stderr };
}

/** An interrupt that comes at a given question, and stays. */
function fakeInterrupt(at: Surroundings["interruptedAt"]): Io["interrupt"] {
  let questions = 0;
  const asked = () => at !== undefined && ++questions >= at.question ? at.signal : undefined;
  return {
    asked,
    check() {
      const signal = asked();
      if (signal !== undefined) throw new Interrupted(signal);
    },
  };
}
