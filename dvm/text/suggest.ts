/**
 * The known word that a misspelled one probably means.
 *
 * @module
 */

/** Above this many candidates, and for longer words, there is no suggestion: a hostile program could misspell a million names. */
const CANDIDATES_MAX = 1_000, LENGTH_MAX = 64;
/** Edits, whatever the length. */
const EDITS_MAX = 3;

/**
 * The nearest of `words`, if any is near enough to suggest: one that differs only in case, begins with `word`, or needs at most one
 * edit for each three letters (an insertion, a deletion, a replacement, or a swap of neighbours), and three edits at most.
 */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  if (words.length > CANDIDATES_MAX || word.length > LENGTH_MAX) return undefined;
  const most = Math.min(EDITS_MAX, Math.max(1, Math.floor(word.length / 3)));
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of words) {
    if (candidate === word) continue;
    const distance = distanceOf(word, candidate, most);
    if (distance <= most && (best === undefined || distance < best.distance)) {
      best = { word: candidate, distance };
    }
  }
  return best?.word;
}

/** What a message about an unknown word adds: `; did you mean Return?`, or nothing. */
export function nearestHint(word: string, words: readonly string[]): string {
  const nearest = nearestWord(word, words);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}

const FAR = Infinity;

/** How far apart two words are, exactly if at most `most`. */
function distanceOf(word: string, candidate: string, most: number): number {
  if (word.toLowerCase() === candidate.toLowerCase()) return 0;
  if (word.length > 1 && candidate.startsWith(word)) return 1;
  if (word.length < 2 || candidate.length < 3) return FAR;
  return Math.abs(word.length - candidate.length) > most
    ? FAR
    : editDistance(word, candidate, most);
}

/** The edit distance of two words, exactly if at most `most`: only the diagonal band that such a distance can cross is computed. */
function editDistance(a: string, b: string, most: number): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = new Array<number>(b.length + 1).fill(FAR);
    current[0] = row;
    let lowest = row;
    const last = Math.min(b.length, row + most);
    for (let column = Math.max(1, row - most); column <= last; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let least = Math.min(
        (above[column] ?? FAR) + 1,
        (current[column - 1] ?? FAR) + 1,
        (above[column - 1] ?? FAR) + (isSame ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, (before[column - 2] ?? FAR) + 1);
      }
      current[column] = least;
      lowest = Math.min(lowest, least);
    }
    if (lowest > most) return FAR;
    before = above;
    above = current;
  }
  return above[b.length] ?? FAR;
}
