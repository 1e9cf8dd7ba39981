import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../platform/api';
import { Failure } from '../platform/Feedback';
import { useSession } from './session';

export function AccountMenu() {
  const session = useSession();
  const client = useQueryClient();
  const signOut = useMutation({
    mutationFn: api.signOut,
    onSuccess: () => {
      client.clear();
      window.location.assign('/sign-in');
    },
  });
  const user = session.data?.user;
  if (!user) return null;
  return (
    <>
      <button
        type="button"
        className="account"
        popoverTarget="account-menu"
        aria-label={`Account of ${user.displayName}`}
      >
        <span className="avatar" aria-hidden="true">
          {initials(user.displayName)}
        </span>
      </button>
      <div id="account-menu" popover="auto" className="menu-body">
        <p>
          <strong>{user.displayName}</strong>
          <br />
          <span className="muted">{user.email}</span>
        </p>
        {session.data?.guest ? null : (
          <Link className="button wide" href="/device">
            Let a machine in
          </Link>
        )}
        <button
          type="button"
          className="button wide"
          disabled={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          Sign out
        </button>
        {signOut.error && <Failure what="You are still signed in." error={signOut.error} />}
      </div>
    </>
  );
}

function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => !word.startsWith('('));
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => word?.[0] ?? '')
    .join('')
    .toUpperCase();
}
