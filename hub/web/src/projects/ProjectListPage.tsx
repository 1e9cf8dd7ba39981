import { useState } from 'react';
import { Link } from 'wouter';
import { useSession } from '../identity/session';
import type { OrganizationResponse, ProjectResponse } from '../platform/contracts';
import { Empty, Failure, Loading } from '../platform/Feedback';
import { Moment } from '../platform/Moment';
import { Shell } from '../platform/Shell';
import { NewProjectForm } from './NewProjectForm';
import { projectPath, useProjectLists } from './queries';

export function ProjectListPage() {
  const organizations = useSession().data?.organizations ?? [];
  const lists = useProjectLists(organizations);
  return (
    <Shell title="Projects" crumbs={[]}>
      <h1 className={organizations.length === 1 ? 'visually-hidden' : undefined}>Projects</h1>
      {organizations.length === 0 && (
        <Empty title="You belong to no organization yet">
          <p>Ask an owner of one to add you, then load this page again.</p>
        </Empty>
      )}
      {organizations.map((organization, index) => (
        <OrganizationProjects key={organization.id} organization={organization} list={lists[index]} />
      ))}
    </Shell>
  );
}

interface OrganizationProjectsProps {
  organization: OrganizationResponse;
  list: ReturnType<typeof useProjectLists>[number] | undefined;
}

function OrganizationProjects({ organization, list }: OrganizationProjectsProps) {
  const [adding, setAdding] = useState(false);
  const headingId = `organization-${organization.id}`;
  return (
    <section aria-labelledby={headingId} className="section">
      <div className="section-head">
        <h2 id={headingId} className="page-title">
          {organization.name}
        </h2>
        {!adding && (
          <button type="button" className="button primary" onClick={() => setAdding(true)}>
            New project
          </button>
        )}
      </div>
      {adding && <NewProjectForm organization={organization.slug} onClose={() => setAdding(false)} />}
      {list?.isPending && <Loading what="projects" />}
      {list?.error && (
        <Failure
          what={`The projects of ${organization.name} could not be loaded.`}
          error={list.error}
          onRetry={list.refetch}
        />
      )}
      {list?.data?.length === 0 && !adding && (
        <Empty title="No project yet">
          <p>
            A project holds the cuts of one film, episode or spot. Make one, then push the first cut from an
            edit bay.
          </p>
        </Empty>
      )}
      {list?.data && list.data.length > 0 && (
        <ul className="card-grid">
          {list.data.map((project) => (
            <ProjectCard key={project.id} organization={organization.slug} project={project} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ProjectCard({ organization, project }: { organization: string; project: ProjectResponse }) {
  const href = projectPath({ organization, project: project.slug });
  return (
    <li className="card project-card">
      <h3>
        <Link href={href} className="card-link">
          {project.name}
        </Link>
      </h3>
      <p className="muted">
        {project.branches === 1 ? '1 branch' : `${project.branches} branches`} · since{' '}
        <Moment at={project.createdAt} />
      </p>
      <p className={project.openCutRequests > 0 ? 'open-count' : 'muted'}>
        {openWords(project.openCutRequests)}
      </p>
    </li>
  );
}

function openWords(count: number): string {
  if (count === 0) return 'No open cut request';
  return count === 1 ? '1 open cut request' : `${count} open cut requests`;
}
