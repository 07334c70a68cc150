SELECT count(*) FROM line WHERE outcome IS NULL
