import type { Problem } from '@millrace/flow'
import { Wrench } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useConnections, type ConnectionsState } from '../connections/connection-store.ts'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { scopesIn } from '../document/scopes-in.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import styles from './fix-buttons.module.css'
import { fixesOf, type Fix } from './fixes.ts'
import { placeAfterFix } from './focus-after-fix.ts'

/** The ways to mend a problem at once; nothing where there is none. */
export function FixButtons({ problem }: { readonly problem: Problem }) {
  const connections = useConnections(selectConnections)
  // A problem comes after its document: what is read here is what it was found in, or newer.
  const { flow } = useDocument.getState()
  const fixes = fixesOf(problem, { flow, registry, scopes: scopesIn(flow, registry), connections })
  return fixes.length === 0 ? null : (
    <span className={styles.fixes}>
      {fixes.map((fix) => (
        <FixButton key={fix.label} fix={fix} />
      ))}
    </span>
  )
}

/** Mends with one click, and one undo. */
export function FixButton({ fix }: { readonly fix: Fix }) {
  const goOn = useRef<() => void>(undefined)
  useEffect(
    () => () => {
      // What was mended took this button along, and the focus with it.
      if (document.activeElement === document.body) goOn.current?.()
    },
    [],
  )
  return (
    <Button
      size="small"
      icon={<Wrench size={12} aria-hidden />}
      onClick={(event) => {
        goOn.current = placeAfterFix(event.currentTarget)
        documentCommands.edit(`Fix: ${fix.label}`, fix.apply)
      }}
    >
      {fix.label}
    </Button>
  )
}

function selectConnections({ connections }: ConnectionsState): ConnectionsState['connections'] {
  return connections
}
