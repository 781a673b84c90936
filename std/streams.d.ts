/**
 * The declarations of what `streams.ts` takes from `@std/streams`, as upstream declares them: the package on npm has none.
 *
 * @module
 */

/** Splits text into lines at `\n` and `\r\n`; the last line needs no line break. */
export class TextLineStream extends TransformStream<string, string> {
  constructor(options?: { allowCR?: boolean });
}

/** The whole of a stream as text; bytes are decoded as UTF-8. */
export function toText(stream: ReadableStream<string | Uint8Array>): Promise<string>;
