import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { branchPath } from '../branches/queries';
import { api, type Project } from '../platform/api';
import { CutRequestStates, ProblemCodes, type CutRequestResponse } from '../platform/contracts';
import { Failure } from '../platform/Feedback';
import { hasCode } from '../platform/http';
import { Moment } from '../platform/Moment';
import { projectKey } from '../projects/queries';
import { versionPath } from '../versions/queries';
import { cutRequestKey } from './queries';
import { QueueAction } from './QueueAction';
import { isOpen, whyNotMergeable } from './words';

interface MergeBoxProps {
  project: Project;
  request: CutRequestResponse;
}

export function MergeBox({ project, request }: MergeBoxProps) {
  return (
    <aside className="section merge-box" aria-labelledby="merge-title">
      <div className="card">
        {isOpen(request) && <OpenBox project={project} request={request} />}
        {request.state === CutRequestStates.merged && <MergedBox project={project} request={request} />}
        {request.state === CutRequestStates.closed && (
          <>
            <h2 id="merge-title">Closed without merging</h2>
            <p className="muted">
              {request.targetBranch} was left as it is; the versions on {request.sourceBranch} are kept.
            </p>
          </>
        )}
      </div>
    </aside>
  );
}

function OpenBox({ project, request }: MergeBoxProps) {
  const client = useQueryClient();
  const key = cutRequestKey(project, request.number);
  const merge = useMutation({
    mutationFn: () =>
      api.merge(project, request.number, {
        expectedSource: request.sourceHead ?? '',
        expectedTarget: request.targetHead ?? '',
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: projectKey(project) }),
    onError: (error) => {
      const changed = [ProblemCodes.conflictsOpen, ProblemCodes.cutRequestEnded, ProblemCodes.mergeBlocked];
      if (changed.some((code) => hasCode(error, code))) void client.invalidateQueries({ queryKey: key });
    },
  });
  const reason = whyNotMergeable(request);
  const stale = hasCode(merge.error, ProblemCodes.branchStale);
  const reload = async () => {
    await client.invalidateQueries({ queryKey: projectKey(project) });
    merge.reset();
  };
  return (
    <>
      <h2 id="merge-title">Merge into {request.targetBranch}</h2>
      {request.missing.length > 1 ? (
        <ul id="merge-reason" className="blocked" role="status">
          {request.missing.map((lack) => (
            <li key={lack}>{lack}</li>
          ))}
        </ul>
      ) : (
        <p id="merge-reason" className={reason === null ? 'ready' : 'blocked'} role="status">
          {reason ??
            `Nothing stands in the way. ${request.targetBranch} gets a new version with these changes.`}
        </p>
      )}
      {stale && (
        <div className="failure" role="alert">
          <p>
            <strong>Nothing was merged: a branch has moved.</strong> Somebody pushed to {request.sourceBranch}{' '}
            or {request.targetBranch} since you looked. Load what is new and look again; your answers to
            conflicts are kept.
          </p>
          <button type="button" className="button" onClick={() => void reload()}>
            Load what is new
          </button>
        </div>
      )}
      {merge.error && !stale && <Failure what="Nothing was merged." error={merge.error} />}
      <button
        type="button"
        className="button primary wide"
        disabled={reason !== null || merge.isPending || stale}
        aria-describedby="merge-reason"
        onClick={() => merge.mutate()}
      >
        Merge
      </button>
      <QueueAction project={project} request={request} />
      <DraftAction project={project} request={request} />
      <CloseAction project={project} request={request} />
    </>
  );
}

function DraftAction({ project, request }: MergeBoxProps) {
  const client = useQueryClient();
  const draft = request.state === CutRequestStates.draft;
  const update = useMutation({
    mutationFn: () =>
      api.updateCutRequest(project, request.number, {
        title: request.title,
        description: request.description,
        draft: !draft,
      }),
    onSuccess: (updated) => client.setQueryData(cutRequestKey(project, request.number), updated),
  });
  return (
    <>
      {update.error && <Failure what="The cut request is as it was." error={update.error} />}
      <button
        type="button"
        className={draft ? 'button primary wide' : 'button quiet wide'}
        disabled={update.isPending}
        onClick={() => update.mutate()}
      >
        {draft ? 'Mark as ready' : 'Make it a draft'}
      </button>
    </>
  );
}

function CloseAction({ project, request }: MergeBoxProps) {
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const close = useMutation({
    mutationFn: () => api.close(project, request.number),
    onSuccess: () => client.invalidateQueries({ queryKey: projectKey(project) }),
  });
  if (!asking) {
    return (
      <button type="button" className="button quiet wide" onClick={() => setAsking(true)}>
        Close without merging
      </button>
    );
  }
  return (
    <div className="confirm">
      <p>
        Close it for good? The versions on {request.sourceBranch} stay; answers to conflicts are not used.
      </p>
      {close.error && <Failure what="The cut request is still open." error={close.error} />}
      <div className="button-row">
        <button
          type="button"
          className="button danger"
          disabled={close.isPending}
          onClick={() => close.mutate()}
        >
          Close it
        </button>
        <button type="button" className="button" onClick={() => setAsking(false)}>
          Keep it open
        </button>
      </div>
    </div>
  );
}

function MergedBox({ project, request }: MergeBoxProps) {
  return (
    <div role="status">
      <h2 id="merge-title">Merged into {request.targetBranch}</h2>
      <p>
        {request.mergedByName !== null && <>By {request.mergedByName}</>}
        {request.mergedAt !== null && (
          <>
            , <Moment at={request.mergedAt} />
          </>
        )}
        . Edit bays get it with the next pull of {request.targetBranch}.
      </p>
      {request.mergedVersion !== null && (
        <Link className="button primary wide" href={versionPath(project, request.mergedVersion)}>
          View the merged version
        </Link>
      )}
      <Link className="button wide" href={branchPath(project, request.targetBranch)}>
        History of {request.targetBranch}
      </Link>
    </div>
  );
}
