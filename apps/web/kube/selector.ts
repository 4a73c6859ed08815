interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** A LabelSelector in the form the `labelSelector` query wants. A bare map (as in a Service) is understood too. */
export function selectorText(selector: unknown): string {
  if (!selector || typeof selector !== 'object') return '';
  const { matchLabels, matchExpressions } = selector as LabelSelector;
  const labels = matchLabels ?? (matchExpressions ? {} : (selector as Record<string, string>));
  const parts = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  for (const { key, operator, values = [] } of matchExpressions ?? []) {
    if (operator === 'Exists') parts.push(key);
    else if (operator === 'DoesNotExist') parts.push(`!${key}`);
    else parts.push(`${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`);
  }
  return parts.join(',');
}
