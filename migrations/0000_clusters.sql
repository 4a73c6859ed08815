CREATE TABLE "ancestry" (
	"cluster_id" text NOT NULL,
	"ancestor_id" text NOT NULL,
	"from_seq" bigint NOT NULL,
	"upto_seq" bigint NOT NULL,
	CONSTRAINT "ancestry_cluster_id_ancestor_id_pk" PRIMARY KEY("cluster_id","ancestor_id")
);
--> statement-breakpoint
CREATE TABLE "chunks" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"touched_at" bigint NOT NULL,
	"codec" smallint NOT NULL,
	"body" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clusters" (
	"id" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"name" text NOT NULL,
	"seed" text NOT NULL,
	"settings" jsonb NOT NULL,
	"template" text,
	"created_at" bigint NOT NULL,
	"born_at" bigint NOT NULL,
	"expires_at" bigint,
	"parent_id" text,
	"parent_revision" bigint,
	"seq" bigint DEFAULT 0 NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"snapshot_log" text,
	"snapshot_seq" bigint DEFAULT 0 NOT NULL,
	"snapshot_bytes" bigint DEFAULT 0 NOT NULL,
	"floor_seq" bigint DEFAULT 0 NOT NULL,
	"floor_revision" bigint DEFAULT 0 NOT NULL,
	"tail_bytes" integer DEFAULT 0 NOT NULL,
	"wake_at" bigint
);
--> statement-breakpoint
CREATE TABLE "commits" (
	"cluster_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"from_revision" bigint NOT NULL,
	"to_revision" bigint NOT NULL,
	"at" bigint NOT NULL,
	"codec" smallint NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "commits_cluster_id_seq_pk" PRIMARY KEY("cluster_id","seq")
);
--> statement-breakpoint
CREATE TABLE "deleted_clusters" (
	"cluster_id" text PRIMARY KEY NOT NULL,
	"deleted_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"cluster_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"revision" bigint NOT NULL,
	"at" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"manifest" "bytea" NOT NULL,
	CONSTRAINT "snapshots_cluster_id_seq_pk" PRIMARY KEY("cluster_id","seq")
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"name" text PRIMARY KEY NOT NULL,
	"snapshot_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"cluster_id" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"id" text NOT NULL,
	"user_name" text NOT NULL,
	"groups" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint,
	"revoked_at" bigint,
	CONSTRAINT "tokens_cluster_id_hash_pk" PRIMARY KEY("cluster_id","hash")
);
--> statement-breakpoint
CREATE INDEX "ancestry_ancestor" ON "ancestry" USING btree ("ancestor_id");--> statement-breakpoint
CREATE INDEX "clusters_owner" ON "clusters" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "clusters_wake" ON "clusters" USING btree ("wake_at") WHERE wake_at is not null;--> statement-breakpoint
CREATE INDEX "clusters_expiry" ON "clusters" USING btree ("expires_at") WHERE expires_at is not null;--> statement-breakpoint
CREATE INDEX "commits_revision" ON "commits" USING btree ("cluster_id","to_revision");