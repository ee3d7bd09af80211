BEGIN TRANSACTION;
CREATE TABLE "connections" ("id" text primary key, "kind" text not null, "name" text not null, "fields" text not null, "secrets" text not null, "revision" integer not null, "updated_at" bigint not null);
INSERT INTO "connections" VALUES('model','openai','Model','{"baseUrl":"https://models.example/v1"}','{"apiKey":"AY4H4/q8EmBqXQHldh4M4TJlo6k9D3w53v1eN7R4Hq9+NaBYq2sLYvGY0A=="}',1,1795767845956);
CREATE TABLE "deleted_flows" ("flow_id" text primary key, "revision" integer not null, "deleted_at" bigint not null);
CREATE TABLE "flow_revisions" ("flow_id" text not null, "revision" integer not null, "document" text not null, "saved_at" bigint not null, "name" text, "bytes" integer default 0 not null, constraint "flow_revisions_key" primary key ("flow_id", "revision"));
INSERT INTO "flow_revisions" VALUES('greet',1,'{
  "format": "millrace/flow",
  "version": 1,
  "id": "greet",
  "name": "greet",
  "nodes": [
    {
      "id": "trigger",
      "type": "chat.trigger"
    },
    {
      "id": "yield",
      "type": "flow.yieldReturn",
      "properties": {
        "value": "Hello"
      }
    }
  ],
  "edges": [
    {
      "from": [
        "trigger",
        "next"
      ],
      "to": "yield"
    }
  ]
}
',1795767845462,NULL,398);
INSERT INTO "flow_revisions" VALUES('greet',2,'{
  "format": "millrace/flow",
  "version": 1,
  "id": "greet",
  "name": "greet",
  "nodes": [
    {
      "id": "trigger",
      "type": "chat.trigger"
    },
    {
      "id": "yield",
      "type": "flow.yieldReturn",
      "properties": {
        "value": "Hello again"
      }
    }
  ],
  "edges": [
    {
      "from": [
        "trigger",
        "next"
      ],
      "to": "yield"
    }
  ]
}
',1795767845601,NULL,404);
CREATE TABLE "flow_tests" ("flow_id" text primary key, "revision" integer not null, "document" text not null, "updated_at" bigint not null);
CREATE TABLE "flows" ("id" text primary key, "revision" integer not null, "document" text not null, "updated_at" bigint not null);
INSERT INTO "flows" VALUES('greet',2,'{
  "format": "millrace/flow",
  "version": 1,
  "id": "greet",
  "name": "greet",
  "nodes": [
    {
      "id": "trigger",
      "type": "chat.trigger"
    },
    {
      "id": "yield",
      "type": "flow.yieldReturn",
      "properties": {
        "value": "Hello again"
      }
    }
  ],
  "edges": [
    {
      "from": [
        "trigger",
        "next"
      ],
      "to": "yield"
    }
  ]
}
',1795767845601);
CREATE TABLE "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
INSERT INTO "kysely_migration" VALUES('0001-flows-and-connections','2026-11-27T08:23:47.402Z');
INSERT INTO "kysely_migration" VALUES('0002-flow-tests','2026-11-27T08:23:47.418Z');
INSERT INTO "kysely_migration" VALUES('0003-flow-history','2026-11-27T08:23:47.498Z');
INSERT INTO "kysely_migration" VALUES('0004-prices','2026-11-27T08:23:47.502Z');
CREATE TABLE "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
INSERT INTO "kysely_migration_lock" VALUES('migration_lock',0);
CREATE TABLE "prices" ("id" integer primary key, "revision" integer not null, "document" text, "updated_at" bigint not null);
CREATE INDEX "flow_revisions_by_time" on "flow_revisions" ("flow_id", "revision", "saved_at", "name", "bytes");
COMMIT;
