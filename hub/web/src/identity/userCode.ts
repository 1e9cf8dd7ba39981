/** A code as the hub spells it, whatever case, spaces or hyphen were typed; null when it is none. */
export function normalizeUserCode(typed: string): string | null {
  const plain = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return plain.length === 8 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : null;
}
