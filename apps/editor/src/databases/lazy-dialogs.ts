import { lazy } from 'react'

const load = () => import('./dialogs.ts')

/** Each is shown by a `SummaryControl`, which waits for it. */
export const LazyColumnMappingDialog = lazy(async () => ({
  default: (await load()).ColumnMappingDialog,
}))
export const LazyFilterDialog = lazy(async () => ({ default: (await load()).FilterDialog }))
export const LazyRecordDefinitionDialog = lazy(async () => ({
  default: (await load()).RecordDefinitionDialog,
}))
export const LazySqlDialog = lazy(async () => ({ default: (await load()).SqlDialog }))

/** Fetches them when a node is looked at that has one, ahead of the click that opens it. */
export function preloadDialogs(): void {
  void load().catch(() => {
    // They are fetched again when one is opened, and that says what is wrong.
  })
}
