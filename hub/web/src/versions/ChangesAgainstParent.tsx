import type { Project } from '../platform/api';
import type { VersionResponse } from '../platform/contracts';
import { Failure, Loading } from '../platform/Feedback';
import { ChangeList } from './ChangeList';
import { useCompare } from './queries';

/** What a version changed against its (first) parent, in words. */
export function ChangesAgainstParent({ project, version }: { project: Project; version: VersionResponse }) {
  const parent = version.parents[0] ?? null;
  const compare = useCompare(project, parent, parent === null ? null : version.id);
  if (parent === null) return <p className="muted">The first version: everything in it is new.</p>;
  if (compare.isPending) return <Loading what="the changes" />;
  if (compare.error) {
    return (
      <Failure what="The changes could not be worked out." error={compare.error} onRetry={compare.refetch} />
    );
  }
  const { edits, shifted, relocated } = compare.data;
  if (edits.length === 0 && shifted === 0 && relocated === 0) {
    return <p className="muted">The cut is the same as before.</p>;
  }
  return <ChangeList label="Changes" edits={edits} prefix="c" shifted={shifted} relocated={relocated} />;
}
