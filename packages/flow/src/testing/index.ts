export { fittingLiteral, variablesOfLiterals } from './fitting-literal.ts'
export { changedDocument, createRandom, hostileTexts } from './malformed-documents.ts'
export type { Random } from './malformed-documents.ts'
export { soundFlow } from './sound-flow.ts'
