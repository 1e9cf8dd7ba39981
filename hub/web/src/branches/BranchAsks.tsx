import { useState } from 'react';
import { Link } from 'wouter';
import { cutRequestPath } from '../cut-requests/queries';
import type { Project } from '../platform/api';
import type { ProtectionResponse } from '../platform/contracts';
import { ProtectForm } from './ProtectForm';
import { useMergeQueue, useProtection } from './queries';

/** What a branch asks of what comes into it, and who waits to. */
export function BranchAsks({
  project,
  branch,
  isProtected,
}: {
  project: Project;
  branch: string;
  isProtected: boolean;
}) {
  const protection = useProtection(project, branch, isProtected);
  const queue = useMergeQueue(project, branch);
  const waiting = queue.data?.waiting ?? [];
  const [editing, setEditing] = useState(false);
  return (
    <>
      {editing && (!isProtected || protection.data) ? (
        <ProtectForm
          project={project}
          branch={branch}
          asked={isProtected ? (protection.data ?? null) : null}
          onClose={() => setEditing(false)}
        />
      ) : (
        <button type="button" className="small-button" onClick={() => setEditing(true)}>
          {isProtected ? 'Change what it asks' : 'Protect this branch'}
        </button>
      )}
      {isProtected && protection.data && (
        <section className="section" aria-labelledby="protection">
          <h2 id="protection">Protected</h2>
          <ul>
            {asks(protection.data).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          <p className="muted">Set by {protection.data.setByName}.</p>
        </section>
      )}
      {waiting.length > 0 && (
        <section className="section" aria-labelledby="merge-queue">
          <h2 id="merge-queue">
            Waiting to be merged <span className="count">{waiting.length}</span>
          </h2>
          <ol>
            {waiting.map((entry) => (
              <li key={entry.number}>
                <Link href={cutRequestPath(project, entry.number)}>
                  {entry.title} <span className="muted">#{entry.number}</span>
                </Link>
                {entry.held && <span className="muted"> waits for its checks. {entry.reason}</span>}
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

function asks(protection: ProtectionResponse): string[] {
  const { approvals, checks, mergeRoles, mergePeople } = protection;
  const words = [
    protection.directPush
      ? 'Versions may be pushed to it.'
      : 'Versions come by cut requests only, after the first.',
  ];
  if (approvals > 0) {
    words.push(
      `${approvals} ${approvals === 1 ? 'person has' : 'people have'} to approve the version that is merged.`,
    );
  }
  if (checks.length > 0) words.push(`It has to pass ${checks.join(', ')}.`);
  if (mergeRoles.length > 0) words.push(`Roles that merge: ${mergeRoles.join(', ')}.`);
  if (mergePeople.length > 0) words.push(`People named besides who merge: ${mergePeople.length}.`);
  return words;
}
