import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api, type Project } from '../platform/api';
import { Failure } from '../platform/Feedback';
import { Field } from '../platform/Field';
import { useDraft } from '../platform/useDraft';
import { projectKey } from '../projects/queries';
import { branchPath } from './queries';

interface NewBranchFormProps {
  project: Project;
  /** The version it starts at; null for an empty branch. */
  start: string | null;
  startWords: string;
  onClose: () => void;
}

export function NewBranchForm({ project, start, startWords, onClose }: NewBranchFormProps) {
  const [name, setName, clearDraft] = useDraft(`branch.${project.organization}.${project.project}`);
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: () => api.createBranch(project, { name: name.trim(), from: start }),
    onSuccess: (branch) => {
      clearDraft();
      void client.invalidateQueries({ queryKey: projectKey(project) });
      navigate(branchPath(project, branch.name));
    },
  });
  return (
    <form
      className="card inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Field
        label="Branch name"
        hint={`Starts ${startWords}. Letters, digits, “-”, “_” and “.”: rough-cut, ep2_sound.`}
      >
        {(ids) => (
          <input
            {...ids}
            // The form opens on request; its only field is what the person came for.
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            required
            maxLength={100}
            pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
            title="Letters, digits, - _ and ., starting with a letter or digit"
            spellCheck={false}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {create.error && <Failure what={`The branch “${name}” was not made.`} error={create.error} />}
      <div className="button-row">
        <button type="submit" className="button primary" disabled={create.isPending}>
          Create branch
        </button>
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
