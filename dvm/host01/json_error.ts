/**
 * A failure to read an artifact, with its position as upstream reports it.
 *
 * @module
 */

/** Thrown by the JSON reader and caught by `readHostProgram`. */
export class HostJsonError {
  /** The message, with line and column. */
  readonly message: string;
  /** The offset in UTF-16 units. */
  readonly offset: number;
  constructor(message: string, offset: number) {
    this.message = message;
    this.offset = offset;
  }
}

/** A message with its position: lines count from 1, columns count the bytes of the line up to `offset`, plus `ahead`. */
export function jsonMessage(text: string, message: string, offset: number, ahead: number): string {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const isAtStart = offset === 0;
  const before = isAtStart ? "" : text.slice(0, lineStart);
  const line = before.split("\n").length;
  const column = utf8Length(isAtStart ? "" : text.slice(lineStart, offset)) + ahead;
  return `${message} at line ${line} column ${column}`;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    length += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return length;
}
