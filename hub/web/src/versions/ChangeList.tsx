import { useEffect, useRef } from 'react';
import type { EditResponse } from '../platform/contracts';
import { listWords, markLetters, shapeOf, wordOf } from '../timeline/marks';

interface ChangeListProps {
  label: string;
  edits: readonly EditResponse[];
  /** The key of the first edit is this with 1 after it, as in `marksOfEdits`. */
  prefix: string;
  shifted: number;
  relocated: number;
  selected?: string | null;
  onSelect?: (key: string) => void;
}

/** Changes in words, timecode first. With `onSelect` each is a button that points at it on the timeline. */
export function ChangeList({
  label,
  edits,
  prefix,
  shifted,
  relocated,
  selected = null,
  onSelect,
}: ChangeListProps) {
  const list = useRef<HTMLOListElement | null>(null);
  useEffect(() => {
    if (selected?.startsWith(prefix)) {
      list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
    }
  }, [selected, prefix]);
  return (
    <>
      <ol ref={list} className="changes" aria-label={label}>
        {edits.map((edit, index) => {
          const key = `${prefix}${index + 1}`;
          return (
            <li key={key}>
              {onSelect ? (
                <button
                  type="button"
                  className="change"
                  aria-current={key === selected}
                  onClick={() => onSelect(key)}
                >
                  <ChangeWords edit={edit} />
                </button>
              ) : (
                <div className="change">
                  <ChangeWords edit={edit} />
                </div>
              )}
              {edit.children.length > 0 && (
                <details className="change-parts">
                  <summary>{edit.children.length} edits in it</summary>
                  <ol className="changes" aria-label={`Edits in: ${edit.sentence}`}>
                    {edit.children.map((child, part) => (
                      <li key={part} className="change">
                        <ChangeWords edit={child} />
                      </li>
                    ))}
                  </ol>
                </details>
              )}
            </li>
          );
        })}
      </ol>
      {relocated > 0 && (
        <p className="muted shifted">
          {relocated === 1 ? '1 clip' : `${relocated} clips`} only found the media in another folder.
        </p>
      )}
      {shifted > 0 && (
        <p className="muted shifted">
          {shifted === 1 ? '1 clip' : `${shifted} clips`} only moved in time because something before changed.
        </p>
      )}
    </>
  );
}

function ChangeWords({ edit }: { edit: EditResponse }) {
  const shape = shapeOf(edit.kind);
  return (
    <>
      <span className={`mark mark-${shape}`} title={wordOf(edit.kind)} aria-hidden="true">
        {markLetters[shape]}
      </span>
      <span className="tc change-time">{edit.timecode}</span>
      <span className="change-words">{listWords(edit)}</span>
      <span className="change-tracks">{edit.tracks.join(' ')}</span>
    </>
  );
}
