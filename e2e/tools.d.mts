export function kubectl(version: '1.32' | '1.35' | (string & {})): string;
export function helm(version: string): string;
export function chromium(): string;
