/**
 * A state as text.
 *
 * @module
 */
import type { Mark } from "../../api/diagnostics.ts";
import type { DeviceView, FrameView, StateView, ThreadView } from "../../api/state.ts";
import { renderPlace, renderWireValue } from "../../api/notation.ts";
import type { Places } from "../../api/places.ts";
import { countOf } from "../text/count.ts";
import { type Line, line } from "../text/style.ts";
import { renderEventLine } from "./event.ts";

/** The whole state: the event before it, the clock, frames from the innermost to the outermost, effects. */
export function renderState(view: StateView, places: Places): readonly Line[] {
  return [
    line(renderEventLine(view.event, places).trimStart(), "heading"),
    line(renderTotals(view)),
    ...renderThreads(view),
    ...[...view.frames].reverse().flatMap((frame) => renderFrame(frame, view.event.seq)),
    ...renderMemory(view),
    ...renderFiles(view),
    ...renderPorts(view),
    ...renderDevices(view),
    ...renderEffects(view),
    ...renderOutcome(view, places),
  ];
}

/** Tick, phase and counts on one line. */
function renderTotals({ tick, phase, effects, constraints, resources }: StateView): string {
  return `tick ${tick}, ${phase}; effects ${effects.count}, constraints ${constraints}, resources ${resources}`;
}

/** The threads and locks, and after them the open processes of the threads that are not shown below. */
function renderThreads({ threads, event }: StateView): readonly Line[] {
  if (threads === undefined) return [];
  const { current, list, locks } = threads;
  return [
    line("threads", "strong"),
    ...list.map((thread) => {
      const mark = thread.thread === current ? "*" : " ";
      return line(`${mark} ${thread.thread} ${renderStatus(thread)}`);
    }),
    ...locks.map(({ mutex, holder }) =>
      line(`  ${mutex} ${holder === undefined ? "is free" : `is held by thread ${holder}`}`)
    ),
    ...list.flatMap(({ thread, frames }) =>
      frames.length === 0 ? [] : [
        line(`thread ${thread}`, "strong"),
        ...[...frames].reverse().flatMap((frame) => renderFrame(frame, event.seq)),
      ]
    ),
    line(`thread ${current}`, "strong"),
  ];
}

function renderStatus({ status, waits, ticks, result, joined }: ThreadView): string {
  const what = status === "waiting" ? `waits for ${waits}` : status;
  const value = result === undefined ? "" : ` with ${renderWireValue(result)}`;
  return `${what}${value}${joined ? ", joined" : ""}, ${countOf(ticks, "tick")}`;
}

/** An open process: its current statement, names, resources and constraints. What event `seq` has changed is marked. */
function renderFrame(frame: FrameView, seq: number): readonly Line[] {
  const { bindings, live, freed, constraints } = frame;
  const width = bindings.reduce((most, { name }) => Math.max(most, name.length), 0);
  return [
    line(`${frame.proc}, ${countOf(frame.ticks, "tick")}`, "strong"),
    ...renderCurrent(frame.at),
    ...bindings.map(({ name, value, set }) => {
      const text = `${name.padEnd(width)} = ${renderWireValue(value)}`;
      return set?.seq === seq ? line(`* ${text}`, "changed") : line(`  ${text}`);
    }),
    ...live.map(({ name, resource }) => line(`  ${name} holds ${resource}`, "right")),
    ...freed.map(({ name, holder }) => line(`  ${name}: ${holder} was freed`, "left")),
    ...constraints.map(({ id, predicate, status }) => line(`  ${id} ${status}: ${predicate}`)),
  ];
}

function renderCurrent(at: Mark | undefined): readonly Line[] {
  if (at === undefined) return [line("  at its end", "quiet")];
  return [
    line(`  at ${at.text}`),
    line(`     ${renderPlace(at)}`, "quiet"),
  ];
}

/** The regions of memory. */
function renderMemory({ memory }: StateView): readonly Line[] {
  if (memory.length === 0) return [];
  return [
    line("memory", "strong"),
    ...memory.flatMap(({ region, size, holders, start, ...bytes }) => {
      const content = start === undefined ? "" : `, begins with ${renderWireValue(start)}`;
      return [
        line(`  ${region}, ${countOf(size, "byte")}${content}; held as ${holders.join(", ")}`),
        ...renderBytes(bytes),
      ];
    }),
  ];
}

/** The files that are open. */
function renderFiles({ files }: StateView): readonly Line[] {
  if (files.length === 0) return [];
  return [
    line("open files", "strong"),
    ...files.map(({ file, name, mode, position }) => {
      const read = mode === "r" ? `, ${countOf(position, "byte")} read` : "";
      return line(`  ${file}, ${JSON.stringify(name)} in mode ${mode}${read}`);
    }),
  ];
}

/** The ports, as far as they have been read. */
function renderPorts({ ports }: StateView): readonly Line[] {
  if (ports.length === 0) return [];
  return [
    line("ports", "strong"),
    ...ports.map(({ port, read, left }) => line(`  ${port}: ${read} read, ${left} left`)),
  ];
}

/** The devices, and what they have. */
function renderDevices({ devices }: StateView): readonly Line[] {
  if (devices.length === 0) return [];
  return [
    line("devices", "strong"),
    ...devices.flatMap(({ device, base, size, ...bytes }) => [
      line(`  ${device}, ${countOf(size, "byte")} at ${base}`),
      ...renderBytes(bytes),
    ]),
  ];
}

/** Rows of bytes; those that are all zero are left out. */
function renderBytes({ rows, more }: Pick<DeviceView, "rows" | "more">): readonly Line[] {
  return [
    ...rows.map(({ at, bytes }) => line(`    ${at}: ${bytes}`, "quiet")),
    ...more === 0 ? [] : [line(`    … and ${countOf(more, "more row")}`, "quiet")],
  ];
}

/** The latest effects. */
function renderEffects({ effects: { count, latest }, event }: StateView): readonly Line[] {
  if (count === 0) return [];
  const rest = count - latest.length;
  return [
    line(rest === 0 ? "effects" : `effects, ${rest} before these`, "strong"),
    ...latest.map(({ index, kind, value, tick }) => {
      const text = `${index} ${kind} ${renderWireValue(value)} (tick ${tick})`;
      const isNew = event.kind === "effect" && event.index === index;
      return isNew ? line(`* ${text}`, "changed") : line(`  ${text}`);
    }),
  ];
}

function renderOutcome({ outcome }: StateView, places: Places): readonly Line[] {
  return outcome === undefined
    ? []
    : [line(renderEventLine(outcome, places).trimStart(), "heading")];
}
