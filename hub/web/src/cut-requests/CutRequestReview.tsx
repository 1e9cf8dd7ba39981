import { useMemo } from 'react';
import { useIsGuest } from '../identity/session';
import type { Project } from '../platform/api';
import type { CutRequestResponse } from '../platform/contracts';
import { useKeys } from '../platform/useKeys';
import { useSearchValue } from '../platform/useSearchValue';
import { marksOfConflicts, marksOfEdits, stepKey, type Mark } from '../timeline/marks';
import { TimelineView } from '../timeline/TimelineView';
import { StickyTimeline } from '../timeline/StickyTimeline';
import { ChangeList } from '../versions/ChangeList';
import { VersionTimeline } from '../versions/VersionTimeline';
import { Checks } from './Checks';
import { ConflictCard } from './ConflictCard';
import { MergeBox } from './MergeBox';
import { Reviews } from './Reviews';
import { isOpen } from './words';

interface ReviewProps {
  project: Project;
  request: CutRequestResponse;
}

export function CutRequestReview({ project, request }: ReviewProps) {
  // In the address, so that a link opens at this change.
  const [selected, select] = useSearchValue('at');
  const guest = useIsGuest();
  const source = useMemo(() => marksOfEdits(request.changes, 's'), [request.changes]);
  const target = useMemo(() => marksOfEdits(request.targetChanges, 't'), [request.targetChanges]);
  const notes = useMemo(() => marksOfNotes(request), [request]);
  const marks = useMemo(
    () => [
      ...source,
      ...[...target, ...notes].filter((mark) => mark.key === selected),
      ...marksOfConflicts(request.conflicts),
    ],
    [source, target, notes, selected, request.conflicts],
  );
  const step = (direction: 1 | -1) =>
    select(
      stepKey(
        [...source, ...target].map((mark) => mark.key),
        selected,
        direction,
      ),
    );
  useKeys({ n: () => step(1), p: () => step(-1) });

  return (
    <>
      <StickyTimeline>
        <ReviewTimeline
          project={project}
          request={request}
          marks={marks}
          selected={selected}
          onSelect={select}
        />
      </StickyTimeline>
      <div className="columns review">
        <div>
          <Conflicts project={project} request={request} selected={selected} onSelect={select} />
          <Changes request={request} selected={selected} onSelect={select} onStep={step} />
          <Notes request={request} selected={selected} onSelect={select} />
          {!guest && <Checks project={project} request={request} />}
          {!guest && <Reviews project={project} request={request} />}
        </div>
        {!(guest && isOpen(request)) && <MergeBox project={project} request={request} />}
      </div>
    </>
  );
}

interface SelectionProps {
  selected: string | null;
  onSelect: (key: string) => void;
}

interface ReviewTimelineProps extends ReviewProps, SelectionProps {
  marks: readonly Mark[];
}

function ReviewTimeline({ project, request, marks, selected, onSelect }: ReviewTimelineProps) {
  const view = { marks, selectedMark: selected, onSelectMark: onSelect };
  if (request.preview) {
    return <TimelineView timeline={request.preview} label="the merge as it would be" {...view} />;
  }
  const version = request.mergedVersion ?? request.sourceHead ?? request.targetHead;
  if (version === null) return null;
  const label = request.mergedVersion === null ? request.sourceBranch : 'the merged version';
  return <VersionTimeline project={project} version={version} label={label} {...view} />;
}

function Conflicts({ project, request, selected, onSelect }: ReviewProps & SelectionProps) {
  if (request.conflicts.length === 0) return null;
  const open = request.conflicts.filter((conflict) => conflict.chosen === null).length;
  return (
    <section className="section" aria-labelledby="conflicts">
      <div className="section-head">
        <h2 id="conflicts">
          Conflicts <span className="count">{request.conflicts.length}</span>
        </h2>
        <span className={open > 0 ? 'open-count' : 'muted'} role="status">
          {open === 0 ? 'All answered' : `${open} open`}
        </span>
      </div>
      {request.conflicts.map((conflict) => (
        <ConflictCard
          key={conflict.id}
          project={project}
          request={request}
          conflict={conflict}
          selected={selected === `conflict-${conflict.id}`}
          onShow={() => onSelect(`conflict-${conflict.id}`)}
        />
      ))}
    </section>
  );
}

interface ChangesProps extends SelectionProps {
  request: CutRequestResponse;
  onStep: (direction: 1 | -1) => void;
}

function Changes({ request, selected, onSelect, onStep }: ChangesProps) {
  const { changes, targetChanges, sourceBranch, targetBranch } = request;
  return (
    <section className="section" aria-labelledby="changes">
      <div className="section-head">
        <h2 id="changes">
          Changes <span className="count">{changes.length + targetChanges.length}</span>
        </h2>
        <div className="button-row">
          <button
            type="button"
            className="small-button"
            title="Previous change (P)"
            onClick={() => onStep(-1)}
          >
            Previous <kbd>P</kbd>
          </button>
          <button type="button" className="small-button" title="Next change (N)" onClick={() => onStep(1)}>
            Next <kbd>N</kbd>
          </button>
        </div>
      </div>
      <h3>
        On <span className="branch-name">{sourceBranch}</span> <span className="count">{changes.length}</span>
      </h3>
      {changes.length === 0 && request.relocated === 0 && (
        <p className="muted nothing">
          {sourceBranch} has nothing that {targetBranch} lacks.
        </p>
      )}
      <ChangeList
        label={`Changes on ${sourceBranch}`}
        edits={changes}
        prefix="s"
        shifted={request.shifted}
        relocated={request.relocated}
        selected={selected}
        onSelect={onSelect}
      />
      <h3>
        Meanwhile on <span className="branch-name">{targetBranch}</span>{' '}
        <span className="count">{targetChanges.length}</span>
      </h3>
      {targetChanges.length === 0 && (
        <p className="muted nothing">The cut on {targetBranch} is as it was when the branches parted.</p>
      )}
      <ChangeList
        label={`Changes on ${targetBranch}`}
        edits={targetChanges}
        prefix="t"
        shifted={0}
        relocated={0}
        selected={selected}
        onSelect={onSelect}
      />
    </section>
  );
}

function Notes({ request, selected, onSelect }: { request: CutRequestResponse } & SelectionProps) {
  const open = isOpen(request);
  if (request.notes.length === 0 && !open) return null;
  return (
    <section className="section" aria-labelledby="notes">
      <div className="section-head">
        <h2 id="notes">
          Notes of the merge <span className="count">{request.notes.length}</span>
        </h2>
      </div>
      {request.notes.length === 0 ? (
        <p className="muted">The merge had nothing to decide that you should look at.</p>
      ) : (
        <ol className="changes" aria-label="Notes of the merge">
          {request.notes.map((note, index) => {
            const key = `note${index + 1}`;
            return (
              <li key={key}>
                <button
                  type="button"
                  className="change"
                  aria-current={key === selected}
                  onClick={() => onSelect(key)}
                >
                  <span className="mark mark-note" aria-hidden="true">
                    i
                  </span>
                  <span className="tc change-time">{note.timecode}</span>
                  <span className="change-words">{note.sentence}</span>
                </button>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

function marksOfNotes(request: CutRequestResponse): Mark[] {
  return request.notes.map((note, index) => ({
    key: `note${index + 1}`,
    shape: 'change',
    word: 'note',
    elements: [],
    tracks: [],
    atFrame: note.atFrame,
    durationFrames: 1,
  }));
}
