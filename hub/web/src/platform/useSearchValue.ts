import { useCallback } from 'react';
import { useLocation, useSearch } from 'wouter';

/** One value of the address after `?`, so that a link opens the page as it stands; setting it makes no history entry. */
export function useSearchValue(name: string): [string | null, (value: string | null) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const set = useCallback(
    (value: string | null) => {
      const values = new URLSearchParams(search);
      if (value === null) values.delete(name);
      else values.set(name, value);
      const text = values.toString();
      navigate(text === '' ? path : `${path}?${text}`, { replace: true });
    },
    [name, navigate, path, search],
  );
  return [new URLSearchParams(search).get(name), set];
}
