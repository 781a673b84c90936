/**
 * The files of a run's sinks: opened, compared, and locked in one order that all processes share, so that two runs which name the same
 * files in opposite orders cannot wait for each other for ever.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { makeFolders } from "../file/disk.ts";
import { type FileNumber, isOtherFile, isSameFile } from "../file/identity.ts";
import { hostReason } from "../file/host_error.ts";
import { folderOf } from "../file/path.ts";
import type { SinkFile } from "../file/sink_file.ts";
import { evidenceIn } from "./evidence.ts";
import { FileSink } from "./file_sink.ts";
import { LedgerSink } from "./ledger_sink.ts";
import type { SinkContext, SinkRefusal } from "./sink_context.ts";
import type { Sink } from "./sink.ts";

/** What a file is used as, and its canonical path. */
interface FileUse {
  readonly kind: "file" | "ledger";
  readonly path: string;
}

/** One file, under its first name. */
interface OpenedFile extends FileUse {
  readonly name: string;
  readonly file: SinkFile;
  /** Further names of the same file. */
  readonly aliases: { readonly name: string; readonly path: string }[];
}

/** The files of one run's sinks. */
export class SinkFiles {
  readonly #context: SinkContext;
  readonly #opened: OpenedFile[] = [];
  readonly #sinks = new Map<string, Sink>();

  constructor(context: SinkContext) {
    this.#context = context;
  }

  /** Opens or creates a file, unlocked. Returns the reason if it cannot be a sink of this run. */
  add(name: string, { kind, path }: FileUse): string | undefined {
    if (this.#opened.some((other) => other.name === name)) return undefined;
    const { disk, claimant } = this.#context;
    if (kind === "ledger") makeFolders(disk, folderOf(path));
    const file = disk.openSink(path);
    if (typeof file === "string") return file;
    const reason = this.#addOpened(name, { kind, path, file }, disk.identityOf(claimant.log));
    if (reason !== undefined) file.close();
    return reason;
  }

  #addOpened(
    name: string,
    { kind, path, file }: FileUse & { readonly file: SinkFile },
    log: FileNumber | undefined,
  ): string | undefined {
    // Waiting for a lock that this process holds would never end.
    if (log !== undefined && isSameFile(log, file.identity)) return "it is the log of this run";
    const same = this.#opened.find((other) => isSameFile(other.file.identity, file.identity));
    if (same === undefined) {
      this.#opened.push({ kind, path, name, file, aliases: [] });
      return undefined;
    }
    if (same.kind !== kind) return `${same.name} is the same file`;
    same.aliases.push({ name, path });
    file.close();
    return undefined;
  }

  /** Locks all files, and opens a sink for each name. If one fails, everything is closed. */
  async open(): Promise<Result<ReadonlyMap<string, Sink>, SinkRefusal>> {
    this.#opened.sort((a, b) => compareIdentities(a.file.identity, b.file.identity));
    for (const opened of this.#opened) {
      const reason = await this.#lockAndOpen(opened);
      if (reason === undefined) continue;
      this.closeUnused();
      return failure({ sink: opened.name, reason });
    }
    return success(this.#sinks);
  }

  /** Closes everything. No effect was performed, so claims that were taken have no effect. */
  closeUnused(): void {
    for (const { name, file } of this.#opened) {
      const sink = this.#sinks.get(name);
      if (sink === undefined) file.close();
      else sink.close(false);
    }
  }

  async #lockAndOpen(opened: OpenedFile): Promise<string | undefined> {
    const { name, path, file, aliases } = opened;
    const { disk, locks, stop } = this.#context;
    try {
      const isLocked = await file.lock({
        noWait: locks?.noWait ?? false,
        onWait: () => locks?.onWait?.(name),
        isStopped: () => stop?.() !== undefined,
      });
      if (!isLocked) return stop?.() ?? "another run is writing to it";
      const present = disk.identityOf(path);
      if (present === undefined || isOtherFile(present, file.identity)) {
        return "it was replaced while it was opened";
      }
      disk.syncFolder(folderOf(path)); // the process that created it may have crashed before doing so
      const sink = this.#sinkOf(opened);
      if (typeof sink === "string") return sink;
      this.#sinks.set(name, sink);
      for (const alias of aliases) {
        const other = this.#aliasOf(sink, alias, opened);
        if (typeof other === "string") return other;
        this.#sinks.set(alias.name, other);
      }
      return undefined;
    } catch (cause) {
      return hostReason(cause);
    }
  }

  /** A sink under another name of its file; each name is claimed, since other runs may use any of them. */
  #aliasOf(
    sink: Sink,
    { name, path }: { readonly name: string; readonly path: string },
    { kind, file }: OpenedFile,
  ): Sink | string {
    return kind === "file"
      ? FileSink.open(path, withoutClose(file), this.#context)
      : renamed(sink, name);
  }

  #sinkOf({ kind, path, file }: OpenedFile): Sink | string {
    if (kind === "ledger") return LedgerSink.open(path, file);
    return evidenceIn(file) ?? FileSink.open(path, file, this.#context);
  }
}

/** The same order in every process of this host. */
function compareIdentities(a: FileNumber, b: FileNumber): number {
  return a.device - b.device || (a.inode ?? 0) - (b.inode ?? 0);
}

/** The same sink under another name. */
function renamed(sink: Sink, name: string): Sink {
  return {
    name,
    canInspect: sink.canInspect,
    inode: sink.inode,
    position: () => sink.position(),
    perform: (batch) => sink.perform(batch),
    sync: () => sink.sync(),
    inspect: (intent, batch, isSuspect) => sink.inspect(intent, batch, isSuspect),
    close: () => {},
  };
}

/** An open file that its first user closes. */
function withoutClose(file: SinkFile): SinkFile {
  return {
    identity: file.identity,
    size: () => file.size(),
    read: (into, at) => file.read(into, at),
    append: (bytes) => file.append(bytes),
    appendedEnd: () => file.appendedEnd(),
    rewrite: (bytes, at) => file.rewrite(bytes, at),
    truncate: (size) => file.truncate(size),
    sync: () => file.sync(),
    lock: (wait) => file.lock(wait),
    close: () => {},
  };
}
