/**
 * The smallest fix of each violation of the rules for holders, found by `check` or by a run.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";

/** One line. `name` has the holder that leaks; it may have none. */
export function holderHelp(
  kind: "use_after_free" | "double_free" | "leak",
  name: string | undefined,
): string {
  switch (kind) {
    case "use_after_free":
      return "free it after its last use, or copy it first: let q = p";
    case "double_free":
      return "remove one of the two, or copy it first: let q = p";
    case "leak":
      return name === undefined
        ? "bind it to a name with let, and free that"
        : `free ${name} before, or return it`;
    default:
      return unreachable(kind);
  }
}
