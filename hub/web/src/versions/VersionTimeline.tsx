import type { Project } from '../platform/api';
import { Failure } from '../platform/Feedback';
import type { Mark } from '../timeline/marks';
import { TimelineView } from '../timeline/TimelineView';
import { useTimeline } from './queries';

interface VersionTimelineProps {
  project: Project;
  version: string;
  label: string;
  marks?: readonly Mark[];
  selectedMark?: string | null;
  onSelectMark?: (key: string) => void;
}

export function VersionTimeline({ project, version, ...view }: VersionTimelineProps) {
  const timeline = useTimeline(project, version);
  if (timeline.data) return <TimelineView key={version} timeline={timeline.data} {...view} />;
  if (timeline.error) {
    return (
      <Failure what="The timeline could not be drawn." error={timeline.error} onRetry={timeline.refetch} />
    );
  }
  return (
    <div className="timeline-placeholder" role="status">
      <span className="visually-hidden">Loading the timeline…</span>
    </div>
  );
}
