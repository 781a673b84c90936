/**
 * Whether what `check` is certain of is refused by runs.
 *
 * @module
 */
import { generateMemoryCase } from "../../../campaign/memory.ts";
import { certainViolations, execute, load } from "../../../mod.ts";

/**
 * The program of a seed, executed with every argument that matters to it: what one of the runs allows although `check` refuses it.
 * `tell` is called where it does.
 */
export function certainDifference(
  seed: number,
  tell: () => void = () => {},
): string | undefined {
  const { text } = generateMemoryCase(seed);
  const loaded = load([{ name: "memory", text }]);
  if (!loaded.ok) return undefined;
  const [violation] = certainViolations(loaded.value);
  if (violation === undefined) return undefined;
  tell();
  for (const b of [true, false]) {
    for (const n of [-1, 0, 1, 2]) {
      const { outcome } = execute(loaded.value, { args: { b, n } });
      if (outcome.error !== undefined) continue;
      return `check is certain of ${violation.code}, and the run with b = ${b}, n = ${n} ends well\n${text}`;
    }
  }
  return undefined;
}
