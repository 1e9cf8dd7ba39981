import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/** What a browser does between two documents: the new page begins at its top and a screen reader is taken to it. */
export function usePageChange(): void {
  const [path] = useLocation();
  const shown = useRef(path);
  const goingBack = useRef(false);

  useEffect(() => {
    const onPopState = () => (goingBack.current = true);
    window.addEventListener('popstate', onPopState);
    return () => window.removeEventListener('popstate', onPopState);
  }, []);

  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    document.getElementById('content')?.focus({ preventScroll: true });
    if (!goingBack.current) window.scrollTo(0, 0);
    goingBack.current = false;
  }, [path]);
}
