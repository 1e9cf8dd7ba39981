import { ProblemCodes } from './contracts';

/** A problem+json answer of the hub, or `network` when no answer came. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | null;
  readonly retryAfterSeconds: number | null;
  /** Finds a fault of the hub in its log. */
  readonly correlationId: string | null;

  constructor(
    status: number,
    code: string,
    more: { detail?: string | null; retryAfterSeconds?: number | null; correlationId?: string | null } = {},
  ) {
    super(more.detail ?? code);
    this.status = status;
    this.code = code;
    this.detail = more.detail ?? null;
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
    this.correlationId = more.correlationId ?? null;
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Problem && error.code === code;
}

export const base = '/api/v1';
let antiForgery = '';

export function rememberAntiForgery(value: string): void {
  antiForgery = value;
}

interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send({ method: 'GET', path, signal });
  return (await response.json()) as T;
}

export async function getBlob(path: string): Promise<Blob> {
  return (await send({ method: 'GET', path })).blob();
}

/** A write with the session's anti-forgery value; null for an answer without content. */
export async function write<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const response = await writeOnce(method, path, body);
  const text = await response.text();
  return (text === '' ? null : JSON.parse(text)) as T;
}

async function writeOnce(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown): Promise<Response> {
  try {
    return await send({ method, path, body });
  } catch (error) {
    if (!hasCode(error, ProblemCodes.forgeryRefused)) throw error;
    // Signing in again in another tab changes the value under this one.
    const session = await getJson<{ antiForgery: string }>('/session');
    rememberAntiForgery(session.antiForgery);
    return send({ method, path, body });
  }
}

async function send({ method, path, body, signal }: Call): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json, application/problem+json, */*' });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (method !== 'GET' && antiForgery !== '') headers.set('X-CineGit-Antiforgery', antiForgery);
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: signal ?? null };
  if (body !== undefined) init.body = JSON.stringify(body);

  let response: Response;
  try {
    response = await fetch(base + path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'network');
  }
  if (!response.ok) throw await readProblem(response);
  return response;
}

async function readProblem(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get('Retry-After') ?? NaN);
  const wait = Number.isFinite(retryAfter) ? retryAfter : null;
  const isJson = (response.headers.get('Content-Type') ?? '').includes('json');
  const fields = isJson ? parseFields(await response.text()) : {};
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' ? value : null;
  };
  return new Problem(response.status, text('code') ?? codeOfStatus(response.status), {
    detail: text('detail') ?? text('title'),
    retryAfterSeconds: wait,
    correlationId: text('correlationId'),
  });
}

function parseFields(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // A proxy in between may cut an answer short; the status still says what happened.
    return {};
  }
}

function codeOfStatus(status: number): string {
  if (status === 401) return ProblemCodes.notSignedIn;
  if (status === 404) return ProblemCodes.notFound;
  if (status === 413) return ProblemCodes.tooLarge;
  if (status === 429) return ProblemCodes.slowDown;
  return 'unknown';
}
