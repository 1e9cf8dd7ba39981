import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useLocation, useSearch } from 'wouter';
import { mainBranch, useBranches } from '../branches/queries';
import { api, type Project } from '../platform/api';
import type { BranchResponse } from '../platform/contracts';
import { Empty, Failure, Loading } from '../platform/Feedback';
import { Field } from '../platform/Field';
import { Shell } from '../platform/Shell';
import { useDraft } from '../platform/useDraft';
import { projectKey, projectPath, useProjectAddress, useProjectCrumbs } from '../projects/queries';
import { cutRequestPath } from './queries';

export function NewCutRequestPage() {
  const project = useProjectAddress();
  const path = `${projectPath(project)}/cut-requests`;
  const crumbs = useProjectCrumbs(
    project,
    { words: 'Cut requests', href: path },
    { words: 'New', href: `${path}/new` },
  );
  const branches = useBranches(project);
  const pushed = branches.data?.filter((branch) => branch.head !== null) ?? [];
  return (
    <Shell title="New cut request" crumbs={crumbs}>
      <div className="narrow">
        <h1>New cut request</h1>
        {branches.isPending && <Loading what="the branches" />}
        {branches.error && (
          <Failure
            what="The branches could not be loaded."
            error={branches.error}
            onRetry={branches.refetch}
          />
        )}
        {branches.data && pushed.length < 2 && (
          <Empty title="Two branches are needed">
            <p>
              A cut request brings one branch’s changes into another. Make a branch, push a version to it from
              an edit bay, then come back.
            </p>
          </Empty>
        )}
        {pushed.length >= 2 && <CutRequestForm project={project} branches={pushed} />}
      </div>
    </Shell>
  );
}

function CutRequestForm({ project, branches }: { project: Project; branches: readonly BranchResponse[] }) {
  const asked = new URLSearchParams(useSearch()).get('source');
  const main = mainBranch(branches)?.name ?? '';
  const named = branches.find((branch) => branch.name === asked && branch.name !== main)?.name;
  const [source, setSource] = useState(named ?? branches.find((branch) => branch.name !== main)?.name ?? '');
  const [target, setTarget] = useState(main);
  const draft = `cut-request.${project.organization}.${project.project}`;
  const [title, setTitle, clearTitle] = useDraft(`${draft}.title`);
  const [description, setDescription, clearDescription] = useDraft(`${draft}.description`);
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: () =>
      api.createCutRequest(project, {
        title: title.trim(),
        description: description.trim(),
        sourceBranch: source,
        targetBranch: target,
      }),
    onSuccess: (request) => {
      clearTitle();
      clearDescription();
      void client.invalidateQueries({ queryKey: projectKey(project) });
      navigate(cutRequestPath(project, request.number));
    },
  });
  const same = source === target;
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        if (!same) create.mutate();
      }}
    >
      <div className="form-columns">
        <BranchChoice label="Bring the changes of" branches={branches} chosen={source} onChoose={setSource} />
        <BranchChoice label="Into" branches={branches} chosen={target} onChoose={setTarget}>
          {same && (
            <span className="field-error" role="alert">
              Choose two different branches.
            </span>
          )}
        </BranchChoice>
      </div>
      <Field label="Title" hint="What it is about, as you would say it: “Tighten the chase”.">
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      <Field label="Description" hint="Why, and what to look at. Optional.">
        {(ids) => (
          <textarea
            {...ids}
            rows={5}
            maxLength={10000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      {create.error && <Failure what="The cut request was not opened." error={create.error} />}
      <button type="submit" className="button primary" disabled={create.isPending || same}>
        {create.isPending ? 'Opening…' : 'Open cut request'}
      </button>
    </form>
  );
}

interface BranchChoiceProps {
  label: string;
  branches: readonly BranchResponse[];
  chosen: string;
  onChoose: (branch: string) => void;
  children?: ReactNode;
}

function BranchChoice({ label, branches, chosen, onChoose, children }: BranchChoiceProps) {
  const head = branches.find((branch) => branch.name === chosen)?.headVersion;
  return (
    <Field
      label={label}
      hint={
        <>
          {head ? `Newest: ${head.message || 'no message'} (${head.authorName})` : ''} {children}
        </>
      }
    >
      {(ids) => (
        <select {...ids} value={chosen} onChange={(event) => onChoose(event.target.value)}>
          {branches.map((branch) => (
            <option key={branch.name}>{branch.name}</option>
          ))}
        </select>
      )}
    </Field>
  );
}
