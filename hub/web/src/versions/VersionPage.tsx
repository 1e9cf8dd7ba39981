import { useMemo, useState } from 'react';
import { Link, useParams } from 'wouter';
import { NewBranchForm } from '../branches/NewBranchForm';
import { api, type Project } from '../platform/api';
import type { VersionResponse } from '../platform/contracts';
import { Download } from '../platform/Download';
import { Failure, Loading } from '../platform/Feedback';
import { Moment } from '../platform/Moment';
import { Shell } from '../platform/Shell';
import { useKeys } from '../platform/useKeys';
import { useProject, useProjectAddress, useProjectCrumbs } from '../projects/queries';
import { marksOfEdits, stepKey } from '../timeline/marks';
import { StickyTimeline } from '../timeline/StickyTimeline';
import { formatTimecode } from '../timeline/timecode';
import { ChangeList } from './ChangeList';
import { shortId, useCompare, useTimeline, useVersion, versionPath } from './queries';
import { VersionTimeline } from './VersionTimeline';

export function VersionPage() {
  const project = useProjectAddress();
  const { version: id } = useParams<{ version: string }>();
  const version = useVersion(project, id);
  const crumbs = useProjectCrumbs(project, { words: shortId(id), href: versionPath(project, id) });
  return (
    <Shell title={version.data?.message ?? shortId(id)} crumbs={crumbs}>
      {version.isPending && <Loading what="the version" lines={6} />}
      {version.error && (
        <Failure what="The version could not be loaded." error={version.error} onRetry={version.refetch} />
      )}
      {version.data && <Version key={id} project={project} version={version.data} />}
    </Shell>
  );
}

function Version({ project, version }: { project: Project; version: VersionResponse }) {
  const [parent, setParent] = useState(version.parents[0] ?? null);
  const compare = useCompare(project, parent, parent === null ? null : version.id);
  const [selected, setSelected] = useState<string | null>(null);
  const [branching, setBranching] = useState(false);
  const marks = useMemo(() => marksOfEdits(compare.data?.edits ?? [], 'c'), [compare.data]);
  const step = (direction: 1 | -1) =>
    setSelected(
      stepKey(
        marks.map((mark) => mark.key),
        selected,
        direction,
      ),
    );
  useKeys({ n: () => step(1), p: () => step(-1) });

  return (
    <>
      <div className="section-head">
        <div>
          <h1>{version.message || 'No message'}</h1>
          <p className="muted">
            {version.authorName}, <Moment at={version.createdAt} />
          </p>
        </div>
        {!branching && (
          <button type="button" className="button" onClick={() => setBranching(true)}>
            New branch from here
          </button>
        )}
      </div>
      {branching && (
        <NewBranchForm
          project={project}
          start={version.id}
          startWords="at this version"
          onClose={() => setBranching(false)}
        />
      )}
      <StickyTimeline>
        <VersionTimeline
          project={project}
          version={version.id}
          label={version.message || 'this version'}
          marks={marks}
          selectedMark={selected}
          onSelectMark={setSelected}
        />
      </StickyTimeline>
      <div className="columns">
        <section className="section" aria-labelledby="changes">
          <div className="section-head">
            <h2 id="changes">
              What changed {compare.data && <span className="count">{compare.data.edits.length}</span>}
            </h2>
            {version.parents.length > 1 && (
              <ParentChoice
                parents={version.parents}
                parent={parent}
                onChoose={(each) => {
                  setParent(each);
                  setSelected(null);
                }}
              />
            )}
          </div>
          {parent === null && <p className="muted">The first version: everything in it is new.</p>}
          {parent !== null && compare.isPending && <Loading what="the changes" />}
          {compare.error && (
            <Failure
              what="The changes could not be worked out."
              error={compare.error}
              onRetry={compare.refetch}
            />
          )}
          {compare.data?.edits.length === 0 && compare.data.relocated === 0 && (
            <p className="muted">The cut is the same as before.</p>
          )}
          {compare.data && (
            <ChangeList
              label="Changes"
              edits={compare.data.edits}
              prefix="c"
              shifted={compare.data.shifted}
              relocated={compare.data.relocated}
              selected={selected}
              onSelect={setSelected}
            />
          )}
        </section>
        <VersionFacts project={project} version={version} />
      </div>
    </>
  );
}

interface ParentChoiceProps {
  parents: readonly string[];
  parent: string | null;
  onChoose: (parent: string) => void;
}

function ParentChoice({ parents, parent, onChoose }: ParentChoiceProps) {
  return (
    <label className="inline-label">
      Against{' '}
      <select value={parent ?? ''} onChange={(event) => onChoose(event.target.value)}>
        {parents.map((each, index) => (
          <option key={each} value={each}>
            {index === 0 ? 'the cut it was merged into' : 'the cut that was merged'} ({shortId(each)})
          </option>
        ))}
      </select>
    </label>
  );
}

function VersionFacts({ project, version }: { project: Project; version: VersionResponse }) {
  const timeline = useTimeline(project, version.id).data;
  const name = useProject(project).data?.slug ?? project.project;
  const file = `${name}-${shortId(version.id)}`;
  return (
    <aside className="section facts" aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      <dl className="fact-list">
        <dt>Version</dt>
        <dd className="tc" title={version.id}>
          {shortId(version.id)}
        </dd>
        {timeline && (
          <>
            <dt>Runtime</dt>
            <dd className="tc">{formatTimecode(timeline.durationFrames, timeline)}</dd>
            <dt>Starts at</dt>
            <dd className="tc">{formatTimecode(timeline.startFrame, timeline)}</dd>
            <dt>Sequence</dt>
            <dd>{timeline.name}</dd>
            <dt>Tracks</dt>
            <dd>{timeline.tracks.map((track) => track.name).join(' ')}</dd>
          </>
        )}
        <dt>{version.parents.length > 1 ? 'Merged from' : 'Follows'}</dt>
        <dd>
          {version.parents.length === 0 && 'nothing, it is the first'}
          {version.parents.map((parent) => (
            <Link key={parent} className="tc parent-link" href={versionPath(project, parent)}>
              {shortId(parent)}
            </Link>
          ))}
        </dd>
        <dt>Original file</dt>
        <dd>{version.nativeName ?? 'none, made by merging'}</dd>
      </dl>
      <div className="downloads">
        <Download path={api.exportPath(project, version.id, 'edl')} fileName={`${file}.edl`}>
          Download EDL
        </Download>
        <Download path={api.exportPath(project, version.id, 'otio')} fileName={`${file}.otio`}>
          Download OTIO
        </Download>
        {version.native !== null && (
          <Download path={api.nativePath(project, version.id)} fileName={version.nativeName ?? `${file}.bin`}>
            Download original file
          </Download>
        )}
      </div>
    </aside>
  );
}
