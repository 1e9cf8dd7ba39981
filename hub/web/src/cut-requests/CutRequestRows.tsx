import { Link } from 'wouter';
import type { Project } from '../platform/api';
import type { CutRequestSummary } from '../platform/contracts';
import { Moment } from '../platform/Moment';
import { cutRequestPath } from './queries';
import { BranchFlow, StatePill } from './StatePill';

interface CutRequestRowsProps {
  project: Project;
  requests: readonly CutRequestSummary[];
}

export function CutRequestRows({ project, requests }: CutRequestRowsProps) {
  return (
    <ul className="rows">
      {requests.map((request) => (
        <li key={request.number} className="row">
          <div className="row-main">
            <Link href={cutRequestPath(project, request.number)} className="row-link strong">
              {request.title}
            </Link>
            <BranchFlow source={request.sourceBranch} target={request.targetBranch} />
            <span className="muted row-sub">
              #{request.number} by {request.authorName}, <Moment at={request.createdAt} />
            </span>
          </div>
          <span className="row-end">
            <StatePill state={request.state} />
          </span>
        </li>
      ))}
    </ul>
  );
}
