import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { api } from '../platform/api';
import { ProblemCodes } from '../platform/contracts';
import { Failure } from '../platform/Feedback';
import { hasCode } from '../platform/http';
import { sessionKey } from '../platform/queryClient';
import { parseArrival } from './arrival';
import { CodeField, EmailField, PasswordField } from './CredentialFields';
import { EntryPage } from './EntryPage';
import { ProofForm } from './ProofForm';
import { ProviderButtons } from './ProviderButtons';
import { returnPath } from './returnPath';

export function SignInPage() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [, navigate] = useLocation();
  const search = useSearch();
  const client = useQueryClient();
  const setup = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => api.getSetup(signal) });
  const signIn = useMutation({
    mutationFn: () =>
      api.signIn({ email: email.trim(), password, ...(code.trim() === '' ? {} : { code: code.trim() }) }),
    onSuccess: (session) => {
      client.setQueryData(sessionKey, session);
      navigate(returnPath(search), { replace: true });
    },
  });

  const [arrival] = useState(() => parseArrival(window.location.hash));
  if (arrival?.kind === 'asks') {
    return (
      <EntryPage title="Sign in">
        <ProofForm arrival={arrival} />
      </EntryPage>
    );
  }

  const asksForCode = hasCode(signIn.error, ProblemCodes.codeNeeded);

  return (
    <EntryPage title="Sign in">
      {setup.data?.open && (
        <p className="notice">
          This hub waits for its first person. Open the set-up link that it printed when it started.
        </p>
      )}
      {arrival?.kind === 'refused' && (
        <p className="notice" role="alert">
          {arrival.why}
        </p>
      )}
      {arrival?.kind === 'linked' && (
        <p className="notice" role="status">
          The provider is linked; you can sign in by it. <Link href="/">Go to your projects</Link>
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <EmailField value={email} onChange={setEmail} />
        <PasswordField value={password} onChange={setPassword} />
        {(asksForCode || code !== '') && <CodeField value={code} onChange={setCode} />}
        {signIn.error && !asksForCode && <Failure what="You are not signed in." error={signIn.error} />}
        <button type="submit" className="button primary wide" disabled={signIn.isPending}>
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </button>
        <p className="muted">
          <Link href="/forgot-password">Forgot your password?</Link>
        </p>
      </form>
      <ProviderButtons to={returnPath(search)} invitation={null} />
    </EntryPage>
  );
}
