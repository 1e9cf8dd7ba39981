import { useQuery } from '@tanstack/react-query';
import { api } from '../platform/api';
import { sessionKey } from '../platform/queryClient';

/** Guests look: what members ask, say and do is not on their pages. */
export function useIsGuest() {
  return (useSession().data?.guest ?? null) !== null;
}

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => api.getSession(signal),
    staleTime: 60_000,
  });
}
