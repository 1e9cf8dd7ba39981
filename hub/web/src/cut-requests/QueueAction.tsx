import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Project } from '../platform/api';
import { CutRequestStates, QueueStates, type CutRequestResponse } from '../platform/contracts';
import { Failure } from '../platform/Feedback';
import { cutRequestKey } from './queries';

interface QueueActionProps {
  project: Project;
  request: CutRequestResponse;
}

/** Lets the hub merge when the cut request's turn comes, after those before it and when its checks have passed. */
export function QueueAction({ project, request }: QueueActionProps) {
  const client = useQueryClient();
  const waits = request.queue?.state === QueueStates.waiting;
  const act = useMutation({
    mutationFn: () =>
      waits
        ? api.leaveQueue(project, request.number)
        : api.queue(project, request.number, request.sourceHead ?? ''),
    onSuccess: (updated) => client.setQueryData(cutRequestKey(project, request.number), updated),
    onError: () => client.invalidateQueries({ queryKey: cutRequestKey(project, request.number) }),
  });
  const able = request.state === CutRequestStates.open && request.sourceHead !== null;
  if (!waits && !able) return null;
  return (
    <>
      {waits && (
        <p className="notice" role="status">
          {request.queue?.held === true
            ? `It waits for its checks. ${request.queue.reason}`
            : `It is merged when its turn comes, in the name of ${request.queue?.queuedByName ?? ''}.`}
        </p>
      )}
      {request.queue?.state === QueueStates.left && (
        <p className="muted">It left the queue: {request.queue.reason}</p>
      )}
      {act.error && <Failure what="The queue is as it was." error={act.error} />}
      <button type="button" className="button wide" disabled={act.isPending} onClick={() => act.mutate()}>
        {waits ? 'Take it out of the queue' : 'Merge when its turn comes'}
      </button>
    </>
  );
}
