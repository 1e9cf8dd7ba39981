import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ChangeEvent } from 'react';
import { Link, useLocation } from 'wouter';
import { api } from '../platform/api';
import { Failure, Loading } from '../platform/Feedback';
import { Field } from '../platform/Field';
import { sessionKey } from '../platform/queryClient';
import { EntryPage } from './EntryPage';

export function SetupPage() {
  const setup = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => api.getSetup(signal) });
  return (
    <EntryPage title="Set up this hub">
      {setup.isPending && <Loading what="the state of this hub" />}
      {setup.error && (
        <Failure what="The hub could not be asked." error={setup.error} onRetry={setup.refetch} />
      )}
      {setup.data && !setup.data.open && (
        <p>
          This hub has been set up already. <Link href="/sign-in">Sign in</Link>.
        </p>
      )}
      {setup.data?.open && <SetupForm secret={decodeURIComponent(window.location.hash.slice(1))} />}
    </EntryPage>
  );
}

const none = { organizationName: '', displayName: '', email: '', password: '' };

function SetupForm({ secret }: { secret: string }) {
  const [form, setForm] = useState(none);
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const setUp = useMutation({
    mutationFn: () => api.setUp({ ...form, secret }),
    onSuccess: (session) => {
      client.setQueryData(sessionKey, session);
      client.setQueryData(['setup'], { open: false });
      navigate('/', { replace: true });
    },
  });
  if (secret === '') {
    return (
      <p className="notice">
        The address lacks its secret. Open the whole link that the hub printed when it started; it ends with #
        and a long word.
      </p>
    );
  }
  const bind = (name: keyof typeof none) => ({
    value: form[name],
    required: true,
    onChange: (event: ChangeEvent<HTMLInputElement>) => setForm({ ...form, [name]: event.target.value }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setUp.mutate();
      }}
    >
      <p className="muted">You become the owner of the first organization. Others join later.</p>
      <Field label="Organization" hint="Your company or production.">
        {(ids) => (
          <input {...ids} autoComplete="organization" maxLength={100} {...bind('organizationName')} />
        )}
      </Field>
      <Field label="Your name" hint="As the others should see it.">
        {(ids) => <input {...ids} autoComplete="name" maxLength={100} {...bind('displayName')} />}
      </Field>
      <Field label="E-mail">
        {(ids) => <input {...ids} type="email" autoComplete="username" {...bind('email')} />}
      </Field>
      <Field label="Password" hint="At least 10 characters; a sentence is fine.">
        {(ids) => (
          <input
            {...ids}
            type="password"
            autoComplete="new-password"
            minLength={10}
            maxLength={256}
            {...bind('password')}
          />
        )}
      </Field>
      {setUp.error && <Failure what="The hub was not set up." error={setUp.error} />}
      <button type="submit" className="button primary wide" disabled={setUp.isPending}>
        {setUp.isPending ? 'Setting up…' : 'Set up'}
      </button>
    </form>
  );
}
