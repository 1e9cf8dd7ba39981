import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { branchPath } from '../branches/queries';
import { useProjectEvents } from '../events/useProjectEvents';
import type { Project } from '../platform/api';
import type { CutRequestResponse } from '../platform/contracts';
import { Failure, Loading } from '../platform/Feedback';
import { Moment } from '../platform/Moment';
import { NotFound } from '../platform/NotFound';
import { Shell } from '../platform/Shell';
import { projectPath, useProjectAddress, useProjectCrumbs } from '../projects/queries';
import { formatDelta } from '../timeline/timecode';
import { CutRequestReview } from './CutRequestReview';
import { cutRequestPath, useCutRequest } from './queries';
import { StatePill } from './StatePill';
import { durationWords, isOpen } from './words';
import './cut-requests.css';

export function CutRequestPage() {
  const { number } = useParams<{ number: string }>();
  return /^[1-9]\d{0,8}$/.test(number) ? <NumberedCutRequest number={Number(number)} /> : <NotFound />;
}

function NumberedCutRequest({ number }: { number: number }) {
  const project = useProjectAddress();
  useProjectEvents(project);
  const request = useCutRequest(project, number);
  const crumbs = useProjectCrumbs(
    project,
    { words: 'Cut requests', href: `${projectPath(project)}/cut-requests` },
    { words: `#${number}`, href: cutRequestPath(project, number) },
  );
  return (
    <Shell title={request.data?.title ?? `Cut request #${number}`} crumbs={crumbs}>
      {request.isPending && <Loading what="the cut request" lines={8} />}
      {request.error && !request.data && (
        <Failure
          what="The cut request could not be loaded."
          error={request.error}
          onRetry={request.refetch}
        />
      )}
      {request.data && (
        <>
          <Header project={project} request={request.data} />
          <MovedNotice request={request.data} />
          <CutRequestReview project={project} request={request.data} />
        </>
      )}
    </Shell>
  );
}

function Header({ project, request }: { project: Project; request: CutRequestResponse }) {
  const { preview, durationDeltaFrames: delta } = request;
  return (
    <header className="request-head">
      <div className="request-title">
        <h1>{request.title}</h1>
        <span className="request-number muted">#{request.number}</span>
        <StatePill state={request.state} />
      </div>
      <p className="request-facts">
        <span className="branch-flow">
          <Link className="branch-name" href={branchPath(project, request.sourceBranch)}>
            {request.sourceBranch}
          </Link>
          <span aria-hidden="true">→</span>
          <span className="visually-hidden">into</span>
          <Link className="branch-name" href={branchPath(project, request.targetBranch)}>
            {request.targetBranch}
          </Link>
        </span>
        <span className="muted">
          {request.authorName}, <Moment at={request.createdAt} />
        </span>
        {isOpen(request) && (
          <span>
            <span className="muted">Runtime</span>{' '}
            {preview && delta !== 0 ? (
              <>
                <span className="tc">{formatDelta(delta, preview)}</span>{' '}
                <span className="muted">({durationWords(delta)})</span>
              </>
            ) : (
              durationWords(delta)
            )}
          </span>
        )}
      </p>
      {request.description !== '' && <p className="request-description">{request.description}</p>}
    </header>
  );
}

/** Says so when a branch moved while the page was open: what one reads is fresh, what one remembers is not. */
function MovedNotice({ request }: { request: CutRequestResponse }) {
  const [seen, setSeen] = useState({ source: request.sourceHead, target: request.targetHead });
  const moved = [
    seen.source === request.sourceHead ? null : request.sourceBranch,
    seen.target === request.targetHead ? null : request.targetBranch,
  ].filter((branch) => branch !== null);
  if (moved.length === 0 || !isOpen(request)) return null;
  return (
    <div className="notice" role="status">
      <p>
        {moved.join(' and ')} {moved.length === 1 ? 'has' : 'have'} a new version since you opened this page.
        The changes and conflicts below include it; answers that still fit are kept.
      </p>
      <button
        type="button"
        className="small-button"
        onClick={() => setSeen({ source: request.sourceHead, target: request.targetHead })}
      >
        Got it
      </button>
    </div>
  );
}
