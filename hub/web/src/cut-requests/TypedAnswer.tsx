import { useId, useState, type SubmitEvent } from 'react';
import type { OfferResponse } from '../platform/contracts';

interface TypedAnswerProps {
  offer: OfferResponse;
  value: string;
  onType: (value: string) => void;
}

/** A value of one's own; what is wrong with it, the hub says. */
export function TypedAnswer({ offer, value, onType }: TypedAnswerProps) {
  const id = useId();
  const [draft, setDraft] = useState(value);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    onType(draft);
  };
  return (
    <form className="conflict-typed" onSubmit={onSubmit}>
      <label htmlFor={id}>
        {offer.words}
        {offer.entry === 'frames' && <span className="muted"> (with a minus: shorter or earlier)</span>}
      </label>
      <input id={id} type="text" value={draft} onChange={(event) => setDraft(event.target.value)} />
      <button type="submit" className="small-button" disabled={draft.trim() === ''}>
        Use it
      </button>
    </form>
  );
}
