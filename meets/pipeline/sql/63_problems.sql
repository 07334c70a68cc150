INSERT INTO import_problems (import_id, code, severity, file, line, line_last, "column", value, message, remedy)
SELECT {import_id}, code, severity, file, line, line_last, "column", value, message, remedy
  FROM problem ORDER BY file, line;
