/**
 * The places that the events of a log name, found in the program that the log holds.
 *
 * @module
 */
import { Places } from "../../dvm/load/places.ts";
import type { Readable } from "../file/byte_file.ts";
import { readHeader } from "./header.ts";
import { RawRecordReader } from "./raw_record.ts";

/** The places of a log's program. Where the log has no whole header, or its program does not load, no place is known. */
export function placesOf(log: Readable): Places {
  const header = readHeader(new RawRecordReader(log, { machineEventsOnly: true }));
  return header.ok && header.value.kind === "whole"
    ? Places.of(header.value.artifacts)
    : new Places(() => undefined);
}
