import { Ban, Check, CircleAlert, LoaderCircle, Pin, ShieldCheck, SkipForward } from 'lucide-react'

/** How each state of a node in a run is drawn and called. */
export const runMarks = {
  running: { Icon: LoaderCircle, name: 'Running' },
  completed: { Icon: Check, name: 'Completed' },
  failed: { Icon: CircleAlert, name: 'Failed' },
  caught: { Icon: ShieldCheck, name: 'Caught' },
  skipped: { Icon: SkipForward, name: 'Skipped' },
  pinned: { Icon: Pin, name: 'Not run' },
  cancelled: { Icon: Ban, name: 'Cancelled' },
} as const
