import type { Cost } from '@millrace/flow'
import { useState } from 'react'
import { costText, unknownText } from './cost-text.ts'
import styles from './cost-view.module.css'
import { LazyPricesDialog } from './lazy-prices-dialog.tsx'

/** A cost in one line; where a model has no price, a way to give it one. */
export function CostView({ cost }: { readonly cost: Cost }) {
  const [isOpen, setOpen] = useState(false)
  const missing = cost.unknownModels.filter((model) => model !== null)
  return (
    <span className={styles.cost}>
      <span title={unknownText(cost) || undefined}>{costText(cost)}</span>
      {missing.length > 0 && (
        <button type="button" className={styles.add} onClick={() => setOpen(true)}>
          {missing.length === 1 ? 'Add a price' : 'Add prices'}
          <span className="visually-hidden"> for {missing.join(', ')}</span>
        </button>
      )}
      {isOpen && <LazyPricesDialog missing={missing} onClose={() => setOpen(false)} />}
    </span>
  )
}
