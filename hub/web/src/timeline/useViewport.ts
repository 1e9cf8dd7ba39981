import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import {
  fitPixelsPerFrame,
  headerWidth,
  maximumPixelsPerFrame,
  scrollToReveal,
  zoomAround,
  type Viewport,
} from './layout';

interface Scroll {
  left: number;
  top: number;
}

export interface TimelineViewport {
  scroller: RefObject<HTMLDivElement | null>;
  viewport: Viewport;
  scrollTop: number;
  height: number;
  /** Width of everything that can be scrolled to, track names included. */
  extent: number;
  zoomBy: (factor: number, anchorFrame: number) => void;
  fit: () => void;
  reveal: (start: number, duration: number) => void;
}

/** Zoom and scroll of one timeline; the browser's own scroll bar is the truth for where it stands. */
export function useViewport(durationFrames: number): TimelineViewport {
  const scroller = useRef<HTMLDivElement | null>(null);
  const pendingLeft = useRef<number | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [scroll, setScroll] = useState<Scroll>({ left: 0, top: 0 });
  // Null stays fitted when the window changes its width.
  const [zoom, setZoom] = useState<number | null>(null);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth - headerWidth, height: element.clientHeight }),
    );
    const onScroll = () => setScroll({ left: element.scrollLeft, top: element.scrollTop });
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, []);

  const width = Math.max(0, size.width);
  const fitted = fitPixelsPerFrame(durationFrames, width);
  const pixelsPerFrame = zoom === null ? fitted : Math.max(zoom, fitted);
  const viewport: Viewport = { left: scroll.left / (pixelsPerFrame || 1), pixelsPerFrame, width };
  const extent = headerWidth + Math.max(width, Math.floor(durationFrames * 1.02 * pixelsPerFrame));

  useLayoutEffect(() => {
    if (pendingLeft.current === null || !scroller.current) return;
    scroller.current.scrollLeft = pendingLeft.current * pixelsPerFrame;
    pendingLeft.current = null;
  }, [pixelsPerFrame]);

  const { left } = viewport;
  const zoomBy = useCallback(
    (factor: number, anchorFrame: number) => {
      const next = Math.min(maximumPixelsPerFrame, Math.max(fitted, pixelsPerFrame * factor));
      pendingLeft.current = zoomAround({ left, pixelsPerFrame, width }, next, anchorFrame).left;
      setZoom(next <= fitted ? null : next);
    },
    [fitted, left, pixelsPerFrame, width],
  );
  const fit = useCallback(() => setZoom(null), []);
  const reveal = useCallback(
    (start: number, duration: number) => {
      const element = scroller.current;
      if (!element) return;
      const current: Viewport = { left: element.scrollLeft / pixelsPerFrame, pixelsPerFrame, width };
      element.scrollLeft = scrollToReveal(current, start, duration) * pixelsPerFrame;
    },
    [pixelsPerFrame, width],
  );

  return { scroller, viewport, scrollTop: scroll.top, height: size.height, extent, zoomBy, fit, reveal };
}

/** Ctrl+wheel (and a pinch, which arrives as one) zooms; React cannot attach a listener that may prevent it. */
export function useWheelZoom(
  scroller: RefObject<HTMLDivElement | null>,
  zoomAtX: (factor: number, x: number) => void,
): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const x = event.clientX - element.getBoundingClientRect().left - headerWidth;
      zoomAtX(Math.exp(-event.deltaY * 0.004), Math.max(0, x));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [scroller, zoomAtX]);
}
