import { usageByModel, type RunTiming } from '@millrace/flow'
import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { CostView } from '../prices/cost-view.tsx'
import { useCost } from '../prices/use-cost.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { durationText, figureRows, summaryOfFigures } from './figures.ts'
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
  const summary = summaryOfFigures(timing, usage, cost)
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
          {timing !== undefined && <Times timing={timing} />}
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

function Times({ timing }: { readonly timing: RunTiming }) {
  const rows = figureRows(timing)
  const { first, whole } = timing
  return (
    <>
      <div className={styles.bar} aria-hidden>
        {rows.map(({ part, wholeMs }) => (
          <i key={part} data-part={part} style={{ flexGrow: wholeMs }} />
        ))}
      </div>
      <table className={styles.times}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Where the time went</span>
            </th>
            <th scope="col">First word</th>
            <th scope="col">Whole run</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ part, label, firstMs, wholeMs }) => (
            <tr key={part}>
              <th scope="row">
                <i data-part={part} aria-hidden />
                {label}
              </th>
              <td>{firstMs === undefined ? '–' : durationText(firstMs)}</td>
              <td>{durationText(wholeMs)}</td>
            </tr>
          ))}
          <tr className={styles.total}>
            <th scope="row">Total</th>
            <td>{first === undefined ? '–' : durationText(first.totalMs)}</td>
            <td>{durationText(whole.totalMs)}</td>
          </tr>
        </tbody>
      </table>
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
