import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { EntryPage } from '../identity/EntryPage';
import { readSecret } from '../identity/fragment';
import { useSession } from '../identity/session';
import { api } from '../platform/api';
import { type GuestPreview, type SessionResponse } from '../platform/contracts';
import { Failure, Loading } from '../platform/Feedback';
import { Field } from '../platform/Field';
import { sessionKey } from '../platform/queryClient';
import { guestPath } from './guestPath';

/** The door for those who come by a link and have no account. */
export function GuestPage() {
  const [secret] = useState(readSecret);
  const preview = useQuery({
    queryKey: ['guest link', secret],
    queryFn: () => api.previewGuestLink(secret),
    enabled: secret !== '',
    staleTime: Infinity,
  });
  if (secret === '') {
    return (
      <EntryPage title="Come in as a guest">
        <p className="notice">The address lacks its secret. Open the whole link that you were sent.</p>
      </EntryPage>
    );
  }
  return (
    <EntryPage title="Come in as a guest">
      {preview.isPending && <Loading what="the link" />}
      {preview.error && <Failure what="The link does not open." error={preview.error} />}
      {preview.data && <GuestForm secret={secret} preview={preview.data} />}
    </EntryPage>
  );
}

function GuestForm({ secret, preview }: { secret: string; preview: GuestPreview }) {
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const session = useSession();
  const enter = useMutation({
    mutationFn: () =>
      api.enterAsGuest({
        secret,
        name: name.trim(),
        passphrase: preview.needsPassphrase ? passphrase : null,
      }),
    onSuccess: (entered: SessionResponse) => {
      client.clear();
      client.setQueryData(sessionKey, entered);
      if (entered.guest !== null) navigate(guestPath(entered.guest), { replace: true });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate();
      }}
    >
      <p className="lead">
        {preview.projectName === null ? (
          'You are invited to look at a cut.'
        ) : (
          <>
            {preview.invitedBy} of {preview.organizationName} invites you to look at{' '}
            <strong>{preview.projectName}</strong>.
          </>
        )}
      </p>
      {session.data?.guest === null && (
        <p className="notice">
          You are signed in as {session.data.user.displayName}. Coming in as a guest signs this browser out.
        </p>
      )}
      <Field label="Your name" hint="The others see it with what you do here.">
        {(ids) => (
          <input
            {...ids}
            autoComplete="name"
            maxLength={100}
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {preview.needsPassphrase && (
        <Field label="Passphrase" hint="Whoever sent you the link knows it.">
          {(ids) => (
            <input
              {...ids}
              type="password"
              autoComplete="off"
              required
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          )}
        </Field>
      )}
      {enter.error && <Failure what="You are not let in." error={enter.error} />}
      <button type="submit" className="button primary wide" disabled={enter.isPending}>
        {enter.isPending ? 'Coming in…' : 'Come in'}
      </button>
    </form>
  );
}
