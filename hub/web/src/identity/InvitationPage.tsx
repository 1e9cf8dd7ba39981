import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../platform/api';
import type { InvitationPreview, UserResponse } from '../platform/contracts';
import { Failure, Loading } from '../platform/Feedback';
import { Field } from '../platform/Field';
import { sessionKey } from '../platform/queryClient';
import { EmailField } from './CredentialFields';
import { EntryPage } from './EntryPage';
import { readSecret } from './fragment';
import { NewPasswordField } from './NewPasswordField';
import { ProviderButtons } from './ProviderButtons';
import { useSession } from './session';

export function InvitationPage() {
  const [secret] = useState(readSecret);
  const session = useSession();
  const preview = useQuery({
    queryKey: ['invitation', secret],
    queryFn: () => api.previewInvitation(secret),
    enabled: secret !== '',
    staleTime: Infinity,
  });
  const member = session.data?.guest === null ? session.data.user : null;
  return (
    <EntryPage title="You are invited">
      {secret === '' && (
        <p className="notice">The address lacks its secret. Open the whole link that you were sent.</p>
      )}
      {secret !== '' && (preview.isPending || session.isPending) && <Loading what="the invitation" />}
      {preview.error && <Failure what="The invitation does not open." error={preview.error} />}
      {preview.data && !session.isPending && (
        <>
          <p className="lead">
            {preview.data.invitedBy} invites you to <strong>{preview.data.organizationName}</strong>
            {preview.data.projectName === null ? '' : ` and its project ${preview.data.projectName}`}, as{' '}
            {preview.data.role}.
          </p>
          {member === null ? (
            <NewAccount secret={secret} preview={preview.data} />
          ) : (
            <Join secret={secret} user={member} />
          )}
        </>
      )}
    </EntryPage>
  );
}

function Join({ secret, user }: { secret: string; user: UserResponse }) {
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const join = useMutation({
    mutationFn: () => api.joinByInvitation(secret),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: sessionKey });
      navigate('/', { replace: true });
    },
  });
  return (
    <>
      {join.error && <Failure what="You have not joined." error={join.error} />}
      <button
        type="button"
        className="button primary wide"
        disabled={join.isPending}
        onClick={() => join.mutate()}
      >
        Join as {user.displayName}
      </button>
    </>
  );
}

function NewAccount({ secret, preview }: { secret: string; preview: InvitationPreview }) {
  const [displayName, setDisplayName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const accept = useMutation({
    mutationFn: () =>
      api.acceptInvitation({
        secret,
        displayName: displayName.trim(),
        email: preview.email === null ? email.trim() : null,
        password,
      }),
    onSuccess: (session) => {
      client.setQueryData(sessionKey, session);
      navigate('/', { replace: true });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate();
      }}
    >
      <Field label="Your name" hint="As the others should see it.">
        {(ids) => (
          <input
            {...ids}
            autoComplete="name"
            maxLength={100}
            required
            value={displayName}
            onChange={(event) => setDisplayName(event.target.value)}
          />
        )}
      </Field>
      <EmailField readOnly={preview.email !== null} value={preview.email ?? email} onChange={setEmail} />
      <NewPasswordField label="Password" value={password} onChange={setPassword} />
      {accept.error && <Failure what="You have not joined." error={accept.error} />}
      <button type="submit" className="button primary wide" disabled={accept.isPending}>
        {accept.isPending ? 'Joining…' : 'Make an account and join'}
      </button>
      <ProviderButtons to={null} invitation={secret} />
      <p className="muted">
        You have an account here? Sign in to it in this browser, then open the link again.
      </p>
    </form>
  );
}
