/**
 * Data races: accesses of two threads to the same bytes, one of them a write, that nothing orders (CCY-11). A run judges its own schedule,
 * by vector clocks.
 *
 * @module
 */
import { isMemoryKind, type MachineEvent } from "../event/event.ts";
import { currentStmt } from "../event/frame.ts";
import { ioEffectOf } from "../event/io_effect.ts";
import { type State, topFrame } from "../event/state.ts";
import { type Access, locksOf, type Threads } from "../event/thread_state.ts";
import { bytesOfPayload } from "../value/bytes.ts";
import { WIDTH } from "./region_bytes.ts";

/** An access, and what it is to: a region `m1`, an open file `f1`, or `device NAME`. */
export interface Touched extends Pick<Access, "offset" | "width" | "isWrite"> {
  readonly to: string;
}

/** An access that would race with an earlier one. */
export interface Race {
  readonly touched: Touched;
  readonly access: Access;
  readonly earlier: Access;
}

/** What an event of the current thread accesses; the state is the one before it. */
export function touchedBy({ memory, io }: State, event: MachineEvent): readonly Touched[] {
  switch (event.kind) {
    case "mem_load":
    case "mem_store": {
      const { region: to, offset, width } = event;
      return [{ to, offset, width, isWrite: event.kind === "mem_store" }];
    }
    case "mem_free": {
      const width = memory.regions.get(event.region)?.size ?? 0;
      return [{ to: event.region, offset: 0, width, isWrite: true }];
    }
    case "file_read": {
      const { region, count: width } = event;
      return [position(event.file), { to: region, offset: 0, width, isWrite: true }];
    }
    case "file_close":
      return [position(event.file)];
    case "device_read": {
      const { device, offset, width } = event;
      return [{ to: `device ${device}`, offset, width, isWrite: false }];
    }
    case "effect": {
      const effect = ioEffectOf(event.effect);
      if (effect?.operation === "mmio_write") {
        const address = event.value.kind === "Struct"
          ? event.value.fields.get("address")
          : undefined;
        const base = io.devices.get(effect.name)?.base ?? 0;
        const offset = address?.kind === "Int" ? Number(address.value) - base : 0;
        return [{ to: `device ${effect.name}`, offset, width: WIDTH, isWrite: true }];
      }
      const { file, holder } = event;
      if (file === undefined || holder === undefined) return [];
      const region = memory.holders.get(holder)?.region ?? "";
      const width = bytesOfPayload(event.payload).length;
      return [position(file), { to: region, offset: 0, width, isWrite: false }];
    }
    default:
      return [];
  }
}

/** The position of an open file, which each operation on its handle writes. */
function position(to: string): Touched {
  return { to, offset: 0, width: 1, isWrite: true };
}

/** The race that an event of the current thread would be, with the latest access that it races with. */
export function raceOf(state: State, event: MachineEvent): Race | undefined {
  const { threads } = state;
  if (threads === undefined || threads.list.length === 1) return undefined;
  for (const touched of touchedBy(state, event)) {
    const access = accessOf(state, threads, touched);
    if (access === undefined) continue;
    let earlier: Access | undefined;
    for (const other of threads.accesses.get(touched.to) ?? []) {
      if (!areRacing(threads, other, access)) continue;
      if (earlier === undefined || other.seq > earlier.seq) earlier = other;
    }
    if (earlier !== undefined) return { touched, access, earlier };
  }
  return undefined;
}

function areRacing({ list, current }: Threads, earlier: Access, later: Access): boolean {
  if (earlier.thread === current || !(earlier.isWrite || later.isWrite)) return false;
  const areApart = earlier.offset + earlier.width <= later.offset ||
    later.offset + later.width <= earlier.offset;
  return !areApart && earlier.time > (list[current]?.clock[earlier.thread] ?? 0);
}

function accessOf(
  state: State,
  threads: Threads,
  { offset, width, isWrite }: Touched,
): Access | undefined {
  const frame = topFrame(state);
  const stmt = frame === undefined ? undefined : currentStmt(frame);
  if (frame === undefined || stmt === undefined || width === 0) return undefined;
  const thread = threads.current;
  return {
    thread,
    time: threads.list[thread]?.clock[thread] ?? 0,
    seq: state.seq,
    at: { proc: frame.proc, stmt },
    offset,
    width,
    isWrite,
    locks: locksOf(threads, thread),
  };
}

/** Records what an event accesses, for the races of later ones. The state is the one before it. */
export function recordAccesses(state: State, threads: Threads, event: MachineEvent): void {
  if (threads.list.length === 1) return;
  for (const touched of touchedBy(state, event)) {
    const access = accessOf(state, threads, touched);
    if (access === undefined) continue;
    const known = threads.accesses.get(touched.to) ?? [];
    threads.accesses.set(touched.to, [...known.filter((old) => !covers(access, old)), access]);
  }
  if (event.kind === "mem_free" && event.released) threads.accesses.delete(event.region);
  if (event.kind === "file_close") threads.accesses.delete(event.file);
}

/** Whether whatever races with an older access of the same thread races with this one too. */
function covers(access: Access, old: Access): boolean {
  return old.thread === access.thread && (access.isWrite || !old.isWrite) &&
    old.offset >= access.offset && old.offset + old.width <= access.offset + access.width;
}

/** Whether events of a kind may access what threads share. */
export function mayAccess(kind: string): boolean {
  return isMemoryKind(kind) || kind === "effect" || kind === "file_read" ||
    kind === "file_close" || kind === "device_read";
}
