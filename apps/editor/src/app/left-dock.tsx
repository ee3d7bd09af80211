import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { NodeDrawer } from '../canvas/node-drawer.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import styles from './left-dock.module.css'
import { placePanels, type LeftPanel } from './panel-layout.ts'

const views: Readonly<Record<LeftPanel, { readonly title: string; readonly content: ReactNode }>> =
  {
    nodes: { title: 'Nodes', content: <NodeDrawer /> },
  }

/** The column at the left of the canvas, with the view that was wanted last. */
export function LeftDock({ view }: { readonly view: LeftPanel }) {
  const { title, content } = views[view]
  return (
    <>
      <header className={styles.head}>
        <h2>{title}</h2>
        <IconButton label="Close" onClick={() => placePanels({ leftPanel: undefined })}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <div className={styles.view}>
        <ErrorBoundary name={`“${title}”`}>{content}</ErrorBoundary>
      </div>
    </>
  )
}
