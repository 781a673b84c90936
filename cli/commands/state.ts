/**
 * `dustrun state LOG --at MOMENT`.
 *
 * @module
 */
import { encodeWireValue, LogStates, viewState } from "../../mod.ts";
import type { CommandArguments } from "../spec/command_spec.ts";
import { type Io, isColored } from "../host/io.ts";
import { noState, readPosition } from "../input/position_operand.ts";
import { openLog, snapshotsBeside } from "../input/log_operand.ts";
import { paintLines } from "../text/style.ts";
import { watchReading } from "../host/progress.ts";
import { renderState } from "../render/state.ts";
import { visibleJson } from "../text/visible.ts";

/** Shows the state at one moment. */
export function run(args: CommandArguments, io: Io): number {
  const moment = readPosition(args.value("at") ?? "end");
  const { path, log } = openLog(args.operand(0), args);
  const snapshots = snapshotsBeside({ path, log });
  try {
    io.drop("read", "write");
    const states = LogStates.open(watchReading(log, io), snapshots);
    if (!states.ok) throw noState(path, states.failure);
    const there = states.value.at(moment);
    if (!there.ok) throw noState(path, there.failure);
    const view = viewState(there.value);
    if (args.flag("json")) io.stdout(`${visibleJson(encodeWireValue(view))}\n`);
    else io.stdout(paintLines(renderState(view), isColored(io)));
    return 0;
  } finally {
    snapshots?.close();
    log.close();
  }
}
