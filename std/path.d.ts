/**
 * The declarations of what `path.ts` takes from `@std/path`, as upstream declares them: the package on npm has none.
 *
 * @module
 */

/** The last part of a path, without `suffix` if it ends with it. */
export function basename(path: string | URL, suffix?: string): string;

/** The path without its last part. */
export function dirname(path: string | URL): string;

/** The path of a `file:` URL. Throws a `TypeError` for another URL. */
export function fromFileUrl(url: string | URL): string;

/** The parts joined by the separator of the host, normalized. */
export function join(path: string | URL, ...paths: string[]): string;

/** The path that leads from one path to another. */
export function relative(from: string, to: string): string;

/** The absolute path that the segments lead to, from the current directory. */
export function resolve(...pathSegments: string[]): string;

/** The `file:` URL of an absolute path. */
export function toFileUrl(path: string): URL;
