/**
 * Files that logs and sinks are made of.
 *
 * @module
 */
export { type Appendable, MemoryFile, type Readable } from "../store/file/byte_file.ts";
export type { ByteStream } from "../store/file/device.ts";
export { type Disk, HOST_DISK, type PathKind } from "../store/file/disk.ts";
export { fileAt, type FileNumber, isSameFile } from "../store/file/identity.ts";
export type { LockWait, SinkFile } from "../store/file/sink_file.ts";
export { AppendableFile, OpenFolder, ReadableFile } from "../store/file/host_file.ts";
export { type Clock, HOST_FACTS, type HostFacts } from "../store/file/host_facts.ts";
export { createSecretFile, readSecretFile } from "../store/file/secret_file.ts";
