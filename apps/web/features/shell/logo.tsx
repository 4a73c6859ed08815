export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold">
      <svg viewBox="0 0 32 32" aria-hidden="true" className="size-6">
        <rect width="32" height="32" rx="8" fill="#4338ca" />
        <path d="M7 10l6.2 13h5.6L25 10h-4.4L16 20.4 11.4 10z" fill="#fff" />
        <circle cx="16" cy="8" r="2.4" fill="#8df0c0" />
      </svg>
      <span className="max-sm:sr-only">Vivakube</span>
    </span>
  );
}
