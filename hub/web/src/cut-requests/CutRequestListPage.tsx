import { Link } from 'wouter';
import { useProjectEvents } from '../events/useProjectEvents';
import { useIsGuest } from '../identity/session';
import { CutRequestStates } from '../platform/contracts';
import { Empty, Failure, Loading } from '../platform/Feedback';
import { Shell } from '../platform/Shell';
import { useSearchValue } from '../platform/useSearchValue';
import { projectPath, useProjectAddress, useProjectCrumbs } from '../projects/queries';
import { CutRequestRows } from './CutRequestRows';
import { useCutRequests } from './queries';
import { isOpen } from './words';

const filters = [
  { state: CutRequestStates.open, words: 'Open' },
  { state: CutRequestStates.merged, words: 'Merged' },
  { state: CutRequestStates.closed, words: 'Closed' },
];

/** Drafts and conflicted ones are open too. */
const matches = (request: { state: string }, state: string) =>
  state === CutRequestStates.open ? isOpen(request) : request.state === state;

export function CutRequestListPage() {
  const project = useProjectAddress();
  useProjectEvents(project);
  const path = `${projectPath(project)}/cut-requests`;
  const crumbs = useProjectCrumbs(project, { words: 'Cut requests', href: path });
  const guest = useIsGuest();
  const requests = useCutRequests(project);
  const [chosen, choose] = useSearchValue('state');
  const state = chosen ?? CutRequestStates.open;
  const all = requests.data ?? [];
  const shown = all.filter((request) => matches(request, state));
  return (
    <Shell title="Cut requests" crumbs={crumbs}>
      <div className="section-head">
        <h1>Cut requests</h1>
        {!guest && (
          <Link className="button primary" href={`${path}/new`}>
            New cut request
          </Link>
        )}
      </div>
      <div className="segments" role="group" aria-label="Show">
        {filters.map((filter) => (
          <button
            key={filter.state}
            type="button"
            aria-pressed={filter.state === state}
            onClick={() => choose(filter.state)}
          >
            {filter.words}{' '}
            <span className="count">{all.filter((request) => matches(request, filter.state)).length}</span>
          </button>
        ))}
      </div>
      {requests.isPending && <Loading what="the cut requests" lines={5} />}
      {requests.error && (
        <Failure
          what="The cut requests could not be loaded."
          error={requests.error}
          onRetry={requests.refetch}
        />
      )}
      {requests.data && shown.length === 0 && (
        <Empty title={all.length === 0 ? 'No cut request yet' : `No ${state} cut request`}>
          <p>
            A cut request asks to merge one branch’s changes into another cut, with every change in words.
          </p>
        </Empty>
      )}
      {shown.length > 0 && <CutRequestRows project={project} requests={shown} />}
    </Shell>
  );
}
