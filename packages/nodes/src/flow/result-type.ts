import { property } from '@millrace/flow'

/** What the designer says that a result is; its `help` says whose. */
export function resultTypeChoice({ help }: { readonly help: string }) {
  return property.choice({
    label: 'Result type',
    help: `${help} A result of another type fails the node.`,
    default: 'any',
    options: {
      text: 'Text',
      number: 'Number',
      boolean: 'Yes or no',
      list: 'List',
      record: 'Record',
      any: 'Anything',
    },
  })
}
