// The dialogs of the nodes of databases, together in one chunk that is loaded on demand.
export { ColumnMappingDialog } from './column-mapping-dialog.tsx'
export { FilterDialog } from './filter-dialog.tsx'
export { RecordDefinitionDialog } from './record-definition-dialog.tsx'
export { SqlDialog } from './sql-dialog.tsx'
