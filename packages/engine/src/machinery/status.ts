/** metav1.Status and the errors an API server answers with. User errors are returned as values of `ApiError`, never thrown across the engine's edge. */
export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string; resourceVersion?: string };
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: StatusDetails;
  code: number;
}

/** Thrown inside a request and turned into its answer at the engine's edge (`machinery/serve.ts`). */
export class ApiError extends Error {
  readonly status: Status;

  constructor(code: number, reason: string, message: string, details?: StatusDetails) {
    super(message);
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      ...(reason === '' ? {} : { reason }),
      ...(details ? { details } : {}),
      code,
    };
  }
}

/** What an error text calls a resource: `pods`, `deployments.apps`. */
export const qualified = (group: string, plural: string): string => (group === '' ? plural : `${plural}.${group}`);

// The constructors model k8s.io/apimachinery/pkg/api/errors/errors.go.
export const badRequest = (message: string): ApiError => new ApiError(400, 'BadRequest', message);

export const notFound = (group: string, plural: string, name: string): ApiError =>
  new ApiError(404, 'NotFound', `${qualified(group, plural)} "${name}" not found`, { name, ...(group ? { group } : {}), kind: plural });

export const alreadyExists = (group: string, plural: string, name: string): ApiError =>
  new ApiError(409, 'AlreadyExists', `${qualified(group, plural)} "${name}" already exists`, { name, ...(group ? { group } : {}), kind: plural });

export const conflict = (group: string, plural: string, name: string, why: string): ApiError =>
  new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${qualified(group, plural)} "${name}": ${why}`, {
    name,
    ...(group ? { group } : {}),
    kind: plural,
  });

export const NAMESPACE_MISMATCH = 'the namespace of the provided object does not match the namespace sent on the request';
export const MODIFIED_MESSAGE = 'the object has been modified; please apply your changes to the latest version and try again';

export const forbidden = (group: string, plural: string, name: string, why: string): ApiError =>
  new ApiError(403, 'Forbidden', `${qualified(group, plural)}${name ? ` "${name}"` : ''} is forbidden: ${why}`, {
    ...(name ? { name } : {}),
    ...(group ? { group } : {}),
    kind: plural,
  });

export const methodNotAllowed = (): ApiError =>
  new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');

export const unsupportedMediaType = (accepted: string[]): ApiError =>
  new ApiError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  );

export const notAcceptable = (accepted: string[]): ApiError =>
  new ApiError(406, 'NotAcceptable', `only the following media types are accepted: ${accepted.join(', ')}`);

export const expired = (message: string): ApiError => new ApiError(410, 'Expired', message);

export const resourceNotFound = (): ApiError => new ApiError(404, 'NotFound', 'the server could not find the requested resource');
