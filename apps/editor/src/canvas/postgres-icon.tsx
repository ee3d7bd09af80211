import type { LucideProps } from 'lucide-react'

/** An elephant's head, drawn like the pictures of Lucide: there is none in its set. */
export function PostgresIcon({ size = 16, ...rest }: LucideProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...rest}
    >
      <path d="M9 17c-4 0-6-4-6-8 0-3 2-5 5-5h6c4 0 7 2 7 6 0 3-1 5-3 6" />
      <path d="M13 9v9a3 3 0 0 0 6 0" />
      <path d="M9 4c2 2 2 6 0 9" />
      <path d="M16 9h.01" />
    </svg>
  )
}
