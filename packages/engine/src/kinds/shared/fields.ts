import { type FieldError, invalid, notSupported } from '../../machinery/field.ts';
import { isDns1123Label, isDns1123Subdomain, isQualifiedName } from './names.ts';

/** Part of an object whose fields are looked at by name; the decoder has made sure of their types. */
export type Part = any;

/** One Invalid per message. */
export const eachInvalid = (path: string, value: unknown, messages: readonly string[]): FieldError[] => messages.map((m) => invalid(path, value, m));

export const validateNonNegative = (value: number | undefined, path: string): FieldError[] =>
  (value ?? 0) < 0 ? [invalid(path, value, 'must be greater than or equal to 0')] : [];

/** Models ValidateDNS1123Label of pkg/apis/core/validation. */
export const validateDnsLabel = (value: string, path: string): FieldError[] => eachInvalid(path, value, isDns1123Label(value));

export const validateDnsSubdomain = (value: string, path: string): FieldError[] => eachInvalid(path, value, isDns1123Subdomain(value));

export const validateQualifiedName = (value: string, path: string): FieldError[] => eachInvalid(path, value, isQualifiedName(value));

/** Unset is fine; anything else must be one of the values, which are printed in the order given. */
export const validateOptionalEnum = (value: string | undefined, supported: readonly string[], path: string): FieldError[] =>
  value === undefined || supported.includes(value) ? [] : [notSupported(path, value, supported)];

/** Keys of a user's map in a stable order: Go's own order is random, ours must not be. */
export const sortedKeys = (map: Record<string, unknown> | undefined): string[] => (map ? Object.keys(map).sort() : []);

/** The value of a user's key, whatever the key is called. */
export const ownValue = <T>(map: Record<string, T> | undefined, key: string): T | undefined =>
  map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
