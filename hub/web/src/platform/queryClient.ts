import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemCodes } from './contracts';
import { hasCode, Problem } from './http';

export const sessionKey = ['session'];

/** Reads are tried again when the hub did not answer or erred; what it refused is refused. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        const ended = hasCode(error, ProblemCodes.notSignedIn);
        if (ended && query.queryKey[0] !== sessionKey[0]) {
          void client.invalidateQueries({ queryKey: sessionKey });
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) =>
          failures < 2 && error instanceof Problem && (error.status === 0 || error.status >= 500),
      },
    },
  });
  return client;
}
