import type { LetterProof } from '../platform/contracts';

/** What a link has behind its hash, which no log and no other site on the way sees. */
export function readSecret(): string {
  return decodeFragment(window.location.hash);
}

export function decodeFragment(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    // Cut off in the middle of an escape; the hub refuses it as any other secret that is none.
    return hash.slice(1);
  }
}

/** Null when a letter's link was not opened whole. */
export function parseProof(hash: string): LetterProof | null {
  const fields = new URLSearchParams(hash.slice(1));
  const [user, token] = [fields.get('user') ?? '', fields.get('token') ?? ''];
  return /^[0-9a-f-]{36}$/i.test(user) && token !== '' ? { user, token } : null;
}
