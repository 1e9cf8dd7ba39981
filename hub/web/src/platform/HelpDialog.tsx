import { useEffect, useRef } from 'react';

const groups: { name: string; keys: [keys: string, does: string][] }[] = [
  {
    name: 'Anywhere',
    keys: [
      ['?', 'Show this help'],
      ['Tab', 'Next control'],
      ['Esc', 'Close a dialog or menu'],
    ],
  },
  {
    name: 'Changes',
    keys: [
      ['N', 'Next change'],
      ['P', 'Previous change'],
      ['1 – 4', 'In a conflict: choose that answer'],
    ],
  },
  {
    name: 'Timeline (when it has the focus)',
    keys: [
      ['← →', 'One frame back or on'],
      ['Shift ← →', 'One second back or on'],
      ['↑ ↓', 'Previous or next edit'],
      ['Home End', 'Start or end of the cut'],
      ['+ −', 'Zoom in or out at the playhead'],
      ['Ctrl wheel', 'Zoom at the pointer'],
      ['\\ or Shift Z', 'Show the whole cut'],
    ],
  },
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="help-title" onClose={onClose}>
      <div className="dialog-head">
        <h2 id="help-title">Keys</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close"
          onClick={() => dialog.current?.close()}
        >
          ×
        </button>
      </div>
      {groups.map((group) => (
        <section key={group.name}>
          <h3>{group.name}</h3>
          <dl className="key-list">
            {group.keys.map(([keys, does]) => (
              <div key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </dialog>
  );
}
