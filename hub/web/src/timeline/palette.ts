import type { ElementView } from '../platform/contracts';
import type { MarkShape } from './marks';

/** Canvas colours; the same values as the custom properties in platform/styles/tokens.css. */
export const palette = {
  background: '#161616',
  lane: '#1e1e1e',
  laneOff: '#1a1a1a',
  laneLine: '#2b2b2b',
  ruler: '#232323',
  rulerLine: '#565656',
  rulerMinor: '#3a3a3a',
  text: '#e8e8e8',
  textMuted: '#a8a8a8',
  accent: '#7db2ff',
  selection: '#ffffff',
  transition: 'rgba(255, 255, 255, 0.2)',
  transitionLine: 'rgba(255, 255, 255, 0.75)',
};

export const markColors: Record<MarkShape, string> = {
  add: '#7ed492',
  remove: '#ff9a8f',
  change: '#f2c464',
  move: '#c9a8ff',
  conflict: '#ff7a6b',
};

const labels: Record<string, string> = {
  RED: '#8a3f3c',
  PINK: '#8c4a68',
  ORANGE: '#8f5526',
  YELLOW: '#776423',
  GREEN: '#3f6b45',
  CYAN: '#2f6a70',
  BLUE: '#3b5d87',
  PURPLE: '#62508a',
  MAGENTA: '#7d4280',
  BLACK: '#3c3c3c',
  WHITE: '#6b6b6b',
};

const markers: Record<string, string> = {
  RED: '#f2756b',
  PINK: '#f29ac0',
  ORANGE: '#f0a04b',
  YELLOW: '#ecd25c',
  GREEN: '#7ed492',
  CYAN: '#6fd3dc',
  BLUE: '#7db2ff',
  PURPLE: '#b79cf2',
  MAGENTA: '#e08be4',
  BLACK: '#8a8a8a',
  WHITE: '#f2f2f2',
};

/** Fill of a clip: its label, else by kind and track; dark enough for light text at 4.5:1. */
export function fillOf(element: ElementView, trackKind: string): string {
  const label = element.color === null ? undefined : labels[element.color.toUpperCase()];
  if (label !== undefined) return label;
  if (element.kind === 'nest') return '#6a5a2c';
  if (element.kind === 'generator') return '#62508a';
  if (element.kind === 'unknown') return '#575757';
  return trackKind === 'audio' ? '#3f6650' : '#486079';
}

export function markerColor(color: string | null): string {
  return markers[color?.toUpperCase() ?? ''] ?? '#7ed492';
}
