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
