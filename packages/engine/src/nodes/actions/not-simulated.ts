import { ApiError } from '../../machinery/status.ts';

/** What comes after every check of the API server, and what no simulated node answers yet. */
export const notSimulated = (door: string): ApiError => new ApiError(501, '', `${door} is not simulated yet`);
