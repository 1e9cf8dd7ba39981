import { useLayoutEffect, useRef, type ReactNode } from 'react';

const property = '--sticky-bottom';

/**
 * A timeline that stays in view while the changes below scroll. Where it ends is given to the style sheets, so that what
 * is scrolled to does not come to lie beneath it.
 */
export function StickyTimeline({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const { style } = document.documentElement;
    const measure = () => {
      const { position, top } = getComputedStyle(element);
      if (position === 'sticky') style.setProperty(property, `${parseFloat(top) + element.offsetHeight}px`);
      else style.removeProperty(property);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty(property);
    };
  }, []);
  return (
    <div ref={box} className="card flush sticky-timeline">
      {children}
    </div>
  );
}
