import { usageByModel } from '@millrace/flow'
import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { CostView } from '../prices/cost-view.tsx'
import { useCost } from '../prices/use-cost.ts'
import { TimeTable } from '../inspect/time-table.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { summaryOfFigures } from './figures.ts'
import type { TurnEnd } from './chat-store.ts'
import { SentMessages } from './sent-messages.tsx'
import styles from './turn-figures.module.css'

export interface TurnFiguresProps {
  readonly end: TurnEnd
  /** What is done with the turn, at the end of the line. */
  readonly children: React.ReactNode
}

/** How long a turn took and what it used: one line, which opens to where the time went. */
export function TurnFigures({ end, children }: TurnFiguresProps) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const { timing, usage, calls, runId } = end
  const cost = useCost(usageByModel(calls))
  const summary = summaryOfFigures(timing, usage)
  return (
    <>
      <div className={styles.foot}>
        {summary === '' ? (
          <span className={styles.summary} />
        ) : (
          <button
            type="button"
            className={styles.summary}
            aria-expanded={isOpen}
            aria-controls={isOpen ? id : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            <ChevronRight size={12} aria-hidden className={styles.chevron} />
            <span className="visually-hidden">Timing and usage: </span>
            <span className={styles.figures}>{summary}</span>
          </button>
        )}
        <span className={styles.actions}>{children}</span>
      </div>
      {isOpen && (
        <div id={id} className={styles.breakdown} data-testid="figures">
          {timing !== undefined && <TimeTable timing={timing} />}
          <dl className={styles.facts}>
            {usage !== null && (
              <Fact name="Tokens">
                {usage.inputTokens} in · {usage.outputTokens} out · {usage.totalTokens} total
              </Fact>
            )}
            {cost !== undefined && (
              <Fact name="Cost">
                <CostView cost={cost} />
              </Fact>
            )}
            {timing?.tokensPerSecond !== undefined && (
              <Fact name="Speed">{timing.tokensPerSecond.toFixed(1)} tokens/s</Fact>
            )}
            <Models end={end} />
            {runId !== undefined && (
              <Fact name="Run">
                <code className={styles.runId}>{runId}</code>
                <CopyButton label="Copy run id" text={() => runId} />
              </Fact>
            )}
          </dl>
          <SentMessages calls={calls} />
        </div>
      )}
    </>
  )
}

function Models({ end: { calls } }: { readonly end: TurnEnd }) {
  const models = calls.filter(({ kind }) => kind === 'model')
  const names = new Set(models.flatMap(({ model }) => model ?? []))
  const retries = models.filter(({ attempt }) => attempt > 1).length
  return (
    <>
      {names.size > 0 && (
        <Fact name={names.size === 1 ? 'Model' : 'Models'}>{[...names].join(', ')}</Fact>
      )}
      {retries > 0 && <Fact name="Retries">{retries}</Fact>}
    </>
  )
}

interface FactProps {
  readonly name: string
  readonly children: React.ReactNode
}

function Fact({ name, children }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
