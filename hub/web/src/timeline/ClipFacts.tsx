import type { TimelineResponse } from '../platform/contracts';
import type { PlacedElement } from './layout';
import { formatTimecode } from './timecode';

interface ClipFactsProps {
  timeline: TimelineResponse;
  placed: PlacedElement | null;
}

/** The clip under the pointer, else the selected one; as tall when empty, so that nothing jumps. */
export function ClipFacts({ timeline, placed }: ClipFactsProps) {
  if (!placed) {
    return <div className="clip-facts muted">Point at a clip or select one to see what it is.</div>;
  }
  const { element, track } = placed;
  const start = timeline.startFrame + element.startFrame;
  const tc = (frame: number) => formatTimecode(frame, timeline);
  const details = [
    element.enabled ? null : 'disabled',
    element.kind === 'clip' ? null : element.kind,
    element.link === null ? null : 'linked',
    element.effects.length === 0 ? null : element.effects.join(', '),
    element.markers.length === 0
      ? null
      : element.markers.map((marker) => marker.comment || marker.name).join(', '),
  ].filter((each) => each !== null && each !== '');
  return (
    <div className="clip-facts">
      <span className="clip-name">
        <span className="chip">{track.name}</span> <strong>{element.name}</strong>{' '}
        {element.media === '' ? (
          <span className="muted">no media</span>
        ) : (
          element.media !== element.name && <span className="muted">{element.media}</span>
        )}
      </span>
      <span>
        <span className="muted">Record</span>{' '}
        <span className="tc">
          {tc(start)} – {tc(start + element.durationFrames)}
        </span>
      </span>
      <span>
        <span className="muted">Length</span> <span className="tc">{tc(element.durationFrames)}</span>
      </span>
      <span>
        <span className="muted">Source in</span> <span className="tc">{tc(element.sourceStartFrame)}</span>
      </span>
      {details.length > 0 && <span className="muted">{details.join(' · ')}</span>}
    </div>
  );
}
