import type { ReactNode } from 'react'
import styles from './tab-list.module.css'

export interface TabListProps<Tab extends string> {
  /** The name of the whole, for screen readers. */
  readonly label: string
  /** Begins the ids of the tabs and their panels: see `tabPanelProps`. */
  readonly id: string
  readonly tabs: readonly { readonly tab: Tab; readonly label: ReactNode }[]
  readonly shown: Tab
  readonly onShow: (tab: Tab) => void
}

/** Tabs above a panel; the arrow keys go from one to the next. */
export function TabList<Tab extends string>(props: TabListProps<Tab>) {
  const { id, tabs, shown, onShow } = props
  const show = (tab: Tab | undefined) => {
    if (tab === undefined) return
    onShow(tab)
    document.getElementById(`${id}-${tab}`)?.focus()
  }
  return (
    <div className={styles.list} role="tablist" aria-label={props.label}>
      {tabs.map(({ tab, label }, index) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`${id}-${tab}`}
          className={styles.tab}
          aria-selected={tab === shown}
          // The panel of a tab may be in the page only while it is shown.
          aria-controls={tab === shown ? `${id}-${tab}-panel` : undefined}
          tabIndex={tab === shown ? 0 : -1}
          onClick={() => onShow(tab)}
          onKeyDown={({ key }) => {
            if (key === 'ArrowLeft') show(tabs.at(index - 1)?.tab)
            if (key === 'ArrowRight') show(tabs[(index + 1) % tabs.length]?.tab)
          }}
        >
          {label}
        </button>
      ))}
    </div>
  )
}

/** What the element of a tab's panel is given. */
export function tabPanelProps(id: string, tab: string) {
  return { id: `${id}-${tab}-panel`, role: 'tabpanel', 'aria-labelledby': `${id}-${tab}` } as const
}

/** A number behind the words of a tab. */
export function TabCount({ children }: { readonly children: ReactNode }) {
  return <span className={styles.count}>{children}</span>
}
