/**
 * Files, ports and devices of a conformance case: the members `files`, `ports` and `devices` of an environment manifest. A case has its
 * files with it, as texts.
 *
 * @module
 */
import { failure, type Result, success, unreachable } from "../../dvm/base/result.ts";
import type { EnvironmentInput } from "../../dvm/event/event.ts";
import type { PlainArgument } from "../../dvm/event/input.ts";
import { readScript } from "../../dvm/event/io_state.ts";
import { bytesOfInput } from "../../dvm/value/bytes.ts";
import { deviceInput, fileInput, portInput } from "../log/environment_input.ts";
import { isList, type Members, membersOf } from "./members.ts";

const MEMBERS = {
  files: ["text", "modes"],
  ports: ["number", "reads"],
  devices: ["base", "size", "bytes"],
} as const;

/** The files, ports and devices that an `env` has. The failure is one sentence. */
export function readInputs(env: Members): Result<readonly EnvironmentInput[], string> {
  const inputs: EnvironmentInput[] = [];
  for (const list of ["files", "ports", "devices"] as const) {
    const entries = env[list] === undefined ? {} : membersOf(env[list]);
    if (entries === undefined) return failure(`env.${list} is an object`);
    for (const [name, plain] of Object.entries(entries)) {
      const entry = membersOf(plain);
      const wrong = (why: string) => failure(`env.${list}.${name} ${why}`);
      if (entry === undefined) return wrong("is an object");
      const known: readonly string[] = MEMBERS[list];
      const unknown = Object.keys(entry).find((member) => !known.includes(member));
      if (unknown !== undefined) {
        return wrong(`has no member ${unknown}: it has ${known.join(", ")}`);
      }
      const input = READERS[list](name, entry);
      if (typeof input === "string") return wrong(input);
      inputs.push(input);
    }
  }
  return success(inputs);
}

/** Reads an entry of a list, or says what is wrong with it. */
const READERS: Readonly<
  Record<keyof typeof MEMBERS, (name: string, entry: Members) => EnvironmentInput | string>
> = {
  files(name, { text, modes = ["r"] }) {
    if (text !== undefined && typeof text !== "string") return "has a text";
    const letters = lettersOf(modes);
    if (letters === undefined) return "has modes: some of r, w, a";
    const content = text === undefined ? undefined : new TextEncoder().encode(text);
    return fileInput({ name, modes: letters, content });
  },
  ports(name, { number, reads = [] }) {
    if (number !== undefined && typeof number !== "number") return "has a number";
    const values = integersOf(reads);
    if (values === undefined) return "reads integers";
    const digits = /^(?:0|[1-9][0-9]{0,14})$/.test(name) ? Number(name) : undefined;
    return portInput({ name, number: number ?? digits, reads: values });
  },
  devices(name, { base, size, bytes = [] }) {
    if (typeof base !== "number" || typeof size !== "number") return "has a base and a size";
    const initial = integersOf(bytes);
    if (initial === undefined || initial.length > size) return "has no more bytes than its size";
    const memory = new Uint8Array(size);
    memory.set(initial.map(Number));
    return deviceInput({ name, base, bytes: memory });
  },
};

function lettersOf(modes: PlainArgument): string | undefined {
  if (!isList(modes) || modes.length === 0) return undefined;
  const given = modes.map((mode) => String(mode).slice(0, 1));
  return given.every((letter) => LETTERS.includes(letter))
    ? LETTERS.filter((letter) => given.includes(letter)).join("")
    : undefined;
}

const LETTERS = ["r", "w", "a"];

function integersOf(plain: PlainArgument): readonly (number | bigint)[] | undefined {
  if (!isList(plain)) return undefined;
  const integers = plain.filter((item) => typeof item === "number" || typeof item === "bigint");
  return integers.length === plain.length ? integers : undefined;
}

/** Inputs as the members of an `env`, which {@link readInputs} reads. */
export function membersOfInputs(
  inputs: readonly EnvironmentInput[],
): { readonly [list: string]: PlainArgument } {
  const lists = Map.groupBy(inputs, ({ input }) => `${input}s`);
  return Object.fromEntries(
    [...lists].map(([list, entries]) => [
      list,
      Object.fromEntries(entries.map((input) => [input.name, entryOf(input)])),
    ]),
  );
}

function entryOf(input: EnvironmentInput): Members {
  const content = bytesOfInput(input);
  switch (input.input) {
    case "file": {
      const modes = [...input.modes ?? ""];
      if (content === undefined) return { modes };
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);
      return { text, modes };
    }
    case "port": {
      const { number } = input;
      const reads = readScript(input.text ?? "") ?? [];
      return number === undefined ? { reads } : { number, reads };
    }
    case "device": {
      const bytes = [...content ?? []];
      const last = bytes.findLastIndex((byte) => byte !== 0);
      const initial = bytes.slice(0, last + 1);
      return { base: input.base ?? 0, size: bytes.length, bytes: initial };
    }
    default:
      return unreachable(input.input);
  }
}
