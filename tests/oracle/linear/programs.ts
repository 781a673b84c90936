/**
 * How many programs a property is tested on.
 *
 * @module
 */
import { sized } from "../../support/size.ts";

/** The number for the size asked for; `DUSTRUN_PROGRAMS` sets it, for long runs. */
export function programs(amounts: { readonly quick: number; readonly ci: number }): number {
  const asked = Number(Deno.env.get("DUSTRUN_PROGRAMS") ?? Number.NaN);
  return Number.isSafeInteger(asked) && asked > 0 ? asked : sized(amounts);
}
