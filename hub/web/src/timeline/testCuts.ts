import type { ElementView, TrackView } from '../platform/contracts';

/** Small cuts for tests. */
export function element(id: string, startFrame: number, durationFrames: number): ElementView {
  return {
    id,
    kind: 'clip',
    name: id,
    media: '',
    startFrame,
    durationFrames,
    sourceStartFrame: 0,
    enabled: true,
    color: null,
    link: null,
    effects: [],
    markers: [],
  };
}

export function track(name: string, kind: string, elements: ElementView[] = []): TrackView {
  return { id: name, name, kind, enabled: true, elements, transitions: [] };
}
