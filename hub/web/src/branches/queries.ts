import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, type Project } from '../platform/api';
import type { BranchResponse } from '../platform/contracts';
import { projectKey, projectPath } from '../projects/queries';

export const branchesKey = (project: Project) => [...projectKey(project), 'branches'] as const;

export function useBranches(project: Project) {
  return useQuery({
    queryKey: branchesKey(project),
    queryFn: ({ signal }) => api.listBranches(project, signal),
  });
}

export function useBranch(project: Project, branch: string) {
  return useQuery({
    queryKey: [...branchesKey(project), branch],
    queryFn: ({ signal }) => api.getBranch(project, branch, signal),
  });
}

export function useProtection(project: Project, branch: string, isProtected: boolean) {
  return useQuery({
    queryKey: [...branchesKey(project), branch, 'protection'],
    queryFn: ({ signal }) => api.getProtection(project, branch, signal),
    enabled: isProtected,
  });
}

export function useMergeQueue(project: Project, branch: string) {
  return useQuery({
    queryKey: [...branchesKey(project), branch, 'queue'],
    queryFn: ({ signal }) => api.getMergeQueue(project, branch, signal),
  });
}

export function useHistory(project: Project, branch: string) {
  return useInfiniteQuery({
    queryKey: [...branchesKey(project), branch, 'history'],
    queryFn: ({ pageParam, signal }) => api.getHistory(project, branch, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export const branchPath = (project: Project, branch: string) =>
  `${projectPath(project)}/branches/${encodeURIComponent(branch)}`;

/** The cut everything goes into: `main`, else the branch with the most versions. */
export function mainBranch(branches: readonly BranchResponse[]): BranchResponse | null {
  return (
    branches.find((branch) => branch.name === 'main') ??
    [...branches].sort((a, b) => b.versions - a.versions)[0] ??
    null
  );
}
