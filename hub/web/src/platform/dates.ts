const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `just now`, `12 minutes ago`, `yesterday, 14:05`, `3 Nov, 09:12`, `3 Nov 2025`. */
export function sinceWords(then: Date, now: Date): string {
  const elapsed = now.getTime() - then.getTime();
  if (elapsed < minute) return 'just now';
  if (elapsed < hour) return plural(Math.floor(elapsed / minute), 'minute');
  const clock = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (startOfDay(then) === startOfDay(now)) return plural(Math.floor(elapsed / hour), 'hour');
  if (startOfDay(now) - startOfDay(then) <= day + hour) return `yesterday, ${clock}`;
  const date = then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return then.getFullYear() === now.getFullYear() ? `${date}, ${clock}` : `${date} ${then.getFullYear()}`;
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
