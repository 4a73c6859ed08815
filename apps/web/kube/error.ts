import type { KubeStatus } from './types.ts';

/** A refusal of the API server, with its own words; code 0 means the server was not reached. */
export class KubeError extends Error {
  readonly status: KubeStatus;
  constructor(status: KubeStatus) {
    super(status.message);
    this.name = 'KubeError';
    this.status = status;
  }
  get code(): number {
    return this.status.code;
  }
}

export function statusOf(error: unknown): KubeStatus {
  if (error instanceof KubeError) return error.status;
  return { kind: 'Status', code: 0, reason: 'Unreachable', message: error instanceof Error ? error.message : String(error) };
}

export async function errorFrom(response: Response): Promise<KubeError> {
  const text = await response.text();
  return new KubeError(parseStatus(text, response.status, response.statusText));
}

export function parseStatus(text: string, code: number, statusText: string): KubeStatus {
  try {
    const body = JSON.parse(text) as Partial<KubeStatus> & { error?: string | { message?: string } };
    if (body.kind === 'Status') return { ...body, kind: 'Status', message: body.message ?? statusText, code: body.code ?? code };
    const message = typeof body.error === 'string' ? body.error : body.error?.message;
    if (message ?? body.message) return { kind: 'Status', code, message: message ?? body.message ?? '' };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { kind: 'Status', code, message: text.trim().slice(0, 400) || statusText || `HTTP ${code}` };
}
