import { fakeStorage } from './fake-storage.ts'

// What a browser keeps, for tests that run in none. Each file of tests starts with an empty one.
globalThis.localStorage = fakeStorage()
