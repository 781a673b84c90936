/**
 * Whether what `check` is certain of is refused by runs, and whether it is certain of what a program without branches does wrong.
 *
 * @module
 */
import { generateIoCase } from "../../../campaign/io.ts";
import { generateMemoryCase } from "../../../campaign/memory.ts";
import {
  certainViolations,
  deviceInput,
  type Diagnostic,
  execute,
  fileInput,
  load,
  portInput,
  type RunInput,
} from "../../../mod.ts";

/**
 * The programs of a seed, executed with every argument that matters to them: how check and a run differ. `tell` is called for each
 * program that check refuses.
 */
export function certainDifference(
  seed: number,
  tell: () => void = () => {},
  certain = certainViolations,
): string | undefined {
  const memory = generateMemoryCase(seed).text;
  const io = generateIoCase(seed);
  const choices = (name: string) =>
    [true, false].flatMap((taken) => [-1, 0, 1, 2].map((n) => ({ args: { [name]: taken, n } })));
  const parted = choices("c").slice(0, hasBlock(io.text) ? undefined : 1);
  const runs = parted.flatMap(({ args }) =>
    [PERMISSIVE, io.input].map((input) => ({ ...input, args: { ...input.args, ...args } }))
  );
  return differenceOf(memory, choices("b"), { tell, certain }) ??
    differenceOf(io.text, runs, { tell, certain });
}

/** An environment in which every file may be opened in every mode, and everything else is there. */
const PERMISSIVE: RunInput = {
  args: { p: "serial", m: "uart" },
  environment: {
    inputs: [
      ...["x", "y", "z"].map((name) =>
        fileInput({ name, modes: "rwa", content: new Uint8Array(5) })
      ),
      portInput({ name: "serial", number: 64, reads: [1, 2, 3, 4, 5, 6, 7, 8, 9] }),
      portInput({ name: "other", number: 65, reads: [1, 2, 3, 4, 5, 6, 7, 8, 9] }),
      deviceInput({ name: "uart", base: 0, bytes: new Uint8Array(99) }),
    ],
  },
};

function differenceOf(
  text: string,
  inputs: readonly RunInput[],
  { tell, certain }: { readonly tell: () => void; readonly certain: typeof certainViolations },
): string | undefined {
  const loaded = load([{ name: "handles", text }]);
  if (!loaded.ok) return undefined;
  const program = loaded.value;
  const certainly = certain(program);
  const [violation] = certainly;
  if (violation !== undefined) tell();
  for (const input of inputs) {
    const run = execute(program, input);
    const given = `with ${JSON.stringify(input.args)}\n${text}`;
    if (violation !== undefined && run.outcome.error === undefined) {
      return `check is certain of ${violation.code}, and the run ends well ${given}`;
    }
    const [met] = run.diagnostics;
    if (met === undefined || !isAboutHandles(met) || hasBlock(text)) continue;
    if (!certainly.map(storyOf).includes(storyOf(met))) {
      return `check does not report ${storyOf(met)}, which every run meets ${given}`;
    }
  }
  return undefined;
}

function hasBlock(text: string): boolean {
  return /"(?:If|While|For)"/.test(text);
}

/** Whether a run's failure follows from the program alone, and from no value of it. */
function isAboutHandles({ code, message }: Diagnostic): boolean {
  return /DR09(?:0[6-8]|09|1[0256])/.test(code) ||
    (code === "DR0911" && !message.startsWith("the environment"));
}

/** The code of a diagnostic, the place of the offence, and the places of what came before. A run adds facts of its own. */
function storyOf({ code, marks }: Diagnostic): string {
  const places = marks.flatMap(({ role, path }) =>
    role === "main" || role === "origin" ? `${role} ${path}` : []
  );
  return [code, ...places].join("; ");
}
