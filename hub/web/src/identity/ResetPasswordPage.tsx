import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../platform/api';
import type { LetterProof } from '../platform/contracts';
import { Failure } from '../platform/Feedback';
import { EntryPage } from './EntryPage';
import { parseProof } from './fragment';
import { NewPasswordField } from './NewPasswordField';

export function ResetPasswordPage() {
  const [proof] = useState(() => parseProof(window.location.hash));
  return (
    <EntryPage title="Choose a new password">
      {proof === null ? (
        <p className="notice">
          The address is not whole. Open the link of the letter again, or{' '}
          <Link href="/forgot-password">ask for another</Link>.
        </p>
      ) : (
        <ResetForm proof={proof} />
      )}
    </EntryPage>
  );
}

function ResetForm({ proof }: { proof: LetterProof }) {
  const [password, setPassword] = useState('');
  const reset = useMutation({ mutationFn: () => api.resetPassword(proof, password) });
  if (reset.isSuccess) {
    return (
      <p role="status">
        Your password is changed, and everything that was signed in as you is signed out.{' '}
        <Link href="/sign-in">Sign in</Link>
      </p>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        reset.mutate();
      }}
    >
      <NewPasswordField label="New password" value={password} onChange={setPassword} />
      {reset.error && (
        <Failure what="Your password is as it was." error={reset.error}>
          <Link className="button" href="/forgot-password">
            Ask for another link
          </Link>
        </Failure>
      )}
      <button type="submit" className="button primary wide" disabled={reset.isPending}>
        {reset.isPending ? 'Changing…' : 'Change password'}
      </button>
    </form>
  );
}
