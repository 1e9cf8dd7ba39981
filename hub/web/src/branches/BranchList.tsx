import { useState } from 'react';
import { Link } from 'wouter';
import type { Project } from '../platform/api';
import type { BranchResponse } from '../platform/contracts';
import { Empty } from '../platform/Feedback';
import { Moment } from '../platform/Moment';
import { NewBranchForm } from './NewBranchForm';
import { branchPath, mainBranch } from './queries';

export function BranchList({ project, branches }: { project: Project; branches: readonly BranchResponse[] }) {
  const [adding, setAdding] = useState(false);
  const main = mainBranch(branches);
  return (
    <section className="section" aria-labelledby="branches">
      <div className="section-head">
        <h2 id="branches">Branches</h2>
        {!adding && (
          <button type="button" className="button" onClick={() => setAdding(true)}>
            New branch
          </button>
        )}
      </div>
      {adding && (
        <NewBranchForm
          project={project}
          start={main?.head ?? null}
          startWords={main?.head ? `at the newest version of ${main.name}` : 'empty'}
          onClose={() => setAdding(false)}
        />
      )}
      {branches.length === 0 && !adding && (
        <Empty title="No branch yet">
          <p>The first push from an edit bay needs a branch to go to. Make “main”.</p>
        </Empty>
      )}
      {branches.length > 0 && (
        <ul className="rows">
          {branches.map((branch) => (
            <BranchRow key={branch.name} project={project} branch={branch} isMain={branch === main} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface BranchRowProps {
  project: Project;
  branch: BranchResponse;
  isMain: boolean;
}

function BranchRow({ project, branch, isMain }: BranchRowProps) {
  const head = branch.headVersion;
  return (
    <li className="row">
      <div className="row-main">
        <Link href={branchPath(project, branch.name)} className="branch-name row-link">
          {branch.name}
        </Link>
        <span className="row-text">{head ? head.message || 'No message' : 'Nothing pushed yet'}</span>
        {head && (
          <span className="muted row-sub">
            {head.authorName}, <Moment at={head.createdAt} />
          </span>
        )}
      </div>
      <span className="row-end muted">
        {isMain && <span className="chip">main cut</span>}
        {branch.versions === 1 ? '1 version' : `${branch.versions} versions`}
      </span>
    </li>
  );
}
