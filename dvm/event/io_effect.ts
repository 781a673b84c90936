/**
 * Effects of operations, as their events name them: `write:out.txt`, `io_write:serial`, `mmio_write:uart`. An artifact has no effect of
 * such a kind.
 *
 * @module
 */
import type { EffectOperation } from "../dir/model.ts";

/** What an effect of an operation writes to. */
export interface IoEffect {
  readonly operation: EffectOperation;
  /** The name in the environment manifest. */
  readonly name: string;
}

/** The name of an effect of an operation. */
export function ioEffect(operation: EffectOperation, name: string): string {
  return `${operation}:${name}`;
}

/** What an effect of this name writes to; `undefined` for an effect that is no operation. */
export function ioEffectOf(effect: string): IoEffect | undefined {
  const colon = effect.indexOf(":");
  if (colon < 0) return undefined;
  const operation = effect.slice(0, colon);
  const name = effect.slice(colon + 1);
  switch (operation) {
    case "write":
    case "io_write":
    case "mmio_write":
      return name === "" ? undefined : { operation, name };
    default:
      return undefined;
  }
}
