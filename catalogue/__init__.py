"""What is known: models, vocabularies, ingest, review, queries, exporters, settings."""
