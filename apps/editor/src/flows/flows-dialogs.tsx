import { LazyImportDialog } from '../import/lazy-import-dialog.tsx'
import { FetchedPart } from '../ui/fetched-part.tsx'
import { useFlowList } from './flow-list.ts'
import { flowsPageCommands, useFlowsPage } from './flows-page-store.ts'

// None of them is needed to see the list.
const loadNew = async () => ({
  default: (await import('../templates/new-flow-dialog.tsx')).NewFlowDialog,
})
const loadTags = async () => ({ default: (await import('./flow-tags-dialog.tsx')).FlowTagsDialog })
const loadAllTags = async () => ({ default: (await import('./all-tags-dialog.tsx')).AllTagsDialog })
const loadDeleted = async () => ({ default: (await import('./deleted-dialog.tsx')).DeletedDialog })

/** The dialog that is open over the Flows page, fetched when it is opened. */
export function FlowsDialogs() {
  const opened = useFlowsPage((state) => state.opened)
  const flows = useFlowList((state) => state.flows)
  const onClose = flowsPageCommands.close
  const closing = { props: { onClose }, onFailed: onClose }
  switch (opened?.kind) {
    case undefined:
      return null
    case 'new':
      return <FetchedPart name="The templates" load={loadNew} {...closing} />
    case 'import':
      return <LazyImportDialog texts={opened.texts} onClose={onClose} />
    case 'tags': {
      const props = { flows: flows.filter(({ id }) => opened.flowIds.includes(id)), onClose }
      return <FetchedPart name="The tags" load={loadTags} props={props} onFailed={onClose} />
    }
    case 'allTags':
      return <FetchedPart name="The list of tags" load={loadAllTags} {...closing} />
    case 'deleted':
      return <FetchedPart name="Recently deleted" load={loadDeleted} {...closing} />
  }
}
