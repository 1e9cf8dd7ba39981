import type { ReactNode } from 'react';
import { ProblemCodes } from './contracts';
import { hasCode } from './http';
import { explain } from './problemWords';

interface FailureProps {
  /** What did not happen, as a sentence: "The branch was not created." */
  what: string;
  error: unknown;
  onRetry?: (() => unknown) | undefined;
  children?: ReactNode;
}

export function Failure({ what, error, onRetry, children }: FailureProps) {
  return (
    <div className="failure" role="alert">
      <p>
        <strong>{what}</strong> {explain(error)}
      </p>
      {hasCode(error, ProblemCodes.notSignedIn) && (
        <a className="button" href="/sign-in" target="_blank" rel="noreferrer">
          Sign in (new tab)
        </a>
      )}
      {onRetry && (
        <button type="button" className="button" onClick={() => void onRetry()}>
          Try again
        </button>
      )}
      {children}
    </div>
  );
}

export function Loading({ what, lines = 3 }: { what: string; lines?: number }) {
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">Loading {what}…</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className="loading-line" aria-hidden="true" />
      ))}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}
