/** How a sequence counts and prints its frames. */
export interface TimecodeFormat {
  rateNumerator: number;
  rateDenominator: number;
  dropFrame: boolean;
}

export function nominalRate(format: TimecodeFormat): number {
  return Math.round(format.rateNumerator / format.rateDenominator);
}

/** Drop-frame exists for 29.97, 59.94 and 119.88 only. */
export function dropsFrames(format: TimecodeFormat): boolean {
  return format.dropFrame && format.rateDenominator === 1001 && nominalRate(format) % 30 === 0;
}

/** Prints a frame number: hours go past 23 rather than wrap, a negative one gets a leading minus. */
export function formatTimecode(frame: number, format: TimecodeFormat): string {
  if (frame < 0) return `-${formatTimecode(-frame, format)}`;
  const rate = nominalRate(format);
  const drop = dropsFrames(format);
  const number = frameToNumber(frame, format);
  const seconds = Math.floor(number / rate);
  const two = (value: number) => String(value).padStart(2, '0');
  const frames = String(number % rate).padStart(rate > 100 ? 3 : 2, '0');
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return `${clock}${drop ? ';' : ':'}${frames}`;
}

/** A difference in frames: `+00:00:00:12`. */
export function formatDelta(frames: number, format: TimecodeFormat): string {
  const plain = formatTimecode(Math.abs(frames), { ...format, dropFrame: false });
  if (frames === 0) return plain;
  return `${frames > 0 ? '+' : '−'}${plain}`;
}

/**
 * What a person types into a timecode box, as a frame number: `01:00:04:12`, `1000412` (digits fill from the right),
 * or `+12` and `-1:00` relative to `current`. Null when it is no time.
 */
export function parseTimecodeEntry(text: string, current: number, format: TimecodeFormat): number | null {
  const match = /^([+\-−]?)\s*([\d:;.,]+)$/.exec(text.trim());
  if (!match) return null;
  const sign = match[1] ?? '';
  const fields = splitFields(match[2] ?? '');
  if (fields === null) return null;
  if (sign === '') return countFrames(fields, format);
  const amount = countFrames(fields, { ...format, dropFrame: false });
  return sign === '+' ? current + amount : current - amount;
}

type Fields = [hours: number, minutes: number, seconds: number, frames: number];

function splitFields(text: string): Fields | null {
  const parts = /[:;.,]/.test(text) ? text.split(/[:;.,]/) : pairsFromRight(text);
  if (parts.length > 4 || parts.some((part) => part === '')) return null;
  const numbers = parts.map(Number);
  while (numbers.length < 4) numbers.unshift(0);
  return numbers as Fields;
}

function pairsFromRight(digits: string): string[] {
  if (digits.length <= 2) return [digits];
  return [...pairsFromRight(digits.slice(0, -2)), digits.slice(-2)];
}

function countFrames([hours, minutes, seconds, frames]: Fields, format: TimecodeFormat): number {
  return numberToFrame(((hours * 60 + minutes) * 60 + seconds) * nominalRate(format) + frames, format);
}

/** The number printed for a frame, counted in frames at the nominal rate; larger than the frame once numbers dropped. */
export function frameToNumber(frame: number, format: TimecodeFormat): number {
  return dropsFrames(format) ? frame + droppedBefore(frame, nominalRate(format)) : frame;
}

/** The frame that carries a number; for a number that drop-frame skips, the frame after the gap. */
export function numberToFrame(number: number, format: TimecodeFormat): number {
  if (!dropsFrames(format)) return number;
  const rate = nominalRate(format);
  const perMinute = rate / 15;
  const minutes = Math.floor(number / (rate * 60));
  const skipped = minutes % 10 !== 0 && number % (rate * 60) < perMinute;
  const existing = skipped ? minutes * rate * 60 + perMinute : number;
  return existing - perMinute * (minutes - Math.floor(minutes / 10));
}

/** How many numbers were skipped before this frame: 2 (at 30) a minute, but none each tenth. */
function droppedBefore(frame: number, rate: number): number {
  const perMinute = rate / 15;
  const framesPerMinute = rate * 60 - perMinute;
  const framesPerTenMinutes = framesPerMinute * 10 + perMinute;
  const tens = Math.floor(frame / framesPerTenMinutes);
  const rest = frame % framesPerTenMinutes;
  const minutes = rest < rate * 60 ? 0 : 1 + Math.floor((rest - rate * 60) / framesPerMinute);
  return perMinute * (tens * 9 + minutes);
}
