const lines: ['in' | 'out', string][] = [
  ['in', 'kubectl get nodes'],
  [
    'out',
    'NAME                     STATUS   ROLES           AGE   VERSION\nvivakube-control-plane   Ready    control-plane   2s    v1.36.0\nvivakube-worker          Ready    <none>          2s    v1.36.0\nvivakube-worker2         Ready    <none>          2s    v1.36.0',
  ],
  ['in', 'kubectl create deployment web --image=nginx --replicas=3'],
  ['out', 'deployment.apps/web created'],
  ['in', 'kubectl rollout status deployment/web'],
  ['out', 'deployment "web" successfully rolled out'],
];

/** What a first minute looks like, as text that can be read, found and copied. */
export function Transcript({ label }: { label: string }) {
  return (
    <figure aria-label={label} className="min-w-0 overflow-hidden rounded-xl border border-line bg-[#0e1116] text-[#e8ebf0] shadow-pop">
      <div aria-hidden="true" className="flex gap-1.5 border-b border-[#272e39] px-4 py-3">
        <span className="size-2.5 rounded-full bg-[#3a4350]" />
        <span className="size-2.5 rounded-full bg-[#3a4350]" />
        <span className="size-2.5 rounded-full bg-[#3a4350]" />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone */}
      <pre tabIndex={0} className="overflow-x-auto p-4 text-[12.5px] leading-relaxed">
        {lines.map(([kind, text]) => (
          <span key={text} className={kind === 'in' ? 'mt-2 block first:mt-0' : 'block text-[#a2abb9]'}>
            {kind === 'in' && <span className="text-[#8df0c0] select-none">$ </span>}
            {text}
          </span>
        ))}
      </pre>
    </figure>
  );
}
