import { useId, type ReactNode } from 'react'
import { create } from 'zustand'
import { TabCount, TabList, tabPanelProps } from '../ui/tab-list.tsx'
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
  return (
    <>
      {hasResult && (
        <TabList
          label="Sides of the node"
          id={id}
          tabs={[
            { tab: 'fields', label: 'Fields' },
            {
              tab: 'result',
              label: <>Result {size !== '' && <TabCount>{size}</TabCount>}</>,
            },
          ]}
          shown={shown}
          onShow={(chosen) => usePanelTab.setState({ tab: chosen })}
        />
      )}
      <div {...(hasResult ? tabPanelProps(id, 'fields') : {})} hidden={shown !== 'fields'}>
        {fields}
      </div>
      {shown === 'result' && (
        <div {...tabPanelProps(id, 'result')} className={styles.result}>
          {result}
        </div>
      )}
    </>
  )
}
