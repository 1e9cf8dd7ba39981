import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Project } from '../platform/api';
import type { ProtectionResponse } from '../platform/contracts';
import { Failure } from '../platform/Feedback';
import { Field } from '../platform/Field';
import { projectKey } from '../projects/queries';

interface ProtectFormProps {
  project: Project;
  branch: string;
  /** What it asks so far; null for nothing. */
  asked: ProtectionResponse | null;
  onClose: () => void;
}

/** Roles and people who merge stay as they are: they are set through the API. */
export function ProtectForm({ project, branch, asked, onClose }: ProtectFormProps) {
  const client = useQueryClient();
  const [approvals, setApprovals] = useState(String(asked?.approvals ?? 1));
  const [checks, setChecks] = useState((asked?.checks ?? []).join(' '));
  const [directPush, setDirectPush] = useState(asked?.directPush ?? false);
  const done = () => {
    void client.invalidateQueries({ queryKey: projectKey(project) });
    onClose();
  };
  const save = useMutation({
    mutationFn: () =>
      api.protect(project, branch, {
        approvals: Number(approvals),
        checks: checks.split(/\s+/).filter((name) => name !== ''),
        mergeRoles: asked?.mergeRoles ?? [],
        mergePeople: asked?.mergePeople ?? [],
        directPush,
      }),
    onSuccess: done,
  });
  const lift = useMutation({ mutationFn: () => api.unprotect(project, branch), onSuccess: done });
  const error = save.error ?? lift.error;
  return (
    <form
      className="card inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Field label="Approvals" hint="So many people have to approve the version that is merged.">
        {(ids) => (
          <input
            {...ids}
            type="number"
            required
            min={0}
            max={20}
            value={approvals}
            onChange={(event) => setApprovals(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Checks"
        hint="Names apart by spaces: invariants, gaps, flash-frames, offline-media, duration, sync, or those of other systems."
      >
        {(ids) => (
          <input
            {...ids}
            spellCheck={false}
            autoComplete="off"
            value={checks}
            onChange={(event) => setChecks(event.target.value)}
          />
        )}
      </Field>
      <Field label="Versions may be pushed to it">
        {(ids) => (
          <input
            {...ids}
            type="checkbox"
            checked={directPush}
            onChange={(event) => setDirectPush(event.target.checked)}
          />
        )}
      </Field>
      {error && <Failure what={`What ${branch} asks is as it was.`} error={error} />}
      <div className="button-row">
        <button type="submit" className="button primary" disabled={save.isPending || lift.isPending}>
          Protect
        </button>
        {asked !== null && (
          <button
            type="button"
            className="button danger"
            disabled={save.isPending || lift.isPending}
            onClick={() => lift.mutate()}
          >
            Ask nothing
          </button>
        )}
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
