import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from '../platform/api';
import { Failure } from '../platform/Feedback';

/** One button for each provider that the hub is configured with; nothing when there is none. */
export function ProviderButtons({ to, invitation }: { to: string | null; invitation: string | null }) {
  const providers = useQuery({
    queryKey: ['providers'],
    queryFn: ({ signal }) => api.listProviders(signal),
    staleTime: Infinity,
  });
  const start = useMutation({
    mutationFn: (provider: string) => api.startProvider(provider, { to, invitation }),
    onSuccess: ({ address }) => window.location.assign(address),
  });
  if (!providers.data?.length) return null;
  return (
    <div className="provider-buttons">
      {providers.data.map((provider) => (
        <button
          key={provider.name}
          type="button"
          className="button wide"
          disabled={start.isPending || start.isSuccess}
          onClick={() => start.mutate(provider.name)}
        >
          Continue with {provider.title}
        </button>
      ))}
      {start.error && <Failure what="The provider was not reached." error={start.error} />}
    </div>
  );
}
