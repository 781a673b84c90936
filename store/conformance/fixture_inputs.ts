/**
 * Files, ports and devices of a conformance case: the members `files`, `ports` and `devices` of an environment manifest. A case has its
 * files with it, as texts.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { EnvironmentInput } from "../../dvm/event/event.ts";
import type { PlainArgument } from "../../dvm/event/input.ts";
import { deviceInput, fileInput, portInput } from "../log/environment_input.ts";
import { isList, type Members, membersOf } from "./members.ts";

/** The files, ports and devices that an `env` has. The failure is one sentence. */
export function readInputs(env: Members): Result<readonly EnvironmentInput[], string> {
  const inputs: EnvironmentInput[] = [];
  for (const [name, entry] of entriesOf(env["files"])) {
    const { text, modes, path } = entry;
    if (path !== undefined) return failure("a file of a case has a text, not a path");
    const letters = modes === undefined ? "r" : lettersOf(modes);
    const content = typeof text === "string" ? new TextEncoder().encode(text) : undefined;
    inputs.push(fileInput({ name, modes: letters, content }));
  }
  for (const [name, { number, reads }] of entriesOf(env["ports"])) {
    const own = typeof number === "number" ? number : undefined;
    const digits = /^(?:0|[1-9][0-9]{0,14})$/.test(name) ? Number(name) : undefined;
    inputs.push(portInput({ name, number: own ?? digits, reads: integersOf(reads) }));
  }
  for (const [name, { base, size, bytes }] of entriesOf(env["devices"])) {
    if (typeof base !== "number" || typeof size !== "number") {
      return failure("a device has a base and a size");
    }
    const memory = new Uint8Array(size);
    memory.set(integersOf(bytes).map(Number));
    inputs.push(deviceInput({ name, base, bytes: memory }));
  }
  return success(inputs);
}

function entriesOf(list: PlainArgument | undefined): readonly (readonly [string, Members])[] {
  const entries = Object.entries(membersOf(list) ?? {});
  return entries.map(([name, entry]) => [name, membersOf(entry) ?? {}]);
}

function lettersOf(modes: PlainArgument): string {
  const given = isList(modes) ? modes.map((mode) => String(mode).slice(0, 1)) : [];
  return ["r", "w", "a"].filter((letter) => given.includes(letter)).join("");
}

function integersOf(plain: PlainArgument | undefined): readonly (number | bigint)[] {
  if (!isList(plain)) return [];
  return plain.filter((item) => typeof item === "number" || typeof item === "bigint");
}
