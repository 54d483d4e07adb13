"""The fixers, one a file; `keras_inits.migrate.source` says how one is added."""
