/**
 * Memory with holders (MEM-01 to MEM-08, X-55, X-56): a region is released with its last holder.
 *
 * @module
 */
import { type Rules, RunFailure } from "./rules.ts";
import { type ModelHolder, type ModelValue, UNIT } from "./values.ts";

/** The memory of a run. */
export class Memory {
  readonly #rules: Rules;
  readonly #limit: number;
  #used = 0n;

  constructor(rules: Rules, limit: number) {
    this.#rules = rules;
    this.#limit = limit;
  }

  /** Executes an operation. */
  operate(name: string, [first, second]: readonly ModelValue[]): ModelValue {
    if (name === "alloc") return this.#alloc(first?.kind === "Int" ? first.value : 0n);
    if (first?.kind === "Mapped") {
      if (this.#rules.breaks("memory of a device is allocated memory")) return first;
      throw new RunFailure("Inadmissible", "memory of a device");
    }
    if (first?.kind !== "Mem") throw new Error(`${name} of what is no handle`);
    const { holder } = first;
    if (name === "free") {
      this.#free(holder);
      return UNIT;
    }
    this.use(first);
    if (holder.region.size < 8n && !this.#rules.breaks("access outside a region is let through")) {
      throw new RunFailure("Inadmissible", "outside of the region");
    }
    const { bytes } = holder.region;
    if (name === "load") {
      const word = Array.from({ length: 8 }, (_, at) => bytes.get(at) ?? 0);
      return { kind: "Int", value: intOfBytes(word) };
    }
    if (second?.kind === "Int") bytesOfInt(second.value).forEach((byte, at) => bytes.set(at, byte));
    return UNIT;
  }

  #alloc(size: bigint): ModelValue {
    const isWrong = size < 0n && !this.#rules.breaks("a negative size is accepted");
    if (isWrong || this.#used + size > BigInt(this.#limit)) {
      throw new RunFailure("Runtime", `alloc of ${size}`);
    }
    this.#used += size;
    return { kind: "Mem", holder: { region: { size, bytes: new Map(), live: 1 }, isLive: true } };
  }

  /** Bytes that the run wrote to a file which it can read: they stay. */
  keep(bytes: bigint): void {
    if (this.#used + bytes > BigInt(this.#limit)) throw new RunFailure("Runtime", "bytes kept");
    this.#used += bytes;
  }

  #free(holder: ModelHolder): void {
    const { region } = holder;
    if (!holder.isLive) {
      if (this.#rules.breaks("a second free is ignored")) return;
      throw new RunFailure("Inadmissible", "freed twice");
    }
    holder.isLive = false;
    if (this.#rules.breaks("free ends every holder")) region.live = 0;
    else region.live--;
    if (region.live === 0) this.#used -= region.size;
  }

  /** A copy of a handle: one holder more of the same region. */
  copy(value: ModelValue): ModelValue {
    if (value.kind !== "Mem") return value;
    this.use(value);
    if (this.#rules.breaks("a copy is the same holder")) return value;
    if (this.#rules.breaks("a copy has a region of its own")) {
      const { size, bytes } = value.holder.region;
      const region = { size, bytes: new Map(bytes), live: 1 };
      return { kind: "Mem", holder: { region, isLive: true } };
    }
    value.holder.region.live++;
    return { kind: "Mem", holder: { region: value.holder.region, isLive: true } };
  }

  /** Whether a holder still counts: it was not freed, and neither was its region. */
  isLive({ isLive, region }: ModelHolder): boolean {
    return isLive && region.live > 0;
  }

  /** Fails where a handle was freed. */
  use(value: ModelValue): void {
    if (value.kind !== "Mem" || this.isLive(value.holder)) return;
    if (this.#rules.breaks("a freed handle still works")) return;
    throw new RunFailure("Inadmissible", "used after free");
  }

  /** Fails where a live holder is lost. */
  lose(value: ModelValue | undefined): void {
    if (value?.kind !== "Mem" || !this.isLive(value.holder)) return;
    if (this.#rules.breaks("leaks are let through")) return;
    throw new RunFailure("Inadmissible", "a leak");
  }
}

/** The bytes of an integer, least first. */
export function bytesOfInt(value: bigint): number[] {
  return Array.from({ length: 8 }, (_, at) => Number((value >> BigInt(8 * at)) & 255n));
}

/** The integer of eight bytes, least first. */
export function intOfBytes(bytes: readonly number[]): bigint {
  const unsigned = bytes.toReversed().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return BigInt.asIntN(64, unsigned);
}
