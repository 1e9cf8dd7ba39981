import type { ReactNode } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import { guestPath } from '../guests/guestPath';
import { ProblemCodes } from '../platform/contracts';
import { Failure, Loading } from '../platform/Feedback';
import { hasCode } from '../platform/http';
import { useSession } from './session';

/** Shows its children to a signed-in person and sends everybody else to sign in, to come back here. */
export function SignedIn({ children }: { children: ReactNode }) {
  const session = useSession();
  const [path] = useLocation();
  const search = useSearch();
  if (hasCode(session.error, ProblemCodes.notSignedIn)) {
    const here = search === '' ? path : `${path}?${search}`;
    return <Redirect to={here === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(here)}`} replace />;
  }
  if (session.data?.guest && path === '/') return <Redirect to={guestPath(session.data.guest)} replace />;
  if (session.data) return children;
  return (
    <main className="page">
      {session.error ? (
        <Failure what="The hub could not be reached." error={session.error} onRetry={session.refetch} />
      ) : (
        <Loading what="your session" />
      )}
    </main>
  );
}
