export { fakeServices } from './fake-services.ts'
export type { FakeServicesOptions } from './fake-services.ts'
export { endEntry, entries, testRunLog } from './run-log-contract.ts'
export type { RunLogUnderTest } from './run-log-contract.ts'
