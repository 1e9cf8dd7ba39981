import type { ConflictResponse, OutcomeView, TermResponse } from '../platform/contracts';

export interface ConflictOption {
  choice: string;
  term: TermResponse | null;
  words: string;
  offered: boolean;
}

/** How it was and the two sides, offered or not, then whatever else is offered. */
export function optionsOf(conflict: ConflictResponse): ConflictOption[] {
  const sides = { base: conflict.base, ours: conflict.ours, theirs: conflict.theirs };
  const untyped = conflict.offers.filter((offer) => offer.entry === null);
  return [
    ...Object.entries(sides).map(([choice, term]) => {
      const offer = untyped.find((each) => each.choice === choice);
      // The heading names the side already, so the offer is only read out where it says something else.
      const words = offer === undefined || offer.words.includes(term.words) ? term.words : offer.words;
      return { choice, term, words, offered: offer !== undefined };
    }),
    ...untyped
      .filter((offer) => !(offer.choice in sides))
      .map((offer) => ({ choice: offer.choice, term: null, words: offer.words, offered: true })),
  ];
}

/** The base is drawn as the cut both came from, offered or not. */
export function outcomeOf(
  outcomes: readonly OutcomeView[] | undefined,
  choice: string,
): OutcomeView | undefined {
  return (
    outcomes?.find((outcome) => outcome.choice === choice) ??
    (choice === 'base' ? outcomes?.find((outcome) => outcome.choice === null) : undefined)
  );
}
