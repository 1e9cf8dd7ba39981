import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../platform/api';
import { ProblemCodes } from '../platform/contracts';
import { Failure } from '../platform/Feedback';
import { hasCode } from '../platform/http';
import { sessionKey } from '../platform/queryClient';
import type { Arrival } from './arrival';
import { CodeField, PasswordField } from './CredentialFields';

/** A provider has proven who somebody is, and the hub asks for the account's password or code besides. */
export function ProofForm({ arrival }: { arrival: Extract<Arrival, { kind: 'asks' }> }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const links = arrival.what === 'password';
  const finish = useMutation({
    mutationFn: () =>
      api.finishProof({
        proof: arrival.proof,
        password: links ? password : null,
        code: code.trim() === '' ? null : code.trim(),
      }),
    onSuccess: (session) => {
      client.setQueryData(sessionKey, session);
      navigate('/', { replace: true });
    },
  });
  const asksForCode = hasCode(finish.error, ProblemCodes.codeNeeded);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        finish.mutate();
      }}
    >
      <p>
        {links
          ? `There is an account for ${arrival.email}. Its password shows once that it is yours; then the provider is enough.`
          : `The account of ${arrival.email} asks for a code besides.`}
      </p>
      {links && <PasswordField value={password} onChange={setPassword} />}
      {(!links || asksForCode || code !== '') && <CodeField value={code} onChange={setCode} />}
      {finish.error && !asksForCode && <Failure what="You are not signed in." error={finish.error} />}
      <button type="submit" className="button primary wide" disabled={finish.isPending}>
        Continue
      </button>
    </form>
  );
}
