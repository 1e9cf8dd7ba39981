import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { api, type Project } from '../platform/api';
import {
  CutRequestStates,
  type ConflictResponse,
  type CutRequestResponse,
  type OutcomeView,
  type TermResponse,
} from '../platform/contracts';
import { Failure } from '../platform/Feedback';
import { StretchDrawing } from '../timeline/StretchDrawing';
import { cutRequestKey, useOutcomes } from './queries';
import { choiceWords } from './words';

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
    mutationFn: (choice: string | null) =>
      choice === null
        ? api.unresolve(project, request.number, conflict.id)
        : api.resolve(project, request.number, conflict.id, choice),
    onMutate: () => client.cancelQueries({ queryKey: key, exact: true }),
    onSuccess: (updated) => client.setQueryData(key, updated),
    onError: () => client.invalidateQueries({ queryKey: key, exact: true }),
  });
  const editable = request.state === CutRequestStates.open;
  const chosen = resolve.isPending ? resolve.variables : conflict.chosen;
  const options = optionsOf(conflict);
  const outcomes = useOutcomes(project, request, conflict.id);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!editable || event.ctrlKey || event.metaKey || event.altKey) return;
    const option = options.filter((each) => each.offered)[Number(event.key) - 1];
    if (!option) return;
    event.preventDefault();
    resolve.mutate(option.choice);
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
      {/* The keys 1 to 4 are a second way to the radio buttons inside. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <fieldset className="conflict-choices" disabled={!editable} onKeyDown={onKeyDown}>
        <legend>{conflict.sentence}</legend>
        <div className="conflict-columns">
          {options.map((option) => (
            <Option
              key={option.choice}
              name={name}
              heading={choiceWords(option.choice, request)}
              term={option.term}
              outcome={outcomeOf(outcomes.data?.outcomes, option.choice)}
              offered={option.offered}
              chosen={chosen === option.choice}
              onChoose={() => resolve.mutate(option.choice)}
            />
          ))}
        </div>
      </fieldset>
      {resolve.error && (
        <Failure
          what={`Your choice for ${conflict.subject || 'this conflict'} was not saved.`}
          error={resolve.error}
          onRetry={() => resolve.mutate(resolve.variables)}
        />
      )}
      <p className="conflict-state" role="status">
        {stateWords(conflict, request, resolve.isPending)}{' '}
        {editable && conflict.chosen !== null && !resolve.isPending && (
          <button type="button" className="text-button" onClick={() => resolve.mutate(null)}>
            Take the answer back
          </button>
        )}
      </p>
    </div>
  );
}

interface OptionProps {
  name: string;
  heading: string;
  term: TermResponse | null;
  /** How the cut looks with this answer; undefined until it is known. */
  outcome: OutcomeView | undefined;
  offered: boolean;
  chosen: boolean;
  onChoose: () => void;
}

function Option({ name, heading, term, outcome, offered, chosen, onChoose }: OptionProps) {
  const words = term?.words ?? 'both of them, one after the other';
  const length = term?.durationFrames ?? null;
  const text = (
    <>
      <span className="option-heading">{heading}</span>
      <span className="option-words">{words}</span>
      {length !== null && !words.includes(`${length} frames`) && (
        <span className="muted option-length">{length} frames</span>
      )}
      {outcome !== undefined && (
        <span className="option-drawing">
          <StretchDrawing stretch={outcome} marked={outcome.elements} />
        </span>
      )}
    </>
  );
  if (!offered) return <div className="option plain">{text}</div>;
  return (
    <label className={chosen ? 'option chosen' : 'option'}>
      <input type="radio" name={name} checked={chosen} onChange={onChoose} />
      {text}
    </label>
  );
}

/** The base is drawn as the cut both came from, offered or not. */
function outcomeOf(outcomes: readonly OutcomeView[] | undefined, choice: string): OutcomeView | undefined {
  return (
    outcomes?.find((outcome) => outcome.choice === choice) ??
    (choice === 'base' ? outcomes?.find((outcome) => outcome.choice === null) : undefined)
  );
}

interface ConflictOption {
  choice: string;
  term: TermResponse | null;
  offered: boolean;
}

function optionsOf(conflict: ConflictResponse): ConflictOption[] {
  const offers = (choice: string) => conflict.offered.includes(choice);
  return [
    { choice: 'base', term: conflict.base, offered: offers('base') },
    { choice: 'ours', term: conflict.ours, offered: offers('ours') },
    { choice: 'theirs', term: conflict.theirs, offered: offers('theirs') },
    ...(offers('both') ? [{ choice: 'both', term: null, offered: true }] : []),
  ];
}

function stateWords(conflict: ConflictResponse, request: CutRequestResponse, saving: boolean): string {
  if (saving) return 'Saving…';
  if (conflict.chosen === null) {
    return request.state === CutRequestStates.open
      ? 'Open. Choose one; it is saved at once and can be changed until the merge.'
      : 'Was left open.';
  }
  const by = conflict.chosenByName === null ? '' : ` by ${conflict.chosenByName}`;
  return `Answered${by}: ${choiceWords(conflict.chosen, request)}.`;
}
