/**
 * Decisions about ports and devices (RES-10, X-59): what they deliver was recorded before the run, and what is written to them is an
 * effect.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import { ioEffect } from "../event/io_effect.ts";
import type { PortScript } from "../event/io_state.ts";
import type { EffectEvent } from "../event/event.ts";
import type { State } from "../event/state.ts";
import { int64OfBytes } from "../value/bytes.ts";
import type { Int64 } from "../value/int64.ts";
import { intValue, type Value } from "../value/value.ts";
import { renderPayload } from "../value/wire_text.ts";
import { type Decision, type OperationCall, type Refused, refused } from "./decision.ts";
import { WIDTH } from "./region_bytes.ts";

/** `io_read(port)`: the next value of the script. */
export function readPort(state: State, call: OperationCall): Decision {
  const { proc, stmt } = call;
  const port = portOf(state, call);
  if ("failures" in port) return port;
  const { name, script: { reads, next, last } } = port;
  const value = reads[next];
  if (value === undefined) {
    const count = reads.length;
    return refused({ kind: "script_exhausted", proc, stmt, port: name, reads: count, last });
  }
  return { seq: state.seq, kind: "port_read", at: stmt.at, port: name, value: intValue(value) };
}

/** `io_write(port, value)`. */
export function writePort(state: State, call: OperationCall): Decision {
  const port = portOf(state, call);
  if ("failures" in port) return port;
  const [, value] = call.args;
  assert(value?.kind === "Int", "io_write of what is no integer");
  return proposed(state, call, ioEffect("io_write", port.name), value);
}

/** `mmio_read(addr)`: the integer that the device has there. */
export function readDevice(state: State, call: OperationCall): Decision {
  const at = addressOf(state, call);
  if ("failures" in at) return at;
  const { name, offset, bytes } = at;
  return {
    seq: state.seq,
    kind: "device_read",
    at: call.stmt.at,
    device: name,
    offset,
    width: WIDTH,
    value: intValue(int64OfBytes(bytes.subarray(offset, offset + WIDTH))),
  };
}

/** `mmio_write(addr, value)`. */
export function writeDevice(state: State, call: OperationCall): Decision {
  const at = addressOf(state, call);
  if ("failures" in at) return at;
  const [, value] = call.args;
  assert(value?.kind === "Int", "mmio_write of what is no integer");
  const address = intValue(at.base + at.offset);
  return proposed(state, call, ioEffect("mmio_write", at.name), {
    kind: "Struct",
    ty: "MmioWrite",
    fields: new Map([["address", address], ["value", value]]),
  });
}

function proposed(
  { seq, effectCount }: State,
  { stmt: { at } }: OperationCall,
  effect: string,
  value: Value,
): EffectEvent {
  const payload = renderPayload(value);
  return { seq, kind: "effect", at, index: effectCount, effect, value, payload };
}

/** The port that a handle or a number names. */
function portOf(
  { io }: State,
  { proc, stmt, args: [port] }: OperationCall,
): { readonly name: string; readonly script: PortScript } | Refused {
  assert(port?.kind === "Port" || port?.kind === "Int", "a port is a handle or a number");
  for (const [name, script] of io.ports) {
    if (port.kind === "Port" ? name === port.value : script.number === port.value) {
      return { name, script };
    }
  }
  return refused({ kind: "missing_port", proc, stmt, port: String(port.value) });
}

/** Where in which device an address is. */
interface DeviceAddress {
  readonly name: string;
  readonly base: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

function addressOf(
  state: State,
  { proc, stmt, name: operation, args: [addr] }: OperationCall,
): DeviceAddress | Refused {
  if (addr?.kind === "Mem") {
    const memory = addr.value;
    const origin = state.memory.holders.get(memory)?.origin;
    return refused({
      kind: "wrong_memory",
      proc,
      stmt,
      operation,
      memory,
      isMapped: false,
      origin,
    });
  }
  assert(addr?.kind === "Mapped" || addr?.kind === "Int", "an address is memory or a number");
  for (const [name, { base, bytes }] of state.io.devices) {
    const offset = addr.kind === "Int"
      ? offsetIn(base, bytes.length, addr.value)
      : name === addr.value
      ? 0
      : undefined;
    if (offset === undefined) continue;
    if (offset + WIDTH <= bytes.length) return { name, base, offset, bytes };
    const device = { name, base, size: bytes.length };
    return refused({ kind: "outside_device", proc, stmt, address: base + offset, device });
  }
  assert(addr.kind === "Int", "the memory of a device that is not there");
  return refused({ kind: "outside_device", proc, stmt, address: addr.value, device: undefined });
}

function offsetIn(base: number, size: number, address: Int64): number | undefined {
  return address >= base && address < base + size ? Number(address) - base : undefined;
}
