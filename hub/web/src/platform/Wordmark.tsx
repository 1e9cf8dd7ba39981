export function Wordmark() {
  return (
    <span className="wordmark" aria-hidden="true">
      <svg viewBox="0 0 20 14" width="20" height="14">
        <rect className="wordmark-accent" x="0" y="0" width="12" height="6" rx="1.5" />
        <rect className="wordmark-light" x="0" y="8" width="6" height="6" rx="1.5" />
        <rect className="wordmark-grey" x="8" y="8" width="12" height="6" rx="1.5" />
      </svg>
      CineGit
    </span>
  );
}
