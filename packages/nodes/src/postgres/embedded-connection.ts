import { defineConnection } from '@millrace/flow'

/** The PostgreSQL that every server brings along. */
export const embeddedPostgresConnection = defineConnection({
  kind: 'embedded-postgres',
  title: 'Embedded PostgreSQL',
  icon: 'postgres',
  description:
    'Built in, and needs no set-up: a PostgreSQL with pgvector inside the Millrace server, for trying things and for small collections. It is no place for data that must outlive a crash of the machine.',
  fields: {},
  lookups: ['tables'],
  builtIn: true,
})
