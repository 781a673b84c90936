/**
 * The rules about the lines of the header after the first: as many as it declares, with the digests that are stated.
 *
 * @module
 */
import type { InputLoaded, ProgramLoaded, RunStarted } from "../../dvm/event/event.ts";
import { bytesOfInput } from "../../dvm/value/bytes.ts";
import { sha256, sha256OfBytes } from "../file/sha256.ts";

/** Follows the artifacts and inputs of a log. */
export class HeaderRules {
  readonly #started: RunStarted;
  /** The digests of the artifacts so far; `undefined` once one has no text. */
  #digests: string[] | undefined = [];
  #artifacts = 0;
  #inputs = 0;

  constructor(started: RunStarted) {
    this.#started = started;
  }

  /** Why an event of the run cannot follow yet; `undefined` once the header is whole. */
  get missing(): string | undefined {
    if (this.#artifacts < this.#started.artifacts) {
      return "an artifact is missing before this event";
    }
    return this.#inputs < (this.#started.inputs ?? 0)
      ? "an input is missing before this event"
      : undefined;
  }

  /** Accepts an artifact; returns the reason if it is not allowed here. */
  acceptArtifact({ text }: ProgramLoaded): string | undefined {
    const { artifacts, program } = this.#started;
    if (this.#artifacts === artifacts) return "the header declares fewer artifacts";
    this.#artifacts++;
    if (text === "") this.#digests = undefined; // no line could hold it
    this.#digests?.push(sha256(text));
    if (this.#artifacts < artifacts || this.#digests === undefined) return undefined;
    return program === `sha256:${sha256(this.#digests.join("\n"))}`
      ? undefined
      : "the digest in the header is not that of the artifacts";
  }

  /** Accepts an input; returns the reason if it is not allowed here. */
  acceptInput(event: InputLoaded): string | undefined {
    const { artifacts, inputs = 0 } = this.#started;
    if (this.#artifacts < artifacts) return "an artifact is missing before this event";
    if (this.#inputs === inputs) return "the header declares fewer inputs";
    this.#inputs++;
    const content = bytesOfInput(event);
    const digest = content === undefined ? undefined : `sha256:${sha256OfBytes(content)}`;
    return event.digest === digest ? undefined : "the digest is not that of the input";
  }
}
