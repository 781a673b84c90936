/**
 * Changes of JSON values, as somebody makes them who writes a file by hand.
 *
 * @module
 */
import type { Random } from "../../campaign/random.ts";

/** A place in a JSON value: its container, and the member or index. */
interface Slot {
  readonly holder: object;
  readonly key: string;
}

/** A copy of an object with one change at a random place in it. */
export function mutateJson(value: object, random: Random): unknown {
  const copy = structuredClone(value);
  const { holder, key } = random.pick(slotsBelow(copy));
  change(holder, key, random);
  return copy;
}

function slotsBelow(holder: object): Slot[] {
  return Object.entries(holder).flatMap(([key, value]: [string, unknown]) => [
    { holder, key },
    ...(typeof value === "object" && value !== null ? slotsBelow(value) : []),
  ]);
}

function change(holder: object, key: string, random: Random): void {
  const value: unknown = Reflect.get(holder, key);
  const put = (changed: unknown) => Reflect.set(holder, key, changed);
  switch (random.below(8)) {
    case 0:
      return void (Array.isArray(holder)
        ? holder.splice(Number(key), 1)
        : Reflect.deleteProperty(holder, key));
    case 1:
      return void put(random.pick(["", "x", "K::", "==", "linear", "0.2", "an other"]));
    case 2:
      return void put(random.pick([0, -1, 1.5, 1e20]));
    case 3:
      return void put(random.pick([null, true, false]));
    case 4:
      return void put(random.pick([[], {}, [0], [[]], { a: 1 }, ["x", { Int: 1 }]]));
    case 5:
      if (Array.isArray(holder)) return void holder.push(random.pick([null, 1, "x", {}, []]));
      return void Reflect.set(
        holder,
        random.pick(["more", "Name", "expr", "span", "forges"]),
        value,
      );
    case 6: {
      if (Array.isArray(holder)) return void put({ [String(key)]: value });
      Reflect.deleteProperty(holder, key);
      return void Reflect.set(holder, misspelled(key, random), value);
    }
    default:
      return void put(typeof value === "string" ? misspelled(value, random) : [value]);
  }
}

/** The word without a letter, with one twice, or with another case. */
function misspelled(word: string, random: Random): string {
  const at = random.below(Math.max(word.length, 1));
  switch (random.below(3)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1);
    case 1:
      return word.slice(0, at) + word.slice(at, at + 1) + word.slice(at);
    default:
      return word === word.toLowerCase() ? word.toUpperCase() : word.toLowerCase();
  }
}
