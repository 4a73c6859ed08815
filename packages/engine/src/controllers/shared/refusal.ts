import { ApiError } from '../../machinery/status.ts';

/** Nothing can be created in a namespace that is going away, and that is no failure of the controller. */
export const namespaceIsTerminating = (error: ApiError): boolean =>
  error.status.details?.causes?.some((cause) => cause.reason === 'NamespaceTerminating') ?? false;

/** Runs one write and returns the answer of the API server where that is a refusal. */
export function refusal(write: () => void): ApiError | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}
