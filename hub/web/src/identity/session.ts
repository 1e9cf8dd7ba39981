import { useQuery } from '@tanstack/react-query';
import { api } from '../platform/api';
import { sessionKey } from '../platform/queryClient';

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => api.getSession(signal),
    staleTime: 60_000,
  });
}

/** Where to go after signing in: a path of this hub and nothing else. */
export function returnPath(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? '/';
  return /^\/(?![/\\])/.test(to) ? to : '/';
}
