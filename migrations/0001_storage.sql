-- Bodies are compressed already: neither try again nor pay for it. (No lz4: the embedded Postgres has none.)
ALTER TABLE "commits" ALTER COLUMN "body" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "chunks" ALTER COLUMN "body" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "snapshots" ALTER COLUMN "manifest" SET STORAGE EXTERNAL;--> statement-breakpoint
-- Every commit updates its cluster's row: room for the next version in the same page.
ALTER TABLE "clusters" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);--> statement-breakpoint
-- History is dropped in ranges all the time: reclaim by count and not by share.
ALTER TABLE "commits" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
