BEGIN TRANSACTION;
CREATE TABLE "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
INSERT INTO "kysely_migration" VALUES('0001-runs','2026-11-27T08:23:47.558Z');
INSERT INTO "kysely_migration" VALUES('0002-run-history','2026-11-27T08:23:47.561Z');
INSERT INTO "kysely_migration" VALUES('0003-start-keys','2026-11-27T08:23:47.562Z');
INSERT INTO "kysely_migration" VALUES('0004-called-runs','2026-11-27T08:23:47.563Z');
INSERT INTO "kysely_migration" VALUES('0005-run-order','2026-11-27T08:23:47.564Z');
CREATE TABLE "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
INSERT INTO "kysely_migration_lock" VALUES('migration_lock',0);
CREATE TABLE "removed_runs" ("run_id" text primary key);
CREATE TABLE "run_documents" ("hash" text primary key, "text" text not null);
INSERT INTO "run_documents" VALUES('16477890cb9b7f40f7d23e122e58f9b17ddfe4ab7ac942559368d00da0991fb9','{
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
');
CREATE TABLE "run_events" ("run_id" text not null, "first_seq" integer not null, "last_seq" integer not null, "lines" text not null, constraint "run_events_key" primary key ("run_id", "first_seq"));
INSERT INTO "run_events" VALUES('01a21c1a-ca1d-7470-a88b-da29b3c32110',1,7,'{"seq":1,"at":1795767847457,"type":"run-start","runId":"01a21c1a-ca1d-7470-a88b-da29b3c32110","flowId":"greet","document":"16477890cb9b7f40f7d23e122e58f9b17ddfe4ab7ac942559368d00da0991fb9","trace":"summary","input":{"sessionId":"s","prompt":"Hi","context":""}}
{"seq":2,"at":1795767847458,"type":"node-start","visit":1,"nodeId":"trigger"}
{"seq":3,"at":1795767847458,"type":"node-end","visit":1}
{"seq":4,"at":1795767847458,"type":"node-start","visit":2,"nodeId":"yield"}
{"seq":5,"at":1795767847458,"type":"run-yield","visit":2,"value":"Hello again"}
{"seq":6,"at":1795767847459,"type":"node-end","visit":2}
{"seq":7,"at":1795767847460,"type":"run-end","outcome":"completed","result":null,"usage":null}
');
CREATE TABLE "run_writers" ("id" text primary key, "expires_at" bigint not null);
CREATE TABLE "runs" ("id" text primary key, "flow_id" text not null, "state" text not null, "started_at" bigint not null, "ended_at" bigint, "usage" text, "result" text, "error" text, "trace" text default 'summary' not null, "document" text default '' not null, "origin" text default 'client' not null, "models" text default '[]' not null, "session_id" text, "parent_run_id" text, "writer" text, "is_packed" integer default 0 not null, "start_key" text, "start_hash" text);
INSERT INTO "runs" VALUES('01a21c1a-ca1d-7470-a88b-da29b3c32110','greet','completed',1795767847457,1795767847460,NULL,'null',NULL,'summary','16477890cb9b7f40f7d23e122e58f9b17ddfe4ab7ac942559368d00da0991fb9','client','[]','s',NULL,'e872849c-8dd9-45b1-9478-ad9c297bc44b',1,NULL,NULL);
CREATE INDEX "runs_by_flow" on "runs" ("flow_id", "started_at");
CREATE INDEX "runs_by_document" on "runs" ("document");
CREATE INDEX runs_by_session on runs (session_id, started_at) where session_id is not null
  ;
CREATE INDEX runs_unpacked on runs (state) where is_packed = 0;
CREATE INDEX runs_by_start_key on runs (flow_id, start_key) where start_key is not null
  ;
CREATE INDEX runs_by_parent on runs (parent_run_id) where parent_run_id is not null
  ;
CREATE INDEX "runs_by_start" on "runs" ("started_at", "id");
CREATE INDEX "runs_by_state" on "runs" ("state", "started_at", "id");
CREATE INDEX "runs_by_origin" on "runs" ("origin", "started_at", "id");
COMMIT;
