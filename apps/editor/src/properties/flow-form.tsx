import type { Flow } from '@millrace/flow'
import { Workflow } from 'lucide-react'
import { useId } from 'react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { TabCount, TabList, tabPanelProps } from '../ui/tab-list.tsx'
import { useFlowPanel, type FlowTab } from './flow-panel.ts'
import { LazyFlowSettings } from './lazy-flow-settings.tsx'
import { LazyFlowVariables } from './lazy-flow-variables.tsx'
import { PanelHead } from './panel-head.tsx'
import styles from './properties-panel.module.css'

/** What belongs to the flow as a whole: what it is called and how it runs, and its variables. */
export function FlowForm() {
  const name = useDocument(selectName)
  const flowId = useDocument(selectId)
  const count = useDocument(selectCount)
  const tab = useFlowPanel((state) => state.tab)
  const id = useId()
  return (
    <>
      <PanelHead
        icon={<Workflow size={16} aria-hidden />}
        tone="flow"
        title={name}
        subtitle={`Flow · ${flowId}`}
      />
      <TabList<FlowTab>
        label="Sides of the flow"
        id={id}
        tabs={[
          { tab: 'settings', label: 'Settings' },
          { tab: 'variables', label: <>Variables {count > 0 && <TabCount>{count}</TabCount>}</> },
        ]}
        shown={tab}
        onShow={(chosen) => useFlowPanel.setState({ tab: chosen })}
      />
      <div {...tabPanelProps(id, tab)} className={styles.fields}>
        {tab === 'settings' ? <LazyFlowSettings /> : <LazyFlowVariables />}
      </div>
    </>
  )
}

function selectName({ flow }: DocumentState): string {
  return flow.name
}

function selectId({ flow }: DocumentState): Flow['id'] {
  return flow.id
}

function selectCount({ flow }: DocumentState): number {
  return flow.variables?.length ?? 0
}
