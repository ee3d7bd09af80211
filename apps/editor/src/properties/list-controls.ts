export { CasesControl } from './cases-control.tsx'
export { NamedValuesControl } from './named-values-control.tsx'
