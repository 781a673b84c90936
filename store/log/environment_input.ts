/**
 * Files, ports and devices as inputs of a run, with the digests of what the run can read.
 *
 * @module
 */
import type { EnvironmentInput } from "../../dvm/event/event.ts";
import { renderScript } from "../../dvm/event/io_state.ts";
import { bytesToBase64 } from "../../dvm/value/base64.ts";
import { textOfBytes } from "../../dvm/value/bytes.ts";
import type { Int64 } from "../../dvm/value/int64.ts";
import { sha256OfBytes } from "../file/sha256.ts";

/** What every file, port and device has. */
export interface NamedInput {
  /** Its name in the environment. */
  readonly name: string;
  /** The realizer of what is written to it, as {@link parseRealizer} reads it; default: the log. */
  readonly sink?: string;
}

/**
 * A file. Without `content` it does not exist before the run.
 *
 * @example
 * ```ts
 * import { executeText, fileInput } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[
 *     {"Call":{"target":"open","args":["\\"in.txt\\"","\\"r\\""],"result":"f"}},
 *     {"Call":{"target":"alloc","args":["16"],"result":"b"}},
 *     {"Call":{"target":"read","args":["f","b","16"],"result":"n"}},
 *     {"Call":{"target":"free","args":["b"],"result":null}},
 *     {"Call":{"target":"close","args":["f"],"result":null}},
 *     {"Return":{"expr":"n"}}]}]}]}`;
 * const file = fileInput({ name: "in.txt", modes: "r", content: new TextEncoder().encode("four") });
 * const { outcome } = executeText(text, { environment: { inputs: [file] } });
 * if (JSON.stringify(outcome.returned) !== '{"Int":4}') throw new Error();
 * ```
 */
export function fileInput(
  { name, sink, modes, content }: NamedInput & {
    /** The modes in which it may be opened: some of the letters of `rwa`, in this order. */
    readonly modes: string;
    /** Its bytes. */
    readonly content?: Uint8Array | undefined;
  },
): EnvironmentInput {
  return { ...NONE, input: "file", name, modes, sink: sinkOf(sink), ...contentOf(content) };
}

/** A port, which delivers these integers. */
export function portInput(
  { name, sink, number, reads }: NamedInput & {
    /** The number under which it is reached beside its name. */
    readonly number?: number | undefined;
    readonly reads: readonly Int64[];
  },
): EnvironmentInput {
  const script = new TextEncoder().encode(renderScript(reads));
  return { ...NONE, input: "port", name, number, sink: sinkOf(sink), ...contentOf(script) };
}

/** A device, whose memory has these bytes before the run. */
export function deviceInput(
  { name, sink, base, bytes }: NamedInput & {
    /** The address of its first byte. */
    readonly base: number;
    readonly bytes: Uint8Array;
  },
): EnvironmentInput {
  return { ...NONE, input: "device", name, base, sink: sinkOf(sink), ...contentOf(bytes) };
}

const NONE = { modes: undefined, number: undefined, base: undefined };

function sinkOf(sink: string | undefined): string | undefined {
  return sink === "log" ? undefined : sink;
}

function contentOf(
  bytes: Uint8Array | undefined,
): Pick<EnvironmentInput, "digest" | "text" | "base64"> {
  if (bytes === undefined) return { digest: undefined, text: undefined, base64: undefined };
  const text = textOfBytes(bytes);
  return {
    digest: `sha256:${sha256OfBytes(bytes)}`,
    text,
    base64: text === undefined ? bytesToBase64(bytes) : undefined,
  };
}
