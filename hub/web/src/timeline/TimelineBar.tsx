import { useState } from 'react';
import type { TimelineResponse } from '../platform/contracts';
import { formatTimecode, parseTimecodeEntry } from './timecode';

interface TimelineBarProps {
  timeline: TimelineResponse;
  playhead: number;
  onGoTo: (frame: number) => void;
  onZoom: (factor: number) => void;
  onFit: () => void;
}

export function TimelineBar({ timeline, playhead, onGoTo, onZoom, onFit }: TimelineBarProps) {
  const shown = formatTimecode(timeline.startFrame + playhead, timeline);
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);

  const enter = () => {
    if (typed === null) return;
    const frame = parseTimecodeEntry(typed, timeline.startFrame + playhead, timeline);
    setRefused(frame === null);
    if (frame === null) return;
    setTyped(null);
    onGoTo(frame - timeline.startFrame);
  };

  const rate = timeline.rateNumerator / timeline.rateDenominator;
  return (
    <div className="timeline-bar">
      <input
        className="timecode-box"
        aria-label="Timecode at the playhead; type one to go there"
        aria-invalid={refused}
        title="Type a timecode, or +12 and -1:00 to move"
        value={typed ?? shown}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.target.value);
          setRefused(false);
        }}
        onFocus={(event) => event.target.select()}
        onBlur={() => {
          setTyped(null);
          setRefused(false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') enter();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      <span className="timeline-length">
        <span className="muted wide-only">Runtime </span>
        <span className="tc">{formatTimecode(timeline.durationFrames, timeline)}</span>
        <span className="muted wide-only">
          {' '}
          · {Number(rate.toFixed(3))} fps{timeline.dropFrame ? ' DF' : ''}
        </span>
      </span>
      {refused && (
        <span className="field-error" role="alert">
          That is no timecode. Try 01:00:04:12, +12 or -1:00.
        </span>
      )}
      <span className="spacer" />
      <div className="button-row" role="group" aria-label="Zoom">
        <button
          type="button"
          className="icon-button"
          aria-label="Zoom out"
          title="Zoom out (−)"
          onClick={() => onZoom(1 / 1.6)}
        >
          −
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Zoom in"
          title="Zoom in (+)"
          onClick={() => onZoom(1.6)}
        >
          +
        </button>
        <button type="button" className="small-button" title="Show the whole cut (\)" onClick={onFit}>
          Fit
        </button>
      </div>
    </div>
  );
}
