import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { eventsAddress, type Project } from '../platform/api';
import { EventNames } from '../platform/contracts';
import { projectKey } from '../projects/queries';
import { staleAfter } from './stale';

const againAfter = 5_000;

/**
 * Looks again at what others change while this page is on screen. A page in the background listens to nothing: browsers
 * allow few connections to one hub. It goes on where it was when it is looked at again.
 */
export function useProjectEvents({ organization, project }: Project): void {
  const client = useQueryClient();
  useEffect(() => {
    const address = { organization, project };
    let source: EventSource | null = null;
    let lastId: string | null = null;
    let timer: number | undefined;

    const close = () => {
      window.clearTimeout(timer);
      source?.close();
      source = null;
    };

    const open = () => {
      close();
      const opened = (source = new EventSource(eventsAddress(address, lastId)));
      const remember = (event: MessageEvent) => (lastId = event.lastEventId);
      opened.addEventListener('listening', remember);
      opened.addEventListener('heartbeat', remember);
      for (const name of Object.values(EventNames)) {
        opened.addEventListener(name, (event) => {
          remember(event);
          for (const queryKey of staleAfter(address, name)) void client.invalidateQueries({ queryKey });
        });
      }
      opened.onerror = () => {
        // The browser tries again by itself unless the hub refused: too old, or no longer let in.
        if (opened.readyState !== EventSource.CLOSED) return;
        lastId = null;
        void client.invalidateQueries({ queryKey: projectKey(address) });
        timer = window.setTimeout(open, againAfter);
      };
    };

    const follow = () => (document.visibilityState === 'visible' ? open() : close());
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      close();
    };
  }, [client, organization, project]);
}
