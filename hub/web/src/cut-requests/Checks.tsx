import { useMutation } from '@tanstack/react-query';
import { api, type Project } from '../platform/api';
import {
  CheckStates,
  type CheckFinding,
  type CheckSummary,
  type CutRequestResponse,
} from '../platform/contracts';
import { Failure } from '../platform/Feedback';
import { useChecks } from './queries';
import { isOpen } from './words';

interface ChecksProps {
  project: Project;
  request: CutRequestResponse;
}

/** What checks say of the version that would be merged, with the places of what they found. */
export function Checks({ project, request }: ChecksProps) {
  const checks = useChecks(project, request);
  const again = useMutation({
    mutationFn: () => api.runChecks(project, request.sourceHead ?? '', request.targetBranch),
    onSuccess: () => checks.refetch(),
  });
  if (request.checks.length === 0 && !isOpen(request)) return null;
  const findingsOf = (name: string) =>
    checks.data?.results.find(
      (each) => each.name === name && (each.branch === null || each.branch === request.targetBranch),
    )?.findings ?? [];
  return (
    <section className="section" aria-labelledby="checks">
      <div className="section-head">
        <h2 id="checks">
          Checks <span className="count">{request.checks.length}</span>
        </h2>
        {isOpen(request) && request.sourceHead !== null && (
          <button
            type="button"
            className="small-button"
            disabled={again.isPending || checks.data?.running === true}
            onClick={() => again.mutate()}
          >
            {checks.data?.running === true ? 'Running…' : 'Run again'}
          </button>
        )}
      </div>
      {again.error && <Failure what="The checks were not run again." error={again.error} />}
      {request.checks.length === 0 && <p className="muted">Nothing was checked yet.</p>}
      <ul className="checks">
        {request.checks.map((check) => (
          <CheckItem key={check.name} check={check} findings={findingsOf(check.name)} />
        ))}
      </ul>
    </section>
  );
}

const signs: Record<string, string> = {
  [CheckStates.passed]: '✓',
  [CheckStates.failed]: '×',
  [CheckStates.pending]: '…',
};

function CheckItem({ check, findings }: { check: CheckSummary; findings: CheckFinding[] }) {
  return (
    <li className={`check ${check.state}`}>
      <p>
        <span aria-hidden="true">{signs[check.state] ?? ''}</span> <strong>{check.name}</strong>{' '}
        <span className="visually-hidden">{check.state}:</span> {check.summary}
        {check.required && <span className="chip"> required</span>}
      </p>
      {findings.length > 0 && (
        <details>
          <summary>{findings.length === 1 ? 'One finding' : `${findings.length} findings`}</summary>
          <ol>
            {findings.map((finding, index) => (
              <li key={index}>
                {finding.timecode !== null && <span className="tc">{finding.timecode} </span>}
                {finding.message}
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}
