import { useState } from 'react';

/** Typed text that outlives a reload and signing in again; cleared once it was sent. */
export function useDraft(key: string, initial = ''): [string, (value: string) => void, () => void] {
  const name = `cinegit.draft.${key}`;
  const [value, setValue] = useState(() => sessionStorage.getItem(name) ?? initial);
  const keep = (next: string) => {
    setValue(next);
    sessionStorage.setItem(name, next);
  };
  return [value, keep, () => sessionStorage.removeItem(name)];
}
