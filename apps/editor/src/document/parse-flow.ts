export { parseFlow } from '@millrace/flow'
