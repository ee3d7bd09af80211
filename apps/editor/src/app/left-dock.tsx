import { X } from 'lucide-react'
import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { useReturnFocus } from '../ui/use-return-focus.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import styles from './left-dock.module.css'
import { placePanels, type LeftPanel } from './panel-layout.ts'
import { focusRegion } from './regions.ts'

// Each is fetched when somebody opens it.
const NodeDrawer = lazy(async () => ({
  default: (await import('../canvas/node-drawer.tsx')).NodeDrawer,
}))
const OutlinePanel = lazy(async () => ({
  default: (await import('../outline/outline-panel.tsx')).OutlinePanel,
}))
const SearchPanel = lazy(async () => ({
  default: (await import('../search/search-panel.tsx')).SearchPanel,
}))

const views: Readonly<Record<LeftPanel, { readonly title: string; readonly content: ReactNode }>> =
  {
    nodes: { title: 'Nodes', content: <NodeDrawer /> },
    outline: { title: 'Outline', content: <OutlinePanel /> },
    search: { title: 'Search', content: <SearchPanel /> },
  }

/** The column at the left of the canvas, with the view that was wanted last. */
export function LeftDock({ view }: { readonly view: LeftPanel }) {
  const { title, content } = views[view]
  useReturnFocus()
  useEffect(
    () => () => {
      // It may have been open from the start, and so took the focus from nothing.
      if (document.activeElement === document.body) focusRegion('canvas')
    },
    [],
  )
  return (
    <>
      <header className={styles.head}>
        <h2>{title}</h2>
        <IconButton
          label={`Close ${title.toLowerCase()}`}
          onClick={() => placePanels({ leftPanel: undefined })}
        >
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <div className={styles.view}>
        <ErrorBoundary name={`“${title}”`}>
          <Suspense>{content}</Suspense>
        </ErrorBoundary>
      </div>
    </>
  )
}
