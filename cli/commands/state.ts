/**
 * `dustrun state LOG --at POSITION`.
 *
 * @module
 */
import { LogStates, viewState } from "../../api/state.ts";
import { Places } from "../../api/places.ts";
import { encodeWireValue } from "../../api/values.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { type Io, isColored } from "../host/io.ts";
import { noState, readPosition } from "../input/position_operand.ts";
import { openLog } from "../input/log_operand.ts";
import { snapshotsBeside } from "../input/snapshots.ts";
import { paintLines } from "../text/style.ts";
import { watchReading } from "../host/progress.ts";
import { renderState } from "../render/state.ts";
import { shownJson } from "../text/shown.ts";

/** Shows the state at one position. */
export function run(args: ArgumentsOf<"state">, io: Io): number {
  const position = readPosition(args.at ?? "end");
  const { path, log } = openLog(args.operands[0], args, io);
  const snapshots = snapshotsBeside({ path, log });
  try {
    io.drop("read", "write");
    const states = LogStates.open(watchReading(log, io), { snapshots });
    if (!states.ok) throw noState(path, states.failure);
    const there = states.value.at(position);
    if (!there.ok) throw noState(path, there.failure);
    const view = viewState(there.value);
    if (args.json) io.stdout(shownJson(encodeWireValue(view)));
    else {
      const { program } = states.value;
      io.stdout(paintLines(renderState(view, new Places(() => program)), isColored(io)));
    }
    return 0;
  } finally {
    snapshots?.close();
    log.close();
  }
}
