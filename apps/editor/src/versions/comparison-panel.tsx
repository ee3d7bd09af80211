import type { Flow } from '@millrace/flow'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { ComparisonView } from '../canvas/react-flow/comparison-view.tsx'
import { registry } from '../registry.ts'
import { counted } from '../ui/counted.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { compareFlows } from './compare-flows.ts'
import styles from './comparison-panel.module.css'
import { DifferenceList } from './difference-list.tsx'

interface ComparisonPanelProps {
  readonly before: Flow
  readonly after: Flow
  /** What the list says when nothing differs. */
  readonly whenSame: string
}

/** Two versions as one picture, and beside it all that differs, to be stepped through. */
export function ComparisonPanel({ before, after, whenSame }: ComparisonPanelProps) {
  const comparison = useMemo(() => compareFlows(before, after, registry), [before, after])
  const { differences } = comparison
  const [step, setStep] = useState<Step>({ comparison, index: undefined })
  // Another comparison begins before its first difference.
  const index = step.comparison === comparison ? step.index : undefined
  const current = index === undefined ? undefined : differences[index]

  function go(to: number): void {
    if (differences.length === 0) return
    setStep({ comparison, index: (to + differences.length) % differences.length })
  }

  function pick(thing: string): void {
    const found = differences.findIndex(({ about }) => about.includes(thing))
    if (found >= 0) setStep({ comparison, index: found })
  }

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'F7' || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      const from = index ?? (event.shiftKey ? 0 : -1)
      go(event.shiftKey ? from - 1 : from + 1)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  })

  return (
    <div className={styles.frame}>
      <div className={styles.panel}>
        <div className={styles.picture}>
          <ComparisonView comparison={comparison} shown={current?.about} onPick={pick} />
        </div>
        <section className={styles.side} aria-label="Changes">
          <header className={styles.head}>
            <h2>
              {differences.length === 0 ? 'No changes' : counted(differences.length, 'change')}
            </h2>
            {differences.length > 0 && (
              <>
                <IconButton
                  label="Previous change"
                  shortcut="Shift+F7"
                  onClick={() => go((index ?? 0) - 1)}
                >
                  <ArrowUp size={16} aria-hidden />
                </IconButton>
                <IconButton label="Next change" shortcut="F7" onClick={() => go((index ?? -1) + 1)}>
                  <ArrowDown size={16} aria-hidden />
                </IconButton>
              </>
            )}
          </header>
          {differences.length === 0 ? (
            <p className={styles.none}>{whenSame}</p>
          ) : (
            <DifferenceList differences={differences} current={index} onGo={go} />
          )}
        </section>
      </div>
    </div>
  )
}

interface Step {
  readonly comparison: unknown
  readonly index: number | undefined
}
