/** How one comes back from a provider to the sign-in page: what the hub put behind the hash. */
export type Arrival =
  | { kind: 'asks'; what: 'password' | 'code'; proof: string; email: string }
  | { kind: 'refused'; why: string }
  | { kind: 'linked' };

export function parseArrival(hash: string): Arrival | null {
  const fields = new URLSearchParams(hash.slice(1));
  const [asks, proof, refused] = [fields.get('asks'), fields.get('proof'), fields.get('refused')];
  if ((asks === 'password' || asks === 'code') && proof !== null) {
    return { kind: 'asks', what: asks, proof, email: fields.get('email') ?? '' };
  }
  if (refused !== null) return { kind: 'refused', why: words[refused] ?? failed };
  return fields.has('linked') ? { kind: 'linked' } : null;
}

const failed = 'The sign-in did not come through whole. Begin again.';

const words: Record<string, string> = {
  unverified: 'The provider has not verified your e-mail address. Verify it there, or sign in another way.',
  'no-account':
    'There is no account for you here yet. Ask somebody of your organization to invite you, and begin with the invitation.',
  'not-admitted': 'This provider is not for you on this hub. Sign in another way.',
  taken: 'That account of the provider belongs to somebody else here, or you have linked another one.',
  invitation: 'The invitation has ended, or was sent to another address. Ask for a new one.',
};
