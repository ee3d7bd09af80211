/** The sign of Millrace: three waves. */
export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M6 12c3.3 0 3.3-3 6.7-3s3.3 3 6.6 3 3.3-3 6.7-3M6 18.5c3.3 0 3.3-3 6.7-3s3.3 3 6.6 3 3.3-3 6.7-3M6 25c3.3 0 3.3-3 6.7-3s3.3 3 6.6 3 3.3-3 6.7-3"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </svg>
  )
}
