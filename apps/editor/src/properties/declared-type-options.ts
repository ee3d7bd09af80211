import { declaredTypes, type DeclaredType } from '@millrace/flow'

const labels: Readonly<Record<DeclaredType, string>> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  list: 'List',
  record: 'Record',
  any: 'Anything',
}

/** The types that a designer declares, as a `Select` offers them. */
export const declaredTypeOptions = declaredTypes.map((type) => ({
  value: type,
  label: labels[type],
}))
