/**
 * Sinks that are files of the run itself: its program, its manifest, its log, and the logs of the store. An effect that is appended there
 * would change what it follows from.
 *
 * @module
 */
import { fileAt, HOST_DISK, isSameFile } from "../../api/files.ts";
import { EFFECT_KINDS, type Routes } from "../../api/routes.ts";
import { Fault } from "../host/fault.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { manifestPath } from "./manifest_file.ts";
import { storeOf } from "./store_folder.ts";

/** Refuses such sinks, by whatever name. */
export function refuseOwnFiles(
  routes: Routes,
  args: Pick<ArgumentsOf<"run">, "operands" | "link" | "env" | "log" | "store">,
): void {
  const own = ownFiles(args);
  const store = HOST_DISK.resolve(storeOf(args));
  const operations = [...routes.operations?.values() ?? []];
  for (const realizer of [...EFFECT_KINDS.map((kind) => routes[kind]), ...operations]) {
    if (!("path" in realizer)) continue;
    const path = HOST_DISK.resolve(realizer.path);
    const what = own.find((file) => isOneFile(file.path, path))?.what ??
      (path === `${store}/log` || path.startsWith(`${store}/runs/`) ? "a log of the store" : "");
    if (what === "") continue;
    throw new Fault({
      code: "DR1303",
      message: `effects cannot go to ${realizer.path}: it is ${what}`,
      place: realizer.path,
      help: "name another file",
    });
  }
}

function ownFiles(
  args: Pick<ArgumentsOf<"run">, "operands" | "link" | "env" | "log">,
): readonly { readonly path: string; readonly what: string }[] {
  const manifest = manifestPath(args);
  return [
    ...[args.operands[0], ...args.link].map((path) => ({ path, what: "part of the program" })),
    ...manifest === undefined ? [] : [{ path: manifest, what: "the environment manifest" }],
    ...args.log === undefined ? [] : [{ path: args.log, what: "the log of this run" }],
  ].flatMap(({ path, what }) => path === "-" ? [] : [{ path: HOST_DISK.resolve(path), what }]);
}

function isOneFile(path: string, other: string): boolean {
  if (path === other) return true;
  const [a, b] = [fileAt(path), fileAt(other)];
  return typeof a === "object" && typeof b === "object" && isSameFile(a, b);
}
