/**
 * The members of what the environment gives to a run, and of the events of files, ports and devices: writing them, and reading exactly what
 * is written.
 *
 * @module
 */
import { unreachable } from "../../dvm/base/result.ts";
import type { EnvironmentInput, InputLoaded, IoEvent, ThreadEvent } from "../../dvm/event/event.ts";
import { readScript } from "../../dvm/event/io_state.ts";
import { base64ToBytes } from "../../dvm/value/base64.ts";
import { hasLongEscape, textOfBytes } from "../../dvm/value/bytes.ts";
import {
  count,
  isTextDigest,
  optionalText,
  place,
  text,
  textDigest,
  value as readValue,
  word,
} from "./decode_field.ts";
import { count as writeCount, text as writeText, value as writeValue } from "./encode_field.ts";
import type { LineBytes } from "./line_bytes.ts";
import type { LineScanner } from "./line_scanner.ts";

/** Appends the members of an input. */
export function encodeInput(into: LineBytes, e: EnvironmentInput): void {
  writeText(into, "input", e.input);
  writeText(into, "name", e.name);
  writeText(into, "modes", e.modes);
  writeCount(into, "number", e.number);
  writeCount(into, "base", e.base);
  writeText(into, "sink", e.sink);
  writeText(into, "digest", e.digest);
  writeText(into, "text", e.text);
  writeText(into, "base64", e.base64);
}

/** Reads an input. Each kind has its own members, and only a file may be without content. */
export function readInputLoaded(s: LineScanner, seq: number): InputLoaded {
  const input = word(s, "input", ["file", "port", "device"]);
  const name = text(s, "name");
  const modes = input === "file" ? text(s, "modes") : undefined;
  if (modes !== undefined && !/^(?=.)r?w?a?$/.test(modes)) {
    s.stop("modes are letters of rwa, in this order");
  }
  const number = input === "port" && s.skip(',"number":') ? s.natural() : undefined;
  const base = input === "device" ? count(s, "base") : undefined;
  const sink = optionalText(s, "sink");
  if (sink === "log") s.stop("the sink log is left out");
  const content = readContent(s, input);
  if (input === "port" && (content.text === undefined || readScript(content.text) === undefined)) {
    s.stop("a port has integers, one a line");
  }
  return { seq, kind: "input_loaded", input, name, modes, number, base, sink, ...content };
}

function readContent(
  s: LineScanner,
  input: EnvironmentInput["input"],
): Pick<EnvironmentInput, "digest" | "text" | "base64"> {
  const digest = input === "file" ? optionalText(s, "digest") : textDigest(s, "digest");
  if (digest === undefined) return { digest, text: undefined, base64: undefined };
  if (!isTextDigest(digest)) s.stop("expected sha256: and a digest");
  const content = s.skip(',"text":') ? s.string() : undefined;
  if (content !== undefined) {
    if (hasLongEscape(content)) s.stop("an input with such control characters is in base 64");
    return { digest, text: content, base64: undefined };
  }
  const base64 = text(s, "base64");
  const bytes = base64ToBytes(base64);
  if (bytes === undefined) return s.stop("the content is not in base 64");
  if (textOfBytes(bytes) !== undefined) return s.stop("the content is text, and in base 64");
  return { digest, text: undefined, base64 };
}

/** Appends the members of an event. */
export function encodeIoEvent(into: LineBytes, e: IoEvent): void {
  writeText(into, "at", e.at);
  switch (e.kind) {
    case "file_open":
      writeText(into, "file", e.file);
      writeText(into, "name", e.name);
      return writeText(into, "mode", e.mode);
    case "file_read":
      writeText(into, "file", e.file);
      writeText(into, "region", e.region);
      writeText(into, "holder", e.holder);
      writeCount(into, "offset", e.offset);
      return writeCount(into, "count", e.count);
    case "file_close":
      return writeText(into, "file", e.file);
    case "port_read":
      writeText(into, "port", e.port);
      return writeValue(into, "value", e.value);
    case "device_read":
      writeText(into, "device", e.device);
      writeCount(into, "offset", e.offset);
      writeCount(into, "width", e.width);
      return writeValue(into, "value", e.value);
    default:
      return unreachable(e);
  }
}

/** Reads the members of an event of this kind. */
export function readIoEvent(s: LineScanner, base: ThreadEvent, kind: IoEvent["kind"]): IoEvent {
  const at = { ...base, at: place(s) };
  switch (kind) {
    case "file_open":
      return {
        ...at,
        kind,
        file: text(s, "file"),
        name: text(s, "name"),
        mode: word(s, "mode", ["r", "w", "a"]),
      };
    case "file_read":
      return {
        ...at,
        kind,
        file: text(s, "file"),
        region: text(s, "region"),
        holder: text(s, "holder"),
        offset: count(s, "offset"),
        count: count(s, "count"),
      };
    case "file_close":
      return { ...at, kind, file: text(s, "file") };
    case "port_read":
      return { ...at, kind, port: text(s, "port"), value: integer(s) };
    case "device_read":
      return {
        ...at,
        kind,
        device: text(s, "device"),
        offset: count(s, "offset"),
        width: count(s, "width"),
        value: integer(s),
      };
    default:
      return unreachable(kind);
  }
}

function integer(s: LineScanner) {
  const value = readValue(s, "value");
  return value.kind === "Int" ? value : s.stop("ports and devices have integers");
}
