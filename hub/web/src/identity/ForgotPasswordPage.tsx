import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../platform/api';
import { Failure } from '../platform/Feedback';
import { EmailField } from './CredentialFields';
import { EntryPage } from './EntryPage';

export function ForgotPasswordPage() {
  const [email, setEmail] = useState('');
  const ask = useMutation({ mutationFn: () => api.askForPasswordLetter(email.trim()) });
  return (
    <EntryPage title="Choose a new password">
      {ask.isSuccess ? (
        <p role="status">
          If {email.trim()} has an account here, a letter with a link is on its way to it. The link is good
          for an hour. <Link href="/sign-in">Back to sign-in</Link>
        </p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate();
          }}
        >
          <EmailField hint="Of your account; the link comes to it." value={email} onChange={setEmail} />
          {ask.error && <Failure what="No letter was sent." error={ask.error} />}
          <button type="submit" className="button primary wide" disabled={ask.isPending}>
            Send me a link
          </button>
          <p className="muted">
            <Link href="/sign-in">Back to sign-in</Link>
          </p>
        </form>
      )}
    </EntryPage>
  );
}
