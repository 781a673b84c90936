/**
 * What the log of another executor says about the order of its threads: part of its input, which a reference execution has to share.
 *
 * @module
 */
import type { RunInput } from "../../dvm/event/input.ts";
import type { JsonCursor } from "../../dvm/text/json_cursor.ts";
import { reading } from "../json/summary_form.ts";

/** The seed and the schedule in the header of a log; nothing for a summary trace, and for what cannot be read. */
export function recordedChoices(trace: string): Pick<RunInput, "seed" | "schedule"> {
  const [header = ""] = trace.split("\n", 1);
  const read = reading(header, readChoices);
  return read.ok ? read.value : {};
}

function readChoices(cursor: JsonCursor): Pick<RunInput, "seed" | "schedule"> {
  let kind: string | undefined, seed: number | undefined, schedule: number[] | undefined;
  cursor.readObject((name) => {
    if (name === "kind") kind = cursor.readString();
    else if (kind === "run_started" && name === "seed") seed = readWhole(cursor);
    else if (kind === "run_started" && name === "schedule") schedule = readWholes(cursor);
    else cursor.skipValue();
  });
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(schedule === undefined ? {} : { schedule }),
  };
}

function readWholes(cursor: JsonCursor): number[] {
  const numbers: number[] = [];
  cursor.readArray(() => {
    numbers.push(readWhole(cursor));
  });
  return numbers;
}

function readWhole(cursor: JsonCursor): number {
  const { offset } = cursor;
  const number = cursor.readFloat();
  return Number.isSafeInteger(number) && number >= 0
    ? number
    : cursor.stop("DR0105", "a seed or the number of a thread is a whole number from 0", offset);
}
