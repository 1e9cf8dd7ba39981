import { useQuery } from '@tanstack/react-query';
import { api, type Project } from '../platform/api';
import { CutRequestStates } from '../platform/contracts';
import { projectKey, projectPath } from '../projects/queries';

export const cutRequestsKey = (project: Project) => [...projectKey(project), 'cut-requests'] as const;

export const cutRequestKey = (project: Project, number: number) =>
  [...cutRequestsKey(project), number] as const;

export function useCutRequests(project: Project) {
  return useQuery({
    queryKey: cutRequestsKey(project),
    queryFn: ({ signal }) => api.listCutRequests(project, signal),
  });
}

/** An open one is looked at again now and then: others answer conflicts and push while it is on screen. */
export function useCutRequest(project: Project, number: number) {
  return useQuery({
    queryKey: cutRequestKey(project, number),
    queryFn: ({ signal }) => api.getCutRequest(project, number, signal),
    refetchInterval: (query) => (query.state.data?.state === CutRequestStates.open ? 30_000 : false),
  });
}

export const cutRequestPath = (project: Project, number: number) =>
  `${projectPath(project)}/cut-requests/${number}`;
