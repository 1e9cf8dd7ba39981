import { useMemo, useState } from 'react';
import { Link, useParams } from 'wouter';
import { useProjectEvents } from '../events/useProjectEvents';
import { useIsGuest } from '../identity/session';
import type { Project } from '../platform/api';
import type { VersionResponse } from '../platform/contracts';
import { Empty, Failure, Loading } from '../platform/Feedback';
import { Moment } from '../platform/Moment';
import { Shell } from '../platform/Shell';
import { projectPath, useProjectAddress, useProjectCrumbs } from '../projects/queries';
import { ChangesAgainstParent } from '../versions/ChangesAgainstParent';
import { shortId, versionPath } from '../versions/queries';
import { BranchAsks } from './BranchAsks';
import { GraphLane } from './GraphLane';
import { layoutGraph, type GraphRow } from './lanes';
import { NewBranchForm } from './NewBranchForm';
import { branchPath, useBranch, useHistory } from './queries';

export function BranchPage() {
  const project = useProjectAddress();
  useProjectEvents(project);
  const { branch: name } = useParams<{ branch: string }>();
  const crumbs = useProjectCrumbs(project, { words: name, href: branchPath(project, name) });
  const branch = useBranch(project, name);
  const [adding, setAdding] = useState(false);
  const guest = useIsGuest();
  const head = branch.data?.head ?? null;
  return (
    <Shell title={name} crumbs={crumbs}>
      <div className="section-head">
        <h1 className="branch-name">{name}</h1>
        <div className="button-row">
          {!guest && !adding && head !== null && (
            <button type="button" className="button" onClick={() => setAdding(true)}>
              New branch from here
            </button>
          )}
          {!guest && head !== null && (
            <Link
              className="button primary"
              href={`${projectPath(project)}/cut-requests/new?source=${encodeURIComponent(name)}`}
            >
              New cut request
            </Link>
          )}
        </div>
      </div>
      {adding && (
        <NewBranchForm
          project={project}
          start={head}
          startWords={`at the newest version of ${name}`}
          onClose={() => setAdding(false)}
        />
      )}
      {branch.error ? (
        <Failure
          what={`The branch “${name}” could not be loaded.`}
          error={branch.error}
          onRetry={branch.refetch}
        />
      ) : (
        <>
          {!guest && (
            <BranchAsks project={project} branch={name} isProtected={branch.data?.protected === true} />
          )}
          <History project={project} branch={name} />
        </>
      )}
    </Shell>
  );
}

function History({ project, branch }: { project: Project; branch: string }) {
  const history = useHistory(project, branch);
  const versions = useMemo(() => history.data?.pages.flatMap((page) => page.versions) ?? [], [history.data]);
  const graph = useMemo(() => layoutGraph(versions), [versions]);
  const lanes = Math.max(1, ...graph.map((row) => row.lanes));
  if (history.isPending) return <Loading what="the history" lines={6} />;
  if (versions.length === 0 && !history.error) {
    return (
      <Empty title="Nothing pushed yet">
        <p>Versions that an edit bay pushes to this branch are listed here, newest first.</p>
      </Empty>
    );
  }
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="visually-hidden">
        History
      </h2>
      <ol className="history">
        {versions.map((version, index) => (
          <HistoryRow
            key={version.id}
            project={project}
            version={version}
            row={graph[index]}
            lanes={lanes}
            isHead={index === 0}
          />
        ))}
      </ol>
      {history.error && (
        <Failure
          what={
            versions.length === 0 ? 'The history could not be loaded.' : 'Older versions could not be loaded.'
          }
          error={history.error}
          onRetry={versions.length === 0 ? history.refetch : history.fetchNextPage}
        />
      )}
      {history.hasNextPage && !history.error && (
        <button
          type="button"
          className="button"
          disabled={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {history.isFetchingNextPage ? 'Loading…' : 'Show older versions'}
        </button>
      )}
    </section>
  );
}

interface HistoryRowProps {
  project: Project;
  version: VersionResponse;
  row: GraphRow | undefined;
  lanes: number;
  isHead: boolean;
}

function HistoryRow({ project, version, row, lanes, isHead }: HistoryRowProps) {
  const [open, setOpen] = useState(false);
  const panel = `changes-${version.id}`;
  return (
    <li className="history-row">
      {row && <GraphLane row={row} width={lanes} />}
      <div className="history-body">
        <div className="history-line">
          <div className="row-main">
            <Link href={versionPath(project, version.id)} className="row-link">
              {version.message || 'No message'}
            </Link>
            <span className="muted row-sub">
              {version.authorName}, <Moment at={version.createdAt} />
              <span className="tc"> · {shortId(version.id)}</span>
            </span>
          </div>
          <span className="row-end">
            {version.tags.map((tag) => (
              <span key={tag} className="chip">
                {tag}
              </span>
            ))}
            {isHead && <span className="chip accent">newest</span>}
            {version.parents.length > 1 && <span className="chip">merge</span>}
            <button
              type="button"
              className="small-button"
              aria-expanded={open}
              aria-controls={panel}
              onClick={() => setOpen(!open)}
            >
              What changed
            </button>
          </span>
        </div>
        {open && (
          <div id={panel} className="history-changes">
            <ChangesAgainstParent project={project} version={version} />
          </div>
        )}
      </div>
    </li>
  );
}
