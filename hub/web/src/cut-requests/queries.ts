import { useQuery } from '@tanstack/react-query';
import { api, type Project } from '../platform/api';
import type { CutRequestResponse } from '../platform/contracts';
import { projectKey, projectPath } from '../projects/queries';
import { isOpen } from './words';

export const cutRequestsKey = (project: Project) => [...projectKey(project), 'cut-requests'] as const;

export const cutRequestKey = (project: Project, number: number) =>
  [...cutRequestsKey(project), number] as const;

export function useCutRequests(project: Project) {
  return useQuery({
    queryKey: cutRequestsKey(project),
    queryFn: ({ signal }) => api.listCutRequests(project, signal),
  });
}

export function useCutRequest(project: Project, number: number) {
  return useQuery({
    queryKey: cutRequestKey(project, number),
    queryFn: ({ signal }) => api.getCutRequest(project, number, signal),
  });
}

/** What checks say of the source's head, with all that they found. */
export function useChecks(project: Project, request: CutRequestResponse) {
  return useQuery({
    queryKey: [...cutRequestKey(project, request.number), 'checks', request.sourceHead],
    queryFn: ({ signal }) => api.getChecks(project, request.sourceHead ?? '', signal),
    enabled: request.sourceHead !== null,
  });
}

/** What each answer to a conflict comes to. It depends on both heads and on how the other conflicts were answered. */
export function useOutcomes(project: Project, request: CutRequestResponse, conflict: string) {
  const answers = request.conflicts
    .map((each) => `${each.id}=${each.chosen ?? ''}`)
    .filter((each) => !each.startsWith(conflict));
  return useQuery({
    queryKey: [
      ...cutRequestKey(project, request.number),
      'outcomes',
      conflict,
      request.sourceHead,
      request.targetHead,
      answers.join(' '),
    ],
    queryFn: ({ signal }) => api.getOutcomes(project, request.number, conflict, signal),
    enabled: isOpen(request),
    staleTime: Infinity,
    placeholderData: (previous) => previous,
  });
}

export const cutRequestPath = (project: Project, number: number) =>
  `${projectPath(project)}/cut-requests/${number}`;
