import { useId, type ReactNode } from 'react'
import { create } from 'zustand'
import styles from './panel-tabs.module.css'

type PanelTab = 'fields' | 'result'

/** Which side of a node is looked at; it stays when another node is selected. */
const usePanelTab = create<{ readonly tab: PanelTab }>()(() => ({ tab: 'fields' }))

/** Leads back to the fields, as when one of them is wrong. */
export function showFields(): void {
  usePanelTab.setState({ tab: 'fields' })
}

export interface PanelTabsProps {
  readonly fields: ReactNode
  /** `undefined` for a node that has not run: then there are only its fields. */
  readonly result: ReactNode
  /** How much the result is, in words. */
  readonly size: string
}

/**
 * The two sides of a node that has run: what it is told, and what it gave. The fields stay in the page
 * while the run ends or its result is read, so that nothing is lost that is open or typed in them.
 */
export function PanelTabs({ fields, result, size }: PanelTabsProps) {
  const id = useId()
  const tab = usePanelTab((state) => state.tab)
  const hasResult = result !== undefined
  const shown = hasResult ? tab : 'fields'
  const panelOf = (side: PanelTab) => ({
    id: `${id}-${side}-panel`,
    role: 'tabpanel',
    'aria-labelledby': `${id}-${side}`,
  })
  return (
    <>
      {hasResult && (
        <div className={styles.list} role="tablist" aria-label="Sides of the node">
          <SideTab id={id} side="fields" shown={shown}>
            Fields
          </SideTab>
          <SideTab id={id} side="result" shown={shown}>
            Result {size !== '' && <span className={styles.size}>{size}</span>}
          </SideTab>
        </div>
      )}
      <div {...(hasResult ? panelOf('fields') : {})} hidden={shown !== 'fields'}>
        {fields}
      </div>
      {shown === 'result' && (
        <div {...panelOf('result')} className={styles.result}>
          {result}
        </div>
      )}
    </>
  )
}

interface SideTabProps {
  readonly id: string
  readonly side: PanelTab
  readonly shown: PanelTab
  readonly children: ReactNode
}

function SideTab({ id, side, shown, children }: SideTabProps) {
  const isShown = side === shown
  return (
    <button
      type="button"
      role="tab"
      id={`${id}-${side}`}
      className={styles.tab}
      aria-selected={isShown}
      // The panel of the result is in the page only while it is shown.
      aria-controls={isShown ? `${id}-${side}-panel` : undefined}
      tabIndex={isShown ? 0 : -1}
      onClick={() => usePanelTab.setState({ tab: side })}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
        const other = side === 'fields' ? 'result' : 'fields'
        usePanelTab.setState({ tab: other })
        document.getElementById(`${id}-${other}`)?.focus()
      }}
    >
      {children}
    </button>
  )
}
