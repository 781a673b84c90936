/**
 * What events change in the files, ports and devices of a run. The event of an operation is followed by that of its statement, and until
 * then its result is among the results of calls. So none of them takes a tick of its own, the effects of operations neither.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { EffectEvent, IoEvent } from "../event/event.ts";
import type { IoEffect } from "../event/io_effect.ts";
import { appendContent, CLOSED_FILES_MIN } from "../event/io_state.ts";
import { allFrames, type State } from "../event/state.ts";
import { bytesOfInt64, bytesOfPayload } from "../value/bytes.ts";
import { intValue, UNIT, type Value } from "../value/value.ts";
import { operationAt } from "./operation_place.ts";
import { fillRegion } from "./region_bytes.ts";

/** Applies an event of a file, port or device. Returns why it does not fit, if it does not. */
export function applyIo(state: State, event: IoEvent): string | undefined {
  const here = operationAt(state, event.at);
  if (typeof here === "string") return here;
  const { frame, located } = here;
  const { io } = state;
  switch (event.kind) {
    case "file_open": {
      const { file, name, mode } = event;
      const stored = io.files.get(name);
      if (stored === undefined) return `the environment has no file ${name}`;
      if (mode === "w") {
        stored.content = new Uint8Array();
        stored.length = 0;
      } else stored.content ??= new Uint8Array(); // of one that is read there is content
      io.openings++;
      io.open.set(file, { name, mode, position: 0, origin: located });
      frame.results.push({ kind: "File", value: file });
      return undefined;
    }
    case "file_read": {
      const { file, region, offset, count } = event;
      const opened = io.open.get(file);
      const stored = opened === undefined ? undefined : io.files.get(opened.name);
      const memory = state.memory.regions.get(region);
      if (opened === undefined || stored?.content === undefined) return `${file} is no open file`;
      if (memory === undefined) return `no region ${region} is there`;
      if (count > memory.size || offset + count > Math.max(stored.length, offset)) {
        return `${file} has no such bytes, or ${region} no room for them`;
      }
      if (count > 0) fillRegion(memory, stored.content.subarray(offset, offset + count));
      opened.position = offset + count;
      frame.results.push(intValue(count));
      return undefined;
    }
    case "file_close": {
      const { file } = event;
      const opened = io.open.get(file);
      if (opened === undefined) return `${file} is no open file`;
      io.open.delete(file);
      if (io.closed.size >= io.closedMax) forgetClosed(state);
      io.closed.set(file, { origin: opened.origin, closed: located });
      frame.results.push(UNIT);
      return undefined;
    }
    case "port_read": {
      const port = io.ports.get(event.port);
      if (port === undefined) return `the environment has no port ${event.port}`;
      port.next++;
      port.last = located;
      frame.results.push(event.value);
      return undefined;
    }
    case "device_read":
      frame.results.push(event.value);
      return undefined;
    default:
      return unreachable(event);
  }
}

/** Applies an effect of an operation. Returns why it does not fit, if it does not. */
export function applyIoEffect(
  state: State,
  event: EffectEvent,
  { operation, name }: IoEffect,
): string | undefined {
  const here = operationAt(state, event.at);
  if (typeof here === "string") return here;
  const { frame, located } = here;
  let result: Value = UNIT;
  switch (operation) {
    case "write": {
      const stored = state.io.files.get(name);
      if (stored === undefined) return `the environment has no file ${name}`;
      const bytes = bytesOfPayload(event.payload);
      stored.written ??= located;
      stored.content ??= new Uint8Array();
      if (stored.modes.includes("r")) {
        appendContent(stored, bytes);
        state.io.kept += bytes.length;
      }
      result = intValue(bytes.length);
      break;
    }
    case "mmio_write": {
      const device = state.io.devices.get(name);
      const written = event.value.kind === "Struct" ? event.value.fields : undefined;
      const address = written?.get("address");
      const value = written?.get("value");
      if (device === undefined || address?.kind !== "Int" || value?.kind !== "Int") {
        return `the environment has no device ${name}, or nothing is written there`;
      }
      const bytes = bytesOfInt64(value.value);
      const offset = Number(address.value) - device.base;
      if (offset < 0 || offset + bytes.length > device.bytes.length) {
        return `the device ${name} has no such address`;
      }
      device.bytes.set(bytes, offset);
      break;
    }
    case "io_write":
      break;
    default:
      return unreachable(operation);
  }
  frame.results.push(result);
  return undefined;
}

/** Forgets the closed files that no name has. The next time is when there are twice as many as remain. */
function forgetClosed(state: State): void {
  const { io, threads } = state;
  const held = new Set<string>();
  for (const { start, result } of threads?.list ?? []) {
    for (const { value } of start?.args ?? []) if (value.kind === "File") held.add(value.value);
    if (result?.value?.kind === "File") held.add(result.value.value);
  }
  for (const { cells, results } of allFrames(state)) {
    for (const value of cells) if (value?.kind === "File") held.add(value.value);
    for (const value of results) if (value.kind === "File") held.add(value.value);
  }
  for (const file of io.closed.keys()) if (!held.has(file)) io.closed.delete(file);
  io.closedMax = Math.max(CLOSED_FILES_MIN, 2 * io.closed.size);
}
