import { lazy, Suspense } from 'react'
import { useFlowList } from './flow-list.ts'
import { flowsPageCommands, useFlowsPage } from './flows-page-store.ts'

// None of them is needed to see the list.
const NewFlowDialog = lazy(async () => ({
  default: (await import('../templates/new-flow-dialog.tsx')).NewFlowDialog,
}))
const ImportDialog = lazy(async () => ({
  default: (await import('../import/import-dialog.tsx')).ImportDialog,
}))
const FlowTagsDialog = lazy(async () => ({
  default: (await import('./flow-tags-dialog.tsx')).FlowTagsDialog,
}))
const AllTagsDialog = lazy(async () => ({
  default: (await import('./all-tags-dialog.tsx')).AllTagsDialog,
}))
const DeletedDialog = lazy(async () => ({
  default: (await import('./deleted-dialog.tsx')).DeletedDialog,
}))

/** The dialog that is open over the Flows page, fetched when it is opened. */
export function FlowsDialogs() {
  return (
    <Suspense>
      <OpenedDialog />
    </Suspense>
  )
}

function OpenedDialog() {
  const opened = useFlowsPage((state) => state.opened)
  const flows = useFlowList((state) => state.flows)
  const close = flowsPageCommands.close
  switch (opened?.kind) {
    case undefined:
      return null
    case 'new':
      return <NewFlowDialog onClose={close} />
    case 'import':
      return <ImportDialog texts={opened.texts} onClose={close} />
    case 'tags': {
      const tagged = flows.filter(({ id }) => opened.flowIds.includes(id))
      return <FlowTagsDialog flows={tagged} onClose={close} />
    }
    case 'allTags':
      return <AllTagsDialog onClose={close} />
    case 'deleted':
      return <DeletedDialog onClose={close} />
  }
}
