// The forms of nodes and all controls that they are made of, fetched together.
export { NodeForm } from './node-form.tsx'
export { SeveralForm } from './several-form.tsx'
