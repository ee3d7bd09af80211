/** The databases of a data directory, in the order in which they are needed. */
export const databaseFiles = ['millrace.db', 'runs.db'] as const

/** The key that seals secrets; not there where `MILLRACE_SECRET_KEY` does. */
export const keyFiles = ['secret.key', 'secret.key.next'] as const

/** The files of the embedded database; not there before its first use. */
export const clusterDirectory = 'embedded-postgres'
