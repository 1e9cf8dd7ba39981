import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { api } from '../platform/api';
import { ProblemCodes } from '../platform/contracts';
import { Failure, Loading } from '../platform/Feedback';
import { Field } from '../platform/Field';
import { hasCode } from '../platform/http';
import { Shell } from '../platform/Shell';
import { normalizeUserCode } from './userCode';

export function DevicePage() {
  const code = normalizeUserCode(new URLSearchParams(useSearch()).get('code') ?? '');
  return (
    <Shell title="Let a machine in" crumbs={[]}>
      <div className="narrow">
        <h1>Let a machine in</h1>
        {code === null ? <CodeForm /> : <Approval key={code} code={code} />}
      </div>
    </Shell>
  );
}

function CodeForm() {
  const [typed, setTyped] = useState('');
  const [, navigate] = useLocation();
  const code = normalizeUserCode(typed);
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        if (code !== null) navigate(`/device?code=${code}`);
      }}
    >
      <Field label="Code" hint="Eight letters or digits, as the machine shows them: WDJB-MJHT.">
        {(ids) => (
          <input
            {...ids}
            className="code-input"
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            required
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <button type="submit" className="button primary" disabled={code === null}>
        Continue
      </button>
    </form>
  );
}

function Approval({ code }: { code: string }) {
  const device = useQuery({
    queryKey: ['device', code],
    queryFn: ({ signal }) => api.findDevice(code, signal),
    staleTime: Infinity,
  });
  const approve = useMutation({ mutationFn: () => api.approveDevice({ userCode: code }) });
  if (approve.data) {
    return (
      <div className="card" role="status">
        <p>
          <strong>{approve.data.machineName} is signed in as you.</strong> Go back to it; it carries on by
          itself. You can close this page or <Link href="/">see your projects</Link>.
        </p>
      </div>
    );
  }
  if (device.isPending) return <Loading what="the machine’s request" />;
  if (device.error) {
    const unknown =
      hasCode(device.error, ProblemCodes.notFound) || hasCode(device.error, ProblemCodes.expired);
    return (
      <Failure
        what={unknown ? `The code ${code} is not waiting for approval.` : 'The code could not be checked.'}
        error={device.error}
        onRetry={unknown ? undefined : device.refetch}
      >
        <Link className="button" href="/device">
          Type a code
        </Link>
      </Failure>
    );
  }
  return (
    <div className="card">
      <p className="lead">
        <strong>{device.data.machineName}</strong> asks to work as you on this hub: to read your projects,
        commit cuts and push branches.
      </p>
      <p>
        Compare the code with the one it shows: <strong className="device-code">{code}</strong>
      </p>
      <p className="muted">If you did not start this, close the page; nothing is let in.</p>
      {approve.error && <Failure what={`${device.data.machineName} was not let in.`} error={approve.error} />}
      <div className="button-row">
        <button
          type="button"
          className="button primary"
          disabled={approve.isPending}
          onClick={() => approve.mutate()}
        >
          Approve
        </button>
        <Link className="button" href="/">
          Not now
        </Link>
      </div>
    </div>
  );
}
