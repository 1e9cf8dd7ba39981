import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { useIsGuest } from '../identity/session';
import { api, type Project } from '../platform/api';
import { type ConflictResponse, type CutRequestResponse, type ResolveRequest } from '../platform/contracts';
import { Failure } from '../platform/Feedback';
import { AnswerOption } from './AnswerOption';
import { optionsOf, outcomeOf } from './options';
import { cutRequestKey, useOutcomes } from './queries';
import { TypedAnswer } from './TypedAnswer';
import { answerWords, choiceWords, isOpen } from './words';

interface ConflictCardProps {
  project: Project;
  request: CutRequestResponse;
  conflict: ConflictResponse;
  selected: boolean;
  onShow: () => void;
}

/** One conflict: what clashes, and the ways out of it side by side. A choice is saved when it is made. */
export function ConflictCard({ project, request, conflict, selected, onShow }: ConflictCardProps) {
  const name = useId();
  const card = useRef<HTMLDivElement | null>(null);
  useEffect(() => {
    if (selected) card.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const client = useQueryClient();
  const key = cutRequestKey(project, request.number);
  const resolve = useMutation({
    // One after the other, so that the last choice is the one that stays.
    scope: { id: `resolve-${request.number}` },
    mutationFn: (answer: ResolveRequest | null) =>
      answer === null
        ? api.unresolve(project, request.number, conflict.id)
        : api.resolve(project, request.number, conflict.id, answer),
    onMutate: () => client.cancelQueries({ queryKey: key, exact: true }),
    onSuccess: (updated) => client.setQueryData(key, updated),
    onError: () => client.invalidateQueries({ queryKey: key, exact: true }),
  });
  const guest = useIsGuest();
  const editable = isOpen(request) && !guest;
  const chosen = resolve.isPending ? (resolve.variables?.choice ?? null) : conflict.chosen;
  const options = optionsOf(conflict);
  const typed = conflict.offers.find((offer) => offer.entry !== null);
  const choose = (choice: string) => resolve.mutate({ choice, value: null });
  const outcomes = useOutcomes(project, request, conflict.id);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'text') return;
    if (!editable || event.ctrlKey || event.metaKey || event.altKey) return;
    const option = options.filter((each) => each.offered)[Number(event.key) - 1];
    if (!option) return;
    event.preventDefault();
    choose(option.choice);
  };

  return (
    <div
      ref={card}
      className={`card conflict${chosen === null ? ' open' : ''}${selected ? ' selected' : ''}`}
      id={`conflict-${conflict.id}`}
    >
      <div className="conflict-head">
        <span className="mark mark-conflict" aria-hidden="true">
          !
        </span>
        <span className="tc">{conflict.timecode}</span>
        <span className="muted">
          {[conflict.tracks.join(' '), conflict.subject].filter(Boolean).join(' · ')}
        </span>
        <span className="spacer" />
        <button type="button" className="small-button" onClick={onShow}>
          Show on the timeline
        </button>
      </div>
      {/* The digits are a second way to the radio buttons inside. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <fieldset className="conflict-choices" disabled={!editable} onKeyDown={onKeyDown}>
        <legend>{conflict.sentence}</legend>
        <div className="conflict-columns">
          {options.map((option) => (
            <AnswerOption
              key={option.choice}
              name={name}
              heading={choiceWords(option.choice, request)}
              term={option.term}
              words={option.words}
              outcome={outcomeOf(outcomes.data?.outcomes, option.choice)}
              offered={option.offered}
              chosen={chosen === option.choice}
              onChoose={() => choose(option.choice)}
            />
          ))}
        </div>
        {typed && !guest && (
          <TypedAnswer
            key={conflict.chosenValue ?? ''}
            offer={typed}
            value={conflict.chosenValue ?? ''}
            onType={(value) => resolve.mutate({ choice: typed.choice, value })}
          />
        )}
      </fieldset>
      {resolve.error && (
        <Failure
          what={`Your choice for ${conflict.subject || 'this conflict'} was not saved.`}
          error={resolve.error}
          onRetry={() => resolve.mutate(resolve.variables)}
        />
      )}
      <p className="conflict-state" role="status">
        {stateWords(conflict, request, editable, resolve.isPending)}{' '}
        {editable && conflict.chosen !== null && !resolve.isPending && (
          <button type="button" className="text-button" onClick={() => resolve.mutate(null)}>
            Take the answer back
          </button>
        )}
      </p>
    </div>
  );
}

function stateWords(
  conflict: ConflictResponse,
  request: CutRequestResponse,
  editable: boolean,
  saving: boolean,
): string {
  if (saving) return 'Saving…';
  if (conflict.chosen === null) {
    if (!isOpen(request)) return 'Was left open.';
    return editable ? 'Open. Choose one; it is saved at once and can be changed until the merge.' : 'Open.';
  }
  const by = conflict.chosenByName === null ? '' : ` by ${conflict.chosenByName}`;
  return `Answered${by}: ${answerWords(conflict)}.`;
}
