/**
 * Regular files that somebody else may have put where they are found. Nothing but a regular file is ever opened, and opening never
 * waits: a pipe without a writer would block the process, and a device may do anything.
 *
 * @module
 */
import type { Readable } from "./byte_file.ts";
import { fileAt, identityOf, isOtherFile } from "./identity.ts";

/** Opens a regular file to read; `undefined` if there is none of this name, or something else has it. */
export function openRegularFile(path: string): Readable | undefined {
  const expected = fileAt(path);
  if (expected === undefined || expected === "other") return undefined;
  const fs = globalThis.process.getBuiltinModule("node:fs");
  // Windows has neither flag, and no pipes among its files.
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = fs.constants;
  const descriptor = hostError(() => fs.openSync(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW));
  const file: Readable = {
    size: () => hostError(() => fs.fstatSync(descriptor).size),
    read: (into, at) => hostError(() => fs.readSync(descriptor, into, 0, into.length, at)),
    close: () => fs.closeSync(descriptor),
  };
  let isExpected = false;
  try {
    const info = hostError(() => fs.fstatSync(descriptor));
    isExpected = info.isFile() && !isOtherFile(expected, identityOf(info));
  } finally {
    if (!isExpected) file.close();
  }
  return isExpected ? file : undefined;
}

/** Throws errors of `node:fs` as errors of the host look elsewhere. */
function hostError<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Error && "errno" in cause)) throw cause;
    const reason = cause.message.replace(/^E[A-Z0-9]+: /, "").replace(/, [a-z]+( '.*')?$/s, "");
    throw new Error(`${reason} (os error ${Math.abs(Number(cause.errno))})`, { cause });
  }
}
