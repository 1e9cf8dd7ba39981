import { sinceWords } from './dates';

/** A time as people say it, exact on pointing at it and for machines. */
export function Moment({ at }: { at: string }) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={date.toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'short' })}>
      {sinceWords(date, new Date())}
    </time>
  );
}
