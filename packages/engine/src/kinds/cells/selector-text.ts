interface Requirement {
  key: string;
  operator: string;
  values?: string[];
}

interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: Requirement[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function requirementText({ key, operator, values }: Requirement): string {
  const list = [...(values ?? [])].sort(byText).join(',');
  if (operator === 'In') return `${key} in (${list})`;
  if (operator === 'NotIn') return `${key} notin (${list})`;
  return operator === 'DoesNotExist' ? `!${key}` : key;
}

/** Models metav1.FormatLabelSelector: requirements sorted by key, `<none>` where there are none. */
export function labelSelectorText(selector: LabelSelector | undefined): string {
  const requirements = [
    ...Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({
      key,
      text: `${key}=${value}`,
    })),
    ...(selector?.matchExpressions ?? []).map((each) => ({
      key: each.key,
      text: requirementText(each),
    })),
  ];
  return (
    requirements
      .sort((a, b) => byText(a.key, b.key))
      .map((each) => each.text)
      .join(',') || '<none>'
  );
}

/** Models labels.FormatLabels. */
export const labelsText = (labels: Record<string, string> | undefined): string =>
  Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort(byText)
    .join(',') || '<none>';
