import { useQuery } from '@tanstack/react-query';
import { api, type Project } from '../platform/api';
import { projectKey, projectPath } from '../projects/queries';

// A version never changes, so what was loaded once holds.
const forEver = { staleTime: Infinity } as const;

export function useVersion(project: Project, version: string) {
  return useQuery({
    queryKey: [...projectKey(project), 'version', version],
    queryFn: ({ signal }) => api.getVersion(project, version, signal),
    ...forEver,
  });
}

export function useTimeline(project: Project, version: string) {
  return useQuery({
    queryKey: [...projectKey(project), 'timeline', version],
    queryFn: ({ signal }) => api.getTimeline(project, version, signal),
    ...forEver,
  });
}

export function useCompare(project: Project, base: string | null, head: string | null) {
  return useQuery({
    queryKey: [...projectKey(project), 'compare', base, head],
    queryFn: ({ signal }) => api.compare(project, base, head ?? '', signal),
    enabled: head !== null,
    ...forEver,
  });
}

export const versionPath = (project: Project, version: string) =>
  `${projectPath(project)}/versions/${version}`;

export const shortId = (version: string) => version.slice(0, 8);
