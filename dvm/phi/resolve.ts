import type { Proc, Program } from "../dir/model.ts";
import type { Value } from "../value.ts";
import type { PhiResolution } from "./resolution.ts";
export function resolvePhi(
  _program: Program,
  _proc: Proc,
  _given: ReadonlyMap<string, Value>,
  _options: { readonly maxWork: number },
): PhiResolution {
  return { verdict: "undecided", work: 0 };
}
