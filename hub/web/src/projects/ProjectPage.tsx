import { Link } from 'wouter';
import { BranchList } from '../branches/BranchList';
import { mainBranch, useBranches } from '../branches/queries';
import { CutRequestRows } from '../cut-requests/CutRequestRows';
import { useCutRequests } from '../cut-requests/queries';
import { isOpen } from '../cut-requests/words';
import { useProjectEvents } from '../events/useProjectEvents';
import { useIsGuest } from '../identity/session';
import type { Project } from '../platform/api';
import type { BranchResponse } from '../platform/contracts';
import { Empty, Failure, Loading } from '../platform/Feedback';
import { Moment } from '../platform/Moment';
import { Shell } from '../platform/Shell';
import { VersionTimeline } from '../versions/VersionTimeline';
import { projectPath, useProject, useProjectAddress } from './queries';

export function ProjectPage() {
  const project = useProjectAddress();
  useProjectEvents(project);
  const facts = useProject(project);
  const branches = useBranches(project);
  const guest = useIsGuest();
  const path = projectPath(project);
  const name = facts.data?.name ?? project.project;
  return (
    <Shell title={name} crumbs={[{ words: name, href: path }]}>
      {facts.isPending ? (
        <Loading what="the project" lines={6} />
      ) : facts.error ? (
        <Failure what="The project could not be loaded." error={facts.error} onRetry={facts.refetch} />
      ) : (
        <>
          <div className="section-head">
            <h1>{name}</h1>
            {!guest && (
              <Link className="button primary" href={`${path}/cut-requests/new`}>
                New cut request
              </Link>
            )}
          </div>
          {branches.isPending && <Loading what="the branches" lines={6} />}
          {branches.error && (
            <Failure
              what="The branches could not be loaded."
              error={branches.error}
              onRetry={branches.refetch}
            />
          )}
          {branches.data && <MainCut project={project} main={mainBranch(branches.data)} />}
          <div className="columns">
            {branches.data && <BranchList project={project} branches={branches.data} />}
            <OpenCutRequests project={project} />
          </div>
        </>
      )}
    </Shell>
  );
}

function MainCut({ project, main }: { project: Project; main: BranchResponse | null }) {
  const version = main?.headVersion;
  if (!main || !version) {
    return (
      <Empty title="No cut yet">
        <p>On an edit bay, commit a cut into this project and push it:</p>
        <pre>
          <code>{'cinegit commit MyCut.xml -m "First assembly"\ncinegit push'}</code>
        </pre>
        <p>It appears here as a timeline.</p>
      </Empty>
    );
  }
  const path = projectPath(project);
  return (
    <section className="card flush" aria-labelledby="main-cut">
      <div className="card-head">
        <h2 id="main-cut">
          <Link href={`${path}/branches/${encodeURIComponent(main.name)}`} className="branch-name">
            {main.name}
          </Link>
        </h2>
        <p className="card-summary">
          <Link href={`${path}/versions/${version.id}`}>{version.message || 'No message'}</Link>{' '}
          <span className="muted">
            {version.authorName}, <Moment at={version.createdAt} />
          </span>
        </p>
      </div>
      <VersionTimeline project={project} version={version.id} label={main.name} />
    </section>
  );
}

function OpenCutRequests({ project }: { project: Project }) {
  const requests = useCutRequests(project);
  const path = projectPath(project);
  const open = requests.data?.filter(isOpen) ?? [];
  return (
    <section className="section" aria-labelledby="open-cut-requests">
      <div className="section-head">
        <h2 id="open-cut-requests">Open cut requests</h2>
        <Link className="quiet-link" href={`${path}/cut-requests`}>
          All cut requests
        </Link>
      </div>
      {requests.isPending && <Loading what="the cut requests" />}
      {requests.error && (
        <Failure
          what="The cut requests could not be loaded."
          error={requests.error}
          onRetry={requests.refetch}
        />
      )}
      {requests.data && open.length === 0 && (
        <Empty title="Nothing waits to be merged">
          <p>Open a cut request to bring a branch’s changes into another cut.</p>
        </Empty>
      )}
      {open.length > 0 && <CutRequestRows project={project} requests={open} />}
    </section>
  );
}
