/**
 * An artifact's text as the log records it: byte for byte, unless it could not be one line.
 *
 * @module
 */

/** The longest string of the host is 2^29 - 24 units; a line also holds the event's other fields. */
const LINE_TEXT_MAX = 2 ** 29 - 64 * 1024;

/**
 * The text, or nothing where its JSON spelling is longer than a line can be. Within the limit for artifacts, only a text full of
 * control characters is that long; it is not JSON and is refused. The header still has its digest.
 */
export function recordedText(text: string, lengthMax: number = LINE_TEXT_MAX): string {
  return 6 * text.length <= lengthMax || spelledLength(text) <= lengthMax ? text : "";
}

/** Length of the text as a JSON string, without its quotes. */
function spelledLength(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22 || unit === 0x5c || SHORT_ESCAPES.has(unit)) length += 1;
    else if (unit < 0x20 || (unit >= 0xd800 && unit <= 0xdfff)) length += 5;
  }
  return length;
}

/** `\b \t \n \f \r` */
const SHORT_ESCAPES: ReadonlySet<number> = new Set([0x08, 0x09, 0x0a, 0x0c, 0x0d]);
