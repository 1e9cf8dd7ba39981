import type { ConflictResponse, EditResponse } from '../platform/contracts';

/** What a change looks like, by letter and shape as well as by colour. */
export type MarkShape = 'add' | 'remove' | 'change' | 'move' | 'conflict';

/** Something to point at on a timeline: a change or a conflict. */
export interface Mark {
  key: string;
  shape: MarkShape;
  /** One word for it: `trimmed`. */
  word: string;
  elements: readonly string[];
  tracks: readonly string[];
  atFrame: number;
  durationFrames: number;
}

export const markLetters: Record<MarkShape, string> = {
  add: '+',
  remove: '−',
  change: '~',
  move: '↔',
  conflict: '!',
};

const words: Record<string, string> = {
  insert: 'added',
  delete: 'removed',
  'trim-head': 'head trimmed',
  'trim-tail': 'tail trimmed',
  split: 'split',
  roll: 'cut rolled',
  slip: 'slipped',
  slide: 'slid',
  move: 'moved',
  'replace-media': 'media replaced',
  'version-up': 'other version',
  retime: 'retimed',
  rename: 'renamed',
  enable: 'enabled',
  disable: 'disabled',
  recolor: 'relabelled',
  relink: 'relinked',
};

/** A kind as one would say it; kinds this page does not know are shown as they came. */
export function wordOf(kind: string): string {
  return words[kind] ?? kind.replaceAll('-', ' ');
}

export function shapeOf(kind: string): MarkShape {
  if (kind === 'insert' || kind.endsWith('-add')) return 'add';
  if (kind === 'delete' || kind.endsWith('-remove')) return 'remove';
  if (kind === 'move' || kind === 'slide') return 'move';
  return 'change';
}

export function marksOfEdits(edits: readonly EditResponse[], prefix: string): Mark[] {
  return edits.map((edit, index) => ({
    key: `${prefix}${index + 1}`,
    shape: shapeOf(edit.kind),
    word: wordOf(edit.kind),
    elements: edit.elements,
    tracks: edit.tracks,
    atFrame: edit.atFrame,
    durationFrames: edit.durationFrames,
  }));
}

export function marksOfConflicts(conflicts: readonly ConflictResponse[]): Mark[] {
  return conflicts.map((conflict) => ({
    key: `conflict-${conflict.id}`,
    shape: 'conflict',
    word: conflict.chosen === null ? 'open conflict' : 'conflict, answered',
    elements: conflict.elements,
    tracks: conflict.tracks,
    atFrame: conflict.atFrame,
    durationFrames: conflict.ours.durationFrames ?? conflict.theirs.durationFrames ?? 1,
  }));
}

/** The key after (or before) the selected one, round the ends; null when there is nothing to step through. */
export function stepKey(keys: readonly string[], selected: string | null, direction: 1 | -1): string | null {
  if (keys.length === 0) return null;
  const index = selected === null ? -1 : keys.indexOf(selected);
  if (index < 0) return keys.at(direction === 1 ? 0 : -1) ?? null;
  return keys[(index + direction + keys.length) % keys.length] ?? null;
}

/** An edit's sentence for a list whose columns show the timecode and the tracks already. */
export function listWords({ sentence, timecode, tracks }: EditResponse): string {
  const withoutTracks = tracks.length === 0 ? sentence : sentence.replace(` (${tracks.join(' ')})`, '');
  if (timecode === '') return withoutTracks;
  const words = withoutTracks.replace(` at ${timecode}`, '');
  if (!words.startsWith(timecode)) return words;
  return words.slice(timecode.length).replace(/^[\s:,–-]+/, '') || sentence;
}

export function countBadges(marks: readonly Mark[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const element of marks.flatMap((mark) => mark.elements)) {
    counts.set(element, (counts.get(element) ?? 0) + 1);
  }
  return counts;
}
