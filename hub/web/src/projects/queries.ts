import { useQueries, useQuery } from '@tanstack/react-query';
import { useParams } from 'wouter';
import { api, type Project } from '../platform/api';
import type { OrganizationResponse } from '../platform/contracts';
import type { Crumb } from '../platform/Shell';

export const projectKey = (project: Project) => ['project', project.organization, project.project] as const;
export const projectsKey = (organization: string) => ['projects', organization] as const;

/** The project that the address names. */
export function useProjectAddress(): Project {
  const { organization, project } = useParams<{ organization: string; project: string }>();
  return { organization, project };
}

export function useProject(project: Project) {
  return useQuery({
    queryKey: [...projectKey(project), 'facts'],
    queryFn: ({ signal }) => api.getProject(project, signal),
  });
}

export function useProjectLists(organizations: readonly OrganizationResponse[]) {
  return useQueries({
    queries: organizations.map((organization) => ({
      queryKey: projectsKey(organization.slug),
      queryFn: ({ signal }: { signal: AbortSignal }) => api.listProjects(organization.slug, signal),
    })),
  });
}

export const projectPath = (project: Project) =>
  `/o/${encodeURIComponent(project.organization)}/${encodeURIComponent(project.project)}`;

/** The way to a page inside a project; the project's name once it is known. */
export function useProjectCrumbs(project: Project, ...inside: readonly Crumb[]): readonly Crumb[] {
  const facts = useProject(project);
  return [{ words: facts.data?.name ?? project.project, href: projectPath(project) }, ...inside];
}
