import type { ReactNode } from 'react';
import { useTitle } from '../platform/useTitle';
import { Wordmark } from '../platform/Wordmark';

/** The frame of the pages before one is signed in. */
export function EntryPage({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title);
  return (
    <div className="entry">
      <div className="entry-brand">
        <Wordmark />
      </div>
      <main className="entry-card">
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
