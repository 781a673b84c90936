/**
 * Decimal texts, random and adversarial, and an oracle for their nearest float: an exact comparison with both neighbours.
 *
 * @module
 */
import type { Random } from "../../../campaign/random.ts";

/** The width of a float type. */
export type Width = 32 | 64;

/** A number as numerator × 10^exponent. */
interface Decimal {
  readonly numerator: bigint;
  readonly exponent: number;
}

/** Why `value` is not the float of this width that is nearest to the number of the text, ties to even; nothing if it is. */
export function nearestDifference(text: string, width: Width, value: number): string | undefined {
  const isNegative = text.startsWith("-");
  if ((isNegative ? -1 : 1) !== (Object.is(value, -0) || value < 0 ? -1 : 1)) {
    return `${value} has another sign`;
  }
  const magnitude = Math.abs(value);
  const pattern = patternOf(magnitude, width);
  if (Number.isNaN(value) || floatOf(pattern, width) !== magnitude) {
    return `${value} is no f${width}`;
  }
  const exact = decimalOf(isNegative ? text.slice(1) : text);
  const distance = distanceOf(exact, pattern, width);
  for (const neighbour of [pattern - 1n, pattern + 1n]) {
    if (neighbour < 0n || neighbour > infinity(width)) continue;
    const other = distanceOf(exact, neighbour, width);
    const isTie = other === distance;
    if (other < distance || (isTie && (pattern & 1n) === 1n)) {
      return `${value} is not nearest: ${floatOf(neighbour, width)} is ${
        isTie ? "as near, and even" : "nearer"
      }`;
    }
  }
  return undefined;
}

/** The bits of infinity; as a number, the power of two after the greatest float. */
function infinity(width: Width): bigint {
  return width === 32 ? 0x7f80_0000n : 0x7ff0_0000_0000_0000n;
}

/** |exact − float|, scaled by a factor that depends on `exact` and the width alone. */
function distanceOf(exact: Decimal, pattern: bigint, width: Width): bigint {
  const mantissaBits = width === 32 ? 23n : 52n;
  const bias = width === 32 ? 149 : 1074;
  const biased = pattern >> mantissaBits;
  const fraction = pattern & (1n << mantissaBits) - 1n;
  const integer = biased === 0n ? fraction : fraction | 1n << mantissaBits;
  const float = integer << (biased === 0n ? 0n : biased - 1n); // in units of the least float
  const tens = 10n ** BigInt(Math.abs(exact.exponent));
  const scaled = exact.numerator << BigInt(bias);
  const difference = exact.exponent >= 0 ? scaled * tens - float : scaled - float * tens;
  return difference < 0n ? -difference : difference;
}

function decimalOf(text: string): Decimal {
  const [digits = "", power = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = digits.split(".");
  return { numerator: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

function patternOf(magnitude: number, width: Width): bigint {
  const view = new DataView(new ArrayBuffer(8));
  if (width === 64) view.setFloat64(0, magnitude);
  else view.setFloat32(4, magnitude);
  return view.getBigUint64(0);
}

function floatOf(pattern: bigint, width: Width): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, pattern);
  return width === 64 ? view.getFloat64(0) : view.getFloat32(4);
}

// ── texts ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A decimal text: random digits, a float, or the middle of two, exactly or with a digit far behind changed. */
export function decimalText(random: Random): string {
  const sign = random.oneIn(4) ? "-" : "";
  switch (random.below(6)) {
    case 0:
      return sign + randomDigits(random);
    case 1:
      return sign + wholeNumber(random);
    case 2: // beyond the ranges of both types
      return `${sign}${random.between(1, 9)}.${random.below(1000)}e${random.pick(["-", "+", ""])}${
        random.between(30, 400)
      }`;
    default:
      return sign + nearMiddle(random);
  }
}

/** A whole number around a power of two, or around the middle of two `f32` values. */
function wholeNumber(random: Random): string {
  const near = BigInt(random.between(-1, 1));
  const power = BigInt(random.below(125));
  const middle = BigInt(random.between(2 ** 24, 2 ** 25 - 1)) << power;
  return String((random.oneIn(2) ? middle : 4n << power) + near);
}

function randomDigits(random: Random): string {
  const digits = (most: number) =>
    Array.from({ length: random.between(1, most) }, () => random.below(10)).join("");
  const whole = digits(20).replace(/^0+(?=.)/, "");
  const fraction = random.oneIn(3) ? "" : `.${digits(40)}`;
  return whole + fraction + (random.oneIn(2) ? "" : `e${random.between(-60, 60)}`);
}

/** The middle of two neighbouring floats of a width, or the float itself; as it is, or a little less or more. */
function nearMiddle(random: Random): string {
  const width: Width = random.pick([32, 32, 64]);
  const pattern = width === 32
    ? BigInt(random.below(0x7f80_0000))
    : BigInt(random.below(0x7ff0_0000)) << 32n | BigInt(random.below(2 ** 32));
  const bias = width === 32 ? 149n : 1074n;
  const mantissaBits = width === 32 ? 23n : 52n;
  const biased = pattern >> mantissaBits;
  const fraction = pattern & (1n << mantissaBits) - 1n;
  const integer = biased === 0n ? fraction : fraction | 1n << mantissaBits;
  // Twice the float, in units of half the least one, and one more for the middle.
  const halves = ((integer * 2n) + (random.oneIn(5) ? 0n : 1n)) <<
    (biased === 0n ? 0n : biased - 1n);
  const places = bias + 1n;
  const digits = String(halves * 5n ** places).padStart(Number(places) + 1, "0");
  const whole = digits.slice(0, -Number(places));
  const exact = `${whole}.${digits.slice(-Number(places))}`;
  const nudged = (text: string) => {
    switch (random.below(3)) {
      case 0:
        return text;
      case 1:
        return `${text}${"0".repeat(random.below(30))}1`;
      default:
        return text.replace(
          /([1-9])(0*)$/,
          (_, digit, zeros) => `${digit - 1}${"9".repeat(zeros.length + 3)}`,
        );
    }
  };
  return nudged(exact.replace(/(\.[0-9]*?)0+$/, "$1").replace(/\.$/, ".0"));
}
