import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../platform/api';
import { Failure } from '../platform/Feedback';
import { Field } from '../platform/Field';
import { useDraft } from '../platform/useDraft';
import { projectPath, projectsKey } from './queries';
import { slugOf } from './slug';

export function NewProjectForm({ organization, onClose }: { organization: string; onClose: () => void }) {
  const [name, setName, clearDraft] = useDraft(`project.${organization}`);
  const [slug, setSlug] = useState<string | null>(null);
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: () => api.createProject(organization, { name: name.trim(), slug: slug === '' ? null : slug }),
    onSuccess: (project) => {
      clearDraft();
      void client.invalidateQueries({ queryKey: projectsKey(organization) });
      navigate(projectPath({ organization, project: project.slug }));
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
      <div className="form-columns">
        <Field label="Project name">
          {(ids) => (
            <input
              {...ids}
              // The form opens on request; its first field is what the person came for.
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="Short name in addresses" hint="Small letters, digits and hyphens.">
          {(ids) => (
            <input
              {...ids}
              pattern="[a-z0-9][a-z0-9\-]{0,59}"
              spellCheck={false}
              placeholder={slugOf(name)}
              value={slug ?? ''}
              onChange={(event) => setSlug(event.target.value)}
            />
          )}
        </Field>
      </div>
      {create.error && <Failure what={`The project “${name}” was not made.`} error={create.error} />}
      <div className="button-row">
        <button type="submit" className="button primary" disabled={create.isPending}>
          Create project
        </button>
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
