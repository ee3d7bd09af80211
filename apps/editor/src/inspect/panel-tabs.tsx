import { Tabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
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
  readonly result: ReactNode
  /** How much the result is, in words. */
  readonly size: string
}

/** The two sides of a node that has run: what it is told, and what it gave. */
export function PanelTabs({ fields, result, size }: PanelTabsProps) {
  const tab = usePanelTab((state) => state.tab)
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(chosen: PanelTab) => usePanelTab.setState({ tab: chosen })}
    >
      <Tabs.List className={styles.list}>
        <Tabs.Tab value="fields" className={styles.tab}>
          Fields
        </Tabs.Tab>
        <Tabs.Tab value="result" className={styles.tab}>
          Result {size !== '' && <span className={styles.size}>{size}</span>}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="fields">{fields}</Tabs.Panel>
      <Tabs.Panel value="result" className={styles.result}>
        {result}
      </Tabs.Panel>
    </Tabs.Root>
  )
}
